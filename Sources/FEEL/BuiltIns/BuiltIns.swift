/// All built-in functions of FEEL.
public enum BuiltIns {
  /// The built-ins, each name once.
  public static let all: [BuiltIn] = []
}
