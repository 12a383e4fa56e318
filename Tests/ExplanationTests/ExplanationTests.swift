import Decisioning
import Explanation
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// What a decision looks like in words, and that no word is missing for anything that the policy can say.
@Suite struct ExplanationTests {
  static let folder = Repository.root.appending(path: "rules").path

  private func texts(_ language: Language) throws -> TextCatalogue { try Example.texts(language) }
  private var record: DecisionRecord { Example.record }

  @Test func theJSONCarriesCodesAndNumbers() throws {
    let json = try ExplanationDocument(record, texts: texts(.english)).json
    #expect(json["outcome"] == "refer")
    #expect(json["reasons"]?[0]?["code"] == "S-MISSING-ARREARS-OPEN")
    #expect(json["reasons"]?[0]?["loss"] == 100)
    #expect(json["characteristics"]?[1]?["evidence"]?[3] == "invoice:4")
    #expect(json["characteristics"]?[1]?["text"] == "30 days")
  }

  /// Every reason code and characteristic that stands in the rating model, taken from its text.
  @Test(arguments: Language.allCases) func nothingThePolicySaysIsWithoutWords(language: Language) throws {
    let texts = try texts(language)
    let model = try String(contentsOfFile: Example.folder + "/credit-rating.dmn", encoding: .utf8)
    let codes = Set(model.matches(of: /[SK]-[A-Z][A-Z-]+[A-Z]/).map { String($0.output) })
    #expect(codes.count > 35)
    for code in codes.union([KnockOut.evaluationReason]) {
      #expect(try !texts.reason(code, value: "7").contains("{"), "\(code)")
    }
    for characteristic in try RuleSet(folder: Example.folder).characteristics {
      #expect(try !texts.characteristic(characteristic).isEmpty)
      #expect(try texts.value(2, of: characteristic).contains("2"))
    }
    for outcome in Outcome.allCases { #expect(try !texts.outcome(outcome).isEmpty) }
    for kind in FactKind.allCases where [.customer, .invoice, .reversal, .registerEntry].contains(kind) {
      #expect(try texts.record("\(kind.rawValue):1").hasSuffix(" 1"))
    }
    for kind in FactKind.allCases { #expect(try !texts.records(of: kind).isEmpty) }
  }

  /// The English file is the measure; only the plural forms of a unit differ.
  @Test(arguments: Language.allCases) func everyLanguageHasTheSameTexts(language: Language) throws {
    func names(_ language: Language) throws -> Set<String> {
      let bytes = try Data(contentsOf: URL(filePath: Example.folder + "/reasons/\(language.rawValue).json"))
      guard case .object(let file) = try JSONReader.parse(Array(bytes)) else { return [] }
      var names: Set<String> = []
      for (part, texts) in file.members {
        guard case .object(let texts) = texts else { continue }
        for (name, text) in texts.members {
          let parameters = (text.stringValue ?? "").matches(of: /\{[a-zA-Z]+\}/).map { String($0.output) }
          names.insert(([part, name] + parameters.sorted()).joined(separator: " "))
        }
      }
      return names
    }
    let english = try names(.english)
    #expect(english.count > 100)
    #expect(try names(language) == english)
  }

  @Test func aMissingTextSaysWhere() throws {
    let files = RuleSetFiles(["reasons/en.json": Array(#"{"outcomes": {}, "reasons": {"A": "x {y}"}}"#.utf8)])
    let texts = try TextCatalogue(files, language: .english)
    let outcome = #expect(throws: TextError.self) { try texts.outcome(.accept) }
    #expect(
      outcome?.sentence
        == "reasons/en.json: the text 'outcomes.accept' is missing. Add it; the English file shows the form.")
    let parameter = #expect(throws: TextError.self) { try texts.reason("A", value: "") }
    #expect(parameter == .missing(path: "reasons/en.json", text: "reasons.A {y}"))
    let language = #expect(throws: TextError.self) { try TextCatalogue(files, language: .latvian) }
    #expect(language?.sentence == "There are no texts in 'lv'. The rule set has: en.")
    let broken = #expect(throws: TextError.self) {
      try TextCatalogue(RuleSetFiles(["reasons/en.json": Array("{".utf8)]), language: .english)
    }
    #expect(broken?.code == "texts.not-json")
  }
}
