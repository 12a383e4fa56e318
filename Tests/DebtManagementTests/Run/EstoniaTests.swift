import Facts
import Safeguards
import Testing
import Values

@testable import DebtManagement

/// In Estonia a seller may only end the contract; only the network operator's own claims cut supply.
@Suite struct EstoniaTests {
  private let facts = DebtRecords()

  @Test func aSellersClaimEndsInTermination() throws {
    let house = try DebtHouse(
      "2026-09-01", try facts.household(.estonia) + [facts.invoice(due: "2026-09-01")])
    let taken = try house.work(until: "2026-10-26")
    #expect(
      taken == [
        try .init("2026-09-04", .reminder), try .init("2026-09-11", .debtNotice),
        try .init("2026-09-25", .terminationNotice),
        try .init("2026-10-26", .contractTermination),  // 30 days from 09-25 end on 10-25
      ])
    let report = try house.law(.contractTermination)
    #expect(report.earliest == (try civil("2026-10-26")))
    for tool in [Tool.disconnectionRequest, .powerLimit] {
      let report = try house.law(tool)
      #expect(report.standing.contains { $0.code == .toolNotAllowed }, "\(tool)")
      #expect(report.earliest == nil)
    }
  }

  private func operators(_ day: String, due: String, _ more: [Fact] = []) throws -> DebtHouse {
    try DebtHouse(
      day,
      try facts.household(.estonia, claimant: .networkOperator)
        + [facts.invoice(due: due, subject: .network)] + more)
  }

  /// The worked timelines: a notice of 2026-11-10.
  @Test func theOperatorWaitsFifteenDays() throws {
    let house = try operators("2026-10-31", due: "2026-10-31")
    let taken = try house.work(until: "2026-11-26")
    #expect(
      taken == [
        try .init("2026-11-03", .reminder), try .init("2026-11-10", .restrictionWarning),
        try .init("2026-11-26", .disconnectionRequest),
      ])
    #expect(try house.law().earliest == (try civil("2026-11-26")))
  }

  @Test func illnessOrUnemploymentWithProofGivesThirtyDays() throws {
    let house = try operators(
      "2026-10-31", due: "2026-10-31", [facts.protection(.temporaryInsolvency, from: "2026-11-15")])
    let taken = try house.work(until: "2026-12-11")
    #expect(taken.last == (try .init("2026-12-11", .disconnectionRequest)))
    #expect(taken.count == 3)
    #expect(try house.law().earliest == (try civil("2026-12-11")))
  }

  @Test func withoutProofItGivesNothing() throws {
    let house = try operators(
      "2026-10-31", due: "2026-10-31",
      [facts.protection(.temporaryInsolvency, from: "2026-11-15", withProof: false)])
    #expect(try house.work(until: "2026-11-26").last?.step == .disconnectionRequest)
  }

  @Test func anElectricallyHeatedHomeIsLimitedInWinter() throws {
    let house = try operators("2026-10-31", due: "2026-10-31", [facts.electricHeating(from: "2020-01-01")])
    var taken = try house.work(until: "2026-11-26")
    #expect(taken.last == (try .init("2026-11-26", .powerLimit)))
    #expect(try house.law().earliest == (try civil("2027-02-09")))
    try house.go(to: "2026-11-27")
    try house.confirm(.limited, .powerLimit)
    taken = try house.work(until: "2027-02-09")
    #expect(taken == [try .init("2027-02-09", .disconnectionRequest)])
  }

  /// What gives the limit back withdraws the request that has not left; the follower comes to that one next.
  @Test func theLimitIsReleasedAndTheRequestOnTopOfItWithdrawn() throws {
    let house = try operators("2026-10-31", due: "2026-10-31", [facts.electricHeating(from: "2020-01-01")])
    try house.work(until: "2026-11-26")
    try house.go(to: "2026-11-27")
    try house.confirm(.limited, .powerLimit)
    try house.work(until: "2027-02-08")
    try house.go(to: "2027-02-09")
    try house.follow()
    try house.run()
    try house.judge()
    try house.run()
    let limit = try #require(try house.last(.powerLimit)).effect.id
    let request = try #require(try house.last(.disconnectionRequest)).effect.id
    #expect(try house.effect(request).state == .pending)
    try house.enter(facts.payment(on: "2027-02-09"))
    let report = try house.follow()
    #expect(report.relief[limit] != nil && report.withdrawn == [request: "paid"])
    #expect(try house.effect(request).state == .withdrawn)
    #expect(try house.follow() == ReleaseFollower.Report())
    try house.expectSound()
  }

  /// Whatever was cut is not limited, in winter either: the ladder goes on to the end of the contract.
  @Test func whatIsDisconnectedIsNotLimited() throws {
    let house = try operators("2027-02-19", due: "2027-02-19", [facts.electricHeating(from: "2020-01-01")])
    try house.work(until: "2027-03-17")
    try house.go(to: "2027-03-18")
    try house.confirm(.limited, .powerLimit)
    try house.work(until: "2027-05-01")
    try house.go(to: "2027-05-02")
    try house.confirm(.disconnected)
    // From October the heating season would have a limit first.
    #expect(try house.work(until: "2027-10-28").map(\.step) == [])
    #expect(try house.finding().proposal.stage == .disconnectionRequest)
    #expect(try house.work(until: "2027-12-02").map(\.step) == [.terminationNotice, .contractTermination])
  }

  /// The 90 days bind only until the end of April: read by the letter, as the law document notes.
  @Test func theLongClockEndsWithTheSeason() throws {
    let house = try operators("2027-02-19", due: "2027-02-19", [facts.electricHeating(from: "2020-01-01")])
    var taken = try house.work(until: "2027-03-17")
    #expect(
      taken == [
        try .init("2027-02-22", .reminder), try .init("2027-03-01", .restrictionWarning),
        try .init("2027-03-17", .powerLimit),
      ])
    try house.go(to: "2027-03-18")
    try house.confirm(.limited, .powerLimit)
    taken = try house.work(until: "2027-05-01")
    #expect(taken == [try .init("2027-05-01", .disconnectionRequest)])
    #expect(try house.law().earliest == (try civil("2027-05-01")))
  }

  /// The policy knows nothing of Christmas; the law does.
  @Test func nobodyIsCutOffAtChristmas() throws {
    let house = try operators("2026-11-28", due: "2026-11-28")
    #expect(try house.work(until: "2026-12-23").map(\.step) == [.reminder, .restrictionWarning])
    try house.go(to: "2026-12-24")
    guard case .barred(let report) = try house.finding().verdict else {
      Issue.record("Christmas Eve is a day without cuts")
      return
    }
    #expect(report.standing.map(\.code) == [.noCutDay])
    #expect(try house.plan().barred.map(\.bars) == [["R2:noCutDay"]])
    #expect(try house.work(until: "2026-12-27") == [try .init("2026-12-27", .disconnectionRequest)])
  }

  /// The network contract ends after half a year in the dark and 30 days' notice.
  @Test func theOperatorsContractEndsAfterHalfAYear() throws {
    let house = try operators("2026-04-01", due: "2026-04-01")
    #expect(try house.work(until: "2026-04-27").last == (try .init("2026-04-27", .disconnectionRequest)))
    try house.go(to: "2026-04-28")
    try house.confirm(.disconnected)
    let taken = try house.work(until: "2026-11-27")
    #expect(
      taken == [
        try .init("2026-10-26", .terminationNotice),  // more than 180 days since 04-28
        try .init("2026-11-26", .contractTermination),
      ])
  }
}
