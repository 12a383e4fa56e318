import Facts
import Values

extension Recourse {
  /// The facts as they would be if the recourse were followed.
  ///
  /// Made from nothing but what the recourse tells, so that a promise can be checked by whoever has the facts:
  /// `ruleSet.decide(recourse.applied(to: facts), situation on recourse.from)` gives `recourse.verdict`.
  public func applied(to facts: CustomerFacts) -> CustomerFacts {
    var future = facts
    future.expect(bills)
    if let by { future.change(payments, clearings: clearings, endings: endings, on: by) }
    return future
  }
}

extension CustomerFacts {
  /// Marks the records that stand for what is supposed to come; no source is named so.
  private static let supposed = "supposed"

  /// Adds bills and their payment on the due date.
  mutating func expect(_ bills: [ExpectedBill]) {
    for (place, bill) in bills.enumerated() {
      // What is billed is all paid, so a bill of one unit stands for one of an unknown amount.
      let amount = bill.amount ?? Money(1, .eur)
      let invoice = bill.invoice ?? "\(Self.supposed):\(place + 1)"
      if bill.invoice == nil {
        invoices.append(
          record(
            Invoice(id: invoice, customer: reference, issued: bill.issued, due: bill.due, amount: amount)
          ))
      }
      payments.append(
        record(
          Payment(
            id: "\(Self.supposed):bill:\(place + 1)", customer: reference, date: bill.due,
            amount: amount,
            invoice: invoice)))
    }
  }

  /// Makes payments and ends entries on one day.
  mutating func change(
    _ paid: some Sequence<ProposedPayment>, clearings: [ProposedEnding], endings: [ProposedEnding],
    on day: CivilDate
  ) {
    for (place, payment) in paid.enumerated() {
      payments.append(
        record(
          Payment(
            id: "\(Self.supposed):payment:\(place + 1)", customer: reference, date: day,
            amount: payment.amount, invoice: payment.invoice)))
    }
    let cleared = Set(clearings.map(\.factID))
    for place in arrearsEntries.indices where cleared.contains(arrearsEntries[place].factID) {
      arrearsEntries[place].fact.cleared = day
    }
    let ended = Set(endings.map(\.factID))
    for place in registerEntries.indices where ended.contains(registerEntries[place].factID) {
      registerEntries[place].fact.until = day
    }
  }

  private var reference: CustomerReference { customer?.fact.customer ?? .number("") }

  private func record<Content: FactContent>(_ fact: Content) -> Recorded<Content> {
    Recorded(
      factID: 0, fact: fact,
      provenance: Provenance(
        source: Self.supposed, contentHash: .zero,
        knownFrom: customer?.provenance.knownFrom ?? Instant(microseconds: 0), sequence: 0))
  }
}
