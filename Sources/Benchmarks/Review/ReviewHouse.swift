import Access
import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import HumanReview
import Ingestion
import SQLite
import SyntheticPortfolio
import Values

/// An invented portfolio with decisions and cases, to measure the review with; removed when it is let go.
///
/// To be made where the folder `rules` lies.
final class ReviewHouse {
  let folder: String
  let path: String
  let store: FactStore
  let ruleSet: RuleSet
  let desk: ReviewDesk
  let day: CivilDate

  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("benchmark")))
  static let migrations = DecisionStore.migrations + AccessStore.migrations + ReviewStore.migrations
  /// When the first act takes place; the customers' records were known a second before.
  static let opening = Instant(microseconds: 1_800_000_000_000_000)
  private static let known = Instant(microseconds: opening.microseconds - 1_000_000)
  private static let chunk = 1000

  init(customers: Int) throws {
    folder = FileManager.default.temporaryDirectory.path + "/bonitas-review-\(UUID().uuidString)"
    path = folder + "/review.db"
    let generator = PortfolioGenerator(customers: customers, seed: 1)
    day = generator.businessDate
    try generator.write(to: folder)
    store = try FactStore(path: path, contributed: Self.migrations)
    ruleSet = try RuleSet(folder: "rules")
    desk = try Self.desk(store, ruleSet)
    var options = IngestOptions(actor: "benchmark", at: Self.known)
    options.source = "benchmark"
    _ = try Ingestor(store, audit: Self.audit).ingest(
      files: FactKind.rating.map { "\(folder)/\($0.layout).csv" }, options: options)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// A desk with the rules of the folder `rules`, as every process has its own.
  static func desk(_ store: FactStore, _ ruleSet: RuleSet) throws -> ReviewDesk {
    ReviewDesk(
      store: store, audit: audit, rules: ruleSet.files, policy: try ReviewPolicy(ruleSet.files),
      compiled: ruleSet)
  }

  /// Stops automated decisions, so that every order from now on is a case for a person.
  func stop() throws {
    try store.write(actor: "benchmark", at: Self.opening, purpose: "stop") { transaction throws(StopError) in
      _ = try StopSwitch.stop(
        nil, reason: "benchmark", sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
    }
  }

  /// What each customer's rating is, in the order of the store.
  func contents() throws -> [(key: Int, sequence: Int, content: DecisionContent)] {
    let asOf = AsOf(businessDate: day, knownAt: Self.opening)
    let (sources, sequence) = try store.read { reader throws(SQLiteError) in
      (try LoadedSources(reader, asOf: asOf), try reader.lastSequence())
    }
    var contents: [(key: Int, sequence: Int, content: DecisionContent)] = []
    var next: Int? = 0
    while let after = next {
      let page = try store.read { reader throws(StoreError) in
        try reader.portfolio(after: after, limit: Self.chunk, asOf: asOf)
      }
      for customer in page.customers {
        let situation = Situation(
          businessDate: day, sources: sources, quarantinedRecords: customer.openQuarantine)
        if let content = ruleSet.decide(customer.facts, situation) {
          contents.append((customer.key, sequence, content))
        }
      }
      next = page.next
    }
    return contents
  }

  /// Records orders of the customers in turn, which are all left to people, since automation is stopped.
  func refer(_ count: Int) throws {
    let contents = try contents()
    try stop()
    _ = try record(
      (0..<count).map { place in
        let one = contents[place % contents.count]
        return (one.key, one.sequence, one.content, "O\(place)")
      })
  }

  /// Records decisions; those with the reference of an order are about it.
  func record(_ decisions: [(key: Int, sequence: Int, content: DecisionContent, order: String?)]) throws
    -> [DecisionID]
  {
    var ids: [DecisionID] = []
    for start in stride(from: 0, to: decisions.count, by: Self.chunk) {
      ids += try store.write(actor: "engine", at: Self.opening, purpose: "rate") {
        transaction throws(SQLiteError) in
        let key = try RuleSetStore.keep(
          ruleSet, sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
        var ids: [DecisionID] = []
        for decision in decisions[start..<min(start + Self.chunk, decisions.count)] {
          var content = decision.content
          content.order = decision.order.map { reference in
            Order(reference: reference, product: "power", commodity: .electricity, jurisdiction: .latvia)
          }
          let draft = DecisionDraft(
            content, ruleSet, customerKey: decision.key, readSequence: decision.sequence,
            knownAt: Self.opening, purpose: decision.order == nil ? .rating : .order)
          ids.append(
            try DecisionStore.append(
              draft, ruleSet, ruleSetKey: key, sequence: transaction.sequence, audit: Self.audit,
              in: transaction.sql))
        }
        return ids
      }
    }
    return ids
  }
}

/// The wall clock in seconds, to time what waits for the disk.
func wallSeconds() -> Double { Double(monotonicNanoseconds()) / 1e9 }
