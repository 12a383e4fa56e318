internal import Values

/// The arithmetic of FEEL (DMN 1.5, 10.3.2.13.4, Tables 57 to 60).
enum Arithmetic {
  typealias Fault = TemporalArithmetic.Fault

  /// The value of an operation.
  static func evaluate(
    _ operation: ArithmeticOperator, _ left: Value, _ right: Value
  ) throws(Fault) -> Value {
    if case .number(let left) = left, case .number(let right) = right {
      return try numbers(operation, left, right)
    }
    switch operation {
    case .add:
      if case .string(let left) = left, case .string(let right) = right { return .string(left + right) }
      return try TemporalArithmetic.sum(left, right)
    case .subtract: return try TemporalArithmetic.difference(left, right)
    case .multiply: return try TemporalArithmetic.product(left, right)
    case .divide: return try TemporalArithmetic.quotient(left, right)
    case .power: throw .operandTypes
    }
  }

  private static func numbers(
    _ operation: ArithmeticOperator, _ left: Decimal, _ right: Decimal
  ) throws(Fault) -> Value {
    let result: Decimal?
    switch operation {
    case .add: result = left.adding(right)
    case .subtract: result = left.subtracting(right)
    case .multiply: result = left.multiplied(by: right)
    case .divide:
      if right.sign == 0 { throw .divisionByZero }
      result = left.divided(by: right)
    case .power: result = left.power(right)
    }
    guard let result else { throw .overflow }
    return .number(result)
  }

  private static func bounded<T>(_ value: T?) throws(Fault) -> T {
    guard let value else { throw .overflow }
    return value
  }

  /// The negation of a number or duration.
  static func negation(_ value: Value) throws(Fault) -> Value {
    switch value {
    case .number(let number): return .number(-number)
    case .yearsMonthsDuration(let duration): return .yearsMonthsDuration(try bounded(duration.negated()))
    case .daysTimeDuration(let duration): return .daysTimeDuration(try bounded(duration.negated()))
    default: throw .operandTypes
    }
  }

  /// The type of an operation's result; nil where it is null for certain.
  static func resultType(_ operation: ArithmeticOperator, _ left: FEELType, _ right: FEELType) -> FEELType? {
    if left == .null || right == .null { return .null }
    if left == .any || right == .any {
      return operation == .power ? .number : .any
    }
    switch (operation, left, right) {
    case (_, .number, .number): return .number
    case (.add, .string, .string): return .string
    case (.add, .yearsMonthsDuration, .yearsMonthsDuration),
      (.subtract, .yearsMonthsDuration, .yearsMonthsDuration):
      return .yearsMonthsDuration
    case (.add, .daysTimeDuration, .daysTimeDuration), (.subtract, .daysTimeDuration, .daysTimeDuration):
      return .daysTimeDuration
    case (.add, .date, .yearsMonthsDuration), (.add, .date, .daysTimeDuration),
      (.add, .yearsMonthsDuration, .date), (.add, .daysTimeDuration, .date),
      (.subtract, .date, .yearsMonthsDuration), (.subtract, .date, .daysTimeDuration):
      return .date
    case (.add, .dateTime, .yearsMonthsDuration), (.add, .dateTime, .daysTimeDuration),
      (.add, .yearsMonthsDuration, .dateTime), (.add, .daysTimeDuration, .dateTime),
      (.subtract, .dateTime, .yearsMonthsDuration), (.subtract, .dateTime, .daysTimeDuration):
      return .dateTime
    case (.add, .time, .daysTimeDuration), (.add, .daysTimeDuration, .time),
      (.subtract, .time, .daysTimeDuration):
      return .time
    case (.subtract, .time, .time), (.subtract, .date, .date), (.subtract, .date, .dateTime),
      (.subtract, .dateTime, .date), (.subtract, .dateTime, .dateTime):
      return .daysTimeDuration
    case (.multiply, .number, .yearsMonthsDuration), (.multiply, .yearsMonthsDuration, .number),
      (.divide, .yearsMonthsDuration, .number):
      return .yearsMonthsDuration
    case (.multiply, .number, .daysTimeDuration), (.multiply, .daysTimeDuration, .number),
      (.divide, .daysTimeDuration, .number):
      return .daysTimeDuration
    case (.divide, .yearsMonthsDuration, .yearsMonthsDuration),
      (.divide, .daysTimeDuration, .daysTimeDuration):
      return .number
    default: return nil
    }
  }
}
