import Decisioning
import Facts
import Safeguards
import TestSupport
import Testing
import Values

@testable import DebtManagement

/// What keeps a debt from being pursued: the policy waits, and the law says so by itself.
@Suite struct ObstacleTests {
  /// Something that happened before the request, with the policy's word for it and the law's.
  struct Obstacle: CustomTestStringConvertible, Sendable {
    let name: String
    let wait: String
    let bar: BarCode
    let facts: [Fact]

    init(_ name: String, _ wait: String, _ bar: BarCode, _ facts: [Fact]) {
      (self.name, self.wait, self.bar, self.facts) = (name, wait, bar, facts)
    }

    var testDescription: String { name }

    /// Every second one, from a place on: for what goes the whole way up to a request.
    static func some(from place: Int) throws -> [Obstacle] {
      try all().enumerated().filter { $0.offset % Effort.stride(2) == place % Effort.stride(2) }.map(
        \.element)
    }

    static func all() throws -> [Obstacle] {
      let facts = DebtRecords()
      return [
        Obstacle("complaint", "W-DISPUTED", .openComplaint, [try facts.complaint(opened: "2026-03-01")]),
        Obstacle(
          "complaint of the invoice", "W-DISPUTED", .openComplaint,
          [try facts.complaint(opened: "2026-03-01", invoice: "I1")]),
        Obstacle(
          "out of court", "W-DISPUTED", .openComplaint,
          [try facts.complaint(.outOfCourt, opened: "2026-03-01")]),
        Obstacle(
          "objection", "W-DISPUTED", .openObjection, [try facts.complaint(.objection, opened: "2026-03-01")]),
        Obstacle("court", "W-DISPUTED", .openObjection, [try facts.complaint(.court, opened: "2026-03-01")]),
        Obstacle(
          "dispute of a part", "W-DISPUTED", .openDispute, [try facts.dispute(opened: "2026-03-01", 20)]),
        Obstacle("dispute of all", "W-DISPUTED", .openDispute, [try facts.dispute(opened: "2026-03-01")]),
        Obstacle(
          "plan kept", "W-PLAN", .planKept,
          try facts.plan(agreed: "2026-03-01", [("2026-03-20", 50), ("2026-04-20", 50)])),
        Obstacle(
          "protected", "W-PROTECTED", .protectedHousehold,
          [try facts.protection(.protectedUser, from: "2026-03-01")]),
        Obstacle(
          "energy-poor", "W-PROTECTED", .energyPoor, [try facts.protection(.energyPoor, from: "2026-03-01")]),
        Obstacle(
          "restricted data", "W-DATA", .dataRestricted,
          [try facts.protection(.dataRestricted, from: "2026-03-01")]),
        Obstacle("deceased", "W-DECEASED", .deceased, [try facts.protection(.deceased, from: "2026-03-01")]),
        Obstacle("insolvent", "W-INSOLVENT", .insolvency, [try facts.insolvency(since: "2026-03-01")]),
        Obstacle("sold", "W-SOLD", .sold, [try facts.sale(on: "2026-03-01")]),
        Obstacle("hold of the customer", "W-HOLD", .hold, [try facts.hold(from: "2026-03-01")]),
        Obstacle(
          "hold of the contract", "W-HOLD", .hold, [try facts.hold(from: "2026-03-01", contract: "K1")]),
        Obstacle("hold of the invoice", "W-HOLD", .hold, [try facts.hold(from: "2026-03-01", invoice: "I1")]),
      ]
    }
  }

  private let facts = DebtRecords()

  private func waits(_ house: DebtHouse) throws -> [String] {
    let finding = try house.finding()
    guard case .wait = finding.verdict else { return [] }
    return finding.proposal.waits
  }

  @Test func withoutOneTheRequestIsDue() throws {
    let house = try ReadyCase.house()
    #expect(try house.law().isLawful)
    let plan = try house.plan()
    #expect(plan.actions.map(\.step) == [.disconnectionRequest])
    #expect(plan.actions.map(\.invoices) == [["I1"]] && plan.barred.isEmpty)
  }

  @Test func bothThePolicyAndTheLawStopIt() throws {
    for obstacle in try Obstacle.all() {
      let house = try ReadyCase.house(obstacle.facts)
      let waits = try waits(house)
      #expect(waits.contains(obstacle.wait), "\(obstacle.name): \(waits)")
      #expect(try house.plan().actions.isEmpty, "\(obstacle.name)")
      let report = try house.law()
      #expect(!report.isLawful && report.standing.contains { $0.code == obstacle.bar }, "\(obstacle.name)")
    }
  }

