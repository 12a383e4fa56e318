internal import Values

/// What `+`, `-`, `*` and `/` do with dates, times and durations (DMN 1.5, Tables 55 to 58).
enum TemporalArithmetic {
  /// Why there is no result.
  enum Fault: Error {
    /// The operator is not defined between these kinds, or between a local and a zoned value.
    case operandTypes
    /// The result lies beyond the dates or durations that exist.
    case overflow
    case divisionByZero
  }

  /// The sum; one operand is a duration.
  static func sum(_ left: Value, _ right: Value) throws(Fault) -> Value {
    switch (left, right) {
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      return .yearsMonthsDuration(try some(left.adding(right)))
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      return .daysTimeDuration(try some(left.adding(right)))
    case (_, .yearsMonthsDuration(let duration)): return try adding(duration, to: left)
    case (.yearsMonthsDuration(let duration), _): return try adding(duration, to: right)
    case (_, .daysTimeDuration(let duration)): return try adding(duration, to: left)
    case (.daysTimeDuration(let duration), _): return try adding(duration, to: right)
    default: throw .operandTypes
    }
  }

  /// The difference: a duration between two points of one kind, or a point moved back by a duration.
  static func difference(_ left: Value, _ right: Value) throws(Fault) -> Value {
    switch (left, right) {
    case (_, .yearsMonthsDuration(let duration)):
      return try sum(left, .yearsMonthsDuration(try some(duration.negated())))
    case (_, .daysTimeDuration(let duration)):
      return try sum(left, .daysTimeDuration(try some(duration.negated())))
    case (.date(let left), .date(let right)):
      return .daysTimeDuration(try some(DaysTimeDuration(days: right.days(until: left))))
    case (.time(let left), .time(let right)):
      guard (left.zone == nil) == (right.zone == nil) else { throw .operandTypes }
      return .daysTimeDuration(try some(left.timePoint.distance(from: right.timePoint)))
    case (.dateTime(let left), .dateTime(let right)): return try distance(left, from: right)
    case (.date(let left), .dateTime(let right)): return try distance(left.atMidnightUTC, from: right)
    case (.dateTime(let left), .date(let right)): return try distance(left, from: right.atMidnightUTC)
    default: throw .operandTypes
    }
  }

  /// The product of a duration and a number; months are cut off to whole ones.
  static func product(_ left: Value, _ right: Value) throws(Fault) -> Value {
    switch (left, right) {
    case (.number, .yearsMonthsDuration), (.number, .daysTimeDuration): return try product(right, left)
    case (.yearsMonthsDuration(let duration), .number(let factor)):
      return try months(try some(Decimal(duration.months).multiplied(by: factor)))
    case (.daysTimeDuration(let duration), .number(let factor)):
      return try seconds(try some(duration.totalSeconds.multiplied(by: factor)))
    default: throw .operandTypes
    }
  }

  /// The quotient of a duration and a number, or of two durations of one kind.
  static func quotient(_ left: Value, _ right: Value) throws(Fault) -> Value {
    switch (left, right) {
    case (.yearsMonthsDuration(let duration), .number(let divisor)):
      return try months(try divide(Decimal(duration.months), by: divisor))
    case (.daysTimeDuration(let duration), .number(let divisor)):
      return try seconds(try divide(duration.totalSeconds, by: divisor))
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      return .number(try divide(Decimal(left.months), by: Decimal(right.months)))
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      return .number(try divide(left.totalSeconds, by: right.totalSeconds))
    default: throw .operandTypes
    }
  }

  // MARK: Points in time

  private static func adding(_ duration: YearsMonthsDuration, to point: Value) throws(Fault) -> Value {
    switch point {
    case .date(let date): return .date(try some(date.adding(months: duration.months)))
    case .dateTime(let value): return .dateTime(try some(value.adding(months: duration.months)))
    default: throw .operandTypes
    }
  }

  private static func adding(_ duration: DaysTimeDuration, to point: Value) throws(Fault) -> Value {
    switch point {
    case .time(let time): return .time(time.adding(duration))
    case .date(let date):
      // Counted from midnight; the time of day is cut off again.
      let start = CivilDateTime(date: date, time: .midnight)
      return .date(try some(start.adding(duration)).date)
    case .dateTime(let value):
      guard case .region(let name)? = value.zone else { return .dateTime(try some(value.adding(duration))) }
      // In a region the clock may change on the way, so the sum is made on the time line of UTC.
      let before = try some(TimeZoneRules.offset(in: name, atLocal: value.localSeconds))
      let utc = try some(moved(value, by: -before).adding(duration))
      let after = try some(TimeZoneRules.offset(in: name, atUTC: utc.localSeconds))
      return .dateTime(try moved(utc, by: after))
    default: throw .operandTypes
    }
  }

  private static func moved(_ value: CivilDateTime, by seconds: Int) throws(Fault) -> CivilDateTime {
    try some(
      CivilDateTime(
        localSeconds: value.localSeconds + seconds, nanosecond: value.time.nanosecond, zone: value.zone))
  }

  private static func distance(
    _ left: CivilDateTime, from right: CivilDateTime
  ) throws(Fault) -> Value {
    guard (left.zone == nil) == (right.zone == nil) else { throw .operandTypes }
    return .daysTimeDuration(try some(left.timePoint.distance(from: right.timePoint)))
  }

  // MARK: Lengths

  private static func divide(_ left: Decimal, by right: Decimal) throws(Fault) -> Decimal {
    if right.sign == 0 { throw .divisionByZero }
    return try some(left.divided(by: right))
  }

  private static func months(_ value: Decimal) throws(Fault) -> Value {
    .yearsMonthsDuration(YearsMonthsDuration(months: try some(value.rounded(scale: 0, .down)?.integer())))
  }

  private static func seconds(_ value: Decimal) throws(Fault) -> Value {
    .daysTimeDuration(try some(DaysTimeDuration(totalSeconds: value)))
  }

  private static func some<T>(_ value: T?) throws(Fault) -> T {
    guard let value else { throw .overflow }
    return value
  }
}
