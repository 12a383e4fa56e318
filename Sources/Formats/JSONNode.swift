import Values

/// A value of a JSON text that was checked; it is made only as far as it is asked for.
public struct JSONNode: Sendable {
  let tape: JSONTape
  let place: Int

  private var entry: JSONTape.Entry { tape.entries[place] }

  /// The value and all that is in it.
  public var value: JSONValue { tape.value(place) }

  /// The word for the type of this value in messages, as `JSONValue.typeName`.
  public var typeName: String {
    switch entry.kind {
    case .null: "null"
    case .yes, .no: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// Whether it is null.
  public var isNull: Bool { entry.kind == .null }
  /// Whether it is an object.
  public var isObject: Bool { entry.kind == .object }
  /// The text of a string, else nil.
  public var stringValue: String? { entry.kind == .string ? tape.text(entry) : nil }
  /// The value of a number, else nil.
  public var numberValue: Decimal? { entry.kind == .number ? tape.numbers[Int(entry.start)] : nil }
  /// The value of an exact integer that fits an `Int`, else nil.
  public var integerValue: Int? { numberValue?.integer() }

  /// Whether it is the string of this text.
  public func isString(_ text: String) -> Bool { entry.kind == .string && tape.isText(entry, text) }

  /// A member of an object by its key; nil where this is no object or has no such member.
  public subscript(key: StaticString) -> JSONNode? {
    guard isObject, let member = tape.member(key, of: place) else { return nil }
    return JSONNode(tape: tape, place: member)
  }

  /// The first key of an object that is none of some; nil where there is none.
  public func firstKey(except known: [StaticString]) -> String? {
    guard isObject else { return nil }
    let tape = tape
    let member = tape.firstMember(of: place) { key in !known.contains { tape.isName(key, $0) } }
    return member.map { tape.text(tape.entries[$0 - 1]) }
  }
}
