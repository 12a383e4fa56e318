import Decisioning
import Explanation
import Foundation
import TestSupport
import Testing
import Values

/// What people decided, in words for the customer and for staff.
@Suite struct JudgementTextTests {
  private func record(
    _ effect: AppliedJudgement.Effect, _ change: (inout Judgement) -> Void = { _ in }
  ) -> DecisionRecord {
    var judgement = Judgement(
      caseName: "C-12", basis: DecisionID(12), resolution: .changed, scope: .customer, rating: "C",
      on: CivilDate("2026-07-03") ?? .earliest, until: CivilDate("2026-10-01") ?? .earliest,
      reasons: ["J-PAID", "J-TEMPORARY"], text: "Three bank statements show the payments of May.",
      reviewer: "janis", approver: "liga")
    change(&judgement)
    var record = Example.record
    record.id = DecisionID(13)
    record.kind = .human
    record.supersedes = DecisionID(12)
    record.actor = "janis"
    record.content.judgement = AppliedJudgement(judgement, effect)
    record.content.outcome = .accept
    record.content.validUntil = judgement.until
    return record
  }

  private func text(
    _ record: DecisionRecord, _ audience: Audience = .customer, _ language: Language = .english
  ) throws -> String {
    try ExplanationDocument(
      record, texts: Example.texts(language), audience: audience, facts: Example.facts
    ).text
  }

  @Test(arguments: Language.allCases) func theAnswerToTheCustomerIsAsRecorded(language: Language) throws {
    let answer = try text(record(.made), .customer, language)
    let file = Repository.root.appending(path: "Tests/Golden/answer-\(language.rawValue).txt")
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" {
      try answer.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try answer == String(contentsOf: file, encoding: .utf8))
    for name in ["janis", "liga", "J-PAID"] { #expect(!answer.contains(name)) }
  }

  @Test func whereAPersonDecidedOtherwiseTheReasonsAreThePersons() throws {
    let document = try ExplanationDocument(record(.made), texts: Example.texts(.english))
    #expect(document.reasons.map(\.code) == ["J-PAID", "J-TEMPORARY"])
    let confirmed = record(.made) {
      $0.rating = nil
      $0.resolution = .confirmed
    }
    #expect(
      try ExplanationDocument(confirmed, texts: Example.texts(.english)).reasons.map(\.code).first
        == "S-MISSING-ARREARS-OPEN")
  }

  @Test(arguments: [
    (Judgement.Resolution.confirmed, "The decision was found to be right and stays as it is."),
    (.changed, "The decision was changed."),
    (.corrected, "Data were corrected, and the decision was made again with the corrected data."),
    (.withdrawn, "The matter was withdrawn; the decision stays as it was."),
  ])
  func everyResolutionIsTold(resolution: Judgement.Resolution, sentence: String) throws {
    #expect(try text(record(.made) { $0.resolution = resolution }).contains(sentence))
  }

  @Test(arguments: [
    (Judgement.Restriction.approved, "The proposed restriction of service was approved."),
    (.lifted, "The proposed restriction of service was rejected."),
  ])
  func whatBecomesOfAProposalIsTold(restriction: Judgement.Restriction, sentence: String) throws {
    #expect(try text(record(.made) { $0.restriction = restriction }).contains(sentence))
  }

  @Test(arguments: [
    (
      AppliedJudgement.Effect.stands,
      "An employee set this on 3 July 2026 (decision D-12, case C-12); it stands until 1 October 2026."
    ),
    (
      .expired,
      "What an employee set on 3 July 2026 (decision D-12, case C-12) held until 1 October 2026; an employee looks again."
    ),
    (
      .newFacts,
      "Since an employee decided on 3 July 2026 (decision D-12, case C-12) the facts have changed materially; an employee looks again."
    ),
  ])
  func whatAnEarlierJudgementMeansIsTold(effect: AppliedJudgement.Effect, sentence: String) throws {
    #expect(try text(record(effect)).contains(sentence))
  }

  @Test func staffReadWhoDecided() throws {
    let text = try text(record(.made), .reviewer)
    #expect(text.contains("On 3 July 2026 janis looked at decision D-12 (case C-12)."))
    #expect(text.contains("liga has agreed as the second person."))
  }

  @Test(arguments: [
    (OrderBar.stopSwitch, "Automated decisions are stopped at present; an employee decides."),
    (OrderBar.lookAgain, "An employee decided about you before"),
  ])
  func whatHoldsAnOrderBesidesTheLawIsNotCalledLaw(hold: String, sentence: String) throws {
    var held = Example.record
    held.content.bars = [OrderBar(provision: hold, barred: .accept, instead: .refer)]
    let text = try text(held)
    #expect(text.contains(sentence))
    #expect(text.contains("By the rules alone the outcome would have been: accepted."))
    #expect(!text.contains("The law does not allow that."))
  }

  @Test(arguments: Language.allCases) func whatHasBecomeOfADecisionStandsFirst(language: Language) throws {
    let day = CivilDate("2026-07-30") ?? .earliest
    let state = DecisionState(
      successor: DecisionID(40),
      open: [
        .init(.contested, caseName: "C-12", due: day), .init(.referred, caseName: "R-12", due: day),
      ])
    let document = try ExplanationDocument(
      Example.record, texts: Example.texts(language), audience: .customer, state: state)
    guard case .paragraphs(let sentences)? = document.sections.first?.body else {
      Issue.record("no paragraphs")
      return
    }
    #expect(sentences.count == 3)
    for (sentence, part) in zip(sentences, ["D-40", "C-12", "R-12"]) { #expect(sentence.text.contains(part)) }
    #expect(sentences[1].text.contains(language.date(day)))
    let plain = try ExplanationDocument(Example.record, texts: Example.texts(language), audience: .customer)
    #expect(plain.sections.count + 1 == document.sections.count)
  }
}
