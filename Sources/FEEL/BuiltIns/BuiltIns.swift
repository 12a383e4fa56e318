/// All built-in functions of FEEL (DMN 1.5, 10.3.4).
public enum BuiltIns {
  /// The built-ins, each name once.
  public static let all: [BuiltIn] =
    conversion + boolean + string + list + aggregation + number + temporal + range + sort + context
}
