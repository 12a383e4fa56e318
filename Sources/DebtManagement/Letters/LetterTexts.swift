import Explanation
import Facts
import Formats

/// The texts of letters in one language: `letters/<language>.json`.
struct LetterTexts: Sendable {
  let language: Language
  var passages: [String: LetterText<LetterField>] = [:]
  var subjects: [DebtNotice.NoticeType: LetterText<LetterField>] = [:]
  var contractKinds: [Contract.Claimant: [Contract.Commodity: String]] = [:]
  var supplies: [Contract.Commodity: String] = [:]
  var days: [Language.PluralCategory: LetterText<LetterLineField>] = [:]
  var invoice = LetterText<LetterLineField>("", unknown: { _ in })
  var instalment = LetterText<LetterLineField>("", unknown: { _ in })

  static func path(_ language: Language) -> String { "letters/\(language.rawValue).json" }

  /// Reads the file; everything wrong with it is noted.
  init(_ json: JSONValue, _ language: Language, _ findings: inout JSONFindings) {
    self.language = language
    guard
      let file = findings.object(json, "", known: ["language", "note", "words", "subjects", "passages"])
    else { return }
    if file["language"]?.stringValue != language.rawValue {
      findings.note("/language", "\"\(language.rawValue)\" belongs here, as the file is called.")
    }
    for (name, value) in Self.members(file, "passages", &findings) {
      passages[name] = Self.text(value, "/passages/\(name)", &findings)
    }
    for (name, value) in Self.members(file, "subjects", &findings) {
      guard let type = DebtNotice.NoticeType(rawValue: name) else {
        findings.note("/subjects/\(name)", "There is no such letter.")
        continue
      }
      let subject: LetterText<LetterField>? = Self.text(value, "/subjects/\(name)", &findings)
      if subject?.fields.contains(.letterSubject) == true {
        findings.note("/subjects/\(name)", "A subject cannot name itself.")
      }
      subjects[type] = subject
    }
    for type in DebtNotice.NoticeType.allCases where file["subjects"]?[type.rawValue] == nil {
      findings.missing(type.rawValue, "/subjects")
    }
    readWords(file["words"] ?? .null, &findings)
  }

  private mutating func readWords(_ json: JSONValue, _ findings: inout JSONFindings) {
    let known = ["contract.kind", "supply", "days", "invoice", "instalment"]
    guard let words = findings.object(json, "/words", known: known) else { return }
    for claimant in Contract.Claimant.allCases {
      for commodity in Contract.Commodity.allCases {
        let pointer = "/words/contract.kind/\(claimant.rawValue)"
        guard let object = words["contract.kind"]?[claimant.rawValue]?.objectValue else {
          findings.missing(commodity.rawValue, pointer)
          continue
        }
        contractKinds[claimant, default: [:]][commodity] = findings.text(object, commodity.rawValue, pointer)
      }
    }
    for commodity in Contract.Commodity.allCases {
      let object = words["supply"]?.objectValue ?? JSONObject()
      supplies[commodity] = findings.text(object, commodity.rawValue, "/words/supply")
    }
    for (name, value) in words["days"]?.objectValue?.members ?? [] {
      guard let category = Language.PluralCategory(rawValue: name) else {
        findings.note("/words/days/\(name)", "zero, one or other belongs here.")
        continue
      }
      days[category] = Self.line(value, "/words/days/\(name)", needs: [.count], &findings)
    }
    if days[.other] == nil { findings.missing("other", "/words/days") }
    if let line = Self.line(
      words["invoice"] ?? .null, "/words/invoice", needs: [.number, .due, .unpaid], &findings)
    {
      invoice = line
    }
    if let line = Self.line(
      words["instalment"] ?? .null, "/words/instalment", needs: [.due, .amount], &findings)
    {
      instalment = line
    }
  }

  private static func members(
    _ file: JSONObject, _ name: String, _ findings: inout JSONFindings
  ) -> [(key: String, value: JSONValue)] {
    guard let object = file[name]?.objectValue else {
      findings.missing(name, "")
      return []
    }
    return object.members
  }

  private static func text<Field>(
    _ json: JSONValue, _ pointer: String, _ findings: inout JSONFindings
  ) -> LetterText<Field>? {
    guard let text = json.stringValue, !text.isEmpty else {
      findings.note(pointer, "A text belongs here.")
      return nil
    }
    return LetterText(text) {
      findings.note(pointer, "\"\($0)\" is no field that letters are filled from. Correct or remove it.")
    }
  }

  private static func line(
    _ json: JSONValue, _ pointer: String, needs: Set<LetterLineField>, _ findings: inout JSONFindings
  ) -> LetterText<LetterLineField>? {
    let line: LetterText<LetterLineField>? = text(json, pointer, &findings)
    if let line {
      for field in needs.subtracting(line.fields).map(\.rawValue).sorted() {
        findings.note(pointer, "The field {\(field)} is missing.")
      }
    }
    return line
  }
}
