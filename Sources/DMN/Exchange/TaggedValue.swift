public import FEEL
public import Formats
internal import Values

/// FEEL values as JSON that keeps their kind at every depth: `{"type":"date","value":"2024-02-29"}`.
///
/// Numbers are strings of digits, so that none is lost on the way through other people's JSON readers.
public enum TaggedValue {
  /// Why a JSON value is not a tagged value.
  public struct Malformed: Error, Hashable, Sendable {
    /// What is wrong, in words.
    public let reason: String
  }

  /// How deep lists and contexts may nest.
  private static let maximumDepth = 200

  /// The value as tagged JSON.
  public static func json(_ value: Value) -> JSONValue {
    switch value {
    case .null: tagged("null", nil)
    case .boolean(let value): tagged("boolean", .bool(value))
    case .number(let value): tagged("number", .string(value.description))
    case .string(let value): tagged("string", .string(value))
    case .date(let value): tagged("date", .string(value.description))
    case .time(let value): tagged("time", .string(value.description))
    case .dateTime(let value): tagged("dateTime", .string(value.description))
    case .yearsMonthsDuration(let value): tagged("yearMonthDuration", .string(value.description))
    case .daysTimeDuration(let value): tagged("dayTimeDuration", .string(value.description))
    case .list(let items): tagged("list", .array(items.map(json)))
    case .context(let context): tagged("context", .object(object(context)))
    case .range(let range): tagged("range", .object(object(range)))
    case .function: tagged("function", nil)
    }
  }

  private static func tagged(_ type: String, _ value: JSONValue?) -> JSONValue {
    var object = JSONObject()
    object["type"] = .string(type)
    if let value { object["value"] = value }
    return .object(object)
  }

  private static func object(_ context: Context) -> JSONObject {
    var object = JSONObject()
    for entry in context.entries { object[entry.name] = json(entry.value) }
    return object
  }

  private static func object(_ range: ValueRange) -> JSONObject {
    var object = JSONObject()
    object["lowIncluded"] = .bool(range.lowIncluded)
    object["low"] = range.low.map(json) ?? .null
    object["high"] = range.high.map(json) ?? .null
    object["highIncluded"] = .bool(range.highIncluded)
    return object
  }

  /// Reads a tagged value; a bare JSON null is null.
  public static func value(_ json: JSONValue) throws(Malformed) -> Value { try value(json, depth: 0) }

  private static func value(_ json: JSONValue, depth: Int) throws(Malformed) -> Value {
    if case .null = json { return .null }
    guard depth < maximumDepth else { throw Malformed(reason: "values nest deeper than \(maximumDepth)") }
    guard let object = json.objectValue, let type = object["type"]?.stringValue else {
      throw Malformed(reason: "a value is an object with a type, not a bare \(json.typeName)")
    }
    let content = object["value"] ?? .null
    switch type {
    case "null": return .null
    case "boolean":
      guard let value = content.boolValue else { throw Malformed(reason: "a boolean is true or false") }
      return .boolean(value)
    case "list":
      guard let items = content.arrayValue else { throw Malformed(reason: "a list has an array") }
      var values: [Value] = []
      for item in items { values.append(try value(item, depth: depth + 1)) }
      return .list(values)
    case "context":
      guard let members = content.objectValue else { throw Malformed(reason: "a context has an object") }
      var entries: [(name: String, value: Value)] = []
      for member in members.members {
        entries.append((member.key, try value(member.value, depth: depth + 1)))
      }
      return .context(Context(entries))
    case "range":
      guard let members = content.objectValue else { throw Malformed(reason: "a range has an object") }
      return try range(members, depth: depth)
    default:
      guard let text = content.stringValue else {
        throw Malformed(reason: "the value of type '\(type)' is a string")
      }
      return try scalar(type, text)
    }
  }

  private static func range(_ object: JSONObject, depth: Int) throws(Malformed) -> Value {
    let low = try value(object["low"] ?? .null, depth: depth + 1)
    let high = try value(object["high"] ?? .null, depth: depth + 1)
    return .range(
      ValueRange(
        low: low.isNull ? nil : low, lowIncluded: object["lowIncluded"]?.boolValue ?? false,
        high: high.isNull ? nil : high, highIncluded: object["highIncluded"]?.boolValue ?? false))
  }

  /// Reads the text of a value of a simple kind; the kinds are those of the protocol.
  public static func scalar(_ type: String, _ text: String) throws(Malformed) -> Value {
    let value: Value? =
      switch type {
      case "string": .string(text)
      case "number": Decimal(text).map { .number($0) }
      case "date": CivilDate(text).map { .date($0) }
      case "time": CivilTime(text).map { .time($0) }
      case "dateTime": CivilDateTime(text).map { .dateTime($0) }
      case "yearMonthDuration": YearsMonthsDuration(text).map { .yearsMonthsDuration($0) }
      case "dayTimeDuration": DaysTimeDuration(text).map { .daysTimeDuration($0) }
      default: throw Malformed(reason: "there is no type '\(type)'")
      }
    guard let value else { throw Malformed(reason: "'\(text)' is not a \(type)") }
    return value
  }
}
