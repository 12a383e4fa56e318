import Access
import Decisioning
import FactStore
import SQLite
import Testing
import Values

@testable import HumanReview

/// Contests: they suspend, join, move, and are answered by somebody else than before.
@Suite struct ContestTests {
  private func suspension(_ office: Office, _ id: DecisionID) throws -> CaseID? {
    try office.store.read { reader throws(ReviewError) in try ReviewStore.suspension(of: id, in: reader.sql) }
  }

  @Test func aContestSuspendsUntilItIsAnswered() throws {
    let office = try Office()
    let record = try office.rate()
    #expect(try suspension(office, record.id) == nil)
    let contested = try office.contest(record.id, customer: "C1")
    let id = contested.reviewCase.id
    #expect(id == CaseID(.contest, record.id.number))
    #expect(!contested.hasJoined)
    #expect(try suspension(office, record.id) == id)
    _ = try office.claim(id)
    guard case .recorded(let answer) = try office.decide(id, Office.draft(.confirmed, scope: .customer))
    else {
      Issue.record("confirming needs one person")
      return
    }
    #expect(answer.content.rating == record.content.rating)
    #expect(try suspension(office, record.id) == nil)
    #expect(try suspension(office, answer.id) == nil)
    try office.expectSound()
  }

  @Test func aRepeatedContestJoins() throws {
    let office = try Office()
    let record = try office.rate()
    let due = try office.contest(record.id).reviewCase.due
    office.day = try office.later(3)
    let again = try office.contest(record.id, by: Office.janis, "And another thing.")
    #expect(again.hasJoined)
    #expect(again.reviewCase.due == due)
    #expect(try office.events(again.reviewCase.id).map(\.text) == ["No.", "And another thing."])
    #expect(try office.list().count == 1)
    try office.expectSound()
  }

  @Test func anOldDecisionIsContestedInItsNewest() throws {
    let office = try Office()
    let first = try office.rate()
    let second = try office.rate(on: try office.later(1))
    let contested = try office.contest(first.id)
    #expect(contested.reviewCase.id == CaseID(.contest, second.id.number))
    #expect(contested.reviewCase.decision == second.id)
    // The mark of following has not come to the third: the contest meets the open case all the same.
    let third = try office.rate(on: try office.later(2))
    let joined = try office.contest(first.id)
    #expect(joined.hasJoined)
    #expect(joined.reviewCase.id == contested.reviewCase.id)
    #expect(joined.reviewCase.decision == third.id)
    #expect(try suspension(office, first.id) == contested.reviewCase.id)
    try office.follow()
    #expect(try office.list().count == 1)
    try office.expectSound()
  }

  @Test func aContestIsNeverOvertaken() throws {
    let office = try Office()
    let record = try office.rate()
    let id = try office.contest(record.id).reviewCase.id
    for days in 1...3 {
      let newer = try office.rate(on: try office.later(days))
      try office.follow()
      #expect(try office.find(id).decision == newer.id)
    }
    #expect(try office.find(id).state == .open)
  }

