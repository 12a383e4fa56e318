import Facts
import Formats
import Testing
import Values

@testable import DebtManagement

/// Payment undoes at once, wherever the request is on its way.
@Suite struct ReleaseFollowerTests {
  private let facts = DebtRecords()

  @Test func paidBetweenApprovalAndSendingItNeverLeaves() throws {
    let (house, request) = try ReadyCase.approved()
    try house.enter(facts.payment(on: "2026-03-10"))
    // Whoever sends without following sends nothing.
    let late = try house.send(following: false)
    #expect(late.sent.isEmpty && late.delayed == [request: "unseen-change"])
    let report = try house.follow()
    #expect(report.withdrawn == [request: "paid"] && report.relief.isEmpty && report.wrongful.isEmpty)
    #expect(try house.send().sent.isEmpty)
    #expect(try house.effect(request).state == .withdrawn)
    #expect(house.mail.ids.isEmpty)
    #expect(try house.findings().isEmpty)
    try house.expectSound()
  }

  @Test func paidBeforeTheApprovalNothingIsDone() throws {
    let house = try ReadyCase.house()
    #expect(try house.run().proposals.count == 1)
    try house.enter(facts.payment(on: "2026-03-10"))
    try house.judge()
    #expect(try house.plan().actions.isEmpty)
    #expect(try house.effects().isEmpty)
  }

  @Test func paidBetweenSendingAndTheOperatorItIsWithdrawn() throws {
    let (house, request) = try ReadyCase.requested()
    try house.go(to: "2026-03-11")
    try house.enter(facts.payment(on: "2026-03-11"))
    let report = try house.follow()
    let relief = try #require(report.relief[request])
    #expect(report.wrongful.isEmpty && report.withdrawn.isEmpty)
    #expect(try house.send().sent == [relief])
    let stored = try house.effect(relief)
    #expect(stored.effect.step == .withdrawal && stored.concerning == request)
    #expect(try data(of: relief, house)["wrongful"] == nil)
    #expect(try data(of: relief, house)["concerning"]?.stringValue == request)
    // The case is there until the operator has answered.
    #expect(try house.finding().debt.isPaid)
    #expect(try house.plan().actions.isEmpty)
    try house.confirm(.withdrawn)
    #expect(try house.findings().isEmpty)
    #expect(try house.follow().relief.isEmpty)
  }

  @Test func paidAfterTheCutItIsReleased() throws {
    let (house, request) = try ReadyCase.disconnected()
    try house.go(to: "2026-03-20")
    try house.enter(facts.payment(on: "2026-03-20"))
    let report = try house.follow()
    let relief = try #require(report.relief[request])
    #expect(report.wrongful.isEmpty)
    #expect(try house.effect(relief).effect.step == .release)
    #expect(try house.send().sent == [relief])
    try house.expectSound()
  }

  /// The cut and the money become known in one pass.
  @Test func paidAndCutAtOnceItIsReleased() throws {
    let (house, request) = try ReadyCase.requested()
    try house.go(to: "2026-03-12")
    try house.confirm(.disconnected)
    try house.enter(facts.payment(on: "2026-03-12"))
    let report = try house.follow()
    #expect(try house.effect(try #require(report.relief[request])).effect.step == .release)
    #expect(report.customers == 1)
  }

  @Test func aPartPaymentReleasesNothing() throws {
    let (house, _) = try ReadyCase.disconnected()
    try house.enter(facts.payment(on: "2026-03-12", 99))
    #expect(try house.follow().relief.isEmpty)
    try house.enter(facts.payment("P2", on: "2026-03-12", 1))
    #expect(try house.follow().relief.count == 1)
  }

  /// What the request does not name need not be paid.
  @Test func onlyTheNamedInvoicesCount() throws {
    let (house, _) = try ReadyCase.disconnected()
    try house.enter(facts.invoice("I2", due: "2026-03-01", 300), facts.payment(on: "2026-03-12"))
    #expect(try house.follow().relief.count == 1)
  }

  // MARK: wrong from the beginning

  @Test(arguments: [("2026-03-05", true), ("2026-03-09", true), ("2026-03-10", false), ("2026-03-11", false)])
  func proofOfAnEarlierPaymentMarksItAsWrongful(paid: String, isWrongful: Bool) throws {
    let (house, request) = try ReadyCase.disconnected()
    try house.enter(facts.payment(on: paid))
    let report = try house.follow()
    #expect(report.wrongful == (isWrongful ? [request] : []))
    let relief = try #require(report.relief[request])
    try house.send()
    #expect(try data(of: relief, house)["wrongful"]?.boolValue == (isWrongful ? true : nil))
  }

