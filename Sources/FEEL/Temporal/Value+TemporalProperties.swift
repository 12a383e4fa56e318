internal import Values

extension Value {
  /// The property of a date, time or duration (DMN 1.5, Table 65 and 66); nil if the value has no such property.
  ///
  /// A property that exists and has no value here, such as the time offset of a local time, is null.
  func temporalProperty(_ name: String) -> Value? {
    switch self {
    case .date(let date): Value.property(of: date, name)
    case .time(let time):
      Value.property(
        of: time, name, offset: time.zone?.offsetSeconds(date: CivilDate(dayNumber: 0), time: time))
    case .dateTime(let value):
      Value.property(of: value.date, name)
        ?? Value.property(
          of: value.time, name, offset: value.zone?.offsetSeconds(date: value.date, time: value.time))
    case .yearsMonthsDuration(let duration):
      switch name {
      case "years": .number(Decimal(duration.yearsPart))
      case "months": .number(Decimal(duration.monthsPart))
      default: nil
      }
    case .daysTimeDuration(let duration):
      switch name {
      case "days": .number(Decimal(duration.daysPart))
      case "hours": .number(Decimal(duration.hoursPart))
      case "minutes": .number(Decimal(duration.minutesPart))
      case "seconds": .number(Decimal(duration.secondsPart))
      default: nil
      }
    default: nil
    }
  }

  private static func property(of date: CivilDate, _ name: String) -> Value? {
    switch name {
    case "year": .number(Decimal(date.year))
    case "month": .number(Decimal(date.month))
    case "day": .number(Decimal(date.day))
    case "weekday": .number(Decimal(date.isoWeekday))
    default: nil
    }
  }

  private static func property(of time: CivilTime, _ name: String, offset: Int?) -> Value? {
    switch name {
    case "hour": return .number(Decimal(time.hour))
    case "minute": return .number(Decimal(time.minute))
    case "second": return .number(Decimal(time.second))
    case "time offset": return offset.map { .daysTimeDuration(DaysTimeDuration(seconds: $0)) } ?? .null
    case "timezone":
      if case .region(let name)? = time.zone { return .string(name) }
      return .null
    default: return nil
    }
  }
}
