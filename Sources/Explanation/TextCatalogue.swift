import Decisioning
import Facts
import Formats
import Values

/// The texts of one language as a rule set carries them (`reasons/<language>.json`).
public struct TextCatalogue: Sendable {
  /// The language.
  public let language: Language
  private let path: String
  let json: JSONValue

  /// The texts in one language of a rule set.
  public init(_ ruleSet: RuleSetFiles, language: Language) throws(TextError) {
    path = "reasons/\(language.rawValue).json"
    guard let bytes = ruleSet[path] else {
      let known = ruleSet.paths.compactMap { path in
        path.hasPrefix("reasons/") ? String(path.dropFirst("reasons/".count).prefix { $0 != "." }) : nil
      }
      throw .noLanguage(language: language.rawValue, known: known)
    }
    self.language = language
    do {
      json = try JSONReader.parse(bytes)
    } catch {
      throw .notJSON(path: path, error: error)
    }
  }

  /// A text of the document itself with its parameters filled in.
  public func document(_ name: String, _ parameters: [String: String] = [:]) throws(TextError) -> String {
    try filled(["document", name], parameters)
  }

  /// The word for an outcome.
  public func outcome(_ outcome: Outcome) throws(TextError) -> String {
    try text(["outcomes", outcome.rawValue])
  }

  /// The name of a characteristic for people.
  public func characteristic(_ name: String) throws(TextError) -> String {
    try text(["characteristics", name, "name"])
  }

  /// The value of a characteristic with its unit, in the right plural form.
  public func value(_ value: JSONValue, of characteristic: String) throws(TextError) -> String {
    switch value {
    case .number(let number):
      let unit = try text(["characteristics", characteristic, "unit"])
      let category = language.pluralCategory(number).rawValue
      let form = json["units"]?[unit]?[category] == nil ? "other" : category
      return try filled(["units", unit, form], ["n": language.number(number)])
    case .string(let text): return text
    case .array(let values): return values.compactMap(\.stringValue).joined(separator: ", ")
    case .bool, .null, .object: return try document("missing")
    }
  }

  /// The sentence for a reason code.
  public func reason(_ code: String, value: String) throws(TextError) -> String {
    try filled(["reasons", code], ["value": value])
  }

  /// A record of the evidence, `kind:id`, in words.
  public func record(_ evidence: String) throws(TextError) -> String {
    guard let colon = evidence.firstIndex(of: ":") else { return evidence }
    let kind = try text(["records", String(evidence[..<colon])])
    return "\(kind) \(evidence[evidence.index(after: colon)...])"
  }

  /// What the law says, for a provision that stood against an outcome.
  public func provision(_ id: String) throws(TextError) -> String { try text(["law", id]) }

  /// What is to be told where a rule of the policy matched; nil where there is nothing.
  public func rule(_ id: String) -> String? { json["rules"]?[id]?.stringValue }

  /// What a customer can do, in the form for so many things.
  func recourse(_ lever: String, count: Int, _ parameters: [String: String]) throws(TextError) -> String {
    let number = Decimal(count)
    let category = language.pluralCategory(number).rawValue
    let form = json["recourse"]?[lever]?[category] == nil ? "other" : category
    return try filled(
      ["recourse", lever, form],
      parameters.merging(["n": language.number(number)]) { given, _ in given })
  }

  /// The name of a kind of record, in the plural.
  public func records(of kind: FactKind) throws(TextError) -> String {
    try text(["kinds", kind.rawValue])
  }

  /// The sentence that names the supervisory authority of a jurisdiction.
  public func authority(_ jurisdiction: Jurisdiction?) throws(TextError) -> String {
    let code = jurisdiction?.code ?? ""
    return try text(["authorities", json["authorities"]?[code] == nil ? "other" : code])
  }

  func filled(_ keys: [String], _ parameters: [String: String]) throws(TextError) -> String {
    let text = try text(keys)
    // By bytes: looking for characters would find out where each one ends, which takes most of the time of an answer.
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var filled = ""
    var rest = text.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      let name = String(text[rest.index(after: open)..<close])
      guard let parameter = parameters[name] else {
        throw .missing(path: path, text: keys.joined(separator: ".") + " {\(name)}")
      }
      filled += text[rest.startIndex..<open]
      filled += parameter
      rest = rest[rest.index(after: close)...]
    }
    return filled + text[rest.startIndex...]
  }

  func text(_ keys: [String]) throws(TextError) -> String {
    var value: JSONValue? = json
    for key in keys { value = value?[key] }
    guard let text = value?.stringValue else {
      throw .missing(path: path, text: keys.joined(separator: "."))
    }
    return text
  }
}
