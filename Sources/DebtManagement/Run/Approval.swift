import Decisioning
import Facts
import Values

/// A person's approval of a restriction, and when it ends.
///
/// It is about the debt that the person looked at. So it counts for as many days as the policy gives, and only while nothing
/// of the invoices was paid: a payment ends it even where it was taken back, for the debt is then another one.
struct Approval {
  private let invoices: Set<String>
  private let currency: Currency
  private let on: CivilDate
  private let knownAt: Instant

  init(_ record: DecisionRecord, of invoices: [String], currency: Currency) {
    self.invoices = Set(invoices)
    self.currency = currency
    on = record.content.businessDate
    knownAt = record.knownAt
  }

  /// Whether it still counts on a day, by what is known then.
  func holds(on day: CivilDate, forDays days: Int, _ facts: CustomerFacts) -> Bool {
    on.days(until: day) <= days && !isPaid(facts, by: day)
  }

  /// Whether money that the person did not know of has settled anything of the invoices, whatever became of it.
  private func isPaid(_ facts: CustomerFacts, by day: CivilDate) -> Bool {
    func isNew(_ date: CivilDate, _ provenance: Provenance) -> Bool {
      date > on || provenance.knownFrom > knownAt
    }
    let payments = Set(
      facts.payments.filter { isNew($0.fact.date, $0.provenance) }.map(\.fact.id))
    let notes = Set(
      facts.creditNotes.filter { isNew($0.fact.issued, $0.provenance) }.map(\.fact.id))
    if payments.isEmpty, notes.isEmpty { return false }
    var kept = facts
    kept.reversals.removeAll { payments.contains($0.fact.payment) }
    let ledger = Ledger(kept, businessDate: day, currency: currency)
    return ledger.allocations.contains { allocation in
      let receipt = ledger.receipts[allocation.receipt]
      let isNew =
        switch receipt.kind {
        case .payment: payments.contains(receipt.id)
        case .creditNote: notes.contains(receipt.id)
        default: false
        }
      return isNew && invoices.contains(ledger.invoices[allocation.invoice].id)
    }
  }
}
