import Decisioning
import Explanation
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

/// What each audience is told, and what it is not.
@Suite struct AudienceTests {
  static let all = Language.allCases.flatMap { language in
    Audience.allCases.map { (language, $0) }
  }

  private func document(
    _ language: Language, _ audience: Audience, of record: DecisionRecord = Example.record,
    facts: CustomerFacts? = Example.facts
  ) throws -> ExplanationDocument {
    try ExplanationDocument(record, texts: Example.texts(language), audience: audience, facts: facts)
  }

  @Test(arguments: all) func theDocumentIsAsRecorded(language: Language, audience: Audience) throws {
    let text = try document(language, audience).text
    let name = "Tests/Golden/explanation-\(audience.rawValue)-\(language.rawValue).txt"
    let file = Repository.root.appending(path: name)
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }

  /// Codes, rules and hashes are for those who work with them; names and addresses are for nobody.
  @Test(arguments: Language.allCases) func theCustomerReadsNoCodes(language: Language) throws {
    let document = try document(language, .customer)
    for form in [document.text, document.html, document.json.canonical] {
      for word in ["S-", "K-", "tenure_3", "past_due_3", "divisionByZero", "tester", "Someone", "Elsewhere"] {
        #expect(!form.contains(word), "\(word)")
      }
      for word in ["30", "Andmekaitse Inspektsioon", "partner", "supplier"] {
        #expect(form.contains(word), "\(word)")
      }
    }
  }

  @Test(arguments: [("LV", "Datu valsts inspekcija"), ("EE", "Andmekaitse"), ("FI", "where you live")])
  func theAuthorityIsThatOfTheJurisdiction(code: String, name: String) throws {
    var facts = Example.facts
    facts.customer?.fact.jurisdiction = try #require(Jurisdiction(code))
    #expect(try document(.english, .customer, facts: facts).text.contains(name))
  }

  @Test func recordsThatAreNoLongerKeptAreSaidToBe() throws {
    for facts in [nil, CustomerFacts()] {
      let text = try document(.english, .customer, facts: facts).text
      #expect(text.contains("The records behind this decision are no longer kept."))
      #expect(text.contains("where you live"))
      let json = try document(.english, .auditor, facts: facts).json
      #expect(json["provenance"]?[0]?["record"] == "customer:C-7")
      #expect(json["provenance"]?[0]?["source"] == .null)
    }
  }

  @Test func theReviewerSeesKnockOutsAndRules() throws {
    var record = Example.record
    record.content.knockOuts = [KnockOut(outcome: .decline, reason: "K-INSOLVENCY", rule: "knock_out_1")]
    record.content.matchedRules = [.init(decision: "Knock-outs", rules: ["knock_out_1", "knock_out_9"])]
    let document = try document(.english, .reviewer, of: record, facts: nil)
    #expect(document.text.contains("Insolvency proceedings are open. (K-INSOLVENCY)"))
    #expect(document.text.contains("K-INSOLVENCY  knock_out_1"))
    #expect(document.text.contains("Knock-outs      knock_out_1, knock_out_9"))
    #expect(document.text.contains("past_due_3"))
    #expect(document.json["knockOuts"]?[0]?["rule"] == "knock_out_1")
    #expect(document.json["matchedRules"]?[0]?["rules"]?[1] == "knock_out_9")
    #expect(document.json["record"] == nil)
  }

  @Test func theAuditorSeesHashesAndOrigins() throws {
    let json = try document(.english, .auditor).json
    #expect(json["record"]?["contentHash"]?.stringValue?.count == 64)
    #expect(json["record"]?["readSequence"] == 8)
    #expect(json["provenance"]?[3]?["source"] == "partner")
    #expect(json["provenance"]?[3]?["line"] == 2)
    #expect(json["provenance"]?[4]?["source"] == .null)
  }
}
