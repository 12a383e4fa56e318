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
    guard case .range(let range) = base else { return base.temporalProperty(name) }
    switch name {
    case "start": return range.low ?? .null
    case "end": return range.high ?? .null
    case "start included": return .boolean(range.lowIncluded)
    case "end included": return .boolean(range.highIncluded)
    default: return nil
    }
  }
}