  /// Money that was gone again when the request left had not been paid.
  @Test(arguments: [("2026-03-09", false), ("2026-03-10", false), ("2026-03-11", true)])
  func aPaymentThatWasTakenBackByThenIsNoProof(takenBack: String, isWrongful: Bool) throws {
    let (house, request) = try ReadyCase.requested()
    try house.enter(facts.payment("P-back", on: "2026-03-05"), facts.reversal(of: "P-back", on: takenBack))
    try house.go(to: "2026-03-12")
    #expect(try house.follow().wrongful == (isWrongful ? [request] : []))
  }

  /// What counts is the day on which it left, not the one on which it was made ready.
  @Test func paidWhileItWaitedItIsWrongfulToo() throws {
    let (house, request) = try ReadyCase.approved()
    try house.go(to: "2026-03-13")
    #expect(try house.send().sent == [request])
    try house.enter(facts.payment(on: "2026-03-12"))
    #expect(try house.follow().wrongful == [request])
  }

  @Test func proofBeforeTheOperatorActsWithdrawsItAsWrongful() throws {
    let (house, request) = try ReadyCase.requested()
    try house.enter(facts.payment(on: "2026-03-02"))
    let report = try house.follow()
    #expect(report.wrongful == [request])
    let relief = try #require(report.relief[request])
    #expect(try house.effect(relief).effect.step == .withdrawal)
  }

  /// The correction comes when all was given back already: there is nothing left to do but to say so, once.
  @Test(arguments: [("2026-03-09", true), ("2026-03-10", false)])
  func proofAfterTheReleaseMarksItAsWrongful(paid: String, isWrongful: Bool) throws {
    let (house, request) = try ReadyCase.disconnected()
    try house.enter(facts.payment(on: "2026-03-12"))
    #expect(try house.follow().wrongful.isEmpty)
    try house.send()
    try house.go(to: "2026-03-14")
    try house.confirm(.restored, .release)
    try house.follow()
    let count = try house.effects().count
    try house.go(to: "2026-03-20")
    try house.enter(facts.payment(on: paid))
    let report = try house.follow()
    #expect(report.wrongful == (isWrongful ? [request] : []) && report.relief.isEmpty)
    #expect(try house.wrongful() == (isWrongful ? [request] : []))
    #expect(try house.effects().count == count && house.effect(request).state == .sent)
    // Whatever else becomes known, it is said once.
    try house.enter(facts.invoice("I9", due: "2026-04-01"))
    #expect(try house.follow().wrongful.isEmpty)
    #expect(try house.send().sent.isEmpty)
    try house.expectSound()
  }

  @Test func proofAfterTheWithdrawalMarksItToo() throws {
    let (house, request) = try ReadyCase.requested()
    try house.go(to: "2026-03-11")
    try house.enter(facts.payment(on: "2026-03-11"))
    try #require(try house.follow().relief[request] != nil)
    try house.send()
    try house.enter(facts.payment(on: "2026-03-04"))
    #expect(try house.follow().wrongful == [request])
    #expect(try house.wrongful() == [request])
  }

  // MARK: taken back again

  @Test func aPaymentThatComesBackBeginsTheLadderAnew() throws {
    let (house, request) = try ReadyCase.disconnected()
    try house.enter(facts.payment(on: "2026-03-12"))
    try #require(try house.follow().relief[request] != nil)
    try house.send()
    try house.go(to: "2026-03-14")
    try house.confirm(.restored, .release)
    #expect(try house.findings().isEmpty)
    try house.go(to: "2026-03-16")
    try house.enter(facts.reversal(on: "2026-03-16"))
    #expect(try house.follow().relief.isEmpty)
    let finding = try house.finding()
    // What was proven before the cut was undone counts no more.
    #expect(finding.proposal.stage == nil && finding.proposal.step == .reminder)
    let taken = try house.work(until: "2026-04-15")
    #expect(taken.first == (try .init("2026-03-16", .reminder)))
    #expect(!taken.contains { $0.step.isRestriction }, "\(taken)")
  }

  /// Neither the operator nor we know yet whether the withdrawal came in time: nobody asks for the cut again.
  @Test func aPaymentThatComesBackBeforeTheOperatorAnsweredAsksForNothing() throws {
    let (house, request) = try ReadyCase.requested()
    try house.go(to: "2026-03-11")
    try house.enter(facts.payment(on: "2026-03-11"))
    try #require(try house.follow().relief[request] != nil)
    try house.send()
    try house.go(to: "2026-03-13")
    try house.enter(facts.reversal(on: "2026-03-13"))
    let report = try house.follow()
    #expect(report.relief.isEmpty && report.withdrawn.isEmpty)
    #expect(try house.plan().actions.isEmpty)
  }

  // MARK: what is carried out stays, as long as it is owed

