import FactStore
import Facts
import Testing
import Values

@testable import DebtManagement

/// The law examines each notice by itself before it leaves.
@Suite struct NoticeGuardTests {
  /// A letter that something else than the desk has put into the outbox.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Why it does not leave; nil where it does.
    let obstacle: String?
    var jurisdiction = Jurisdiction.latvia
    var claimant: Contract.Claimant?
    var commodity = Contract.Commodity.electricity
    var day = "2026-02-06"
    var step = LadderStep.restrictionWarning
    var type = DebtNotice.NoticeType.restrictionWarning
    var channel = DebtNotice.Channel.letter
    var address = DebtNotice.AddressKind.contract
    var deadline: String? = "2026-02-25"

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "a lawful warning", obstacle: nil),
    Case(name: "by a text message", obstacle: "barred:wrongChannel", channel: .sms),
    Case(
      name: "Estonia, to an account in the portal", obstacle: "barred:wrongAddress", jurisdiction: .estonia,
      claimant: .networkOperator, address: .portalAccount),
    Case(
      name: "Estonia, to the address of the contract", obstacle: nil, jurisdiction: .estonia,
      claimant: .networkOperator),
    Case(name: "before ten days have passed", obstacle: "barred:tooSoon", day: "2026-01-29"),
    Case(name: "on the tenth day", obstacle: nil, day: "2026-01-30"),
    Case(name: "gas, five working days to pay", obstacle: nil, commodity: .gas, deadline: "2026-02-16"),
    Case(
      name: "gas, too few days to pay", obstacle: "barred:shortDeadline", commodity: .gas,
      deadline: "2026-02-12"),
    Case(name: "gas, no day to pay", obstacle: "barred:shortDeadline", commodity: .gas, deadline: nil),
    Case(
      name: "a debt notice without a day to pay", obstacle: "barred:shortDeadline", step: .debtNotice,
      type: .debtNotice, deadline: nil),
    Case(name: "a debt notice with one", obstacle: nil, step: .debtNotice, type: .debtNotice),
    Case(
      name: "security of a household", obstacle: "barred:notPermitted", step: .depositRequest,
      type: .depositRequest),
  ]

  @Test(arguments: cases)
  func leavesOnlyWhereTheLawAllowsIt(notice: Case) throws {
    let facts = DebtRecords()
    let house = try DebtHouse(
      notice.day,
      try facts.household(notice.jurisdiction, notice.commodity, claimant: notice.claimant) + [
        facts.invoice("I1", due: "2026-01-20")
      ])
    let effect = Effect(
      run: "by hand", customerKey: try house.key(), contract: "K1", commodity: notice.commodity,
      step: notice.step,
      kind: .letter(
        Effect.Notice(
          type: notice.type, channel: notice.channel, addressKind: notice.address, language: .latvian,
          deadline: try notice.deadline.map(civil),
          letter: Letter(subject: "S", text: "T", template: "other/1"))),
      amount: ClaimAmount(principal: 100, interest: 0, penalty: 0, costs: 0, currency: .eur),
      invoices: ["I1"])
    try house.store.write(actor: "test", at: house.now, purpose: "test") { write throws(OutboxError) in
      _ = try OutboxStore.append([effect], in: write, audit: house.audit)
    }
    let report = try house.send()
    let stored = try house.effect(effect.id)
    if let obstacle = notice.obstacle {
      #expect(report.withdrawn == [effect.id: obstacle] && house.mail.ids.isEmpty, "\(report)")
      // Who lists the outbox sees why.
      #expect(stored.state == .withdrawn && stored.obstacle == obstacle)
    } else {
      #expect(report.sent == [effect.id], "\(report)")
    }
  }
}
