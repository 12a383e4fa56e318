import Facts
import Foundation
import Values

/// A day from its text.
func civil(_ text: String) throws -> CivilDate {
  guard let date = CivilDate(text) else { throw CocoaError(.formatting) }
  return date
}

/// Facts of a customer for tests, in few words.
struct DebtRecords {
  var customer = "C1"
  var contract = "K1"

  private var reference: CustomerReference { .number(customer) }

  /// Lists of facts as one.
  static func all(_ lists: [Fact]...) -> [Fact] { lists.flatMap(\.self) }

  /// A customer with one contract.
  func household(
    _ jurisdiction: Jurisdiction = .latvia, _ commodity: Contract.Commodity = .electricity,
    kind: Customer.Kind = .household, claimant: Contract.Claimant? = nil
  ) throws -> [Fact] {
    [
      .customer(
        Customer(
          number: customer, kind: kind, jurisdiction: jurisdiction,
          language: jurisdiction == .estonia ? .estonian : .latvian, customerSince: try civil("2020-01-01"),
          name: "Anna Paraugs", address: "Parauga iela 1, Sapņupils")),
      try supply(commodity, claimant: claimant),
    ]
  }

  func supply(_ commodity: Contract.Commodity = .electricity, claimant: Contract.Claimant? = nil) throws
    -> Fact
  {
    .contract(
      Contract(
        id: contract, customer: reference, commodity: commodity, deliveryPoint: "DP-\(contract)",
        start: try civil("2020-01-01"), claimant: claimant))
  }

  func invoice(
    _ id: String = "I1", due: String, _ amount: Values.Decimal = 100, subject: Invoice.Subject? = nil,
    currency: Currency = .eur, contract: String?? = nil
  ) throws -> Fact {
    let due = try civil(due)
    return .invoice(
      Invoice(
        id: id, customer: reference, contract: contract ?? self.contract,
        issued: due.adding(days: -14) ?? due,
        due: due, amount: Money(amount, currency), subject: subject))
  }

  func payment(
    _ id: String = "P1", on day: String, _ amount: Values.Decimal = 100, for invoice: String? = "I1",
    currency: Currency = .eur
  ) throws -> Fact {
    .payment(
      Payment(
        id: id, customer: reference, date: try civil(day), amount: Money(amount, currency), invoice: invoice))
  }

  func reversal(of payment: String = "P1", on day: String) throws -> Fact {
    .reversal(Reversal(id: "X-\(payment)", customer: reference, payment: payment, date: try civil(day)))
  }

  func complaint(
    _ kind: Complaint.Kind = .complaint, opened: String, closed: String? = nil, invoice: String? = nil
  ) throws -> Fact {
    .complaint(
      Complaint(
        id: "Z-\(kind)", customer: reference, contract: contract, invoice: invoice, kind: kind,
        opened: try civil(opened), closed: try closed.map(civil), isWritten: true))
  }

  func dispute(of invoice: String = "I1", opened: String, _ amount: Values.Decimal? = nil) throws -> Fact {
    .dispute(
      Dispute(
        id: "D-\(invoice)", customer: reference, invoice: invoice, opened: try civil(opened),
        amount: amount.map { Money($0, .eur) }))
  }

  /// A plan with its instalments.
  func plan(agreed: String, _ instalments: [(due: String, amount: Values.Decimal)]) throws -> [Fact] {
    let agreed = try civil(agreed)
    var facts: [Fact] = [
      .paymentPlan(PaymentPlan(id: "PP", customer: reference, contract: contract, agreed: agreed))
    ]
    for (place, instalment) in instalments.enumerated() {
      facts.append(
        .planInstalment(
          PlanInstalment(
            id: "PP-\(place)", customer: reference, plan: "PP", agreed: agreed,
            due: try civil(instalment.due),
            amount: Money(instalment.amount, .eur))))
    }
    return facts
  }

  func protection(_ kind: Protection.Kind, from day: String, until end: String? = nil, withProof: Bool = true)
    throws -> Fact
  {
    .protection(
      Protection(
        id: "S-\(kind)", customer: reference, kind: kind, from: try civil(day), until: try end.map(civil),
        withProof: withProof))
  }

  func insolvency(since day: String) throws -> Fact {
    .registerEntry(
      RegisterEntry(
        id: "R1", customer: reference, register: "register", type: .insolvency, since: try civil(day)))
  }

  func sale(on day: String, returned: String? = nil) throws -> Fact {
    .claimAssignment(
      ClaimAssignment(
        id: "A1", customer: reference, contract: contract, date: try civil(day), collector: "Piedziņa",
        returned: try returned.map(civil)))
  }

  func hold(from day: String, until end: String? = nil, contract: String? = nil, invoice: String? = nil)
    throws
    -> Fact
  {
    .hold(
      Hold(
        id: "H1", customer: reference, contract: contract, invoice: invoice, from: try civil(day),
        until: try end.map(civil), reason: "meter is checked", placedBy: "test"))
  }

  func electricHeating(from day: String) throws -> Fact {
    .dwelling(
      Dwelling(
        id: "W1", customer: reference, deliveryPoint: "DP-\(contract)", from: try civil(day),
        isPermanentHome: true, needsElectricityToHeat: true))
  }

  /// A notice as another system sent it, with the proof that it came.
  func notice(
    _ type: DebtNotice.NoticeType, sent: String, deadline: String? = nil,
    _ channel: DebtNotice.Channel = .letter,
    amount: Values.Decimal = 100
  ) throws -> [Fact] {
    let (id, sent) = ("N-\(type)", try civil(sent))
    return [
      .debtNotice(
        DebtNotice(
          id: id, customer: reference, sent: sent, channel: channel, amount: Money(amount, .eur), type: type,
          contract: contract, deadline: try deadline.map(civil), principal: amount,
          addressKind: channel == .email ? .contactEmail : .contract, contentHash: SHA256.hash(id),
          template: "other/1")),
      .noticeDelivery(
        NoticeDelivery(
          id: "\(id)-in", customer: reference, notice: id, event: channel == .email ? .received : .delivered,
          date: sent)),
    ]
  }
}
