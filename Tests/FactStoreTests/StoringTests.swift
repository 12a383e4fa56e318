import FactStore
import Facts
import SQLite
import Testing
import Values

@Suite struct StoringTests {
  @Test func everyKindComesBackAsItWentIn() throws {
    let store = try Samples.store()
    let code = try Samples.code("X-1")
    let number = CustomerReference.number("C1")
    let facts: [Fact] = [
      .customer(
        Customer(
          number: "C1", kind: .business, jurisdiction: .estonia, language: .estonian,
          customerSince: Samples.day(0), name: "Ķīļu Šņabis OÜ", identifier: code, address: "Tartu mnt 1")),
      .contract(
        Contract(
          id: "K1", customer: number, commodity: .gas, deliveryPoint: "EE-1", start: Samples.day(1),
          end: Samples.day(50))),
      .invoice(
        Invoice(
          id: "I1", customer: number, contract: "K1", issued: Samples.day(2), due: Samples.day(16),
          amount: Money(try #require(Decimal("9999999999999.99999")), .eur))),
      .creditNote(
        CreditNote(
          id: "N1", customer: number, invoice: "I1", issued: Samples.day(3),
          amount: Money(try #require(Decimal("0.00001")), .eur))),
      .payment(
        Payment(
          id: "P1", customer: number, date: Samples.day(4),
          amount: Money(try #require(Decimal("12.30")), .eur),
          invoice: "I1")),
      .reversal(
        Reversal(id: "R1", customer: number, payment: "P1", date: Samples.day(5), reason: "no funds")),
      .debtNotice(
        DebtNotice(
          id: "D1", customer: number, invoice: "I1", sent: Samples.day(6), channel: .registeredLetter,
          amount: Money(-5, try #require(Currency("LVL"))))),
      .dispute(
        Dispute(
          id: "S1", customer: number, invoice: "I1", opened: Samples.day(7), amount: Money(3, .eur),
          closed: Samples.day(9), outcome: .partlyUpheld)),
      .registerEntry(
        RegisterEntry(
          id: "E1", customer: .identifier(code), register: "ariregister", type: .legalProtection,
          since: Samples.day(8), until: Samples.day(20))),
      .arrearsEntry(
        ArrearsEntry(
          id: "A1", customer: .identifier(code), register: "kr", reported: Samples.day(9), ageMonths: 3,
          cleared: Samples.day(30), amount: Money(7, .eur))),
    ]
    let outcomes = try store.load(facts, Samples.file("all"))
    #expect(outcomes == (1...10).map { StoreOutcome.stored(fact: $0) })
    let read = try store.facts("C1")
    #expect(read.count == 10)
    #expect(read.customer.map { Fact.customer($0.fact) } == facts[0])
    #expect(read.contracts.map { Fact.contract($0.fact) } == [facts[1]])
    #expect(read.invoices.map { Fact.invoice($0.fact) } == [facts[2]])
    #expect(read.creditNotes.map { Fact.creditNote($0.fact) } == [facts[3]])
    #expect(read.payments.map { Fact.payment($0.fact) } == [facts[4]])
    #expect(read.reversals.map { Fact.reversal($0.fact) } == [facts[5]])
    #expect(read.debtNotices.map { Fact.debtNotice($0.fact) } == [facts[6]])
    #expect(read.disputes.map { Fact.dispute($0.fact) } == [facts[7]])
    #expect(read.registerEntries.map { Fact.registerEntry($0.fact) } == [facts[8]])
    #expect(read.arrearsEntries.map { Fact.arrearsEntry($0.fact) } == [facts[9]])
    #expect(
      read.invoices.first?.provenance
        == Provenance(
          source: "billing", file: "all.csv", line: 4, contentHash: facts[2].contentHash,
          knownFrom: Samples.instant(0), sequence: 1))
    let page = try store.portfolio()
    #expect(page.map(\.facts) == [read])
    #expect(page.first?.number == "C1")
  }

  @Test func whatHasNotHappenedYetReadsAsOpen() throws {
    let store = try Samples.store()
    try store.load(
      [
        Samples.customer("C1"),
        .contract(
          Contract(
            id: "K", customer: .number("C1"), commodity: .electricity, start: Samples.day(1),
            end: Samples.day(9))),
        .dispute(
          Dispute(
            id: "S", customer: .number("C1"), invoice: "I", opened: Samples.day(1), closed: Samples.day(9),
            outcome: .upheld)),
        Samples.arrears("A", .number("C1"), reported: 1, cleared: 9),
      ], Samples.file("a"))
    let before = try store.facts("C1", Samples.asOf(8))
    #expect(before.contracts.first?.fact.end == nil)
    #expect(before.disputes.first?.fact.closed == nil && before.disputes.first?.fact.outcome == nil)
    #expect(before.arrearsEntries.first?.fact.cleared == nil)
    let after = try store.facts("C1", Samples.asOf(9))
    #expect(after.contracts.first?.fact.end == Samples.day(9))
    #expect(after.disputes.first?.fact.outcome == .upheld)
    #expect(after.arrearsEntries.first?.fact.cleared == Samples.day(9))
    #expect(try store.facts("C1", Samples.asOf(0)).count == 1)
    #expect(try store.facts("C1", Samples.asOf(-1)).count == 0)
  }

  @Test func readingAFileAgainAddsNothing() throws {
    let store = try Samples.store()
    let facts = [Samples.customer("C1"), Samples.invoice("I1", "C1"), Samples.invoice("I2", "C1")]
    try store.load(facts, Samples.file("a", known: 5))
    let figures = try store.figures
    let hash = try store.storeHash
    // Again; later; as known earlier; from a copy under another name.
    for (name, known) in [("a", 5), ("a", 9), ("a", 1), ("copy", 9)] {
      let outcomes = try store.load(facts, Samples.file(name, known: known))
      #expect(outcomes == (1...3).map { StoreOutcome.alreadyKnown(fact: $0) })
    }
    #expect(try store.storeHash == hash)
    #expect(try store.figures.facts == figures.facts)
    // The same bytes leave not even a write number; a copy of other bytes is a batch of its own.
    #expect(try store.figures.lastSequence == 2)
  }

  @Test func aCorrectionSupersedesAndAnOldFileDoesNotBringTheOldBack() throws {
    let store = try Samples.store()
    try store.load(
      [Samples.customer("C1"), Samples.invoice("I1", "C1", amount: 10)], Samples.file("a", known: 1))
    let outcomes = try store.load([Samples.invoice("I1", "C1", amount: 20)], Samples.file("b", known: 5))
    #expect(outcomes == [.correction(fact: 3, supersedes: 2)])
    let again = try store.load(
      [Samples.customer("C1"), Samples.invoice("I1", "C1", amount: 10)], Samples.file("a", known: 9))
    #expect(again.last == .alreadyKnown(fact: 2))
    func amounts(_ asOf: AsOf) throws -> [Decimal] {
      try store.facts("C1", asOf).invoices.map(\.fact.amount.amount)
    }
    #expect(try amounts(Samples.asOf()) == [20])
    #expect(try amounts(Samples.asOf(known: 4)) == [10])
    #expect(try amounts(Samples.asOf(sequence: 1)) == [10])
    #expect(try amounts(Samples.asOf(known: 0)) == [])
    // Other bytes that say the old thing again are news: the source has changed its mind.
    let back = try store.load([Samples.invoice("I1", "C1", amount: 10)], Samples.file("c", known: 9))
    #expect(back == [.correction(fact: 4, supersedes: 3)])
    #expect(try amounts(Samples.asOf()) == [10])
  }

  @Test func aFileThatContradictsItselfIsRefusedEachTime() throws {
    let store = try Samples.store()
    let facts = [Samples.invoice("I1", "C1", amount: 10), Samples.invoice("I1", "C1", amount: 20)]
    for _ in 0..<2 {
      try store.write(actor: "tester", at: Samples.instant(0), purpose: "test") {
        transaction throws(StoreError) in
        let batch = try transaction.openBatch(Samples.file("a"))
        _ = try transaction.store(facts[0], in: batch, line: 2)
        do throws(StoreError) {
          _ = try transaction.store(facts[1], in: batch, line: 3)
          Issue.record("the second record was not refused")
        } catch {
          #expect(error == .contradiction(kind: .invoice, id: "I1", firstLine: 2))
          #expect(error.concernsRecord)
        }
      }
    }
    #expect(try store.figures.facts[.invoice] == 1)
  }

  @Test func sourcesDoNotDisturbEachOther() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("C1"), Samples.invoice("I1", "C1", amount: 1)], Samples.file("a"))
    let outcomes = try store.load(
      [Samples.invoice("I1", "C1", amount: 2)], Samples.file("b", source: "other"))
    #expect(outcomes == [.stored(fact: 3)])
    #expect(try store.facts("C1").invoices.map(\.provenance.source) == ["billing", "other"])
  }

  @Test func anAmountThatCannotBeHeldIsRefusedBeforeAnythingIsWritten() throws {
    let store = try Samples.store()
    let tooFine = try #require(Decimal("0.000001"))
    let error = #expect(throws: StoreError.self) {
      try store.load([Samples.invoice("I1", "C1", amount: tooFine)], Samples.file("a"))
    }
    #expect(error == .amountNotStorable("0.000001"))
    #expect(try store.figures.waitingStubs == 0)
  }

  @Test func writeNumbersHaveNoGaps() throws {
    let store = try Samples.store()
    enum Stop: StorageFailure {
      case stop
      case storage(SQLiteError)
      init(_ error: SQLiteError) { self = .storage(error) }
    }
    for round in 0..<6 {
      _ = try? store.write(actor: "tester", at: Samples.instant(round), purpose: "test") {
        transaction throws(Stop) in
        if round % 3 == 1 { return }
        do { _ = try transaction.source(named: "s\(round)") } catch { throw .stop }
        if round % 3 == 2 { throw .stop }
      }
    }
    #expect(try store.figures.lastSequence == 2)
    #expect(try store.read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
  }
}
