import Decisioning
import Facts
import Safeguards
import Testing
import Values

@testable import DebtManagement

/// A Latvian household from the first reminder to the cut and back, with dates counted by hand.
@Suite struct LatvianHouseholdTests {
  private let facts = DebtRecords()

  private func house(_ day: String = "2026-01-20") throws -> DebtHouse {
    try DebtHouse(day, try facts.household() + [facts.invoice(due: "2026-01-20")])
  }

  /// The clocks of the law by themselves: both notices on the first lawful day.
  @Test(arguments: [
    (DebtNotice.Channel.letter, "2026-02-28"), (.email, "2026-02-21"),
  ])
  func theEarliestDayIsThatOfTheWorkedTimelines(channel: DebtNotice.Channel, earliest: String) throws {
    let house = try house("2026-03-10")
    try house.enter(
      facts.notice(.debtNotice, sent: "2026-01-30", deadline: "2026-02-10", channel)
        + facts.notice(.restrictionWarning, sent: "2026-01-30", deadline: "2026-02-10"))
    let report = try house.law()
    #expect(report.earliest == (try civil(earliest)), "\(report.clocks)")
    let warning = try #require(report.clocks.first { $0.rule == "LV-E-1" && $0.kind == .clock })
    #expect(warning.earliest == (try civil("2026-02-19")))
    #expect(report.isLawful)
  }

  /// A day earlier the warning is none.
  @Test func aWarningBeforeTheTenthDayStartsNoClock() throws {
    let house = try house("2026-03-10")
    try house.enter(
      facts.notice(.debtNotice, sent: "2026-01-30", deadline: "2026-02-10")
        + facts.notice(.restrictionWarning, sent: "2026-01-29", deadline: "2026-02-10"))
    #expect(try house.law().earliest == nil)
  }

  /// With every letter handed over on its day the policy comes to the very day of the law.
  @Test func fromDueToTheRequestAndBack() throws {
    let house = try house()
    let taken = try house.work(until: "2026-02-28")
    #expect(
      taken == [
        try .init("2026-01-23", .reminder),  // 3 days after the due date
        try .init("2026-01-30", .debtNotice),  // 7 days to answer
        try .init("2026-02-06", .restrictionWarning),  // 7 days, and 10 after the due date
        try .init("2026-02-08", .planOffer),  // 2 days
        // Received by law on 02-06, so 21 days to object end on 02-27; the warning's 20 days on 02-26.
        try .init("2026-02-28", .disconnectionRequest),
      ])
    let request = try #require(try house.last(.disconnectionRequest))
    #expect(request.state == .sent && request.effect.invoices == ["I1"])
    #expect(request.effect.amount.principal == 100)
    let report = try house.law()
    #expect(report.earliest == (try civil("2026-02-28")))

    try house.go(to: "2026-03-02")
    try house.confirm(.disconnected)
    #expect(try house.run() == .init())
    #expect(try house.follow().relief.isEmpty)
    #expect(try house.finding().debt.restriction.inEffect?.event == .disconnected)

    try house.go(to: "2026-03-05")
    try house.enter(facts.payment(on: "2026-03-05"))
    let report2 = try house.follow()
    let release = try #require(report2.relief[request.effect.id])
    #expect(report2.wrongful.isEmpty && report2.withdrawn.isEmpty)
    #expect(try house.send().sent == [release])
    let sent = try house.effect(release)
    #expect(sent.effect.step == .release && sent.concerning == request.effect.id)
    // Followed or planned once more, nothing comes of it a second time.
    #expect(try house.follow().relief.isEmpty)
    #expect(try house.plan().actions.isEmpty)

