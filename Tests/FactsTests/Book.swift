import Facts
import Values

/// Writes down the facts of one customer in few words; days count from 2026-01-01, which is day 0.
struct Book {
  var facts = CustomerFacts()
  private var nextFactID = 1

  static func day(_ day: Int) -> CivilDate {
    CivilDate(dayNumber: (CivilDate(year: 2026, month: 1, day: 1)?.dayNumber ?? 0) + day)
  }

  static func money(_ amount: String, _ currency: String = "EUR") -> Money {
    Money(Decimal(amount) ?? 0, Currency(currency) ?? .eur)
  }

  mutating func add(_ fact: Fact) {
    facts.append(
      fact, factID: nextFactID,
      provenance: Provenance(
        source: "test", contentHash: fact.contentHash, knownFrom: Instant(microseconds: 0),
        sequence: nextFactID))
    nextFactID += 1
  }

  mutating func invoice(_ id: String, issued: Int, due: Int, _ amount: String, _ currency: String = "EUR") {
    add(
      .invoice(
        Invoice(
          id: id, customer: .number("C"), issued: Book.day(issued), due: Book.day(due),
          amount: Book.money(amount, currency))))
  }

  mutating func payment(
    _ id: String, _ day: Int, _ amount: String, of invoice: String? = nil, _ currency: String = "EUR"
  ) {
    add(
      .payment(
        Payment(
          id: id, customer: .number("C"), date: Book.day(day), amount: Book.money(amount, currency),
          invoice: invoice)))
  }

  mutating func creditNote(_ id: String, _ day: Int, _ amount: String, of invoice: String? = nil) {
    add(
      .creditNote(
        CreditNote(
          id: id, customer: .number("C"), invoice: invoice, issued: Book.day(day), amount: Book.money(amount))
      ))
  }

  mutating func reversal(_ id: String, _ day: Int, of payment: String) {
    add(.reversal(Reversal(id: id, customer: .number("C"), payment: payment, date: Book.day(day))))
  }

  mutating func dispute(
    _ id: String, of invoice: String, from opened: Int, to closed: Int? = nil, _ amount: String? = nil
  ) {
    add(
      .dispute(
        Dispute(
          id: id, customer: .number("C"), invoice: invoice, opened: Book.day(opened),
          amount: amount.map { Book.money($0) }, closed: closed.map { Book.day($0) })))
  }

  func ledger(_ day: Int, _ currency: Currency = .eur) -> Ledger {
    Ledger(facts, businessDate: Book.day(day), currency: currency)
  }
}

extension Ledger {
  /// Amount open of one invoice, as text.
  func open(_ id: String) -> String? { invoices.first { $0.id == id }?.outstanding.description }

  /// The allocations as text, one each.
  var steps: [String] {
    allocations.map {
      "\(Book.day(0).days(until: $0.date)) \(receipts[$0.receipt].id)>\(invoices[$0.invoice].id) \($0.amount) \($0.reason)"
    }
  }
}
