import Facts
import Values

/// The part of a customer's ledger that is one contract's.
struct CaseLedger {
  private let ledger: Ledger
  private let places: [Int]
  private let bills: [Int: Invoice]

  init(_ ledger: Ledger, places: [Int], bills: [Int: Invoice]) {
    self.ledger = ledger
    self.places = places
    self.bills = bills
  }

  var currency: Currency { ledger.currency }

  /// The numbers of all invoices, paid ones too.
  var ids: [String] { places.map { ledger.invoices[$0].id } }

  private func subject(_ place: Int) -> Invoice.Subject {
    bills[ledger.invoices[place].factID]?.subject ?? .supply
  }

  /// The open invoices that are past due, oldest due first, with interest up to a day.
  func pastDue(on day: CivilDate, rates: [InterestRates.Rate], interestUntil last: CivilDate)
    -> [ClaimInvoice]
  {
    places.map { ($0, ledger.invoices[$0]) }.filter { $1.outstanding > 0 && $1.due < day }
      .map { place, invoice in
        var claim = ClaimInvoice(
          id: invoice.id, due: invoice.due, subject: subject(place), outstanding: invoice.outstanding,
          disputed: invoice.disputed, overdue: invoice.overdue, interest: 0)
        if claim.isPrincipal, !rates.isEmpty {
          let steps = ledger.allocations(toInvoice: place).map { (date: $0.date, amount: $0.amount) }
          let interest = StatutoryInterest.of(
            invoice.amount - invoice.disputed, settledBy: steps, due: invoice.due, until: last, rates: rates)
          // It stops when it has reached the principal (LV-C-3).
          claim.interest = min(StatutoryInterest.cents(interest), invoice.overdue)
        }
        return claim
      }
  }

  /// The day after the next one on which an open invoice falls due.
  func nextDue(on day: CivilDate) -> CivilDate? {
    places.map { ledger.invoices[$0] }.filter { $0.outstanding > 0 && $0.due >= day }.map(\.due).min()
      .flatMap { $0.adding(days: 1) }
  }

  /// What the invoices have received from a day on, what was taken back left out.
  func received(since day: CivilDate) -> Decimal {
    let own = Set(places)
    return ledger.allocations.filter { $0.date >= day && own.contains($0.invoice) }.reduce(0) {
      $0 + $1.amount
    }
  }

  /// Whether named invoices are paid, and for gas what restoring costs (LV-G-3); false where none is named or known.
  func isSettled(_ named: [String], commodity: Contract.Commodity) -> Bool {
    if named.isEmpty { return false }
    let wanted = Set(named)
    let found = places.filter { wanted.contains(ledger.invoices[$0].id) }
    guard Set(found.map { ledger.invoices[$0].id }) == wanted else { return false }
    let restoring = commodity == .gas ? places.filter { subject($0) == .restorationCost } : []
    return (found + restoring).allSatisfy { ledger.invoices[$0].outstanding <= 0 }
  }
}