  /// What came after the plan was approved is seen by whoever sends.
  @Test func itNeverLeavesOnceOneIsThere() throws {
    for obstacle in try Obstacle.some(from: 0) {
      let (house, request) = try ReadyCase.approved()
      try house.enter(obstacle.facts)
      let late = try house.send(following: false)
      #expect(late.delayed == [request: "unseen-change"], "\(obstacle.name)")
      let report = try house.follow()
      #expect(report.withdrawn[request]?.hasPrefix("barred:") ?? false, "\(obstacle.name): \(report)")
      #expect(try house.send().sent.isEmpty)
      #expect(try house.effect(request).state == .withdrawn && house.mail.ids.isEmpty, "\(obstacle.name)")
    }
  }

  /// What came after it left takes it back, as long as the operator has not acted.
  @Test func aRequestIsWithdrawnForIt() throws {
    for obstacle in try Obstacle.some(from: 1) {
      let (house, request) = try ReadyCase.requested()
      try house.go(to: "2026-03-11")
      try house.enter(obstacle.facts)
      let relief = try #require(try house.follow().relief[request], "\(obstacle.name)")
      let stored = try house.effect(relief)
      #expect(stored.effect.step == .withdrawal && stored.concerning == request, "\(obstacle.name)")
      #expect(try house.send().sent == [relief])
    }
  }

  @Test func whatIsOverStopsNothing() throws {
    let over: [Fact] = [
      try facts.complaint(opened: "2026-02-01", closed: "2026-03-01"),
      try facts.protection(.protectedUser, from: "2026-01-01", until: "2026-03-10"),
      try facts.sale(on: "2026-02-01", returned: "2026-03-01"),
      try facts.hold(from: "2026-02-01", until: "2026-03-10"),
    ]
    for fact in over {
      let house = try ReadyCase.house([fact])
      #expect(try house.plan().actions.map(\.step) == [.disconnectionRequest], "\(fact)")
    }
  }

  @Test func whatIsAboutAnotherClaimStopsNothing() throws {
    let other = DebtRecords(contract: "K2")
    let elsewhere: [Fact] = [
      try other.complaint(opened: "2026-03-01"), try other.sale(on: "2026-03-01"),
      try facts.hold(from: "2026-03-01", contract: "K2"), try facts.hold(from: "2026-03-01", invoice: "I9"),
      try facts.dispute(of: "I9", opened: "2026-03-01"),
    ]
    for fact in elsewhere {
      let house = try ReadyCase.house([try other.supply(), fact])
      #expect(try house.plan().actions.map(\.step) == [.disconnectionRequest], "\(fact)")
    }
  }

  /// A person who looks at a contest is waited for.
  @Test func anOpenContestStopsIt() throws {
    let house = try ReadyCase.house()
    house.contested.set(["K1"])
    #expect(try waits(house) == ["W-REVIEW"])
    #expect(try house.law().standing.map(\.code) == [.pendingReview])
    house.contested.set(["K2"])
    #expect(try house.plan().actions.count == 1)
  }

  @Test func aBrokenPlanStopsNothing() throws {
    let house = try ReadyCase.house(
      try facts.plan(agreed: "2026-02-10", [("2026-03-08", 50), ("2026-04-08", 50)])
        + [facts.payment(on: "2026-03-01", 20, for: nil)])
    #expect(try house.finding().debt.plan == .broken)
    #expect(try house.plan().actions.map(\.step) == [.disconnectionRequest])
  }

  @Test func aPlanThatIsKeptLastsUntilTheDayAfterAnInstalment() throws {
    let house = try DebtHouse(
      "2026-03-20",
      try ReadyCase.facts() + facts.plan(agreed: "2026-03-01", [("2026-03-20", 50), ("2026-04-20", 50)]))
    #expect(try house.finding().debt.plan == .kept)
    #expect(try house.finding().proposal.lookAgainOn == (try civil("2026-03-21")))
    try house.go(to: "2026-03-21")
    #expect(try house.finding().debt.plan == .broken)
    #expect(try house.plan().actions.map(\.step) == [.disconnectionRequest])
  }

  // MARK: amounts

  @Test func lessThanTheMinimumIsOnlyRemindedOf() throws {
    let house = try ReadyCase.house([try facts.payment(on: "2026-03-01", 75)])
    #expect(try waits(house) == ["W-MINIMUM"])
    let report = try house.law()
    // The law's own floor is lower, for the law is silent: it is the policy that is kinder.
    #expect(report.isLawful && report.request.amount.amount == 25)
    let small = try DebtHouse("2026-01-23", try facts.household() + [facts.invoice(due: "2026-01-20", 5)])
    #expect(try small.plan().actions.map(\.step) == [.reminder])
    let below = try ReadyCase.house([try facts.payment(on: "2026-03-01", 95)])
    #expect(try below.law().standing.map(\.code) == [.underFloor])
  }

