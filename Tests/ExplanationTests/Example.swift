import Decisioning
import Explanation
import Facts
import Formats
import Foundation
import TestSupport
import Values

/// A decision with a loss, a missing value, a knock-out of the pipeline and a problem, and the facts behind it.
enum Example {
  static let folder = Repository.root.appending(path: "rules").path

  static func texts(_ language: Language) throws -> TextCatalogue {
    try TextCatalogue(RuleSetFiles(folder: folder), language: language)
  }

  static var record: DecisionRecord {
    let content = DecisionContent(
      customer: "C-7", businessDate: CivilDate("2026-06-30") ?? .earliest, currency: .eur, ruleSet: .zero,
      features: [
        FeatureValue(name: "Tenure in months", value: 21, evidence: ["customer:C-7"]),
        FeatureValue(
          name: "Days past due", value: 30, evidence: ["invoice:1", "invoice:2", "invoice:3", "invoice:4"]),
        FeatureValue(name: "Worst open arrears age", value: .null, evidence: []),
      ],
      values: [
        DecidedValue(name: PolicyName.score, value: 195), DecidedValue(name: PolicyName.rating, value: "F"),
        DecidedValue(name: PolicyName.orderOutcome, value: "refer"),
      ], knockOuts: [],
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
      ], outcome: .refer)
    return DecisionRecord(
      id: DecisionID(12), customerKey: 1, sequence: 9, readSequence: 8, knownAt: Instant(microseconds: 0),
      content: content, contentHash: .zero, actor: "tester", recordedAt: Instant(microseconds: 0))
  }

  /// Three of the four invoices are there, one of them from a second source; the fourth has been erased.
  static var facts: CustomerFacts {
    func provenance(_ source: String, _ line: Int) -> Provenance {
      Provenance(
        source: source, file: "\(source).csv", line: line, contentHash: SHA256.hash("\(line)"),
        knownFrom: Instant(microseconds: 0), sequence: 3)
    }
    func invoice(_ id: String, _ issued: String, _ source: String, _ line: Int) -> Recorded<Invoice> {
      let issued = CivilDate(issued) ?? .earliest
      return Recorded(
        factID: line,
        fact: Invoice(
          id: id, customer: .number("C-7"), contract: nil, issued: issued, due: issued,
          amount: Money(10, .eur)),
        provenance: provenance(source, line))
    }
    var facts = CustomerFacts(
      customer: Recorded(
        factID: 1,
        fact: Customer(
          number: "C-7", kind: .household, jurisdiction: .estonia, language: nil,
          customerSince: CivilDate("2024-09-01") ?? .earliest, name: "Someone Else", identifier: nil,
          address: "Elsewhere 1"), provenance: provenance("supplier", 2)))
    facts.invoices = [
      invoice("1", "2026-04-01", "supplier", 2), invoice("2", "2026-05-01", "supplier", 3),
      invoice("3", "2026-05-14", "partner", 2),
    ]
    return facts
  }
}
