import Facts
import SQLite
import Values

/// One customer of the portfolio with everything a decision reads.
public struct PortfolioCustomer: Sendable {
  /// The store's key.
  public let key: Int
  /// The supplier's customer number.
  public let number: String
  /// The facts of the kinds asked for, as of the point in time.
  public let facts: CustomerFacts
  /// How many records that name the customer wait in quarantine.
  public let openQuarantine: Int
}

/// A stretch of the portfolio in key order.
public struct PortfolioPage: Sendable {
  /// The customers that have arrived as of the point in time.
  public let customers: [PortfolioCustomer]
  /// Where the next page begins; nil when this was the last.
  public let next: Int?
}

extension FactReader {
  /// How many customers have arrived as of a write: the size of the portfolio, for progress.
  public func portfolioSize(asOf: AsOf) throws(SQLiteError) -> Int {
    try sql.integer("SELECT count(*) FROM customer WHERE arrived <= ?", asOf.lastSequence) ?? 0
  }

  /// The arrived customers behind a key, read with one pass over each kind's table.
  ///
  /// Read each page in a snapshot of its own and name a sequence in `asOf`: then all pages show the same facts, and
  /// no snapshot stays open for long. Pages may hold fewer customers than the limit, even none, before the last.
  ///
  /// - Parameter kinds: the kinds to read; those that a rating reads where nothing is said.
  public func portfolio(
    after key: Int = 0, limit: Int, asOf: AsOf, kinds: [FactKind] = FactKind.rating
  ) throws(StoreError) -> PortfolioPage {
    let keys = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.all(
        "SELECT key FROM customer WHERE key > ? AND arrived <= ? ORDER BY key LIMIT ?", key,
        asOf.lastSequence,
        max(1, limit)
      ) { row throws(SQLiteError) in try row.integer(0) }
    }
    guard let first = keys.first, let last = keys.last else { return PortfolioPage(customers: [], next: nil) }
    return PortfolioPage(
      customers: try customers(keys, within: [first...last], asOf: asOf, kinds),
      next: keys.count < max(1, limit) ? nil : last)
  }

  /// Those of these customers that have arrived, read with few passes over each kind's table where they lie close.
  ///
  /// - Parameters:
  ///   - keys: the customers' keys, ascending.
  ///   - kinds: the kinds to read; those that a rating reads where nothing is said.
  public func customers(
    _ keys: [Int], asOf: AsOf, kinds: [FactKind] = FactKind.rating
  ) throws(StoreError) -> [PortfolioCustomer] {
    try customers(keys, within: Self.ranges(covering: keys), asOf: asOf, kinds)
  }

  /// - Parameter ranges: ranges that cover the keys and have no key in common.
  private func customers(
    _ keys: [Int], within ranges: [ClosedRange<Int>], asOf: AsOf, _ kinds: [FactKind]
  ) throws(StoreError) -> [PortfolioCustomer] {
    var collection = FactCollection(asOf: asOf)
    // The customer fact's own id is the number; the reference is not looked at.
    for range in ranges { try scan(.customer, range, collection: &collection) { _ in .number("") } }
    collection.settleCustomers()
    var references: [Int: CustomerReference] = [:]
    var customers: [(key: Int, facts: CustomerFacts)] = []
    customers.reserveCapacity(keys.count)
    var codes: [Int] = []
    for key in keys {
      guard let customer = collection.customer(key) else { continue }
      customers.append((key, CustomerFacts(customer: customer)))
      references[key] = .number(customer.fact.number)
      for (code, identifier) in collection.codes(of: key) {
        references[code] = .identifier(identifier)
        if !ranges.contains(where: { $0.contains(code) }) { codes.append(code) }
      }
    }
    let rangesWithCodes = Self.ranges(covering: codes, beside: ranges)
    for kind in kinds where kind != .customer {
      let table = FactTable.of(kind)
      for range in FactTable.isNamedByCode(table) ? rangesWithCodes : ranges {
        try scan(table, range, collection: &collection) { references[$0] }
      }
      for index in customers.indices {
        collection.hand(table, of: customers[index].key, to: &customers[index].facts)
      }
      collection.forgetRows()
    }
    return try withQuarantine(customers, asOf)
  }

  private func withQuarantine(
    _ customers: [(key: Int, facts: CustomerFacts)], _ asOf: AsOf
  ) throws(StoreError) -> [PortfolioCustomer] {
    let isAny = try anyOpenQuarantine(asOf)
    var result: [PortfolioCustomer] = []
    result.reserveCapacity(customers.count)
    for (key, facts) in customers {
      guard let customer = facts.customer?.fact else { continue }
      let open = isAny ? try openQuarantine(of: customer, asOf: asOf) : 0
      result.append(PortfolioCustomer(key: key, number: customer.number, facts: facts, openQuarantine: open))
    }
    return result
  }

  /// Few ranges that cover the keys without many others: codes mostly got their keys side by side.
  ///
  /// - Parameter others: ranges without any of the keys, which are given too; none of the result reaches into another,
  ///   because its rows would come twice.
  private static func ranges(
    covering keys: [Int], beside others: [ClosedRange<Int>] = []
  ) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for range in (keys.map { $0...$0 } + others).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, range.lowerBound <= last.upperBound + 16 {
        ranges[ranges.count - 1] = last.lowerBound...max(range.upperBound, last.upperBound)
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }
}
