import Facts

extension OpenAPIDocument {
  /// The records of each canonical layout, as `FieldDescription` has them, and what is told of them.
  static let factSchemas = ##"""
    "FactRecord": {"oneOf": \##(references)},
    \##(FactKind.allCases.map(record).joined(separator: ",\n")),
    "FactsReport": {"type": "object", "additionalProperties": false,
      "required": ["records", "stored", "corrected", "known", "quarantined"], "properties": {
        "records": {"type": "array", "items": {"type": "object", "additionalProperties": false,
          "required": ["line", "result"], "properties": {
            "line": {"type": "integer", "minimum": 1},
            "result": {"enum": ["stored", "corrected", "known", "quarantined"]},
            "rule": {"type": "string", "description": "Which rule it breaks."},
            "detail": {"type": "string"}}}},
        "stored": {"type": "integer"}, "corrected": {"type": "integer"}, "known": {"type": "integer"},
        "quarantined": {"type": "integer"}}}
    """##

  private static let references =
    "["
    + FactKind.allCases.map { ##"{"$ref": "#/components/schemas/\##(name($0))"}"## }.joined(separator: ", ")
    + "]"

  private static func name(_ kind: FactKind) -> String { "Fact-" + kind.layout }

  private static func record(_ kind: FactKind) -> String {
    let fields = kind.fields.map { "\(quoted($0.name.rawValue)): \(schema($0))" }
    return ##"""
      "\##(name(kind))": {"type": "object", "additionalProperties": false, "required": ["layout", "record"], "properties": {
        "layout": {"const": "\##(kind.layout)"},
        "source": {"type": ["string", "null"], "minLength": 1, "maxLength": 100, "description": "`supplier` where none is named; one that the token was made for."},
        "record": {"type": "object", "additionalProperties": false,
          "required": \##(words(kind.fields.filter(\.isRequired).map(\.name.rawValue))),
          "properties": {\##(fields.joined(separator: ", "))}}}}
      """##
  }

  private static func schema(_ field: FieldDescription) -> String {
    let types = { (types: [String]) in
      #""type": "# + words(field.isRequired ? types : types + ["null"])
    }
    switch field.type {
    case .text(let limit): return #"{\#(types(["string"])), "maxLength": \#(limit)}"#
    case .date: return #"{\#(types(["string"])), "format": "date"}"#
    case .amount: return "{\(types(["number", "string"]))}"
    case .months: return "{\(types(["integer", "string"]))}"
    case .currency: return #"{\#(types(["string"])), "pattern": "^[A-Z]{3}$"}"#
    case .country: return #"{\#(types(["string"])), "pattern": "^[A-Z]{2}$"}"#
    case .yesNo: return #"{"enum": ["yes", "no", true, false]}"#
    case .digest: return #"{\#(types(["string"])), "pattern": "^[0-9A-Fa-f]{64}$"}"#
    case .enumeration(let known):
      let known = words(known)
      return #"{"enum": \#(field.isRequired ? known : known.dropLast() + ", null]")}"#
    }
  }
}
