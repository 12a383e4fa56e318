import Facts
import Values

/// The rules of allocation written down a second time, day by day and without any index, to test `Ledger` against.
struct NaiveLedger {
  var outstanding: [String: Decimal] = [:]
  var settledOn: [String: CivilDate] = [:]
  var unused: [String: Decimal] = [:]
  private var used: [String: [(invoice: String, amount: Decimal)]] = [:]
  private let invoices: [Invoice]
  private let receipts: [(id: String, date: CivilDate, amount: Decimal, names: String?, rank: Int)]
  private let disputes: [Dispute]

  init(_ facts: CustomerFacts, until end: CivilDate, currency: Currency) {
    let all = facts.invoices.map(\.fact).filter { $0.amount.currency == currency && $0.issued <= end }
    invoices = all.filter { $0.amount.amount >= 0 }
      .sorted { ($0.due, $0.issued, $0.id) < ($1.due, $1.issued, $1.id) }
    var receipts: [(id: String, date: CivilDate, amount: Decimal, names: String?, rank: Int)] = []
    for invoice in all where invoice.amount.amount < 0 {
      receipts.append((invoice.id, invoice.issued, -invoice.amount.amount, nil, 0))
    }
    for note in facts.creditNotes.map(\.fact) where note.amount.currency == currency && note.issued <= end {
      receipts.append((note.id, note.issued, note.amount.amount, note.invoice, 1))
    }
    for payment in facts.payments.map(\.fact) where payment.amount.currency == currency && payment.date <= end
    {
      receipts.append((payment.id, payment.date, payment.amount.amount, payment.invoice, 2))
    }
    self.receipts = receipts.sorted { ($0.date, $0.rank, $0.id) < ($1.date, $1.rank, $1.id) }
    disputes = facts.disputes.map(\.fact)
    let reversals = facts.reversals.map(\.fact).sorted { ($0.date, $0.id) < ($1.date, $1.id) }

    guard let first = (invoices.map(\.issued) + receipts.map(\.date)).min() else { return }
    var reversed: Set<String> = []
    for number in first.dayNumber...max(first.dayNumber, end.dayNumber) {
      let day = CivilDate(dayNumber: number)
      for invoice in invoices where invoice.issued == day {
        outstanding[invoice.id] = invoice.amount.amount
        if invoice.amount.amount == 0 { settledOn[invoice.id] = day }
        for receipt in self.receipts where receipt.names == invoice.id { settle(receipt.id, invoice.id, day) }
      }
      spread(on: day)
      for receipt in self.receipts where receipt.date == day {
        unused[receipt.id] = receipt.amount
        if let name = receipt.names { settle(receipt.id, name, day) }
        spread(on: day)
      }
      for reversal in reversals {
        guard let paid = self.receipts.first(where: { $0.id == reversal.payment && $0.rank == 2 })?.date,
          max(paid, reversal.date) == day, reversed.insert(reversal.payment).inserted
        else { continue }
        unused[reversal.payment] = 0
        for use in used[reversal.payment] ?? [] {
          outstanding[use.invoice, default: 0] += use.amount
          settledOn[use.invoice] = nil
        }
      }
      spread(on: day)
    }
  }

  /// The amount of an invoice that is disputed on a day.
  func disputed(_ id: String, on day: CivilDate) -> Decimal {
    let open = outstanding[id] ?? 0
    var claimed: Decimal = 0
    for dispute in disputes where dispute.invoice == id && dispute.isOpen(on: day) {
      claimed += dispute.amount?.amount ?? open
    }
    return min(open, claimed)
  }

  private mutating func settle(
    _ receipt: String, _ invoice: String, _ day: CivilDate, atMost limit: Decimal? = nil
  ) {
    guard let money = unused[receipt], let open = outstanding[invoice] else { return }
    let amount = min(money, limit ?? open)
    guard amount > 0 else { return }
    unused[receipt] = money - amount
    outstanding[invoice] = open - amount
    used[receipt, default: []].append((invoice, amount))
    if open == amount { settledOn[invoice] = day }
  }

  /// Puts every unused amount to the invoices oldest due first, disputed parts left alone.
  private mutating func spread(on day: CivilDate) {
    for receipt in receipts where (unused[receipt.id] ?? 0) > 0 {
      for invoice in invoices where outstanding[invoice.id] != nil {
        let available = (outstanding[invoice.id] ?? 0) - disputed(invoice.id, on: day)
        settle(receipt.id, invoice.id, day, atMost: available)
      }
    }
  }
}
