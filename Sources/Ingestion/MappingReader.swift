import FEEL
import Facts
import Formats
import Values

/// Reads the JSON of a mapping file into its definition and collects everything that is wrong with its form.
struct MappingReader {
  private let file: String
  private(set) var findings: [MappingFinding] = []

  init(file: String) { self.file = file }

  /// Reads a mapping; what is missing is filled in so that the rest can be looked at too.
  mutating func definition(_ bytes: [UInt8]) -> MappingDefinition? {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader.parse(bytes, limits: JSONLimits(bytes: 4 << 20))
    } catch {
      note("", error.sentence)
      return nil
    }
    guard let root = object(json, "") else { return nil }
    known(root, "", ["name", "description", "source", "file", "columns", "let", "facts"])
    let name = text(root["name"], "/name", required: true) ?? ""
    if !name.isEmpty, name.utf8.count > 100 {
      note("/name", "The name is longer than 100 bytes. Shorten it.")
    }
    _ = text(root["description"], "/description")
    let source = source(root["source"], named: name)
    let format = fileFormat(root["file"])
    let columns = columns(root["columns"])
    let constants = constants(root["let"])
    let facts = facts(root["facts"])
    var hash = SHA256()
    hash.update(json.canonical)
    return MappingDefinition(
      name: name, source: source, delimiter: format.delimiter, encoding: format.encoding,
      allowsOtherColumns: format.others, columns: columns, constants: constants, facts: facts,
      fingerprint: hash.finish())
  }

  private mutating func note(_ pointer: String, _ message: String) {
    findings.append(MappingFinding(file: file, pointer: pointer, position: nil, message: message))
  }

  /// The pointer of a member, with `~` and `/` in keys escaped as RFC 6901 asks.
  private func pointer(_ base: String, _ key: String) -> String {
    base + "/" + key.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  // MARK: Values

  private mutating func object(_ value: JSONValue?, _ pointer: String) -> JSONObject? {
    guard let value else { return nil }
    if case .object(let object) = value { return object }
    note(pointer, "An object in braces belongs here, not \(value.typeName).")
    return nil
  }

  private mutating func known(_ object: JSONObject, _ pointer: String, _ keys: [String]) {
    for key in object.keys where !keys.contains(key) {
      note(
        self.pointer(pointer, key), "\"\(key)\" is not known here. Known are \(keys.joined(separator: ", "))."
      )
    }
  }

  private mutating func text(_ value: JSONValue?, _ pointer: String, required: Bool = false) -> String? {
    switch value {
    case .string(let text):
      if required, text.isEmpty { note(pointer, "This text must not be empty.") }
      return text
    case nil:
      if required { note(pointer, "This member is missing. Add it.") }
      return nil
    case let value?:
      note(pointer, "Text in quotes belongs here, not \(value.typeName).")
      return nil
    }
  }

  private mutating func flag(_ value: JSONValue?, _ pointer: String) -> Bool {
    guard let value else { return false }
    if case .bool(let flag) = value { return flag }
    note(pointer, "true or false belongs here, not \(value.typeName).")
    return false
  }

  private mutating func texts(_ value: JSONValue?, _ pointer: String) -> [String]? {
    guard let value else { return nil }
    guard case .array(let elements) = value else {
      note(pointer, "A list of texts in square brackets belongs here, not \(value.typeName).")
      return nil
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      if let text = text(element, pointer + "/\(index)") { texts.append(text) }
    }
    return texts
  }

  private mutating func expression(
    _ value: JSONValue?, _ pointer: String
  ) -> MappingDefinition.Expression? {
    guard let text = text(value, pointer) else { return nil }
    if text.allSatisfy(\.isWhitespace) {
      note(pointer, "The expression is empty. Write one, or take the member away.")
      return nil
    }
    return MappingDefinition.Expression(text: text, pointer: pointer)
  }

  // MARK: Parts

  private mutating func source(_ value: JSONValue?, named name: String) -> MappingDefinition.Source {
    var source = MappingDefinition.Source(name: name, purpose: "credit-rating", dataClass: "personal")
    guard let object = object(value, "/source") else { return source }
    known(object, "/source", ["name", "purpose", "dataClass"])
    source.name = text(object["name"], "/source/name", required: true) ?? name
    source.purpose = text(object["purpose"], "/source/purpose") ?? source.purpose
    source.dataClass = text(object["dataClass"], "/source/dataClass") ?? source.dataClass
    return source
  }

  private mutating func fileFormat(
    _ value: JSONValue?
  ) -> (delimiter: UInt8, encoding: TextEncoding, others: Bool) {
    var format = (delimiter: UInt8(ascii: ","), encoding: TextEncoding.utf8, others: true)
    guard let object = object(value, "/file") else { return format }
    known(object, "/file", ["delimiter", "encoding", "otherColumns"])
    if let text = text(object["delimiter"], "/file/delimiter") {
      if let delimiter = Delimiter(text) {
        format.delimiter = delimiter.byte
      } else {
        note("/file/delimiter", "\"\(text)\" is no delimiter. Known are , ; | and tab.")
      }
    }
    if let text = text(object["encoding"], "/file/encoding") {
      if let encoding = TextEncoding(name: text) {
        format.encoding = encoding
      } else {
        let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        note("/file/encoding", "The encoding \"\(text)\" is not known. Known are \(names).")
      }
    }
    switch text(object["otherColumns"], "/file/otherColumns") {
    case nil, "ignore": break
    case "refuse": format.others = false
    case let other?: note("/file/otherColumns", "\"\(other)\" is not known. Write ignore or refuse.")
    }
    return format
  }

  private mutating func columns(_ value: JSONValue?) -> [MappingDefinition.Column] {
    guard let object = object(value, "/columns") else {
      if value == nil { note("/columns", "This member is missing. Name the columns that the mapping reads.") }
      return []
    }
    if object.isEmpty { note("/columns", "No column is named. Name those that the mapping reads.") }
    var columns: [MappingDefinition.Column] = []
    for (header, value) in object.members {
      let pointer = pointer("/columns", header)
      var column = MappingDefinition.Column(
        header: header, name: header, type: .text, empty: [], isRequired: false)
      if let object = self.object(value, pointer) {
        known(
          object, pointer,
          [
            "name", "type", "decimalMark", "thousandsSeparator", "pattern", "true", "false", "empty",
            "required",
          ])
        column.name = text(object["name"], pointer + "/name") ?? header
        column.isRequired = flag(object["required"], pointer + "/required")
        column.empty = texts(object["empty"], pointer + "/empty") ?? []
        column.type = columnType(object, pointer)
      }
      if columns.contains(where: { $0.name == column.name }) {
        note(pointer, "Another column has the name \"\(column.name)\" already. Give this one a \"name\".")
      }
      columns.append(column)
    }
    return columns
  }

  private mutating func columnType(_ object: JSONObject, _ pointer: String) -> ColumnType {
    let word = text(object["type"], pointer + "/type") ?? "text"
    let belongs = [
      "number": ["decimalMark", "thousandsSeparator"], "date": ["pattern"], "boolean": ["true", "false"],
    ]
    for (type, keys) in belongs.sorted(by: { $0.key < $1.key }) where type != word {
      for key in keys where object[key] != nil {
        note(pointer + "/" + key, "\"\(key)\" belongs to columns of type \(type), and this is \(word).")
      }
    }
    switch word {
    case "text", "string": return .text
    case "number":
      var format = NumberFormat.plain
      if let mark = text(object["decimalMark"], pointer + "/decimalMark") {
        if mark == "." || mark == "," {
          format.decimalMark = mark.utf8.first ?? format.decimalMark
        } else {
          note(pointer + "/decimalMark", "The decimal mark is . or , and not \"\(mark)\".")
        }
      }
      if let separator = text(object["thousandsSeparator"], pointer + "/thousandsSeparator") {
        let scalars = Array(separator.unicodeScalars)
        if [" ", ".", ",", "'", "\u{2019}", "\u{A0}"].contains(separator), scalars.count == 1,
          separator.utf8.first != format.decimalMark
        {
          format.thousandsSeparator = scalars[0]
        } else {
          note(
            pointer + "/thousandsSeparator",
            "The thousands separator is a blank, a point, a comma or an apostrophe, and not the decimal mark."
          )
        }
      }
      return .number(format)
    case "date":
      guard let text = text(object["pattern"], pointer + "/pattern") else { return .date(.iso) }
      if let pattern = DatePattern(text) { return .date(pattern) }
      note(
        pointer + "/pattern",
        "\"\(text)\" is no date pattern. Write YYYY, MM (or M) and DD (or D) once each, as in DD.MM.YYYY.")
      return .date(.iso)
    case "boolean":
      return .boolean(
        yes: texts(object["true"], pointer + "/true") ?? ["true", "1"],
        no: texts(object["false"], pointer + "/false") ?? ["false", "0"])
    default:
      note(pointer + "/type", "The type \"\(word)\" is not known. Known are text, number, date and boolean.")
      return .text
    }
  }

  private mutating func constants(
    _ value: JSONValue?
  ) -> [(name: String, expression: MappingDefinition.Expression)] {
    guard let object = object(value, "/let") else { return [] }
    var constants: [(name: String, expression: MappingDefinition.Expression)] = []
    for (name, value) in object.members {
      if let expression = expression(value, pointer("/let", name)) { constants.append((name, expression)) }
    }
    return constants
  }

  private mutating func facts(_ value: JSONValue?) -> [MappingDefinition.FactRule] {
    guard case .array(let elements) = value, !elements.isEmpty else {
      note("/facts", "A list of at least one fact belongs here, as in [{\"kind\": …, \"fields\": {…}}].")
      return []
    }
    var rules: [MappingDefinition.FactRule] = []
    for (index, element) in elements.enumerated() {
      if let rule = factRule(element, "/facts/\(index)") { rules.append(rule) }
    }
    return rules
  }

  private mutating func factRule(
    _ value: JSONValue, _ pointer: String
  ) -> MappingDefinition.FactRule? {
    guard let object = object(value, pointer) else { return nil }
    known(object, pointer, ["kind", "when", "each", "as", "fields", "description"])
    guard let word = text(object["kind"], pointer + "/kind", required: true) else { return nil }
    guard let kind = FactKind(rawValue: word) else {
      let kinds = FactKind.allCases.map(\.rawValue).joined(separator: ", ")
      note(pointer + "/kind", "The kind \"\(word)\" is not known. Known are \(kinds).")
      return nil
    }
    var rule = MappingDefinition.FactRule(
      kind: kind, when: expression(object["when"], pointer + "/when"),
      each: expression(object["each"], pointer + "/each"),
      item: text(object["as"], pointer + "/as") ?? "item", fields: [], pointer: pointer)
    if object["as"] != nil, object["each"] == nil {
      note(pointer + "/as", "\"as\" names the items of \"each\", and there is no \"each\".")
    }
    guard let fields = self.object(object["fields"], pointer + "/fields") else {
      if object["fields"] == nil {
        note(pointer + "/fields", "This member is missing. Add the fact's fields.")
      }
      return rule
    }
    for (key, value) in fields.members {
      let place = self.pointer(pointer + "/fields", key)
      guard let field = FieldName(rawValue: key), kind.fields.contains(where: { $0.name == field }) else {
        let names = kind.fields.map(\.name.rawValue).joined(separator: ", ")
        note(place, "A fact of kind \(word) has no field \"\(key)\". It has \(names).")
        continue
      }
      if let expression = expression(value, place) { rule.fields.append((field, expression)) }
    }
    for field in kind.fields where field.isRequired && fields[field.name.rawValue] == nil {
      note(pointer + "/fields", "The field \"\(field.name.rawValue)\" is missing; every \(word) needs it.")
    }
    return rule
  }
}
