import FactStore
import Facts
import SQLite
import TestSupport
import Values

/// Short ways to make facts and stores.
enum Samples {
  static func store() throws -> FactStore {
    try FactStore(path: try TemporaryFolder().file("store.db"))
  }

  static func day(_ number: Int) -> CivilDate { CivilDate(dayNumber: 20_000 + number) }
  static func instant(_ second: Int) -> Instant {
    Instant(microseconds: 1_700_000_000_000_000 + second * 1_000_000)
  }

  static func asOf(_ day: Int = 10_000, known: Int = 1_000_000, sequence: Int? = nil) -> AsOf {
    AsOf(businessDate: Samples.day(day), knownAt: instant(known), sequence: sequence)
  }

  static func customer(
    _ number: String, since: Int = 0, name: String? = nil, identifier: Identifier? = nil
  ) -> Fact {
    .customer(
      Customer(
        number: number, kind: .household, jurisdiction: .latvia, customerSince: day(since), name: name,
        identifier: identifier))
  }

  static func invoice(_ id: String, _ customer: String, issued: Int = 0, amount: Decimal = 10) -> Fact {
    .invoice(
      Invoice(
        id: id, customer: .number(customer), issued: day(issued), due: day(issued + 14),
        amount: Money(amount, .eur)))
  }

  static func arrears(_ id: String, _ customer: CustomerReference, reported: Int = 0, cleared: Int? = nil)
    -> Fact
  {
    .arrearsEntry(
      ArrearsEntry(id: id, customer: customer, reported: day(reported), cleared: cleared.map { day($0) }))
  }

  static func code(_ code: String) throws -> Identifier {
    try Identifier(scheme: .other, code: code)
  }

  static func digest(_ text: String) -> Digest { SHA256.hash(Array(text.utf8)) }

  static func file(_ name: String, known: Int = 0, source: String = "billing") -> BatchDescription {
    BatchDescription(
      source: source, file: name + ".csv", digest: digest(name), layout: "test", knownFrom: instant(known))
  }
}

extension FactStore {
  /// Stores facts as one file in one write, the lines counted from 2.
  @discardableResult
  func load(_ facts: [Fact], _ file: BatchDescription) throws(StoreError) -> [StoreOutcome] {
    try write(actor: "tester", at: file.knownFrom, purpose: "test") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      var outcomes: [StoreOutcome] = []
      for (index, fact) in facts.enumerated() {
        outcomes.append(try transaction.store(fact, in: batch, line: index + 2))
      }
      try transaction.complete(batch, rows: facts.count)
      return outcomes
    }
  }

  /// The facts of a customer by number.
  func facts(
    _ number: String, _ asOf: AsOf = Samples.asOf(), kinds: [FactKind] = FactKind.rating
  ) throws(StoreError) -> CustomerFacts {
    try read { reader throws(StoreError) in
      guard
        let key = try StoreError.wrapping({ () throws(SQLiteError) in
          try reader.key(of: .number(number))
        })
      else { return CustomerFacts() }
      return try reader.facts(of: key, asOf: asOf, kinds: kinds)
    }
  }

  /// The whole portfolio in pages.
  func portfolio(
    _ asOf: AsOf = Samples.asOf(), limit: Int = 3, kinds: [FactKind] = FactKind.rating
  ) throws(StoreError) -> [PortfolioCustomer] {
    var customers: [PortfolioCustomer] = []
    var next: Int? = 0
    while let after = next {
      let page = try read { reader throws(StoreError) in
        try reader.portfolio(after: after, limit: limit, asOf: asOf, kinds: kinds)
      }
      customers += page.customers
      next = page.next
    }
    return customers
  }

  var figures: StoreFigures {
    get throws(SQLiteError) { try read { reader throws(SQLiteError) in try reader.figures() } }
  }

  var storeHash: Digest {
    get throws(SQLiteError) { try read { reader throws(SQLiteError) in try reader.storeHash() } }
  }
}
