import Facts
import TestSupport
import Testing
import Values

@testable import Safeguards

/// What is open by the safeguards' own sum and by the ledger: written apart, they have to agree.
struct ClaimReplayTests {
  private static func day(_ number: Int) -> CivilDate { CivilDate(dayNumber: 20_000 + number) }

  private static func facts(_ list: [Fact]) -> CustomerFacts {
    var facts = CustomerFacts()
    for (place, fact) in list.enumerated() {
      facts.append(
        fact, factID: place + 1,
        provenance: Provenance(
          source: "test", contentHash: fact.contentHash, knownFrom: Instant(microseconds: 0),
          sequence: place + 1))
    }
    return facts
  }

  private static func invoice(_ id: String, issued: Int, due: Int, _ amount: Int) -> Fact {
    .invoice(
      Invoice(
        id: id, customer: .number("C"), contract: "L", issued: day(issued), due: day(due),
        amount: Money(Decimal(amount), .eur)))
  }

  private static func payment(_ id: String, _ on: Int, _ amount: Int, of invoice: String?) -> Fact {
    .payment(
      Payment(
        id: id, customer: .number("C"), date: day(on), amount: Money(Decimal(amount), .eur), invoice: invoice)
    )
  }

  @Test func `a payment goes to the invoice that it names, though an older one is open`() throws {
    let facts = Self.facts([
      Self.invoice("A", issued: 0, due: 10, 100), Self.invoice("B", issued: 30, due: 40, 100),
      Self.payment("P", 35, 100, of: "B"),
    ])
    let replay = ClaimReplay(facts, until: Self.day(60), currency: .eur)
    #expect(try #require(replay.bill("A")).outstanding == 100)
    #expect(try #require(replay.bill("B")).outstanding == 0)
  }

  @Test(arguments: 0..<400) func `both sums agree on random histories`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var list: [Fact] = []
    let count = 1 + random.number(below: 4)
    for place in 0..<count {
      let issued = random.number(below: 60)
      list.append(
        Self.invoice(
          "I\(place)", issued: issued, due: issued + random.number(below: 20), 10 + random.number(below: 90)))
    }
    for place in 0..<random.number(below: 6) {
      let named = random.number(below: 3) == 0 ? nil : "I\(random.number(below: count + 1))"
      list.append(
        Self.payment("P\(place)", random.number(below: 100), 1 + random.number(below: 120), of: named))
      if random.number(below: 4) == 0 {
        list.append(
          .reversal(
            Reversal(
              id: "R\(place)", customer: .number("C"), payment: "P\(place)",
              date: Self.day(random.number(below: 120)))))
      }
    }
    for place in 0..<random.number(below: 3) {
      let opened = random.number(below: 80)
      list.append(
        .dispute(
          Dispute(
            id: "D\(place)", customer: .number("C"), invoice: "I\(random.number(below: count))",
            opened: Self.day(opened),
            amount: random.number(below: 2) == 0 ? nil : Money(Decimal(1 + random.number(below: 50)), .eur),
            closed: random.number(below: 2) == 0 ? nil : Self.day(opened + random.number(below: 40)))))
    }
    for place in 0..<random.number(below: 2) {
      list.append(
        .creditNote(
          CreditNote(
            id: "N\(place)", customer: .number("C"), invoice: random.number(below: 2) == 0 ? nil : "I0",
            issued: Self.day(random.number(below: 90)),
            amount: Money(Decimal(1 + random.number(below: 40)), .eur))))
    }
    let facts = Self.facts(list)
    for last in stride(from: 0, through: 130, by: 10) {
      let replay = ClaimReplay(facts, until: Self.day(last), currency: .eur)
      for standing in Ledger(facts, businessDate: Self.day(last), currency: .eur).invoices {
        #expect(
          try #require(replay.bill(standing.id)).outstanding == standing.outstanding,
          "\(standing.id) on day \(last)")
      }
    }
  }
}
