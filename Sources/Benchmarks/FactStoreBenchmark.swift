import FactStore
import Facts
import Foundation
import SQLite
import Values

extension BenchmarkSuite {
  /// The fact store: storing, storing again, reading by customer and in key order.
  ///
  /// Per fact, at 20 facts a customer. The table needs a disk that holds some 10 MB; waiting for it does not count,
  /// since the measure is CPU time.
  static let facts = BenchmarkSuite(name: "facts", summary: "the fact store, per fact") { benchmark in
    guard let portfolio = FactPortfolio(customers: 5_000) else { return }
    defer { portfolio.remove() }
    benchmark.measure("store in a new file", iterations: portfolio.count) { _ in portfolio.fill(again: false)
    }
    benchmark.measure("store again, all known", iterations: portfolio.count) { _ in
      portfolio.fill(again: true)
    }
    benchmark.measure("read in key order", iterations: portfolio.count) { _ in portfolio.readAll() }
    benchmark.measure("read customer by customer", iterations: portfolio.count) { _ in portfolio.readEach() }
  }
}

/// A portfolio to measure with: a customer fact, ten invoices and nine payments each.
private final class FactPortfolio: Sendable {
  let customers: Int
  let folder: String
  let store: FactStore
  var count: Int { customers * 20 }

  private static let chunk = 500
  private static let known = Instant(microseconds: 1_700_000_000_000_000)
  private static let asOf = AsOf(businessDate: CivilDate(dayNumber: 30_000), knownAt: known)

  init?(customers: Int) {
    self.customers = customers
    folder = FileManager.default.temporaryDirectory.path + "/bonitas-benchmark-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      store = try FactStore(path: folder + "/filled.db")
      _ = try Self.fill(store, customers)
    } catch {
      print("The store cannot be measured here: \(error)")
      return nil
    }
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func fill(again: Bool) -> Int {
    if again { return (try? Self.fill(store, customers)) ?? 0 }
    let path = folder + "/" + UUID().uuidString
    guard let fresh = try? FactStore(path: path) else { return 0 }
    return (try? Self.fill(fresh, customers)) ?? 0
  }

  func readAll() -> Int {
    var sum = 0
    var next: Int? = 0
    while let after = next {
      let page = try? store.read { reader throws(StoreError) in
        try reader.portfolio(after: after, limit: Self.chunk, asOf: Self.asOf)
      }
      sum += page?.customers.reduce(0) { $0 + $1.facts.count } ?? 0
      next = page?.next
    }
    return sum
  }

  func readEach() -> Int {
    var sum = 0
    for number in 0..<customers {
      let facts = try? store.read { reader throws(StoreError) in
        let key = try StoreError.wrapping { () throws(SQLiteError) in
          try reader.key(of: .number("C\(number)"))
        }
        return try reader.facts(of: key ?? 0, asOf: Self.asOf)
      }
      sum += facts?.count ?? 0
    }
    return sum
  }

  private static func fill(_ store: FactStore, _ customers: Int) throws(StoreError) -> Int {
    var stored = 0
    let description = BatchDescription(
      source: "benchmark", file: "benchmark.csv", digest: SHA256.hash([]), layout: "benchmark",
      knownFrom: known)
    for start in stride(from: 0, to: customers, by: chunk) {
      stored += try store.write(actor: "benchmark", at: known, purpose: "benchmark") {
        transaction throws(StoreError) in
        let batch = try transaction.openBatch(description)
        var stored = 0
        for number in start..<min(start + chunk, customers) {
          for fact in facts(of: number) {
            _ = try transaction.store(fact, in: batch, line: stored)
            stored += 1
          }
        }
        return stored
      }
    }
    return stored
  }

  private static func facts(of number: Int) -> [Fact] {
    let customer = CustomerReference.number("C\(number)")
    let since = CivilDate(dayNumber: 19_000)
    var facts: [Fact] = [
      .customer(
        Customer(
          number: "C\(number)", kind: .household, jurisdiction: .latvia, customerSince: since,
          name: "Customer \(number)"))
    ]
    for month in 0..<10 {
      let issued = CivilDate(dayNumber: 19_000 + 30 * month)
      let due = CivilDate(dayNumber: 19_014 + 30 * month)
      let amount = Money(Decimal(40 + number % 60), .eur)
      facts.append(
        .invoice(
          Invoice(id: "I\(number)-\(month)", customer: customer, issued: issued, due: due, amount: amount)))
      if month < 9 {
        facts.append(
          .payment(Payment(id: "P\(number)-\(month)", customer: customer, date: due, amount: amount)))
      }
    }
    return facts
  }
}
