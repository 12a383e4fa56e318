import Values

/// A JSON value.
///
/// Numbers are exact decimals; objects keep the order of their members.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Decimal)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The word for the type of this value in messages: "null", "boolean", "number", "string", "array", "object".
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The text of a string, else nil.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a boolean, else nil.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The value of a number, else nil.
  public var numberValue: Decimal? { if case .number(let value) = self { value } else { nil } }
  /// The value of an exact integer that fits an `Int`, else nil.
  public var integerValue: Int? { numberValue?.integer() }
  /// The elements of an array, else nil.
  public var arrayValue: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  /// The members of an object, else nil.
  public var objectValue: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// A member of an object by its key; nil when this is no object or has no such member.
  public subscript(key: String) -> JSONValue? { objectValue?[key] }
  /// An element of an array; nil when this is no array or the index is outside.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let values) = self, values.indices.contains(index) else { return nil }
    return values[index]
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Decimal(value)) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object; of two members with one key the later stays.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    var object = JSONObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}
