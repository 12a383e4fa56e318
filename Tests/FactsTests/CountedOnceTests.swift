import Facts
import Testing
import Values

/// What several sources tell of one customer, taken once.
@Suite struct CountedOnceTests {
  private struct Telling {
    var facts = CustomerFacts()
    private var count = 0

    mutating func add(_ source: String, _ fact: Fact) {
      count += 1
      facts.append(
        fact, factID: count,
        provenance: Provenance(
          source: source, contentHash: fact.contentHash, knownFrom: Instant(microseconds: count),
          sequence: count))
    }
  }

  private let day = CivilDate(dayNumber: 20_000)

  private func invoice(_ id: String, _ amount: Int, contract: String? = "L", by name: String = "C") -> Fact {
    .invoice(
      Invoice(
        id: id, customer: .number(name), contract: contract, issued: day, due: day,
        amount: Money(Decimal(amount), .eur)))
  }

  private func payment(_ id: String, _ amount: Int, by name: String = "C") -> Fact {
    .payment(
      Payment(
        id: id, customer: .number(name), date: day, amount: Money(Decimal(amount), .eur), invoice: nil))
  }

  private func contract(_ id: String) -> Fact {
    .contract(Contract(id: id, customer: .number("C"), commodity: .gas, deliveryPoint: nil, start: day))
  }

  @Test func `of one source nothing is taken away`() {
    var telling = Telling()
    for fact in [contract("L"), invoice("1", 10), invoice("2", 10), payment("1", 5), payment("2", 5)] {
      telling.add("a", fact)
    }
    #expect(telling.facts.countedOnce == telling.facts)
  }

  @Test func `the source whose name comes first leads, whichever was first`() {
    var telling = Telling()
    for fact in [contract("L"), invoice("1", 12), invoice("2", 20)] { telling.add("billing", fact) }
    for fact in [contract("L"), invoice("1", 10), invoice("3", 30)] { telling.add("archive", fact) }
    let once = telling.facts.countedOnce
    #expect(once.contracts.map(\.provenance.source) == ["archive"])
    // What one alone tells of counts.
    #expect(once.invoices.map(\.record) == ["2", "1", "3"])
    #expect(once.invoices.map(\.fact.amount.amount) == [20, 10, 30])
    #expect(once.countedOnce == once)
  }

  @Test func `one number under two contracts is two invoices`() {
    var telling = Telling()
    telling.add("gas", invoice("1", 10, contract: "G"))
    telling.add("power", invoice("1", 10, contract: "P"))
    #expect(telling.facts.countedOnce.invoices.count == 2)
  }

  @Test func `an invoice that names no contract is behind one that does`() {
    var telling = Telling()
    telling.add("archive", invoice("1", 10, contract: nil))
    telling.add("billing", invoice("1", 12))
    #expect(telling.facts.countedOnce.invoices.map(\.fact.contract) == ["L"])
    // Of which of two contracts it is nobody knows.
    telling.add("other", invoice("1", 12, contract: "M"))
    #expect(telling.facts.countedOnce.invoices.count == 3)
  }

  @Test func `money counts once only where everything about it is the same`() {
    var telling = Telling()
    telling.add("bank-a", payment("1", 10))
    telling.add("bank-b", payment("1", 11))
    telling.add("bank-c", payment("1", 10, by: "40003000003"))
    telling.add("bank-c", payment("2", 10))
    let once = telling.facts.countedOnce
    #expect(once.payments.map(\.provenance.source) == ["bank-a", "bank-b", "bank-c"])
    #expect(once.payments.map(\.record) == ["1", "1", "2"])
  }
}
