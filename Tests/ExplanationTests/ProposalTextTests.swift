import Decisioning
import Explanation
import Facts
import Testing
import Values

/// A proposed restriction in words, in three languages.
@Suite struct ProposalTextTests {
  private func record(_ kind: DecisionKind, _ restriction: Judgement.Restriction? = nil) -> DecisionRecord {
    var record = Example.record
    record.kind = kind
    record.purpose = .restriction
    record.content.proposal = ServiceProposal(
      reference: "K1/1", step: "disconnection request", contract: "K1", commodity: .electricity,
      deliveryPoint: "43X", amount: Money(Decimal("101.66") ?? 0, .eur), invoices: ["I1", "I2"],
      certificate: SHA256.hash("certificate"), reasons: ["D-DISCONNECT"])
    if let restriction {
      let judgement = Judgement(
        caseName: "A-1", basis: DecisionID(11), resolution: .confirmed, scope: .customer,
        restriction: restriction, on: Example.record.content.businessDate,
        until: Example.record.content.businessDate, reasons: ["J-FACTS"], text: "looked", reviewer: "janis")
      record.content.judgement = AppliedJudgement(judgement, .made)
    }
    return record
  }

  private func document(
    _ record: DecisionRecord, _ language: Language = .english, _ audience: Audience = .reviewer
  ) throws -> ExplanationDocument {
    try ExplanationDocument(record, texts: try Example.texts(language), audience: audience)
  }

  @Test func itSaysWhatIsProposedAndWhy() throws {
    let document = try document(record(.proposed))
    #expect(document.title == "Restriction of service of customer C-7")
    #expect(document.outcome == "proposed; it has no effect until a person has approved it")
    #expect(
      document.reasons.map(\.sentence) == [
        "The debt was not paid although it was warned that supply would be interrupted."
      ])
    let text = document.text
    #expect(
      text.contains(
        "Proposed for contract K1 (electricity, 43X): a request to the network operator to disconnect."))
    #expect(text.contains("The claim is 101.66 EUR."))
    #expect(text.contains("It consists of the invoices I1, I2."))
    #expect(text.contains(SHA256.hash("certificate").hexadecimal))
  }

  @Test func theCustomerReadsNoDigest() throws {
    let text = try document(record(.proposed), .english, .customer).text
    #expect(text.contains("a request to the network operator to disconnect"))
    #expect(!text.contains(SHA256.hash("certificate").hexadecimal))
  }

  @Test func itSaysWhatHasBecomeOfIt() throws {
    #expect(try document(record(.human, .approved)).outcome == "approved")
    #expect(try document(record(.human, .lifted)).outcome == "not approved")
    #expect(try document(record(.human)).outcome == "withdrawn")
    #expect(try document(record(.automated)).outcome == "taken without approval")
  }

  @Test(arguments: Language.allCases)
  func everyLanguageTellsIt(_ language: Language) throws {
    for audience in Audience.allCases {
      let document = try document(record(.proposed), language, audience)
      #expect(document.text.contains("K1"))
      #expect(!document.text.contains("{"))
    }
  }
}