  /// What counts is what the step would be about, not what was billed since.
  @Test func theMinimumIsHeldAgainstWhatIsAskedFor() throws {
    let house = try ReadyCase.house([
      try facts.payment(on: "2026-03-01", 75), try facts.invoice("I2", due: "2026-02-20", 300),
    ])
    #expect(try house.finding().debt.amount.principal == 325)
    #expect(try waits(house) == ["W-MINIMUM"])
  }

  /// A case looks ahead to the bill that falls due next.
  @Test func itIsLookedAtAgainWhenTheNextBillIsDue() throws {
    let house = try DebtHouse(
      "2026-01-21",
      try facts.household() + [facts.invoice(due: "2026-01-20"), facts.invoice("I2", due: "2026-01-21")])
    #expect(try house.finding().proposal.lookAgainOn == (try civil("2026-01-22")))
  }

  @Test func nobodyIsWrittenToAboutNothing() throws {
    let house = try DebtHouse(
      "2026-01-23",
      try facts.household() + [facts.invoice(due: "2026-01-20"), facts.dispute(opened: "2026-01-21")])
    let proposal = try house.finding().proposal
    #expect(proposal.next == .reminder && proposal.step == nil && proposal.waits == ["W-MINIMUM"])
    #expect(try house.plan().actions.isEmpty)
  }

  @Test func aPartPaymentLeavesTheRest() throws {
    let house = try ReadyCase.house([try facts.payment(on: "2026-03-01", 40)])
    let action = try #require(try house.plan().actions.first)
    let finding = try house.finding()
    #expect(finding.proposal.amount.principal == 60)
    #expect(action.amount.amount == 60 + finding.proposal.amount.interest)
    #expect(finding.proposal.amount.interest > 0)
  }

  @Test func onlyWhatIsNotDisputedIsAskedFor() throws {
    let house = try DebtHouse(
      "2026-01-30",
      DebtRecords.all(
        try facts.household(),
        [try facts.invoice(due: "2026-01-20"), try facts.dispute(opened: "2026-01-25", 60)],
        try facts.notice(.reminder, sent: "2026-01-23")))
    let finding = try house.finding()
    #expect(finding.debt.disputed == 60 && finding.proposal.step == .debtNotice)
    #expect(finding.proposal.amount.principal == 40)
    #expect(try house.run().effects.count == 1)
    let letter = try #require(try house.last(.debtNotice))
    #expect(letter.effect.amount.principal == 40)
  }

  /// Nobody knows what the money is worth: a person has to look.
  @Test func moneyInAnotherCurrencyBarsTheRequest() throws {
    let house = try ReadyCase.house([
      try facts.payment(on: "2026-03-01", currency: try #require(Currency("USD")))
    ])
    let finding = try house.finding()
    guard case .barred(let report) = finding.verdict else {
      Issue.record("\(finding.verdict)")
      return
    }
    #expect(report.standing.map(\.code) == [.unconvertedMoney])
    #expect(try house.plan().barred.map(\.bars) == [["-:unconvertedMoney"]])
    #expect(try house.plan().actions.isEmpty)
  }

  @Test func twoCurrenciesAreTwoCases() throws {
    let house = try DebtHouse(
      "2026-01-23",
      try facts.household() + [
        facts.invoice(due: "2026-01-20"),
        facts.invoice("I2", due: "2026-01-20", currency: try #require(Currency("USD"))),
      ])
    let plan = try house.plan()
    #expect(Set(plan.actions.map(\.amount.currency.code)) == ["EUR", "USD"] && plan.cases == 2)
    let report = try house.apply(plan)
    #expect(report.effects.count == 2 && report.refused.isEmpty, "\(report)")
  }

  @Test func negativeTotalsAreNoDebt() throws {
    let house = try DebtHouse(
      "2026-01-23", try facts.household() + [facts.invoice("I0", due: "2026-01-20", -100)])
    #expect(try house.plan().actions.isEmpty)
    let mixed = try DebtHouse(
      ReadyCase.day, try ReadyCase.facts() + [facts.invoice("I0", due: "2026-01-20", -500)])
    for action in try mixed.plan().actions {
      #expect(action.amount.amount > 0 && !action.invoices.contains("I0"))
    }
  }

  @Test func aDepositIsNoPayment() throws {
    let deposit = Fact.deposit(
      Deposit(
        id: "G1", customer: .number("C1"), contract: "K1", date: try civil("2026-02-01"),
        amount: Money(500, .eur)))
    let house = try ReadyCase.house([deposit])
    #expect(try house.plan().actions.map(\.step) == [.disconnectionRequest])
    #expect(try house.finding().debt.deposit == 500)
  }

  /// An invoice that nobody was reminded of is no part of the request.
  @Test func laterInvoicesAreNotInIt() throws {
    let house = try ReadyCase.house([try facts.invoice("I2", due: "2026-02-20", 300)])
    let action = try #require(try house.plan().actions.first)
    #expect(action.invoices == ["I1"] && action.step == .disconnectionRequest)
  }
}
