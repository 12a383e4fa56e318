import Decisioning
import Facts
import Foundation
import TestSupport
import Testing
import Values

@testable import HumanReview

/// What the shipped policy says about cases and second persons, and models that are refused.
@Suite struct ReviewPolicyTests {
  private static let files = Result {
    try RuleSetFiles(folder: Repository.root.appending(path: "rules").path)
  }
  private static let policy = Result { try ReviewPolicy(try files.get()) }

  @Test func theNumbersAreThoseOfTheModel() throws {
    let policy = try Self.policy.get()
    #expect(policy.leaseMinutes == 15 && policy.longestSnoozeDays == 14)
    #expect(policy.validityDays == 180 && policy.longestValidityDays == 365)
    #expect(policy.reasonCodes.contains("J-EVIDENCE"))
  }

  @Test func whoWaitsForAnOrderComesFirst() throws {
    let policy = try Self.policy.get()
    func treatment(_ kind: CaseKind, _ reason: String = "rating", order: Bool = false) -> Treatment {
      policy.treatment(
        CaseSubject(
          kind: kind, reason: reason, purpose: .rating, customerKind: .household, hasOrder: order))
    }
    #expect(treatment(.referral, order: true) == Treatment(priority: 1, days: 2, countsWorkingDays: true))
    #expect(treatment(.referral) == Treatment(priority: 4, days: 10, countsWorkingDays: true))
    #expect(treatment(.contest) == Treatment(priority: 2, days: 30, countsWorkingDays: false))
    #expect(treatment(.approval) == Treatment(priority: 2, days: 5, countsWorkingDays: true))
    #expect(treatment(.dataProblem, "identity").priority < treatment(.dataProblem, "quarantine").priority)
    // A pass while automation is stopped would bury the queue.
    #expect(!treatment(.referral, "stop-switch").opensCase)
    #expect(treatment(.referral, "stop-switch", order: true).opensCase)
    #expect(treatment(.contest, "stop-switch").opensCase)
    // Whatever the reason is called.
    for reason in ["", "\u{0}", "\"", String(repeating: "x", count: 10_000)] {
      #expect(treatment(.referral, reason, order: true).priority == 1)
    }
  }

  @Test func workingDaysAreThoseOfTheCountry() throws {
    let policy = try Self.policy.get()
    let thursday = try #require(CivilDate("2026-04-02"))
    let two = Treatment(priority: 1, days: 2, countsWorkingDays: true)
    // Good Friday, and in Latvia Easter Monday.
    #expect(policy.due(two, of: .referral, from: thursday, in: .latvia).description == "2026-04-08")
    #expect(policy.due(two, of: .referral, from: thursday, in: .estonia).description == "2026-04-07")
    let lithuania = try #require(Jurisdiction("LT"))
    #expect(policy.due(two, of: .referral, from: thursday, in: lithuania).description == "2026-04-06")
    let days = Treatment(priority: 1, days: 2, countsWorkingDays: false)
    #expect(policy.due(days, of: .referral, from: thursday, in: .latvia).description == "2026-04-04")
    #expect(policy.due(two, of: .referral, from: .latest, in: .latvia) == .latest)
  }

  @Test func aContestIsAnsweredWithinTheTimeOfTheLaw() throws {
    let policy = try Self.policy.get()
    let day = try #require(CivilDate("2026-04-02"))
    for counts in [false, true] {
      let slow = Treatment(priority: 5, days: 90, countsWorkingDays: counts)
      #expect(policy.due(slow, of: .contest, from: day, in: .latvia).description == "2026-05-02")
      #expect(policy.due(slow, of: .approval, from: day, in: .latvia).description > "2026-06-30")
    }
    let quick = Treatment(priority: 1, days: 5, countsWorkingDays: false)
    #expect(policy.due(quick, of: .contest, from: day, in: .latvia).description == "2026-04-07")
  }

