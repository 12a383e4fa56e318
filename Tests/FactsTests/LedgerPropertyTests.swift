import Facts
import TestSupport
import Testing
import Values

struct LedgerPropertyTests {
  /// A small random history, dense in ties, unknown names, reversals and disputes.
  private func history(_ random: inout SeededGenerator) -> Book {
    var book = Book()
    let span = 5 + random.number(below: 30)
    let invoices = random.number(below: 7)
    func amount(_ random: inout SeededGenerator) -> String {
      let cents = random.number(below: 3) == 0 ? ".\(10 + random.number(below: 90))" : ""
      return "\(1 + random.number(below: 30))\(cents)"
    }
    func name(_ random: inout SeededGenerator) -> String? {
      random.number(below: 3) == 0 ? nil : "I\(random.number(below: invoices + 2))"
    }
    for number in 0..<invoices {
      let issued = random.number(below: span)
      let sign = random.number(below: 8) == 0 ? "-" : ""
      let value = random.number(below: 12) == 0 ? "0" : sign + amount(&random)
      let currency = random.number(below: 9) == 0 ? "USD" : "EUR"
      book.invoice("I\(number)", issued: issued, due: issued + random.number(below: 8), value, currency)
    }
    let payments = random.number(below: 8)
    for number in 0..<payments {
      let currency = random.number(below: 9) == 0 ? "USD" : "EUR"
      book.payment("P\(number)", random.number(below: span), amount(&random), of: name(&random), currency)
    }
    for number in 0..<random.number(below: 3) {
      book.creditNote("N\(number)", random.number(below: span), amount(&random), of: name(&random))
    }
    for number in 0..<random.number(below: 4) {
      book.reversal(
        "R\(number)", random.number(below: span + 4), of: "P\(random.number(below: payments + 1))")
    }
    for number in 0..<random.number(below: 4) {
      let opened = random.number(below: span)
      let closed = random.number(below: 3) == 0 ? nil : opened + random.number(below: 12)
      book.dispute(
        "S\(number)", of: "I\(random.number(below: invoices + 1))", from: opened, to: closed,
        random.number(below: 2) == 0 ? nil : amount(&random))
    }
    return book
  }

  private func shuffled(_ facts: CustomerFacts, _ random: inout SeededGenerator) -> CustomerFacts {
    var facts = facts
    facts.invoices.shuffle(using: &random)
    facts.payments.shuffle(using: &random)
    facts.creditNotes.shuffle(using: &random)
    facts.reversals.shuffle(using: &random)
    facts.disputes.shuffle(using: &random)
    return facts
  }

  private func truncated(_ facts: CustomerFacts, _ day: CivilDate) -> CustomerFacts {
    var facts = facts
    facts.invoices.removeAll { $0.trueFrom > day }
    facts.payments.removeAll { $0.trueFrom > day }
    facts.creditNotes.removeAll { $0.trueFrom > day }
    facts.reversals.removeAll { $0.trueFrom > day }
    facts.disputes.removeAll { $0.trueFrom > day }
    return facts
  }

  @Test func `agrees with the naive model, keeps every cent and knows nothing of the future`() {
    var random = SeededGenerator(seed: 20_260_630)
    for round in 0..<400 {
      let book = history(&random)
      let mixed = shuffled(book.facts, &random)
      for day in [0, 3, 9, 17, 30, 60] {
        let date = Book.day(day)
        let ledger = book.ledger(day)
        let naive = NaiveLedger(book.facts, until: date, currency: .eur)
        for invoice in ledger.invoices {
          let place: Comment = "round \(round) day \(day) \(invoice.id)"
          #expect(invoice.outstanding == naive.outstanding[invoice.id], place)
          #expect(invoice.settledOn == naive.settledOn[invoice.id], place)
          #expect(invoice.disputed == naive.disputed(invoice.id, on: date), place)
          #expect(invoice.outstanding >= 0 && invoice.outstanding <= invoice.amount, place)
          #expect(invoice.disputed >= 0 && invoice.disputed <= invoice.outstanding, place)
          #expect((invoice.outstanding == 0) == (invoice.settledOn != nil), place)
        }
        #expect(ledger.invoices.count == naive.outstanding.count)
        for receipt in ledger.receipts {
          #expect(receipt.unused == naive.unused[receipt.id], "round \(round)")
        }
        expectConservation(ledger)
        #expect(Ledger(mixed, businessDate: date, currency: .eur) == ledger, "round \(round): order matters")
        #expect(
          Ledger(truncated(book.facts, date), businessDate: date, currency: .eur) == ledger,
          "round \(round): the future matters")
      }
    }
  }

  private func expectConservation(_ ledger: Ledger) {
    var received: Decimal = 0
    for receipt in ledger.receipts where receipt.reversedOn == nil { received += receipt.amount }
    var allocated: Decimal = 0
    for allocation in ledger.allocations { allocated += allocation.amount }
    var billed: Decimal = 0
    for invoice in ledger.invoices { billed += invoice.amount }
    #expect(received == allocated + ledger.credit)
    #expect(billed == allocated + ledger.outstanding)
    // Credit is never held while something undisputed is open.
    #expect(ledger.credit == 0 || ledger.outstanding == ledger.disputed)
    for place in ledger.invoices.indices {
      let settled = ledger.allocations(toInvoice: place).reduce(Decimal(0)) { $0 + $1.amount }
      #expect(settled == ledger.invoices[place].settled)
    }
    for place in ledger.receipts.indices {
      let receipt = ledger.receipts[place]
      let used = ledger.allocations(ofReceipt: place).reduce(Decimal(0)) { $0 + $1.amount }
      #expect(used == (receipt.reversedOn == nil ? receipt.amount - receipt.unused : 0))
    }
  }

  @Test func `a payment reversed on its own day leaves no trace in what is open`() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let before = history(&random)
      let day = 45 + random.number(below: 10)
      var after = before
      after.payment("X", day, "17.5", of: random.number(below: 2) == 0 ? "I1" : nil)
      after.reversal("XR", day, of: "X")
      let (one, other) = (before.ledger(day), after.ledger(day))
      #expect(one.invoices.map(\.outstanding) == other.invoices.map(\.outstanding))
      #expect(one.credit == other.credit && one.daysPastDue == other.daysPastDue)
    }
  }

  @Test func `nothing stands before the first event, and days past due grow by one a day without events`() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<300 {
      let book = history(&random)
      let empty = book.ledger(-1)
      #expect(empty.invoices.isEmpty && empty.receipts.isEmpty && empty.credit == 0 && empty.outstanding == 0)
      let (one, other) = (book.ledger(100), book.ledger(101))
      #expect(one.outstanding == other.outstanding && one.overdue == other.overdue)
      #expect(other.daysPastDue == (one.daysPastDue == 0 ? 0 : one.daysPastDue + 1))
    }
  }
}
