import Facts
import Testing
import Values

@testable import DebtManagement

/// What a bureau was told is kept, and what comes of it follows from that.
@Suite struct ReportingRecordTests {
  /// A household in Estonia with a debt that is ripe on 7 March.
  private func house() throws -> DebtHouse {
    let records = DebtRecords()
    return try DebtHouse(
      "2026-03-07", try records.household(.estonia) + [try records.invoice(due: "2026-01-20")])
  }

  private func reports(_ house: DebtHouse) throws -> (reports: [DebtDesk.KeyedReport], seen: Int) {
    var reports: [DebtDesk.KeyedReport] = []
    let seen = try house.desk.reports(on: house.day, knownAt: house.now) { reports.append($0) }
    return (reports, seen)
  }

  /// Decides, enters what is due, and gives what was entered.
  @discardableResult
  private func tell(_ house: DebtHouse) throws -> [ReportingDecision] {
    let (reports, seen) = try reports(house)
    return try house.desk.record(reports, seen: seen, actor: "liga", clock: { house.now })
  }

  @Test func whatWasToldIsRefreshedCorrectedToldAnewAndEnded() throws {
    let house = try house()
    #expect(try tell(house).map(\.duty) == [.report])
    #expect(try tell(house).isEmpty)
    let one = try #require(try reports(house).reports.first?.decision)
    #expect(one.duty == .nothing && one.last == LastReport(on: house.day, amount: 100))
    try house.enter(
      .dispute(
        Dispute(id: "X1", customer: DebtBook.customer, invoice: "I1", opened: try civil("2026-03-10"))))
    try house.go(to: "2026-03-11")
    #expect(try tell(house).map(\.duty) == [.correct])
    // It is corrected once, and told anew when the dispute is over.
    #expect(try tell(house).isEmpty)
    try house.enter(
      .dispute(
        Dispute(
          id: "X1", customer: DebtBook.customer, invoice: "I1", opened: try civil("2026-03-10"),
          closed: try civil("2026-03-20"))))
    try house.go(to: "2026-03-21")
    #expect(try tell(house).map(\.duty) == [.report])
    try house.enter(
      .payment(
        Payment(
          id: "P1", customer: DebtBook.customer, date: try civil("2026-03-25"), amount: Money(30, .eur))))
    try house.go(to: "2026-03-25")
    let changed = try tell(house)
    #expect(changed.map(\.duty) == [.refresh] && changed.first?.reasons == [.reportable, .changed])
    try house.enter(
      .payment(
        Payment(
          id: "P2", customer: DebtBook.customer, date: try civil("2026-04-01"), amount: Money(70, .eur))))
    try house.go(to: "2026-04-01")
    let ended = try tell(house)
    #expect(ended.map(\.duty) == [.end] && ended.first?.until == CivilDate("2031-04-01"))
    #expect(try reports(house).reports.isEmpty)
    // As of a day before, the debt stands as it was told then.
    try house.go(to: "2026-03-24")
    #expect(try reports(house).reports.first?.decision.last?.amount == 100)
    try house.expectSound()
  }

  @Test func aDebtThatChangedMeanwhileIsNotTold() throws {
    let house = try house()
    let (found, seen) = try reports(house)
    try house.enter(
      .payment(
        Payment(
          id: "P1", customer: DebtBook.customer, date: try civil("2026-03-06"), amount: Money(100, .eur))))
    #expect(try house.desk.record(found, seen: seen, actor: "liga", clock: { house.now }).isEmpty)
    #expect(try reports(house).reports.isEmpty)
    try house.expectSound()
  }

  @Test func whatWasToldOnceIsNotToldByAnotherAtTheSameTime() throws {
    let house = try house()
    let (found, seen) = try reports(house)
    #expect(try tell(house).count == 1)
    #expect(try house.desk.record(found, seen: seen, actor: "janis", clock: { house.now }).isEmpty)
  }
}
