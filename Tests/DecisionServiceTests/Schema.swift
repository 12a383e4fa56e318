import Formats
import Values

/// A checker for the part of JSON Schema 2020-12 that the description of the API uses; a keyword beyond it is a fault.
struct Schema {
  let document: JSONValue

  /// What is wrong with a value by a schema, each with its place; empty where nothing is.
  func faults(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
    guard let keywords = schema.objectValue else { return ["\(place): the schema is no object"] }
    return keywords.members.flatMap { faults(value, $0.key, $0.value, keywords, place) }
  }

  private func faults(
    _ value: JSONValue, _ keyword: String, _ operand: JSONValue, _ schema: JSONObject, _ place: String
  ) -> [String] {
    let fault = { (isRight: Bool, what: String) in isRight ? [] : ["\(place): \(what)"] }
    switch keyword {
    case "description", "summary", "example", "title": return []
    case "$ref":
      guard let schema = resolve(operand.stringValue ?? "") else { return ["\(place): no \(operand)"] }
      return faults(value, schema, at: place)
    case "type":
      let types = operand.arrayValue ?? [operand]
      return fault(
        types.contains { Self.isOf(value, $0.stringValue ?? "") }, "is \(value.typeName), not \(types)")
    case "const": return fault(value == operand, "is not \(operand)")
    case "enum": return fault(operand.arrayValue?.contains(value) ?? false, "\(value) is none of \(operand)")
    case "oneOf":
      let all = (operand.arrayValue ?? []).map { faults(value, $0, at: place) }
      let matching = all.count { $0.isEmpty }
      return matching == 1
        ? [] : ["\(place): \(matching) of oneOf match"] + (matching == 0 ? all.flatMap { $0 } : [])
    case "anyOf":
      let all = (operand.arrayValue ?? []).map { faults(value, $0, at: place) }
      return all.contains { $0.isEmpty } ? [] : all.flatMap { $0 }
    case "properties":
      guard let object = value.objectValue else { return [] }
      return (operand.objectValue?.members ?? []).flatMap { name, schema in
        object[name].map { faults($0, schema, at: place + "/" + name) } ?? []
      }
    case "required":
      guard let object = value.objectValue else { return [] }
      let missing = (operand.arrayValue ?? []).compactMap(\.stringValue).filter { object[$0] == nil }
      return fault(missing.isEmpty, "lacks \(missing)")
    case "additionalProperties":
      guard let object = value.objectValue, operand == false else { return [] }
      let known = schema["properties"]?.objectValue
      let other = object.keys.filter { known?[$0] == nil }
      return fault(other.isEmpty, "has unknown members \(other)")
    case "items":
      return (value.arrayValue ?? []).enumerated().flatMap { faults($1, operand, at: "\(place)/\($0)") }
    case "maxItems":
      return fault((value.arrayValue?.count ?? 0) <= operand.integerValue ?? 0, "has too many items")
    case "minLength", "maxLength":
      guard let count = value.stringValue?.unicodeScalars.count, let bound = operand.integerValue else {
        return []
      }
      return fault(keyword == "minLength" ? count >= bound : count <= bound, "has \(count) characters")
    case "minimum", "maximum":
      guard let number = value.numberValue, let bound = operand.numberValue else { return [] }
      return fault(keyword == "minimum" ? number >= bound : number <= bound, "\(number) is out of bounds")
    case "pattern":
      guard let text = value.stringValue else { return [] }
      let isFound = (try? Regex(operand.stringValue ?? "(").firstMatch(in: text)) != nil
      return fault(isFound, "\(text) is not of the form \(operand)")
    case "format":
      guard let text = value.stringValue else { return [] }
      switch operand.stringValue {
      case "date": return fault(CivilDate(text) != nil, "\(text) is no date")
      case "date-time": return fault(Instant(text) != nil, "\(text) is no instant")
      default: return ["\(place): unknown format"]
      }
    default: return ["\(place): the keyword \(keyword) is not known here"]
    }
  }

  private static func isOf(_ value: JSONValue, _ type: String) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
      ("number", .number):
      true
    case ("integer", .number): value.integerValue != nil
    default: false
    }
  }

  /// What a reference into the document stands for.
  func resolve(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
  }
}
