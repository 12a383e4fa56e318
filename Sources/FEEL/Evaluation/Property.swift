internal import Values

/// What stands behind a dot: entries of contexts and the properties of temporal values and ranges (10.3.2.5,
/// Tables 61 to 65).
enum Property {
  private static let dateNames = ["year", "month", "day", "weekday"]
  private static let timeNames = ["hour", "minute", "second", "time offset", "timezone"]
  private static let rangeNames = ["start", "end", "start included", "end included"]

  /// The names of properties, for finding the longest.
  static let table = NameTable(
    dateNames + timeNames + rangeNames + ["years", "months", "days", "hours", "minutes", "seconds"])

  /// The type of a property; nil if values of the type have none of this name.
  static func type(of name: String, in base: FEELType) -> FEELType? {
    switch base.resolved {
    case .any, .null: return .any
    case .list(let element): return type(of: name, in: element).map { .list($0) }
    case .context(let fields):
      if fields.isEmpty { return .any }
      return fields.first { $0.name == name }?.type
    case .date: return dateNames.contains(name) ? .number : nil
    case .dateTime:
      return dateNames.contains(name) ? .number : type(of: name, in: .time)
    case .time:
      switch name {
      case "hour", "minute", "second": return .number
      case "time offset": return .daysTimeDuration
      case "timezone": return .string
      default: return nil
      }
    case .yearsMonthsDuration: return name == "years" || name == "months" ? .number : nil
    case .daysTimeDuration:
      return ["days", "hours", "minutes", "seconds"].contains(name) ? .number : nil
    case .range(let element):
      switch name {
      case "start", "end": return element
      case "start included", "end included": return .boolean
      default: return nil
      }
    default: return nil
    }
  }

  /// The property of a value that is neither a context nor a list; nil if it has none of this name.
  static func value(of name: String, in base: Value) -> Value? {
    switch base {
    case .date(let date): return property(name, of: date)
    case .dateTime(let moment):
      return property(name, of: moment.date) ?? property(name, of: moment.time, on: moment.date)
    case .time(let time): return property(name, of: time, on: nil)
    case .yearsMonthsDuration(let duration):
      switch name {
      case "years": return number(duration.yearsPart)
      case "months": return number(duration.monthsPart)
      default: return nil
      }
    case .daysTimeDuration(let duration):
      switch name {
      case "days": return number(duration.daysPart)
      case "hours": return number(duration.hoursPart)
      case "minutes": return number(duration.minutesPart)
      case "seconds": return seconds(duration.secondsPart, duration.nanosecondsPart)
      default: return nil
      }
    case .range(let range):
      switch name {
      case "start": return range.low ?? .null
      case "end": return range.high ?? .null
      case "start included": return .boolean(range.lowIncluded)
      case "end included": return .boolean(range.highIncluded)
      default: return nil
      }
    default: return nil
    }
  }

  private static func property(_ name: String, of date: CivilDate) -> Value? {
    switch name {
    case "year": return number(date.year)
    case "month": return number(date.month)
    case "day": return number(date.day)
    case "weekday": return number(date.isoWeekday)
    default: return nil
    }
  }

  private static func property(_ name: String, of time: CivilTime, on date: CivilDate?) -> Value? {
    switch name {
    case "hour": return number(time.hour)
    case "minute": return number(time.minute)
    case "second": return seconds(time.second, time.nanosecond)
    case "time offset":
      guard let zone = time.zone else { return .null }
      let day = date ?? CivilDate(dayNumber: 0)
      return zone.offsetSeconds(date: day, time: time).map {
        .daysTimeDuration(DaysTimeDuration(seconds: $0))
      }
        ?? .null
    case "timezone":
      guard case .region(let name)? = time.zone else { return .null }
      return .string(name)
    default: return nil
    }
  }

  private static func number(_ value: Int) -> Value { .number(Decimal(value)) }

  private static func seconds(_ whole: Int, _ nanoseconds: Int) -> Value {
    guard nanoseconds != 0 else { return number(whole) }
    let total = Int128(whole) * 1_000_000_000 + Int128(nanoseconds)
    return Decimal(mantissa: total, exponent: -9).map { .number($0) } ?? .null
  }
}
