import FactStore
import Facts
import SQLite
import Values

extension DebtDesk {
  /// Customers that are read with one pass over each kind of fact.
  private static let page = 500

  /// Goes through customers in the order of their keys, a page in one read.
  ///
  /// - Parameters:
  ///   - only: the numbers of the only customers to look at; nil for all.
  ///   - progress: called after each page with how many customers were looked at, and of how many.
  ///   - find: what is found of a customer, asked within the read of the page.
  ///   - each: called between reads with everything found and the number of the last write that was seen.
  /// - Returns: the number of the last write that was seen.
  func pass<Found: Sendable>(
    on day: CivilDate, knownAt: Instant, only: Set<String>?, progress: (Int, Int) -> Void,
    find: (PortfolioCustomer, FactReader) throws(DebtError) -> [Found], each: (Found, Int) -> Void
  ) throws(DebtError) -> Int {
    let (sequence, keys) = try store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in
        (try reader.lastSequence(), try Self.keys(of: only ?? [], reader))
      }
    }
    let asOf = AsOf(businessDate: day, knownAt: knownAt, sequence: sequence)
    let size = try store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in
        try only == nil ? reader.portfolioSize(asOf: asOf) : keys.count
      }
    }
    var seen = 0
    var next: Int? = only == nil || !keys.isEmpty ? 0 : nil
    while let from = next {
      let page = try store.read { reader throws(DebtError) in
        let (customers, next) = try Self.customers(from, of: only == nil ? nil : keys, asOf, reader)
        var found: [Found] = []
        for customer in customers { found += try find(customer, reader) }
        return (found: found, count: customers.count, next: next)
      }
      for found in page.found { each(found, sequence) }
      seen += page.count
      progress(seen, size)
      next = page.next
    }
    return sequence
  }

  /// A page of all customers behind a key, or of some from a place in their list on, and where the next begins.
  private static func customers(
    _ from: Int, of keys: [Int]?, _ asOf: AsOf, _ reader: FactReader
  ) throws(DebtError) -> ([PortfolioCustomer], next: Int?) {
    do throws(StoreError) {
      guard let keys else {
        let found = try reader.portfolio(after: from, limit: page, asOf: asOf, kinds: FactKind.allCases)
        return (found.customers, found.next)
      }
      let end = min(from + page, keys.count)
      let found = try reader.customers(Array(keys[from..<end]), asOf: asOf, kinds: FactKind.allCases)
      return (found, end < keys.count ? end : nil)
    } catch {
      throw .facts(error)
    }
  }

  /// The keys of customer numbers, ascending; numbers that nobody has are passed over.
  private static func keys(of numbers: Set<String>, _ reader: FactReader) throws(SQLiteError) -> [Int] {
    var keys: [Int] = []
    for number in numbers {
      if let key = try reader.key(of: .number(number)) { keys.append(key) }
    }
    return keys.sorted()
  }
}
