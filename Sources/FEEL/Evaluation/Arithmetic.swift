internal import Values

/// The arithmetic of FEEL (DMN 1.5, 10.3.2.13.4, Tables 57 to 60).
enum Arithmetic {
  /// What became of an operation.
  enum Failure: Error {
    case types
    case overflow
    case divisionByZero
    /// Of two points in time one has a zone and the other has none.
    case zones
  }

  /// The value of an operation.
  static func evaluate(
    _ operation: ArithmeticOperator, _ left: Value, _ right: Value
  ) throws(Failure) -> Value {
    if case .number(let left) = left, case .number(let right) = right {
      return try numbers(operation, left, right)
    }
    switch operation {
    case .add: return try sum(left, right)
    case .subtract: return try difference(left, right)
    case .multiply: return try product(left, right)
    case .divide: return try quotient(left, right)
    case .power: throw .types
    }
  }

  private static func numbers(
    _ operation: ArithmeticOperator, _ left: Decimal, _ right: Decimal
  ) throws(Failure) -> Value {
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

  private static func sum(_ left: Value, _ right: Value) throws(Failure) -> Value {
    switch (left, right) {
    case (.string(let left), .string(let right)): return .string(left + right)
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      return .yearsMonthsDuration(try bounded(left.adding(right)))
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      return .daysTimeDuration(try bounded(left.adding(right)))
    case (.date, .yearsMonthsDuration), (.date, .daysTimeDuration), (.dateTime, .yearsMonthsDuration),
      (.dateTime, .daysTimeDuration), (.time, .daysTimeDuration):
      return try moved(left, by: right)
    case (.yearsMonthsDuration, .date), (.daysTimeDuration, .date), (.yearsMonthsDuration, .dateTime),
      (.daysTimeDuration, .dateTime), (.daysTimeDuration, .time):
      return try moved(right, by: left)
    default: throw .types
    }
  }

  private static func difference(_ left: Value, _ right: Value) throws(Failure) -> Value {
    switch (left, right) {
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      return .yearsMonthsDuration(try bounded(left.subtracting(right)))
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      return .daysTimeDuration(try bounded(left.subtracting(right)))
    case (_, .yearsMonthsDuration(let duration)):
      return try moved(left, by: .yearsMonthsDuration(try bounded(duration.negated())))
    case (_, .daysTimeDuration(let duration)):
      return try moved(left, by: .daysTimeDuration(try bounded(duration.negated())))
    case (.time(let left), .time(let right)):
      guard (left.zone == nil) == (right.zone == nil) else { throw .zones }
      return .daysTimeDuration(try bounded(left.timePoint.distance(from: right.timePoint)))
    case (.date(let left), .date(let right)):
      return .daysTimeDuration(try bounded(DaysTimeDuration(days: right.days(until: left))))
    case (.date(let left), .dateTime(let right)): return try distance(left.atMidnightUTC, right)
    case (.dateTime(let left), .date(let right)): return try distance(left, right.atMidnightUTC)
    case (.dateTime(let left), .dateTime(let right)): return try distance(left, right)
    default: throw .types
    }
  }

  private static func distance(_ left: CivilDateTime, _ right: CivilDateTime) throws(Failure) -> Value {
    guard (left.zone == nil) == (right.zone == nil) else { throw .zones }
    return .daysTimeDuration(try bounded(left.timePoint.distance(from: right.timePoint)))
  }

  /// A point in time moved by a duration.
  private static func moved(_ point: Value, by duration: Value) throws(Failure) -> Value {
    switch (point, duration) {
    case (.date(let date), .yearsMonthsDuration(let duration)):
      return .date(try bounded(date.adding(months: duration.months)))
    case (.dateTime(let moment), .yearsMonthsDuration(let duration)):
      return .dateTime(try bounded(moment.adding(months: duration.months)))
    case (.date(let date), .daysTimeDuration(let duration)):
      // The date of midnight moved by the duration; part days count downwards.
      let midnight = CivilDateTime(date: date, time: .midnight)
      return .date(try bounded(midnight.adding(duration)).date)
    case (.dateTime(let moment), .daysTimeDuration(let duration)):
      return .dateTime(try bounded(moment.adding(duration)))
    case (.time(let time), .daysTimeDuration(let duration)): return .time(time.adding(duration))
    default: throw .types
    }
  }

  private static func product(_ left: Value, _ right: Value) throws(Failure) -> Value {
    switch (left, right) {
    case (.number(let factor), .yearsMonthsDuration(let duration)),
      (.yearsMonthsDuration(let duration), .number(let factor)):
      return try months(Decimal(duration.months).multiplied(by: factor))
    case (.number(let factor), .daysTimeDuration(let duration)),
      (.daysTimeDuration(let duration), .number(let factor)):
      return try seconds(duration.totalSeconds.multiplied(by: factor))
    default: throw .types
    }
  }

  private static func quotient(_ left: Value, _ right: Value) throws(Failure) -> Value {
    switch (left, right) {
    case (.yearsMonthsDuration(let duration), .number(let divisor)):
      if divisor.sign == 0 { throw .divisionByZero }
      return try months(Decimal(duration.months).divided(by: divisor))
    case (.daysTimeDuration(let duration), .number(let divisor)):
      if divisor.sign == 0 { throw .divisionByZero }
      return try seconds(duration.totalSeconds.divided(by: divisor))
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      if right.months == 0 { throw .divisionByZero }
      return .number(try bounded(Decimal(left.months).divided(by: Decimal(right.months))))
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      let divisor = right.totalSeconds
      if divisor.sign == 0 { throw .divisionByZero }
      return .number(try bounded(left.totalSeconds.divided(by: divisor)))
    default: throw .types
    }
  }

  /// Whole months of a number of months, cut towards zero.
  private static func months(_ value: Decimal?) throws(Failure) -> Value {
    guard let whole = value?.rounded(scale: 0, .down)?.integer() else { throw .overflow }
    return .yearsMonthsDuration(YearsMonthsDuration(months: whole))
  }

  private static func seconds(_ value: Decimal?) throws(Failure) -> Value {
    guard let value, let duration = DaysTimeDuration(totalSeconds: value) else { throw .overflow }
    return .daysTimeDuration(duration)
  }

  private static func bounded<T>(_ value: T?) throws(Failure) -> T {
    guard let value else { throw .overflow }
    return value
  }

  /// The negation of a number or duration.
  static func negation(_ value: Value) throws(Failure) -> Value {
    switch value {
    case .number(let number): return .number(-number)
    case .yearsMonthsDuration(let duration): return .yearsMonthsDuration(try bounded(duration.negated()))
    case .daysTimeDuration(let duration): return .daysTimeDuration(try bounded(duration.negated()))
    default: throw .types
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
