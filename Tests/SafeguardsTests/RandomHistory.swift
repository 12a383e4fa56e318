import Facts
import TestSupport
import Values

@testable import Safeguards

/// A Latvian or Estonian contract with random invoices, money, notices, proofs and protections, and a request.
struct RandomHistory {
  var facts = CaseFacts()
  var request: RestrictionRequest
  let isReviewed: Bool
  let country: Jurisdiction
  let claimant: Contract.Claimant
  let kind: Customer.Kind

  /// Days count from 2026-09-01, so that the heating season begins within.
  static func day(_ day: Int) -> CivilDate {
    CivilDate(dayNumber: (CivilDate(year: 2026, month: 9, day: 1)?.dayNumber ?? 0) + day)
  }
  private static let customer = CustomerReference.number("C1")

  init(_ random: inout SeededGenerator) {
    func maybe(_ odds: Int) -> Bool { random.number(below: odds) == 0 }
    country = maybe(2) ? .estonia : .latvia
    claimant = country == .estonia && !maybe(3) || maybe(8) ? .networkOperator : .supplier
    kind = maybe(4) ? .business : .household
    isReviewed = maybe(25)
    let tools: [Tool] = [.disconnectionRequest, .disconnectionRequest, .contractTermination, .powerLimit]
    facts.add(
      .customer(Customer(number: "C1", kind: kind, jurisdiction: country, customerSince: Self.day(-900))))
    facts.add(
      .contract(
        Contract(
          id: "K1", customer: Self.customer, commodity: .electricity, deliveryPoint: "P1",
          start: Self.day(-900),
          claimant: claimant)))
    let count = 1 + random.number(below: 2)
    Self.addMoney(&facts, &random, invoices: count, payments: 2, negatives: false)
    let types: [DebtNotice.NoticeType] = [.restrictionWarning, .debtNotice, .terminationNotice, .reminder]
    for number in 0..<2 + random.number(below: 5) {
      Self.addNotice(&facts, &random, "N\(number)", types[number < 3 ? number : random.number(below: 4)])
    }
    let on = Self.day(40 + random.number(below: 220))
    let replay = ClaimReplay(facts.facts, until: on, currency: .eur)
    let invoices = (0..<count).map { "I\($0)" }
    let open = invoices.compactMap(replay.bill).reduce(Decimal.zero) { $0 + $1.outstanding }
    request = RestrictionRequest(
      id: "E", tool: tools[random.number(below: 4)], customer: "C1", contract: "K1", invoices: invoices,
      on: on,
      amount: Money(maybe(12) ? open + 1 : open, .eur))
    addCircumstances(&random)
  }

  private mutating func addCircumstances(_ random: inout SeededGenerator) {
    func maybe(_ odds: Int) -> Bool { random.number(below: odds) == 0 }
    func span() -> (CivilDate, CivilDate?) {
      let from = random.number(below: 120)
      return (Self.day(from), maybe(2) ? nil : Self.day(from + random.number(below: 120)))
    }
    if maybe(4) {
      let (from, until) = span()
      facts.add(
        .protection(
          Protection(
            id: "T", customer: Self.customer, kind: .temporaryInsolvency, from: from, until: until,
            withProof: !maybe(4))))
    }
    if maybe(3) {
      facts.add(
        .dwelling(
          Dwelling(
            id: "H", customer: Self.customer, deliveryPoint: "P1", from: Self.day(-500),
            isPermanentHome: !maybe(5),
            needsElectricityToHeat: !maybe(5))))
    }
    let (from, until) = span()
    switch random.number(below: 24) {
    case 0:
      facts.add(
        .complaint(
          Complaint(
            id: "B", customer: Self.customer, contract: maybe(2) ? "K1" : "K2",
            kind: maybe(2) ? .complaint : .objection,
            opened: from, closed: until, isWritten: true)))
    case 1:
      facts.add(
        .dispute(Dispute(id: "B", customer: Self.customer, invoice: "I0", opened: from, closed: until)))
    case 2:
      facts.add(
        .registerEntry(
          RegisterEntry(
            id: "B", customer: Self.customer, register: "R", type: maybe(2) ? .insolvency : .legalProtection,
            since: from, until: until)))
    case 3:
      let kinds: [Protection.Kind] = [.protectedUser, .energyPoor, .dataRestricted, .deceased]
      facts.add(
        .protection(
          Protection(
            id: "B", customer: Self.customer, kind: kinds[random.number(below: 4)], from: from, until: until,
            withProof: true)))
    case 4:
      facts.add(
        .hold(
          Hold(
            id: "B", customer: Self.customer, contract: maybe(2) ? nil : "K1", from: from, until: until,
            reason: "r",
            placedBy: "p")))
    case 5:
      facts.add(
        .claimAssignment(
          ClaimAssignment(
            id: "B", customer: Self.customer, contract: "K1", date: from, collector: "k", returned: until)))
    default: break
    }
    if request.tool == .contractTermination, !maybe(4) {
      facts.add(
        .operatorConfirmation(
          OperatorConfirmation(
            id: "O", customer: Self.customer, contract: "K1", request: "E0", event: .disconnected, date: from)
        ))
      if let until, maybe(3) {
        facts.add(
          .operatorConfirmation(
            OperatorConfirmation(
              id: "O2", customer: Self.customer, contract: "K1", request: "E0", event: .restored, date: until)
          ))
      }
    }
  }

