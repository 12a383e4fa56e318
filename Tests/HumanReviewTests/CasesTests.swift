import Access
import Decisioning
import FactStore
import Facts
import SQLite
import Testing
import Values

@testable import HumanReview

/// Where cases come from, and what becomes of them without anybody's doing.
@Suite struct CasesTests {
  @Test func aReferralOpensACaseOnce() throws {
    let office = try Office()
    let record = try office.refer()
    #expect(try office.follow()[.opened] == 2)
    let found = try office.find(CaseID(.referral, record.id.number))
    #expect(found.decision == record.id)
    #expect(found.customer == "C1")
    #expect(found.name == "Anna 1")
    #expect(found.state == .open)
    #expect(found.version == 1)
    #expect(found.due > office.day)
    #expect(try office.follow() == FollowReport())
    #expect(try office.list().map(\.id.kind) == [.referral, .dataProblem])
    try office.expectSound()
  }

  /// What is decided while cases follow is left to the next time, or beside a service there would be no end.
  @Test func decisionsAreFollowedUpToOneThatIsNamed() throws {
    let office = try Office()
    let first = try office.refer("C1", order: "O1")
    let second = try office.refer("C2", order: "O2")
    func isBehind(_ last: DecisionID?) throws -> Bool {
      try office.store.read { reader throws(ReviewError) in
        try ReviewDesk.isBehind(on: office.day, at: office.now, upTo: last, in: reader.sql)
      }
    }
    #expect(try office.desk.follow(on: office.day, at: office.tick(), upTo: first.id)[.opened] == 3)
    #expect(try office.list(QueueFilter(kinds: [.referral])).map(\.decision) == [first.id])
    #expect(try !isBehind(first.id))
    #expect(try isBehind(second.id) && isBehind(nil))
    #expect(try office.follow()[.opened] == 1)
    #expect(try !isBehind(nil))
  }

  /// The mark moves over decisions that are known to need nothing, from where it stands among them and from nowhere else.
  @Test func decisionsThatNeedNothingArePassedBy() throws {
    let office = try Office()
    for number in 1...4 { try office.rate("C1", order: "O\(number)") }
    func pass(_ decisions: ClosedRange<Int>) throws -> Int? {
      try office.store.database.write { transaction throws(SQLiteError) in
        try ReviewDesk.pass(decisions, in: transaction)
        return try transaction.integer("SELECT decision FROM review_cursor")
      }
    }
    #expect(try pass(2...3) == 0)
    #expect(try pass(1...2) == 2)
    #expect(try pass(1...1) == 2)
    #expect(try pass(1...3) == 3)
    try office.follow()
    #expect(try pass(1...1) == 4)
  }

  @Test func whatIsAcceptedOpensNone() throws {
    let office = try Office()
    try office.rate()
    #expect(try office.follow() == FollowReport())
    #expect(try office.list().isEmpty)
  }

  @Test func aNewerReferralMovesTheCaseAndKeepsItsDueDate() throws {
    let office = try Office()
    let first = try office.refer()
    try office.follow()
    let id = CaseID(.referral, first.id.number)
    let due = try office.find(id).due
    office.day = try office.later(1)
    let second = try office.rate("C1", order: "O1")
    #expect(try office.follow()[.moved] == 1)
    let moved = try office.find(id)
    #expect(moved.decision == second.id)
    #expect(moved.due == due)
    #expect(try office.list(QueueFilter(kinds: [.referral])).count == 1)
    try office.expectSound()
  }

  @Test func aCaseFollowsAllTheWayWhenSeveralDecisionsCameAtOnce() throws {
    let office = try Office()
    let first = try office.refer()
    try office.follow()
    try office.rate("C1", order: "O1")
    let last = try office.rate("C1", order: "O1")
    try office.follow()
    #expect(try office.find(CaseID(.referral, first.id.number)).decision == last.id)
    #expect(try office.list(QueueFilter(kinds: [.referral])).count == 1)
  }

  @Test func aReferralIsOvertakenWhenNothingIsLeftToDecide() throws {
    let office = try Office()
    let first = try office.refer()
    try office.follow()
    try office.settleQuarantine()
    let second = try office.rate("C1", order: "O1")
    #expect(second.content.outcome != .refer)
    let report = try office.follow()
    #expect(report[.overtaken] == 1)
    #expect(report[.settled] == 1)
    let closed = try office.find(CaseID(.referral, first.id.number))
    #expect(closed.state == .closed)
    #expect(closed.closing?.kind == .overtaken)
    #expect(closed.closing?.decision == second.id)
    #expect(try office.list().isEmpty)
    let error = office.refusal { _ = try office.claim(closed.id) }
    #expect(error?.sentence.contains("was overtaken by decision \(second.id)") == true)
    try office.expectSound()
  }

