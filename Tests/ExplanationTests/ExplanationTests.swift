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

  private func texts(_ language: Language) throws -> TextCatalogue {
    try TextCatalogue(RuleSetFiles(folder: Self.folder), language: language)
  }

  private var record: DecisionRecord {
    let content = DecisionContent(
      customer: "C-7", businessDate: CivilDate("2026-06-30") ?? .earliest, currency: .eur, ruleSet: .zero,
      features: [
        FeatureValue(name: "Tenure in months", value: 21, evidence: ["customer:C-7"]),
        FeatureValue(
          name: "Days past due", value: 30, evidence: ["invoice:1", "invoice:2", "invoice:3", "invoice:4"]),
        FeatureValue(name: "Worst open arrears age", value: .null, evidence: []),
      ],
      score: 195, rating: "F", orderOutcome: .refer, outcome: .refer, knockOuts: [],
      characteristics: [
        ScoredCharacteristic(
          name: "Tenure in months", rule: "tenure_3", reason: "S-TENURE", points: 45, best: 70),
        ScoredCharacteristic(
          name: "Days past due", rule: "past_due_3", reason: "S-PAST-DUE", points: 50, best: 70),
        ScoredCharacteristic(
          name: "Worst open arrears age", rule: "arrears_open_missing", reason: "S-MISSING-ARREARS-OPEN",
          points: 100, best: 200),
      ],
      matchedRules: [],
      problems: [
        EvaluationProblem(
          model: "features", decision: "X", code: "divisionByZero", message: "division by zero")
      ])
    return DecisionRecord(
      id: DecisionID(12), customerKey: 1, sequence: 9, readSequence: 8, knownAt: Instant(microseconds: 0),
      content: content, contentHash: .zero, actor: "tester", recordedAt: Instant(microseconds: 0))
  }

  @Test(arguments: Language.allCases) func theDocumentIsAsRecorded(language: Language) throws {
    let text = try ExplanationDocument(record, texts: texts(language)).text
    let file = Repository.root.appending(path: "Tests/Golden/explanation-\(language.rawValue).txt")
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }

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
    let model = try String(contentsOfFile: Self.folder + "/credit-rating.dmn", encoding: .utf8)
    let codes = Set(model.matches(of: /[SK]-[A-Z][A-Z-]+[A-Z]/).map { String($0.output) })
    #expect(codes.count > 35)
    for code in codes.union([KnockOut.evaluationReason]) {
      #expect(try !texts.reason(code, value: "7").contains("{"), "\(code)")
    }
    for characteristic in try RuleSet(folder: Self.folder).characteristics {
      #expect(try !texts.characteristic(characteristic).isEmpty)
      #expect(try texts.value(2, of: characteristic).contains("2"))
    }
    for outcome in Outcome.allCases { #expect(try !texts.outcome(outcome).isEmpty) }
    for kind in FactKind.allCases where [.customer, .invoice, .reversal, .registerEntry].contains(kind) {
      #expect(try texts.record("\(kind.rawValue):1").hasSuffix(" 1"))
    }
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
