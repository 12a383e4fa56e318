import Decisioning
import Facts
import Testing
import Values

@testable import DebtManagement

/// A person's approval of a restriction is about the debt that they looked at: it has an end.
@Suite struct ApprovalTests {
  private let facts = DebtRecords()

  /// A house whose request was approved on 2026-03-10, and has not been made.
  private func house() throws -> DebtHouse {
    let house = try ReadyCase.house()
    try house.follow()
    #expect(try house.run().proposals.count == 1)
    try house.judge()
    return house
  }

  private func isApproved(_ house: DebtHouse) throws -> Bool {
    if case .approved = try house.finding().verdict { true } else { false }
  }

  /// Whether a person is asked again, and the request is made once they have said yes.
  private func expectAskedAgain(_ house: DebtHouse, _ location: SourceLocation = #_sourceLocation) throws {
    #expect(try !isApproved(house), sourceLocation: location)
    let asked = try house.run()
    #expect(asked.proposals.count == 1 && asked.effects.isEmpty, "\(asked)", sourceLocation: location)
    try house.judge()
    #expect(try isApproved(house), sourceLocation: location)
    #expect(try house.run().effects.count == 1, sourceLocation: location)
    let request = try #require(try house.last(.disconnectionRequest), sourceLocation: location)
    #expect(try house.send().sent == [request.effect.id], sourceLocation: location)
    try house.expectSound()
  }

  @Test func itCountsForTheDaysOfThePolicy() throws {
    let house = try house()
    #expect(house.desk.ladder.model.approvalDays == 30)
    #expect(try isApproved(house))
    try house.go(to: "2026-04-09")
    #expect(try isApproved(house))
    try house.go(to: "2026-04-10")
    try expectAskedAgain(house)
  }

  @Test func aPaymentEndsItEvenWhereItWasTakenBack() throws {
    let house = try house()
    try house.go(to: "2026-03-11")
    try house.enter(try facts.payment(on: "2026-03-11"))
    #expect(try house.findings().isEmpty)
    try house.go(to: "2026-03-13")
    try house.enter(try facts.reversal(on: "2026-03-13"))
    try expectAskedAgain(house)
  }

  /// Taken back on the day on which it came: the person did not know of it either.
  @Test func aPaymentOfTheSameDayEndsIt() throws {
    let house = try house()
    try house.enter(try facts.payment(on: "2026-03-10"), try facts.reversal(on: "2026-03-10"))
    try expectAskedAgain(house)
  }

  @Test func aPartPaymentEndsIt() throws {
    let house = try house()
    try house.enter(try facts.payment(on: "2026-03-10", 10))
    try expectAskedAgain(house)
  }

  @Test func whatThePersonKnewDoesNotEndIt() throws {
    let house = try ReadyCase.house([
      try facts.payment(on: "2026-03-01"), try facts.reversal(on: "2026-03-03"),
      try facts.payment("P2", on: "2026-03-05", 10),
    ])
    try house.follow()
    #expect(try house.run().proposals.count == 1)
    try house.judge()
    #expect(try isApproved(house))
  }

  @Test func aPaymentOfSomethingElseDoesNotEndIt() throws {
    let house = try ReadyCase.house([try facts.invoice("I2", due: "2026-02-20", 300)])
    try house.follow()
    #expect(try house.run().proposals.count == 1)
    try house.judge()
    try house.enter(try facts.payment(on: "2026-03-10", 300, for: "I2"))
    #expect(try isApproved(house))
  }

  /// A request that waited in the outbox is asked once more when it is about to leave.
  @Test func aRequestDoesNotLeaveOnceItHasEnded() throws {
    let (house, request) = try ReadyCase.approved()
    try house.go(to: "2026-04-10")
    #expect(try house.send().withdrawn == [request: "approval-ended"])
    #expect(try house.effect(request).state == .withdrawn && house.mail.ids.isEmpty)
    try expectAskedAgain(house)

    let (other, paid) = try ReadyCase.approved()
    try other.enter(try facts.payment(on: "2026-03-10"), try facts.reversal(on: "2026-03-10"))
    #expect(try other.send().withdrawn == [paid: "approval-ended"])
    #expect(other.mail.ids.isEmpty)
  }
}
