import Facts
import Safeguards
import Testing
import Values

@testable import DebtManagement

/// Two systems tell of the same contract: its bills are owed once, and paid once.
@Suite struct SeveralSourcesTests {
  private let facts = DebtRecords()

  private func house() throws -> DebtHouse {
    let house = try ReadyCase.house()
    try house.enter(
      DebtRecords.all(try facts.household(), [try facts.invoice("I1", due: "2026-01-20")]), from: "ztest")
    return house
  }

  @Test func theDebtIsWhatOneOfThemBills() throws {
    let finding = try house().finding()
    #expect(finding.debt.amount.principal == 100)
    #expect(finding.debt.invoices.map(\.id) == ["I1"])
    #expect(finding.proposal.step == .disconnectionRequest)
  }

  @Test func theRestrictionIsLawfulAndLeaves() throws {
    let house = try house()
    try house.follow()
    #expect(try house.run().proposals.count == 1)
    try house.judge()
    #expect(try house.run().effects.count == 1)
    let request = try #require(try house.last(.disconnectionRequest))
    #expect(request.effect.invoices == ["I1"] && request.effect.amount.principal == 100)
    try house.expectProven(request)
    #expect(try house.send().sent == [request.effect.id])
    try house.go(to: "2026-03-12")
    try house.confirm(.disconnected)
    // Half of it, told by both, is half of it.
    try house.enter(try facts.payment(on: "2026-03-12", 50))
    try house.enter([try facts.payment(on: "2026-03-12", 50)], from: "ztest")
    #expect(try house.follow().relief.isEmpty)
    try house.enter(try facts.payment("P2", on: "2026-03-12", 50))
    #expect(try house.follow().relief[request.effect.id] != nil)
    try house.expectSound()
  }

  /// Money that names nothing goes to the oldest bill, and not to its double.
  @Test func whatIsPaidWithoutANameReachesTheNextBill() throws {
    let house = try house()
    let second = try facts.invoice("I2", due: "2026-02-20")
    try house.enter(second)
    try house.enter([second], from: "ztest")
    try house.enter(try facts.payment(on: "2026-03-01", 200, for: nil))
    #expect(try house.findings().isEmpty)
    try house.enter(try facts.payment(on: "2026-03-01", 150, for: nil))
    #expect(try house.finding().debt.invoices.map(\.overdue) == [50])
    #expect(try house.law().bills.map(\.outstanding) == [50])
  }
}