  @Test func somebodyElsesDecisionIsNotContested() throws {
    let office = try Office()
    let record = try office.rate("C1")
    let error = office.refusal { _ = try office.contest(record.id, customer: "C2") }
    #expect(error?.code == "review.other-customer")
    #expect(error?.sentence.contains("Decision \(record.id) is not about customer 'C2'") == true)
    #expect(
      office.refusal { _ = try office.contest(DecisionID(999)) }?.sentence == "There is no decision D-999.")
    #expect(try office.list().isEmpty)
  }

  @Test func whoDecidedBeforeDoesNotAnswerTheContest() throws {
    let (office, id) = try ClaimTests.office()
    _ = try office.claim(id)
    guard case .recorded(let record) = try office.decide(id) else { return }
    let contest = try office.contest(record.id).reviewCase.id
    let error = office.refusal { _ = try office.claim(contest) }
    #expect(error?.code == "review.decided-before")
    #expect(error?.sentence.contains("You took part in decision \(record.id)") == true)
    #expect(try office.desk.claimNext(kinds: [.contest], by: Office.janis, at: office.tick()) == nil)
    #expect(try office.desk.claimNext(kinds: [.contest], by: Office.ieva, at: office.tick())?.id == contest)
    try office.expectSound()
  }

  @Test func aSecondPersonIsNotWhoDecidedBefore() throws {
    let office = try Office()
    let first = try office.contest(try office.rate().id).reviewCase.id
    _ = try office.claim(first)
    try office.decide(first, Office.draft(rating: "D", scope: .customer))
    try office.look(first, by: Office.liga)
    let record = try office.approve(first)
    let second = try office.contest(record.id).reviewCase.id
    #expect(office.refusal { _ = try office.claim(second, by: Office.liga) }?.code == "review.decided-before")
    _ = try office.claim(second, by: Office.ieva)
    guard
      case .awaitsSecondPerson = try office.decide(
        second, Office.draft(rating: "A", scope: .customer), by: Office.ieva)
    else {
      Issue.record("three ratings need a second person")
      return
    }
    let version = try office.find(second).version
    func approve(_ actor: Actor) throws {
      _ = try office.desk.approve(second, expecting: version, by: actor, on: office.day, at: office.tick())
    }
    #expect(office.refusal { try approve(Office.liga) }?.code == "review.decided-before")
    try office.look(second, by: Office.maris)
    try approve(Office.maris)
    try office.expectSound()
  }

  /// The referral and the contest of one decision: answering one settles or moves the other at once.
  @Test func aDecisionBearsOnTheOtherCasesOfItsMatter() throws {
    let office = try Office()
    let record = try office.refer()
    try office.follow()
    let referral = CaseID(.referral, record.id.number)
    let contest = try office.contest(record.id).reviewCase.id
    _ = try office.claim(contest, by: Office.ieva)
    guard case .recorded(let answer) = try office.decide(contest, by: Office.ieva) else { return }
    #expect(try office.find(referral).closing?.kind == .overtaken)
    #expect(try office.find(referral).closing?.decision == answer.id)

    let other = try office.refer("C2", order: "O2")
    try office.follow()
    let second = try office.contest(other.id).reviewCase.id
    _ = try office.claim(CaseID(.referral, other.id.number))
    guard case .recorded(let decided) = try office.decide(CaseID(.referral, other.id.number)) else { return }
    #expect(try office.find(second).decision == decided.id)
    #expect(try office.find(second).state == .open)
    #expect(office.refusal { _ = try office.claim(second) }?.code == "review.decided-before")
    try office.expectSound()
  }

  /// A contest of what the engine left to people ends with an outcome, or leaves the referral open.
  @Test func aReferredOrderIsNotLostByItsContest() throws {
    let office = try Office()
    let record = try office.refer()
    try office.follow()
    let referral = CaseID(.referral, record.id.number)
    let contest = try office.contest(record.id).reviewCase.id
    _ = try office.claim(contest)
    #expect(
      office.refusal { try office.decide(contest, Office.draft(.confirmed)) }?.code
        == "review.referral-confirmed")
    #expect(
      office.refusal { try office.decide(contest, Office.draft(.corrected)) }?.code
        == "review.nothing-corrected")
    guard case .recorded(let answer) = try office.decide(contest, Office.draft(.withdrawn)) else { return }
    #expect(answer.content.outcome == .refer)
    #expect(try office.find(referral).state == .open)
    #expect(try office.find(referral).decision == answer.id)
    _ = try office.claim(referral, by: Office.ieva)
    try office.decide(referral, by: Office.ieva)
    try office.expectSound()
  }

  /// What a person decided is looked at again when its time is over.
  @Test func aJudgementWhoseTimeIsOverIsACaseAgain() throws {
    let office = try Office()
    let contest = try office.contest(try office.rate().id).reviewCase.id
    _ = try office.claim(contest)
    try office.decide(contest, Office.draft(rating: "B", scope: .customer, until: try office.later(10)))
    try office.rate(on: try office.later(10))
    #expect(try office.follow()[.opened] == 0)
    let expired = try office.rate(on: try office.later(11))
    #expect(try office.follow()[.opened] == 1)
    let again = try office.find(CaseID(.referral, expired.id.number))
    #expect(again.reason == OrderBar.lookAgain)
    _ = try office.claim(again.id, by: Office.ieva)
    try office.decide(again.id, Office.draft(outcome: .accept, scope: .customer), by: Office.ieva)
    try office.expectSound()
  }
}
