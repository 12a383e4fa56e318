import Facts
import Testing
import Values

struct LedgerTests {
  @Test func `a payment settles the invoice that it names, not the oldest`() {
    var book = Book()
    book.invoice("I1", issued: 0, due: 10, "100")
    book.invoice("I2", issued: 5, due: 20, "60.50")
    book.payment("P1", 22, "60.50", of: "I2")
    let ledger = book.ledger(25)
    #expect(ledger.open("I1") == "100" && ledger.open("I2") == "0")
    #expect(ledger.invoices[1].settledOn == Book.day(22) && ledger.invoices[1].daysLate == 2)
    #expect(ledger.invoices[0].daysPastDue == 15 && ledger.invoices[0].daysLate == 15)
    #expect(ledger.overdue == 100 && ledger.daysPastDue == 15)
    #expect(ledger.steps == ["22 P1>I2 60.5 reference"])
  }

  @Test func `without a reference the oldest due comes first, then issued, then record id`() {
    var book = Book()
    book.invoice("B", issued: 2, due: 10, "10")
    book.invoice("A", issued: 2, due: 10, "10")
    book.invoice("C", issued: 1, due: 10, "10")
    book.invoice("D", issued: 3, due: 9, "10")
    book.payment("P", 5, "25")
    #expect(book.ledger(5).steps == ["5 P>D 10 oldestDue", "5 P>C 10 oldestDue", "5 P>A 5 oldestDue"])
  }

