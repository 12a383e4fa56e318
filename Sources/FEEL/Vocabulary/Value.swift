public import Values

/// A FEEL value (DMN 1.5, 10.3.2.1: the semantic domain of FEEL).
///
/// Swift's `==` on values is identity of value, as a hash table needs it; the `=` of FEEL, which answers null
/// across kinds, is `Value.feelEquals(_:_:)`.
public enum Value: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(Decimal)
  case string(String)
  case date(CivilDate)
  indirect case time(CivilTime)
  indirect case dateTime(CivilDateTime)
  case yearsMonthsDuration(YearsMonthsDuration)
  case daysTimeDuration(DaysTimeDuration)
  case list([Value])
  case context(Context)
  indirect case range(ValueRange)
  case function(FunctionValue)
}

extension Value {
  /// Whether the value is null.
  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The boolean, if the value is one.
  public var boolean: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }

  /// The number, if the value is one.
  public var number: Decimal? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// The string, if the value is one.
  public var string: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The elements, if the value is a list.
  public var list: [Value]? {
    if case .list(let value) = self { return value }
    return nil
  }

  /// The context, if the value is one.
  public var context: Context? {
    if case .context(let value) = self { return value }
    return nil
  }
}