    try house.go(to: "2026-03-06")
    try house.confirm(.restored, .release)
    #expect(try house.findings().isEmpty)
    #expect(try house.plan().cases == 0)
    #expect(try house.effects().map(\.state).allSatisfy { $0 == .sent })
    try house.expectSound()
  }

  /// Where the carrier only gives a reference, a letter counts from the seventh day.
  @Test func deemedReceiptMovesTheWholeLadder() throws {
    let house = try house()
    let taken = try house.work(until: "2026-03-15", post: .receipt)
    #expect(
      taken == [
        try .init("2026-01-23", .reminder),  // counts from 01-30
        try .init("2026-02-06", .debtNotice),  // counts from 02-13
        try .init("2026-02-20", .restrictionWarning),  // counts from 02-27
        try .init("2026-03-01", .planOffer),  // counts from 03-08
        try .init("2026-03-15", .disconnectionRequest),  // 7 days to answer
      ])
    // The law would have allowed it three days before: 20 days from 02-20.
    #expect(try house.law().earliest == (try civil("2026-03-12")))
  }

  @Test func whatNothingProvesLeadsNowhere() throws {
    let house = try house()
    let taken = try house.work(until: "2026-03-31", post: .none)
    // After 14 days it is taken up again: the reminder, and never what follows it.
    #expect(Set(taken.map(\.step)) == [.reminder])
    #expect(taken.count == 5, "\(taken)")
    #expect(try house.law().earliest == nil)
  }

  @Test func aLetterThatCameBackIsSentAnotherWay() throws {
    let house = try house()
    try house.work(until: "2026-01-23", post: .none)
    let first = try #require(try house.last(.reminder))
    try house.go(to: "2026-01-27")
    try house.enter(
      .noticeDelivery(
        NoticeDelivery(
          id: "back", customer: .number("C1"), notice: first.effect.id, event: .returned,
          date: try civil("2026-01-27"))))
    try house.work(until: "2026-01-28", post: .none)
    let second = try #require(try house.last(.reminder))
    #expect(second.effect.id != first.effect.id)
    guard case .letter(let notice) = second.effect.kind else {
      Issue.record("a reminder is a letter")
      return
    }
    #expect(notice.channel == .registeredLetter)
  }

  /// What has left is a fact, with the hash of the very text.
  @Test func noticesThatLeftAreFacts() throws {
    let house = try house()
    try house.work(until: "2026-02-10")
    let notices = try house.facts().debtNotices.map(\.fact)
    #expect(notices.map(\.type) == [.reminder, .debtNotice, .restrictionWarning, .planOffer])
    for notice in notices {
      let stored = try house.effect(notice.id)
      guard case .letter(let sent) = stored.effect.kind else {
        Issue.record("\(notice.id) is no letter")
        continue
      }
      #expect(notice.contentHash == SHA256.hash(sent.letter.text))
      #expect(notice.contentHash == sent.letter.contentHash)
      #expect(notice.contract == "K1" && notice.invoice == "I1" && notice.language == .latvian)
      #expect(notice.addressKind == .contract && notice.channel == .letter)
      #expect(
        notice.amount?.amount
          == (notice.principal ?? 0) + (notice.interest ?? 0) + (notice.penalty ?? 0) + (notice.costs ?? 0))
      // An offer of instalments tells the sum alone.
      #expect(notice.type == .planOffer || sent.letter.text.contains("I1"))
    }
    // The warning tells the last day on which paying still averts it.
    #expect(notices[2].deadline == (try civil("2026-02-25")))
  }

  /// From the cut to the end of the contract.
  @Test func theContractEndsAfterTwoMonthsInTheDark() throws {
    let house = try house()
    try house.work(until: "2026-02-28")
    try house.go(to: "2026-03-02")
    try house.confirm(.disconnected)
    let taken = try house.work(until: "2026-05-02")
    #expect(
      taken == [
        try .init("2026-04-01", .terminationNotice),  // 30 days without supply
        try .init("2026-05-02", .contractTermination),  // 30 days' notice are over
      ])
    try house.go(to: "2026-05-05")
    try house.confirm(.terminated, .contractTermination)
    #expect(try house.run() == .init())
    #expect(try house.finding().proposal.reason == "D-END")
  }

  @Test func aPersonWhoSaysNoIsNotAskedAgain() throws {
    let house = try house()
    try house.work(until: "2026-02-27")
    try house.go(to: "2026-02-28")
    let proposed = try house.run().proposals
    #expect(proposed.count == 1)
    // Until somebody decides nothing more comes of it.
    #expect(try house.run() == .init())
    guard case .awaitsApproval(let waiting) = try house.finding().verdict else {
      Issue.record("it waits for a person")
      return
    }
    #expect(proposed.values.contains(waiting))
    let decided = try house.judge(.lifted)
    guard case .lifted(let decision) = try house.finding().verdict else {
      Issue.record("a person has lifted it")
      return
    }
    #expect(decided == [decision])
    let plan = try house.plan()
    #expect(plan.actions.isEmpty)
    #expect(plan.barred.map(\.bars) == [["lifted:\(decision)"]])
    #expect(try house.last(.disconnectionRequest) == nil)
    try house.expectSound()
  }
}
