import Decisioning
import FactStore
import Facts
import SQLite
import Testing
import Values

@testable import DebtManagement

/// A plan is done as far as it still holds, once.
@Suite struct PlanApplyTests {
  private let facts = DebtRecords()

  /// A reminder is due.
  private func house(_ more: [Fact] = []) throws -> DebtHouse {
    try DebtHouse("2026-01-23", try facts.household() + [facts.invoice(due: "2026-01-20")] + more)
  }

  @Test func aPlanWritesNothing() throws {
    let house = try house()
    let before = try house.store.read { reader throws(SQLiteError) in try reader.lastSequence() }
    let plan = try house.plan()
    #expect(plan.actions.map(\.step) == [.reminder] && plan.readSequence == before)
    #expect(plan.businessDate == house.day && plan.ruleSet == house.desk.ruleSet.version)
    #expect(try house.store.read { reader throws(SQLiteError) in try reader.lastSequence() } == before)
    #expect(try house.effects().isEmpty)
  }

  @Test func appliedTwiceItIsDoneOnce() throws {
    let house = try house()
    let plan = try house.plan()
    let first = try house.apply(plan)
    #expect(first.effects.count == 1 && first.refused.isEmpty && first.known == 0)
    let second = try house.apply(plan)
    #expect(second.effects.isEmpty && second.refused.isEmpty && second.known == 1)
    try house.send()
    #expect(try house.apply(plan).known == 1)
    #expect(try house.effects().count == 1)
    try house.expectSound()
  }

  @Test func anotherRuleSetIsRefused() throws {
    let house = try house()
    var plan = try house.plan()
    plan.ruleSet = SHA256.hash("other rules")
    #expect(try house.apply(plan).refused == [0: "other-rules"])
    #expect(try house.effects().isEmpty)
  }

  @Test(arguments: [
    ("2026-01-22", false), ("2026-01-23", true), ("2026-01-30", true), ("2026-01-31", false),
  ])
  func aPlanHoldsForAWeek(day: String, holds: Bool) throws {
    let house = try house()
    let plan = try house.plan()
    try house.go(to: day)
    let report = try house.apply(plan)
    #expect(report.refused == (holds ? [:] : [0: "plan-out-of-date"]))
    #expect(report.effects.count == (holds ? 1 : 0))
  }

  @Test func whateverHasChangedSinceIsRefused() throws {
    let news: [[Fact]] = [
      [try facts.payment(on: "2026-01-23")], [try facts.payment(on: "2026-01-23", 1)],
      [try facts.complaint(opened: "2026-01-23")], [try facts.dispute(opened: "2026-01-23")],
      [try facts.hold(from: "2026-01-23")], [try facts.invoice("I2", due: "2026-04-01")],
    ]
    for news in news {
      let house = try house()
      let plan = try house.plan()
      try house.enter(news)
      #expect(try house.apply(plan).refused == [0: "facts-changed"])
      #expect(try house.effects().isEmpty)
    }
  }

  @Test func whatChangedOfOthersDoesNotMatter() throws {
    let other = DebtRecords(customer: "C2", contract: "K2")
    let house = try house(try other.household())
    let plan = try house.plan()
    try house.enter(other.invoice("I2", due: "2026-01-20"))
    #expect(try house.apply(plan).refused.isEmpty)
  }

  @Test func aCustomerWhoIsGoneIsRefused() throws {
    let house = try house()
    let plan = try house.plan()
    var other = plan
    other.actions[0].customer = "C9"
    #expect(try house.apply(other).refused == [0: "unknown-customer"])
    let key = try house.key()
    try house.store.write(actor: "test", at: house.now, purpose: "erasure") { write throws(StoreError) in
      _ = try write.erase(customerKey: key, rule: "test")
    }
    let report = try house.apply(plan)
    #expect(report.refused.count == 1 && report.effects.isEmpty, "\(report)")
    #expect(try house.plan().actions.isEmpty)
  }

  /// Whoever edits a plan in memory gets no further than whoever edits the file.
  @Test func anActionThatIsNotDueIsRefused() throws {
    let house = try house()
    let plan = try house.plan()
    for step in LadderStep.allCases where step != .reminder {
      var other = plan
      other.actions[0].step = step
      #expect(try house.apply(other).refused == [0: "another-step"], "\(step)")
    }
    var other = plan
    other.actions[0].contract = "K9"
    #expect(try house.apply(other).refused == [0: "no-debt-left"])
    other = plan
    other.actions[0].needsApproval = true
    #expect(try house.apply(other).refused == [0: "another-step"])
    #expect(try house.effects().isEmpty)
  }