  private static func addNotice(
    _ facts: inout CaseFacts, _ random: inout SeededGenerator, _ id: String, _ type: DebtNotice.NoticeType
  ) {
    func maybe(_ odds: Int) -> Bool { random.number(below: odds) == 0 }
    let sent = 10 + random.number(below: 60)
    let channel: DebtNotice.Channel = maybe(3) ? .email : maybe(12) ? .sms : .letter
    facts.add(
      .debtNotice(
        DebtNotice(
          id: id, customer: customer, invoice: maybe(6) ? "I0" : nil, sent: day(sent), channel: channel,
          amount: Money(50, .eur), type: type, contract: maybe(15) ? "K2" : "K1",
          deadline: maybe(5) ? nil : day(sent + 5 + random.number(below: 30)), principal: maybe(12) ? 40 : 50,
          addressKind: maybe(15) ? nil : channel == .email ? .contactEmail : .contract,
          contentHash: maybe(20) ? nil : .zero)))
    guard !maybe(10) else { return }
    let events: [NoticeDelivery.Event] = [.sent, .delivered, .received]
    facts.add(
      .noticeDelivery(
        NoticeDelivery(
          id: id + "P", customer: customer, notice: id, event: events[random.number(below: 3)],
          date: day(sent + random.number(below: 5) - (maybe(20) ? 6 : 0)), evidence: maybe(4) ? nil : "ref")))
    if maybe(10) {
      facts.add(
        .noticeDelivery(
          NoticeDelivery(
            id: id + "B", customer: customer, notice: id, event: .returned,
            date: day(sent + random.number(below: 9)))))
    }
  }

  static func addMoney(
    _ facts: inout CaseFacts, _ random: inout SeededGenerator, invoices: Int, payments: Int = 8,
    negatives: Bool = true
  ) {
    for number in 0..<invoices {
      let issued = random.number(below: negatives ? 60 : 15)
      let isCredit = negatives && random.number(below: 8) == 0
      let amount = Decimal((5 + random.number(below: 20)) * 5)
      facts.add(
        .invoice(
          Invoice(
            id: "I\(number)", customer: customer, contract: "K1", issued: day(issued),
            due: day(issued + random.number(below: 20)), amount: Money(isCredit ? -amount : amount, .eur))))
    }
    for number in 0..<random.number(below: payments) {
      let paid = random.number(below: negatives ? 90 : 200)
      let amount = Decimal(5 + random.number(below: negatives ? 60 : 20))
      let invoice = random.number(below: 2) == 0 ? nil : "I\(random.number(below: 6))"
      if negatives, random.number(below: 5) == 0 {
        facts.add(
          .creditNote(
            CreditNote(
              id: "G\(number)", customer: customer, invoice: invoice, issued: day(paid),
              amount: Money(amount, .eur))))
        continue
      }
      facts.add(
        .payment(
          Payment(
            id: "P\(number)", customer: customer, date: day(paid), amount: Money(amount, .eur),
            invoice: invoice)))
      if random.number(below: 4) == 0 {
        facts.add(
          .reversal(
            Reversal(
              id: "R\(number)", customer: customer, payment: "P\(number)",
              date: day(paid + random.number(below: 30) - 3))))
      }
    }
  }
}