  @Test func aComplaintAfterTheCutIsAStepOfThePolicy() throws {
    let (house, _) = try ReadyCase.disconnected()
    try house.go(to: "2026-03-13")
    try house.enter(facts.complaint(opened: "2026-03-13"))
    #expect(try house.follow().relief.isEmpty)
    let plan = try house.plan()
    #expect(plan.actions.map(\.step) == [.release] && plan.actions.map(\.reason) == ["D-RELEASE-DISPUTED"])
    let effect = try #require(try house.apply(plan).effects[0])
    #expect(try house.send().sent == [effect])
    #expect(try house.effect(effect).concerning != nil)
    #expect(try house.plan().actions.isEmpty)
  }

  @Test(arguments: [OperatorConfirmation.Event.refused, .restored, .withdrawn])
  func whatTheOperatorHasEndedIsNotTakenBack(event: OperatorConfirmation.Event) throws {
    let (house, _) = try ReadyCase.requested()
    try house.go(to: "2026-03-12")
    try house.confirm(event)
    try house.enter(facts.payment(on: "2026-03-12"))
    let report = try house.follow()
    #expect(report.relief.isEmpty && report.withdrawn.isEmpty)
  }

  // MARK: the end of the contract

  /// An Estonian seller's contract whose end was asked for.
  private func terminating() throws -> (DebtHouse, String) {
    let house = try DebtHouse(
      "2026-10-26",
      DebtRecords.all(
        try facts.household(.estonia), [try facts.invoice(due: "2026-09-01")],
        try facts.notice(.reminder, sent: "2026-09-04"),
        try facts.notice(.debtNotice, sent: "2026-09-11", deadline: "2026-09-25"),
        try facts.notice(.terminationNotice, sent: "2026-09-25", deadline: "2026-10-25")))
    #expect(try house.work(until: "2026-10-26").map(\.step) == [.contractTermination])
    return (house, try #require(try house.last(.contractTermination)).effect.id)
  }

  @Test func aContractThatWasPaidBeforeItEndedGoesOn() throws {
    let (house, request) = try terminating()
    try house.go(to: "2026-10-27")
    try house.enter(facts.payment(on: "2026-10-27"))
    let relief = try #require(try house.follow().relief[request])
    #expect(try house.effect(relief).effect.step == .withdrawal)
    try house.send()
    try house.confirm(.withdrawn, .contractTermination)
    #expect(try house.findings().isEmpty)
  }

  @Test func aContractThatHasEndedDoesNotComeBackByItself() throws {
    let (house, _) = try terminating()
    try house.go(to: "2026-10-27")
    try house.confirm(.terminated, .contractTermination)
    try house.enter(facts.payment(on: "2026-10-27"))
    let report = try house.follow()
    #expect(report.relief.isEmpty && report.withdrawn.isEmpty)
    #expect(try house.plan().actions.isEmpty)
  }

  /// What the other side refused it never had, so there is nothing to take back there.
  @Test func aRequestThatWasRefusedOutrightIsOnlyWithdrawn() throws {
    let (house, request) = try ReadyCase.approved()
    let refusing = OutboxDestination(timeoutMilliseconds: 1000) { _, _ in .refused(code: "http-422") }
    let (day, now) = (house.day, house.now)
    let report = try OutboxSender(
      store: house.store, audit: house.audit, destination: refusing, guards: house.desk.guards(on: day),
      settings: .init(actor: "outbox", day: day), clock: { now }
    ).run()
    #expect(report.failed == [request: "http-422"])
    try house.enter(facts.payment(on: "2026-03-10"))
    let followed = try house.follow()
    #expect(followed.withdrawn == [request: "paid"] && followed.relief.isEmpty)
  }

  /// A try without an answer may have arrived: what may be there is taken back there.
  @Test func aRequestThatMayHaveArrivedIsTakenBackThere() throws {
    let (house, request) = try ReadyCase.approved()
    let silent = OutboxDestination(timeoutMilliseconds: 1000) { _, _ in .unreachable(code: "timeout") }
    let (day, now) = (house.day, house.now)
    _ = try OutboxSender(
      store: house.store, audit: house.audit, destination: silent, guards: house.desk.guards(on: day),
      settings: .init(actor: "outbox", day: day), clock: { now }
    ).run()
    try house.enter(facts.payment(on: "2026-03-10"))
    let relief = try #require(try house.follow().relief[request])
    #expect(try house.effect(relief).effect.step == .withdrawal)
    #expect(try house.effect(request).state == .withdrawn)
    #expect(try house.send().sent == [relief])
  }

  private func data(of id: String, _ house: DebtHouse) throws -> JSONObject {
    let event = try #require(house.mail.all.first { $0.id == id })
    return try #require(try JSONReader.parse(event.body).objectValue?["data"]?.objectValue)
  }
}
