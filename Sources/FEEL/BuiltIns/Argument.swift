internal import Values

/// A Swift type that stands for a FEEL type among the parameters of a built-in.
protocol Argument: Sendable {
  /// The FEEL type that arguments have to conform to.
  static var type: FEELType { get }
  /// Whether the argument may be left out or null.
  static var isOptional: Bool { get }
  /// The value an argument left out stands for, where it may be.
  static var absent: Self? { get }
  /// The argument; nil where the value is null and null is none of the type's values.
  static func from(_ value: Value) -> Self?
  /// The items of a list; nil if one of them is null and must not be.
  static func items(_ items: [Value]) -> [Self]?
}

extension Argument {
  static var isOptional: Bool { false }
  static var absent: Self? { nil }

  static func items(_ items: [Value]) -> [Self]? {
    var result: [Self] = []
    result.reserveCapacity(items.count)
    for item in items {
      guard let element = from(item) else { return nil }
      result.append(element)
    }
    return result
  }
}

extension Value: Argument {
  static var type: FEELType { .any }
  static func from(_ value: Value) -> Value? { value }
  static func items(_ items: [Value]) -> [Value]? { items }
}

extension Bool: Argument {
  static var type: FEELType { .boolean }
  static func from(_ value: Value) -> Self? {
    if case .boolean(let value) = value { value } else { nil }
  }
}

extension Decimal: Argument {
  static var type: FEELType { .number }
  static func from(_ value: Value) -> Self? {
    if case .number(let value) = value { value } else { nil }
  }
}

extension String: Argument {
  static var type: FEELType { .string }
  static func from(_ value: Value) -> Self? {
    if case .string(let value) = value { value } else { nil }
  }
}

extension CivilDate: Argument {
  static var type: FEELType { .date }
  static func from(_ value: Value) -> Self? {
    if case .date(let value) = value { value } else { nil }
  }
}

extension CivilTime: Argument {
  static var type: FEELType { .time }
  static func from(_ value: Value) -> Self? {
    if case .time(let value) = value { value } else { nil }
  }
}

extension CivilDateTime: Argument {
  static var type: FEELType { .dateTime }
  static func from(_ value: Value) -> Self? {
    if case .dateTime(let value) = value { value } else { nil }
  }
}

extension YearsMonthsDuration: Argument {
  static var type: FEELType { .yearsMonthsDuration }
  static func from(_ value: Value) -> Self? {
    if case .yearsMonthsDuration(let value) = value { value } else { nil }
  }
}

extension DaysTimeDuration: Argument {
  static var type: FEELType { .daysTimeDuration }
  static func from(_ value: Value) -> Self? {
    if case .daysTimeDuration(let value) = value { value } else { nil }
  }
}

extension Context: Argument {
  static var type: FEELType { .context([]) }
  static func from(_ value: Value) -> Self? {
    if case .context(let value) = value { value } else { nil }
  }
}

extension ValueRange: Argument {
  static var type: FEELType { .range(.any) }
  static func from(_ value: Value) -> Self? {
    if case .range(let value) = value { value } else { nil }
  }
}

extension FunctionValue: Argument {
  static var type: FEELType { .function(nil, .any) }
  static func from(_ value: Value) -> FunctionValue? {
    if case .function(let value) = value { value } else { nil }
  }
}

extension Array: Argument where Element: Argument {
  static var type: FEELType { .list(Element.type) }
  static func from(_ value: Value) -> [Element]? {
    if case .list(let items) = value { Element.items(items) } else { nil }
  }
}

extension Optional: Argument where Wrapped: Argument {
  static var type: FEELType { Wrapped.type }
  static var isOptional: Bool { true }
  static var absent: Wrapped?? { .some(nil) }
  static func from(_ value: Value) -> Wrapped?? { .some(Wrapped.from(value)) }
}