  @Test func approvalCannotBePlannedAway() throws {
    let house = try ReadyCase.house()
    var plan = try house.plan()
    #expect(plan.actions.map(\.step) == [.disconnectionRequest] && plan.actions[0].needsApproval)
    plan.actions[0].needsApproval = false
    #expect(try house.apply(plan).refused == [0: "another-step"])
    #expect(try house.effects().isEmpty)
  }

  @Test func ofTwoPlansOfADayOneIsDone() throws {
    let house = try house()
    let first = try house.plan()
    // Something about somebody else, so that the second is another run.
    let other = DebtRecords(customer: "C2", contract: "K2")
    try house.enter(other.household())
    let second = try house.plan()
    #expect(first.run != second.run && first.actions == second.actions)
    #expect(try house.apply(second).effects.count == 1)
    #expect(try house.apply(first).refused == [0: "W-IN-HAND"])
    try house.send()
    #expect(try house.apply(first).refused == [0: "facts-changed"])
    #expect(try house.effects().count == 1)
  }

  @Test func ofTwoPlansOneProposalIsMade() throws {
    let house = try ReadyCase.house()
    let first = try house.plan()
    try house.enter(DebtRecords(customer: "C2", contract: "K2").household())
    let second = try house.plan()
    #expect(try house.apply(first).proposals.count == 1)
    let report = try house.apply(second)
    #expect(report.proposals.isEmpty && report.known == 1 && report.refused.isEmpty)
    #expect(try house.judge().count == 1)
    // Approved meanwhile: what was planned was a proposal, and that is done.
    #expect(try house.apply(first).effects.isEmpty)
    #expect(try house.run().effects.count == 1)
    #expect(try house.run().effects.isEmpty)
    #expect(try house.effects().count == 1)
  }

  @Test func aRunIsTakenBackBeforeItLeft() throws {
    let house = try house()
    let plan = try house.plan()
    let effect = try #require(try house.apply(plan).effects[0])
    let reverted = try house.revert(plan.run)
    #expect(reverted.reverted == [effect] && reverted.left.isEmpty)
    #expect(try house.send().sent.isEmpty)
    #expect(try house.effect(effect).state == .reverted)
    // The same plan does not bring it back, another one does.
    #expect(try house.apply(plan).known == 1)
    #expect(try house.effect(effect).state == .reverted)
    let again = try house.plan()
    #expect(again.run != plan.run)
    #expect(try house.apply(again).effects.count == 1)
    #expect(try house.send().sent.count == 1)
    try house.expectSound()
  }

  @Test func whatHasLeftStays() throws {
    let house = try house()
    let plan = try house.plan()
    let effect = try #require(try house.apply(plan).effects[0])
    try house.send()
    let reverted = try house.revert(plan.run)
    #expect(reverted.reverted.isEmpty && reverted.left == [effect])
    #expect(try house.effect(effect).state == .sent)
    #expect(try house.revert("R-0000000000000000") == ([], []))
  }

  /// Many cases go in several writes; each is done once.
  @Test func manyCasesGoInSlices() throws {
    var all: [Fact] = []
    for number in 1...45 {
      let one = DebtRecords(customer: "C\(number)", contract: "K\(number)")
      all += try one.household() + [one.invoice("I\(number)", due: "2026-01-20")]
    }
    let house = try DebtHouse("2026-01-23", all)
    let plan = try house.plan()
    #expect(plan.actions.count == 45 && plan.cases == 45)
    // The work is dropped after the first slice and taken up again.
    var report = DebtApplication.Report()
    try DebtApplication(house.desk, actor: "debt").apply(
      plan, plan.run, 0..<20, on: house.day, at: house.now, &report)
    #expect(report.effects.count == 20)
    let rest = try house.apply(plan)
    #expect(rest.effects.count == 25 && rest.known == 20 && rest.refused.isEmpty)
    #expect(try house.send().sent.count == 45)
    let only = try house.plan(only: ["C7", "C8"])
    #expect(only.cases == 2)
  }
}