  @Test func `part payments add up and only the last one settles`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "100")
    book.payment("P1", 8, "40", of: "I")
    book.payment("P2", 30, "60", of: "I")
    #expect(book.ledger(29).open("I") == "60")
    #expect(book.ledger(29).invoices[0].settledOn == nil && book.ledger(29).invoices[0].daysPastDue == 19)
    #expect(
      book.ledger(30).invoices[0].settledOn == Book.day(30) && book.ledger(30).invoices[0].daysLate == 20)
    #expect(book.ledger(30).daysPastDue == 0)
  }

  @Test func `what is left over settles other invoices and then waits as credit`() {
    var book = Book()
    book.invoice("I1", issued: 0, due: 10, "10")
    book.invoice("I2", issued: 0, due: 12, "10")
    book.payment("P", 3, "25", of: "I2")
    book.invoice("I3", issued: 20, due: 30, "8")
    #expect(book.ledger(3).credit == 5)
    let ledger = book.ledger(20)
    #expect(ledger.credit == 0 && ledger.open("I3") == "3")
    #expect(ledger.steps == ["3 P>I2 10 reference", "3 P>I1 10 excess", "20 P>I3 5 credit"])
  }

  @Test func `a payment before its invoice is credit until the invoice is issued`() {
    var book = Book()
    book.payment("P1", 0, "10")
    book.payment("P2", 1, "7", of: "I2")
    book.invoice("I1", issued: 5, due: 15, "10")
    book.invoice("I2", issued: 5, due: 20, "7")
    #expect(book.ledger(4).credit == 17 && book.ledger(4).invoices.isEmpty)
    #expect(book.ledger(4).observations.map(\.code) == [.unknownInvoice])
    #expect(book.ledger(5).steps == ["5 P2>I2 7 reference", "5 P1>I1 10 credit"])
    #expect(book.ledger(5).observations.isEmpty)
  }

  @Test func `a payment of an unknown invoice counts as unreferenced and is told`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "10")
    book.payment("P", 1, "10", of: "nobody's")
    let ledger = book.ledger(1)
    #expect(ledger.steps == ["1 P>I 10 oldestDue"])
    #expect(ledger.observations.map(\.code) == [.unknownInvoice])
    #expect(ledger.observations.first?.id == "P" && ledger.observations.first?.names == "nobody's")
  }

  @Test func `credit notes and negative invoices give credit`() {
    var book = Book()
    book.invoice("I1", issued: 0, due: 10, "50")
    book.invoice("I2", issued: 0, due: 12, "50")
    book.creditNote("N1", 2, "20", of: "I2")
    book.creditNote("N2", 3, "5")
    book.invoice("M", issued: 4, due: 4, "-60")
    let ledger = book.ledger(4)
    #expect(
      ledger.steps == [
        "2 N1>I2 20 reference", "3 N2>I1 5 oldestDue", "4 M>I1 45 oldestDue", "4 M>I2 15 oldestDue",
      ])
    #expect(ledger.receipts.map(\.kind) == [.creditNote, .creditNote, .invoice])
    #expect(ledger.outstanding == 15 && ledger.invoices.count == 2)
  }

  @Test func `a reversal opens the debt again from its own date`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "50")
    book.payment("P", 9, "50", of: "I")
    book.reversal("R", 14, of: "P")
    #expect(book.ledger(13).invoices[0].settledOn == Book.day(9) && book.ledger(13).daysPastDue == 0)
    let ledger = book.ledger(14)
    #expect(ledger.open("I") == "50" && ledger.daysPastDue == 4 && ledger.invoices[0].settledOn == nil)
    #expect(ledger.steps == ["9 P>I 50 reference", "14 P>I -50 reversal"])
    #expect(ledger.receipts[0].reversedOn == Book.day(14) && ledger.credit == 0)
    book.payment("P2", 20, "50")
    #expect(book.ledger(20).invoices[0].settledOn == Book.day(20))
  }

  @Test func `a reversal takes back credit too, and other credit steps in`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "50")
    book.payment("P1", 1, "60", of: "I")
    book.payment("P2", 2, "30")
    book.reversal("R", 5, of: "P1")
    #expect(book.ledger(4).credit == 40)
    #expect(book.ledger(5).open("I") == "20" && book.ledger(5).credit == 0)
  }

  @Test func `odd reversals are told and do no harm`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "50")
    book.payment("P", 8, "50", of: "I")
    book.reversal("R1", 5, of: "P")
    book.reversal("R2", 9, of: "P")
    book.reversal("R3", 9, of: "nothing")
    let ledger = book.ledger(9)
    #expect(ledger.open("I") == "50")
    #expect(
      ledger.observations.map(\.code) == [.reversedBeforePaid, .paymentAlreadyReversed, .unknownPayment])
    #expect(ledger.receipts[0].reversedOn == Book.day(8))
  }

  @Test func `only the disputed amount is set aside`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "100")
    book.dispute("S", of: "I", from: 12, to: 40, "30")
    #expect(book.ledger(11).overdue == 100 && book.ledger(11).disputed == 0)
    let open = book.ledger(20)
    #expect(open.overdue == 70 && open.disputed == 30 && open.outstanding == 100 && open.daysPastDue == 10)
    book.payment("P", 25, "70", of: "I")
    let settled = book.ledger(39)
    #expect(settled.overdue == 0 && settled.daysPastDue == 0 && settled.disputed == 30)
    #expect(settled.invoices[0].settledOn == nil && settled.invoices[0].daysLate == 0)
    #expect(book.ledger(40).overdue == 30 && book.ledger(40).daysPastDue == 30)
  }

  @Test func `money without reference passes a disputed invoice by, until the dispute closes`() {
    var book = Book()
    book.invoice("I1", issued: 0, due: 10, "100")
    book.invoice("I2", issued: 0, due: 20, "50")
    book.dispute("S", of: "I1", from: 1, to: 30)
    book.payment("P", 5, "80")
    #expect(book.ledger(29).credit == 30 && book.ledger(29).open("I2") == "0")
    #expect(book.ledger(30).steps == ["5 P>I2 50 oldestDue", "30 P>I1 30 credit"])
    #expect(book.ledger(30).overdue == 70)
  }

  @Test func `who pays a disputed invoice by name settles it`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "100")
    book.dispute("S", of: "I", from: 1)
    book.payment("P", 5, "100", of: "I")
    #expect(book.ledger(50).outstanding == 0 && book.ledger(50).disputed == 0)
    #expect(book.ledger(50).invoices[0].settledOn == Book.day(5))
  }

  @Test func `disputes of unknown invoices and in other currencies are told`() {
    var book = Book()
    book.invoice("I", issued: 0, due: 10, "100")
    book.dispute("S1", of: "elsewhere", from: 1)
    book.add(
      .dispute(
        Dispute(
          id: "S2", customer: .number("C"), invoice: "I", opened: Book.day(1), amount: Book.money("5", "USD"))
      ))
    let ledger = book.ledger(20)
    #expect(ledger.observations.map(\.code) == [.unknownInvoice, .disputeInOtherCurrency])
    #expect(ledger.disputed == 100 && ledger.overdue == 0)
  }

  @Test func `one currency at a time, and open amounts in others are listed`() {
    var book = Book()
    book.invoice("I1", issued: 0, due: 10, "100")
    book.invoice("I2", issued: 1, due: 10, "40", "USD")
    book.invoice("I3", issued: 1, due: 10, "40", "SEK")
    book.payment("P1", 2, "40", of: "I2", "EUR")
    book.payment("P2", 2, "15", of: "I2", "USD")
    book.payment("P3", 2, "40", "SEK")
    let ledger = book.ledger(10)
    #expect(ledger.open("I1") == "60" && ledger.invoices.count == 1)
    #expect(ledger.otherCurrencies == [Book.money("25", "USD")])
    #expect(ledger.observations.map(\.code) == [.invoiceInOtherCurrency])
    #expect(book.facts.principalCurrency(on: Book.day(0)) == .eur)
    book.invoice("I4", issued: 3, due: 10, "1", "USD")
    #expect(book.facts.principalCurrency(on: Book.day(3)) == Currency("USD"))
    #expect(CustomerFacts().principalCurrency(on: Book.day(0)) == nil)
  }

  @Test func `an invoice of nothing is settled when issued, and one due today is not past due`() {
    var book = Book()
    book.invoice("Z", issued: 3, due: 10, "0")
    book.invoice("I", issued: 3, due: 10, "5")
    #expect(book.ledger(10).invoices.first { $0.id == "Z" }?.settledOn == Book.day(3))
    #expect(book.ledger(10).overdue == 0 && book.ledger(11).overdue == 5)
  }

  @Test func `a customer with very many records is done in time`() {
    var book = Book()
    for number in 0..<4000 {
      book.invoice("I\(number)", issued: number / 4, due: number / 4 + 10, "10")
      book.payment("P\(number)", number / 4 + 1, "9", of: number % 2 == 0 ? "I\(number)" : nil)
      if number % 3 == 0 { book.reversal("R\(number)", number / 4 + 20, of: "P\(number)") }
    }
    let clock = ContinuousClock()
    var ledger = book.ledger(0)
    let time = clock.measure { ledger = book.ledger(5000) }
    #expect(ledger.outstanding == Decimal(16_006))
    #expect(time < .seconds(5))
  }
}