  @Test func ordersAreMattersOfTheirOwn() throws {
    let office = try Office()
    let first = try office.refer("C1", order: "O1")
    let second = try office.rate("C1", order: "O2")
    let third = try office.rate("C1")
    try office.follow()
    #expect(
      Set(try office.list(QueueFilter(kinds: [.referral])).compactMap(\.decision)) == [
        first.id, second.id, third.id,
      ])
    try office.settleQuarantine()
    try office.rate("C1", order: "O2")
    try office.follow()
    #expect(
      Set(try office.list(QueueFilter(kinds: [.referral])).compactMap(\.decision)) == [first.id, third.id])
  }

  @Test func aDataProblemJoinsClosesAndOpensAgain() throws {
    let office = try Office()
    let file = try office.quarantine("C2", lines: 2...4)
    try office.follow()
    let id = CaseID(.dataProblem, file)
    #expect(try office.find(id).customerKey == nil)
    try office.quarantine("C2", lines: 5...5)
    #expect(try office.follow()[.joined] == 1)
    _ = try office.claim(id)
    let error = office.refusal { try office.decide(id) }
    #expect(error?.code == "review.not-decidable")
    #expect(error?.sentence.contains("closes by itself") == true)
    try office.settleQuarantine()
    #expect(try office.follow()[.settled] == 1)
    #expect(try office.find(id).state == .closed)
    try office.quarantine("C2", lines: 9...9)
    #expect(try office.follow()[.opened] == 1)
    #expect(try office.find(id).state == .open)
    try office.expectSound()
  }

  @Test func recordsSettledBeforeTheyAreFollowedOpenNothing() throws {
    let office = try Office()
    try office.quarantine("C2")
    try office.settleQuarantine()
    #expect(try office.follow() == FollowReport())
  }

  @Test func aProposalIsACaseUntilItIsDecided() throws {
    let office = try Office()
    let proposal = try office.propose("C3")
    try office.follow()
    let id = CaseID(.approval, proposal.id.number)
    #expect(try office.find(id).state == .open)
    _ = try office.claim(id)
    var draft = Office.draft(.confirmed, scope: .customer)
    #expect(office.refusal { try office.decide(id, draft) }?.code == "review.no-restriction")
    draft.restriction = .lifted
    guard case .recorded(let record) = try office.decide(id, draft) else {
      Issue.record("a lifted restriction needs one person")
      return
    }
    #expect(record.kind == .human)
    #expect(record.supersedes == proposal.id)
    #expect(record.content.judgement?.judgement.restriction == .lifted)
    try office.expectSound(replay: false)
  }

  /// With and without an earlier decision about the same, which may have a case.
  @Test(arguments: [nil, "O-9"])
  func aCaseOpenedWithItsDecisionIsNotOpenedAgain(order: String?) throws {
    let office = try Office()
    let earlier = try office.refer()
    let rules = try Office.rules.get()
    var content = earlier.content
    if let order {
      content.order = Order(
        reference: order, product: "power", commodity: .electricity, jurisdiction: .latvia)
    }
    let draft = DecisionDraft(
      content, rules, customerKey: earlier.customerKey, readSequence: earlier.readSequence,
      knownAt: earlier.knownAt, purpose: earlier.purpose)
    var appended: [AppendedDecision] = []
    try office.desk.write(actor: "system", at: office.tick(), purpose: "rate") { write throws(ReviewError) in
      var cases = NewCases()
      try ReviewError.wrapping { () throws(SQLiteError) in
        let sql = write.transaction.sql
        let key = try RuleSetStore.keep(
          rules, sequence: write.transaction.sequence, audit: Office.audit, in: sql)
        appended = try DecisionStore.append(
          [draft.entry], rules, ruleSetKey: key, sequence: write.transaction.sequence, audit: Office.audit,
          in: sql)
        for decision in appended {
          try cases.add(
            decision, DecisionSummary(content), on: office.day, office.desk.policy, in: sql)
        }
      }
      try cases.open(in: write)
    }
    let decision = try #require(appended.first)
    #expect((decision.supersedes == nil) == (order != nil))
    let id = CaseID(.referral, decision.id.number)
    // The earlier decision's own case, where it is about something else.
    #expect(try office.follow()[.opened] == (order == nil ? 1 : 2))
    #expect(try office.events(id).map(\.kind) == [.opened])
  }
}
