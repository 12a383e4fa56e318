import Facts
import Values

/// What a customer could do today: the material of every recourse.
struct Proposals {
  /// Overdue invoices of the rated currency, the oldest due first.
  let overdue: [ProposedPayment]
  /// Open invoices of other currencies, which the ledger of the rated one does not hold.
  let otherCurrencies: [ProposedPayment]
  /// Open entries of arrears registers.
  let arrears: [ProposedEnding]
  /// Open entries of public registers, by what they say.
  let registers: [(type: RegisterEntry.EntryType, ending: ProposedEnding)]

  init(_ facts: CustomerFacts, ledger: Ledger?, on today: CivilDate) {
    var overdue: [ProposedPayment] = []
    for invoice in ledger?.invoices ?? [] where invoice.overdue > .zero {
      guard let currency = ledger?.currency else { continue }
      overdue.append(
        ProposedPayment(invoice: invoice.id, due: invoice.due, amount: Money(invoice.overdue, currency)))
    }
    self.overdue = overdue
    var other: [ProposedPayment] = []
    for money in ledger?.otherCurrencies ?? [] {
      for invoice in Ledger(facts, businessDate: today, currency: money.currency).invoices
      where invoice.outstanding > .zero {
        other.append(
          ProposedPayment(
            invoice: invoice.id, due: invoice.due, amount: Money(invoice.outstanding, money.currency)))
      }
    }
    otherCurrencies = other
    arrears = facts.arrearsEntries.filter { $0.fact.cleared == nil }
      .map {
        ProposedEnding(
          record: $0.record, factID: $0.factID, register: $0.fact.register, since: $0.fact.reported,
          amount: $0.fact.amount)
      }
      .sorted(by: Self.inOrder)
    registers = facts.registerEntries.filter { $0.fact.until == nil }
      .map {
        (
          $0.fact.type,
          ProposedEnding(
            record: $0.record, factID: $0.factID, register: $0.fact.register, since: $0.fact.since,
            amount: nil)
        )
      }
      .sorted { Self.inOrder($0.1, $1.1) }
  }

  private static func inOrder(_ left: ProposedEnding, _ right: ProposedEnding) -> Bool {
    (left.since, left.record, left.factID) < (right.since, right.record, right.factID)
  }
}
