import Facts
import Safeguards
import Testing
import Values

@testable import DebtManagement

/// Gas in Latvia: five working days, and supply comes back only when the work is paid too.
@Suite struct GasTests {
  private let facts = DebtRecords()

  /// Easter of 2026 is on 5 April: Good Friday and Easter Monday are no working days.
  @Test func aBusinessOverEaster() throws {
    let house = try DebtHouse(
      "2026-03-15",
      try facts.household(.latvia, .gas, kind: .business) + [facts.invoice(due: "2026-03-15", 900)])
    let taken = try house.work(until: "2026-04-17")
    #expect(
      taken == [
        try .init("2026-03-18", .reminder), try .init("2026-03-25", .debtNotice),
        try .init("2026-04-01", .restrictionWarning),
        try .init("2026-04-03", .depositRequest),  // no rating
        try .init("2026-04-10", .noNewOrders),
        try .init("2026-04-17", .disconnectionRequest),  // no person has to approve so little
      ])
    let report = try house.law()
    let deadline = try #require(report.clocks.first { $0.kind == .statedDeadline })
    let stated = try #require(deadline.startDay)
    // 2, 7, 8, 9 and 10 April.
    let least = try civil("2026-04-10")
    #expect(stated >= least)
    #expect(deadline.earliest == stated.adding(days: 1))
    #expect(report.earliest == deadline.earliest)
    try house.expectSound()
  }

  /// 23 and 24 June are holidays.
  private func disconnected() throws -> DebtHouse {
    let house = try DebtHouse(
      "2026-06-02", try facts.household(.latvia, .gas) + [facts.invoice(due: "2026-06-02")])
    let taken = try house.work(until: "2026-07-11")
    #expect(
      taken == [
        try .init("2026-06-05", .reminder), try .init("2026-06-12", .debtNotice),
        try .init("2026-06-19", .restrictionWarning), try .init("2026-06-21", .planOffer),
        try .init("2026-07-11", .disconnectionRequest),  // 21 days to object from 06-19
      ])
    return house
  }

  @Test func aHouseholdOverMidsummer() throws {
    let house = try disconnected()
    let report = try house.law()
    let deadline = try #require(report.clocks.first { $0.rule == "LV-G-1" && $0.kind == .statedDeadline })
    let stated = try #require(deadline.startDay)
    // 22, 25, 26, 29 and 30 June.
    let least = try civil("2026-06-30")
    #expect(stated >= least)
    #expect(report.earliest == (try civil("2026-07-11")))
  }

  @Test func supplyComesBackWhenTheCostIsPaidToo() throws {
    let house = try disconnected()
    let request = try #require(try house.last(.disconnectionRequest)).effect.id
    try house.go(to: "2026-07-14")
    try house.confirm(.disconnected)
    try house.enter(facts.invoice("COST", due: "2026-07-28", 40, subject: .restorationCost))
    try house.go(to: "2026-07-15")
    try house.enter(facts.payment(on: "2026-07-15"))
    #expect(try house.follow().relief.isEmpty)
    #expect(try house.run().effects.isEmpty)
    try house.go(to: "2026-07-16")
    try house.enter(facts.payment("P2", on: "2026-07-16", 39, for: "COST"))
    #expect(try house.follow().relief.isEmpty)
    try house.go(to: "2026-07-17")
    try house.enter(facts.payment("P3", on: "2026-07-17", 1, for: "COST"))
    let relief = try house.follow().relief
    #expect(try house.effect(try #require(relief[request])).effect.step == .release)
  }

  /// What restoring costs came up only when supply was cut: it says nothing of whether the cut was right.
  @Test func proofOfAnEarlierPaymentMarksItAsWrongfulThoughTheCostIsOpen() throws {
    let house = try disconnected()
    let request = try #require(try house.last(.disconnectionRequest)).effect.id
    try house.go(to: "2026-07-14")
    try house.confirm(.disconnected)
    try house.enter(facts.invoice("COST", due: "2026-07-28", 40, subject: .restorationCost))
    try house.enter(facts.payment(on: "2026-07-09"))
    let report = try house.follow()
    #expect(report.wrongful == [request] && report.relief.isEmpty)
    try house.enter(facts.payment("P2", on: "2026-07-14", 40, for: "COST"))
    let later = try house.follow()
    #expect(later.wrongful.isEmpty && later.relief[request] != nil)
  }
}
