import Decisioning
import Explanation
import Facts
import Formats

/// The letters of a rule set as they were read: what they consist of, their texts, in whose name they are written.
struct LetterLibrary: Sendable {
  let structure: LetterStructure
  let texts: [Language: LetterTexts]
  let creditors: [Creditor]
  /// What is wrong with the form of the files.
  let findings: [JSONFinding]

  init(_ files: RuleSetFiles) {
    var all: [JSONFinding] = []
    /// Reads a file that has to be there.
    func read<Value>(_ path: String, _ body: (JSONValue, inout JSONFindings) -> Value) -> Value {
      var findings = JSONFindings(file: path)
      var json = JSONValue.object(JSONObject())
      if let bytes = files[path] {
        if let found = findings.json(bytes, limits: JSONLimits(depth: 16, bytes: 4 << 20)) { json = found }
      } else {
        findings.note("", "The file is not there; letters cannot be written without it.")
      }
      let isRead = findings.all.isEmpty
      let value = body(json, &findings)
      // Where the file could not be read, that alone is told, and not all that is missing because of it.
      all += isRead ? findings.all : Array(findings.all.prefix(1))
      return value
    }
    structure = read(LetterStructure.path) { LetterStructure($0, &$1) }
    var texts: [Language: LetterTexts] = [:]
    for language in Language.allCases {
      texts[language] = read(LetterTexts.path(language)) { LetterTexts($0, language, &$1) }
    }
    self.texts = texts
    creditors = read(Creditor.path) { Creditor.entries($0, &$1) }
    findings = all
  }

  func creditor(_ circumstances: LetterCircumstances) -> Creditor? {
    creditors.first { $0.jurisdiction == circumstances.jurisdiction && $0.claimant == circumstances.claimant }
  }
}