  @Test func aSecondPersonIsNeededForWhatTheIssueNames() throws {
    let policy = try Self.policy.get()
    func reasons(_ kind: CaseKind, _ change: (inout ChangeOfDecision) -> Void = { _ in }) -> [String] {
      var made = ChangeOfDecision(kind: kind, customerKind: .household)
      change(&made)
      return policy.secondPerson(made)
    }
    for kind in CaseKind.allCases { #expect(reasons(kind) == []) }
    #expect(reasons(.approval) { $0.restriction = .approved } == ["household-restriction"])
    #expect(reasons(.approval) { $0.restriction = .lifted } == [])
    #expect(
      reasons(.approval) {
        $0.restriction = .approved
        $0.customerKind = .business
      } == [])
    #expect(reasons(.referral) { $0.ratingSteps = 1 } == [])
    #expect(reasons(.referral) { $0.ratingSteps = 2 } == ["rating-steps"])
    #expect(reasons(.referral) { $0.outcomeSteps = 1 } == [])
    #expect(reasons(.referral) { $0.outcomeSteps = 2 } == ["outcome-steps"])
    #expect(reasons(.contest) { $0.setsMissingRating = true } == ["rating-set"])
    #expect(reasons(.referral) { $0.hasOwnEarlierCase = true } == ["own-earlier-case"])
    #expect(reasons(.referral) { $0.isBarredByLaw = true } == ["barred-by-law"])
    #expect(reasons(.contest) { $0.worsens = true } == ["worse-after-contest"])
    #expect(reasons(.referral) { $0.worsens = true } == [])
    #expect(reasons(.contest) { $0.contestsHumanDecision = true } == ["human-decision-contested"])
    #expect(
      reasons(.contest) {
        $0.ratingSteps = 5
        $0.hasOwnEarlierCase = true
        $0.worsens = true
      } == ["rating-steps", "own-earlier-case", "worse-after-contest"])
  }

  @Test(arguments: [
    ("<text>15</text>", "<text>0</text>", "review-policy.bad-number"),
    ("<text>15</text>", "<text>15.5</text>", "review-policy.bad-number"),
    ("<text>15</text>", "<text>\"soon\"</text>", "review-policy.bad-number"),
    ("<text>180</text>", "<text>366</text>", "review-policy.validities"),
    ("name=\"Second person\"", "name=\"Third person\"", "review-policy.missing-decision"),
    ("Own earlier case", "Favourite colour", "review-policy.unknown-input"),
    ("\"approval\"", "\"aproval\"", "review-policy.no-answer"),
    ("name=\"days\"", "name=\"hours\"", "review-policy.no-answer"),
    ("<text>30</text>", "<text>thirty</text>", "review-policy.findings"),
    ("<text>30</text>", "<text>-30</text>", "review-policy.no-answer"),
    ("</definitions>", "", "review-policy.not-a-model"),
  ])
  func aModelThatCannotAnswerIsRefused(part: String, replacement: String, code: String) throws {
    let text = String(decoding: try Self.files.get()[ReviewPolicy.path] ?? [], as: UTF8.self)
    let error = try refusal(with: Array(text.replacing(part, with: replacement).utf8))
    #expect(error?.code == code, "\(error?.sentence ?? "it was taken")")
    #expect(error?.sentence.contains(ReviewPolicy.path) == true)
  }

  @Test func theModelAndTheReasonsHaveToBeThere() throws {
    #expect(try refusal(with: nil)?.code == "review-policy.missing")
    let files = try Self.files.get()
    let model = files[ReviewPolicy.path] ?? []
    let error = #expect(throws: ReviewPolicyError.self) {
      _ = try ReviewPolicy(RuleSetFiles([ReviewPolicy.path: model]))
    }
    #expect(error == .noReasons)
  }

  private func refusal(with model: [UInt8]?) throws -> ReviewPolicyError? {
    let files = try Self.files.get()
    var contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
    contents[ReviewPolicy.path] = model
    do throws(ReviewPolicyError) {
      _ = try ReviewPolicy(RuleSetFiles(contents))
      return nil
    } catch {
      return error
    }
  }
}
