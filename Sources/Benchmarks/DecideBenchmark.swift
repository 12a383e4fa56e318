import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import Ingestion
import SQLite
import SyntheticPortfolio
import Values

extension BenchmarkSuite {
  /// The way of one decision: reading the facts, deciding, and the stored form.
  ///
  /// Per customer of an invented portfolio with 24 months of bills; to be run where the folder `rules` lies.
  static let decide = BenchmarkSuite(name: "decide", summary: "one decision, per customer") { benchmark in
    guard let portfolio = DecisionPortfolio(customers: 500) else { return }
    defer { portfolio.remove() }
    let count = portfolio.count
    benchmark.measure("read the facts in key order", iterations: count) { _ in portfolio.readAll() }
    benchmark.measure("read the facts customer by customer", iterations: count) { _ in portfolio.readEach() }
    benchmark.measure("replay the ledger", iterations: count) { _ in portfolio.replayLedgers() }
    benchmark.measure("decide", iterations: count) { portfolio.decide($0) }
    benchmark.measure("write the stored form", iterations: count) { portfolio.encode($0) }
    guard portfolio.keepSnapshots() else { return }
    benchmark.measure("read the kept features, decide, encode", iterations: count) {
      portfolio.decideOnline($0)
    }
  }
}

/// A portfolio to decide about: everything read, so that deciding alone can be measured.
private final class DecisionPortfolio {
  let folder: String
  let store: FactStore
  let ruleSet: RuleSet
  let asOf: AsOf
  let customers: [PortfolioCustomer]
  let sources: LoadedSources
  let contents: [DecisionContent]
  var count: Int { customers.count }
  private var online: OnlineRater?

  private static let chunk = 500

  convenience init?(customers: Int) {
    let folder = FileManager.default.temporaryDirectory.path + "/bonitas-benchmark-\(UUID().uuidString)"
    let now = Instant(microseconds: 1_800_000_000_000_000)
    let generator = PortfolioGenerator(customers: customers, seed: 1)
    do {
      try generator.write(to: folder)
      let store = try FactStore(path: folder + "/facts.db", contributed: DecisionStore.migrations)
      var options = IngestOptions(actor: "benchmark", at: now)
      options.source = "benchmark"
      let audit = AuditLog(salts: SaltSource(key: SHA256.hash("benchmark")))
      _ = try Ingestor(store, audit: audit).ingest(
        files: FactKind.rating.map { "\(folder)/\($0.layout).csv" }, options: options)
      try self.init(store, folder: folder, asOf: AsOf(businessDate: generator.businessDate, knownAt: now))
    } catch {
      print("Deciding cannot be measured here: \(error)")
      try? FileManager.default.removeItem(atPath: folder)
      return nil
    }
  }

  init(_ store: FactStore, folder: String, asOf: AsOf) throws {
    self.store = store
    self.folder = folder
    self.asOf = asOf
    let ruleSet = try RuleSet(folder: "rules")
    self.ruleSet = ruleSet
    let sources = try store.read { reader throws(SQLiteError) in try LoadedSources(reader, asOf: asOf) }
    self.sources = sources
    customers = try Self.pages(store, asOf).flatMap(\.customers)
    contents = customers.compactMap { customer in
      ruleSet.decide(customer.facts, Self.situation(customer, asOf, sources))
    }
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func readAll() -> Int {
    let pages = (try? Self.pages(store, asOf)) ?? []
    return pages.reduce(0) { $0 + $1.customers.reduce(0) { $0 + $1.facts.count } }
  }

  func readEach() -> Int {
    var sum = 0
    for customer in customers {
      let facts = try? store.read { reader throws(StoreError) in
        try reader.facts(of: customer.key, asOf: asOf)
      }
      sum += facts?.count ?? 0
    }
    return sum
  }

  func replayLedgers() -> Int {
    customers.reduce(0) { sum, customer in
      sum + Ledger(customer.facts, businessDate: asOf.businessDate, currency: .eur).allocations.count
    }
  }

  func decide(_ count: Int) -> Int {
    customers.prefix(count).reduce(0) { sum, customer in
      let content = ruleSet.decide(customer.facts, Self.situation(customer, asOf, sources))
      return sum + (content?.knockOuts.count ?? 0)
    }
  }

  func encode(_ count: Int) -> Int {
    contents.prefix(count).reduce(0) { $0 + $1.bytes(ruleSet.layout).count }
  }

  /// Keeps the features of everybody.
  func keepSnapshots() -> Bool {
    do {
      let audit = AuditLog(salts: SaltSource(key: SHA256.hash("benchmark")))
      let key = try store.write(actor: "benchmark", at: asOf.knownAt, purpose: "benchmark") {
        transaction throws(SQLiteError) in
        try RuleSetStore.keep(
          ruleSet, sequence: transaction.sequence, audit: audit, in: transaction.sql)
      }
      let rater = OnlineRater(ruleSet, key: key)
      let (asOf, customers) = (asOf, customers)
      let snapshots = try store.read { reader throws(RatingError) in
        let moment = try Self.moment(asOf, reader)
        var snapshots: [FeatureSnapshot] = []
        for customer in customers {
          if let snapshot = try rater.snapshot(of: customer.key, moment, reader) {
            snapshots.append(snapshot)
          }
        }
        return snapshots
      }
      try store.write(actor: "benchmark", at: asOf.knownAt, purpose: "benchmark") {
        transaction throws(SQLiteError) in
        for snapshot in snapshots {
          try FeatureSnapshotStore.keep(snapshot, ruleSetKey: key, in: transaction.sql)
        }
      }
      online = rater
      return snapshots.count == customers.count
    } catch {
      print("The kept features cannot be measured here: \(error)")
      return false
    }
  }

  func decideOnline(_ count: Int) -> Int {
    guard let online else { return 0 }
    let (asOf, customers) = (asOf, customers)
    let order = Order(
      reference: "O-1", product: "Fixed", commodity: .electricity, jurisdiction: .latvia,
      expectedMonthlyAmount: Money(Decimal(64), .eur))
    let sum = try? store.read { reader throws(RatingError) in
      let moment = try Self.moment(asOf, reader)
      var sum = 0
      for customer in customers.prefix(count) {
        let question = OnlineRater.Question(customerKey: customer.key, order: order, purpose: .order)
        let prepared = try online.prepare(question, moment, reader)
        sum += prepared?.entry.bytes.count ?? 0
        if prepared?.snapshot != nil { return -1 }
      }
      return sum
    }
    return sum ?? 0
  }

  private static func moment(
    _ asOf: AsOf, _ reader: FactReader
  ) throws(RatingError) -> OnlineRater.Moment {
    try RatingError.wrapping { () throws(SQLiteError) in
      try OnlineRater.Moment(businessDate: asOf.businessDate, knownAt: asOf.knownAt, in: reader)
    }
  }

  private static func situation(
    _ customer: PortfolioCustomer, _ asOf: AsOf, _ sources: LoadedSources
  ) -> Situation {
    Situation(
      businessDate: asOf.businessDate, sources: sources, quarantinedRecords: customer.openQuarantine)
  }

  private static func pages(_ store: FactStore, _ asOf: AsOf) throws(StoreError) -> [PortfolioPage] {
    var pages: [PortfolioPage] = []
    var next: Int? = 0
    while let after = next {
      let page = try store.read { reader throws(StoreError) in
        try reader.portfolio(after: after, limit: chunk, asOf: asOf)
      }
      next = page.next
      pages.append(page)
    }
    return pages
  }
}
