import Access
import AuditLog
import DebtManagement
import Decisioning
import FactStore
import Facts
import Foundation
import HumanReview
import SQLite
import Synchronization
import Values

/// A store with a desk of debt management in an invented world.
final class DebtHouse: Sendable {
  let world: DebtWorld
  let store: FactStore
  let desk: DebtDesk
  let clock: DebtClock
  let today: DebtToday

  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("benchmark")))
  static let migrations =
    DecisionStore.migrations + AccessStore.migrations + ReviewStore.migrations + OutboxStore.migrations
    + DebtCursor.migrations
  static let actor = "benchmark"
  static let purpose = "debt-management"

  init(path: String, _ world: DebtWorld, _ ruleSet: RuleSet) throws {
    self.world = world
    store = try FactStore(path: path, contributed: Self.migrations)
    let today = DebtToday(world.first)
    self.today = today
    desk = try DebtDesk(store: store, audit: Self.audit, ruleSet: ruleSet) { key, reader throws(DebtError) in
      let reference: CustomerReference?
      do throws(StoreError) { reference = try reader.reference(of: key) } catch { throw .facts(error) }
      guard case .number(let number)? = reference else { return [] }
      let contracts = (0...1).map { "L-\(number.dropFirst(2))-\($0)" }
      return Set(contracts.filter { world.isUnderReview($0, on: today.day) })
    }
    clock = DebtClock(RigaTime.start(of: world.first))
    // Nothing is written before what was written already.
    let last = try store.read { reader throws(SQLiteError) in
      try reader.sql.integer("SELECT max(at) FROM write")
    }
    if let last {
      let behind = last - clock.now.microseconds
      if behind > 0 { clock.pass(seconds: behind / 1_000_000 + 30) }
    }
  }

  /// Stores facts that are known from now on; those that are known already are passed over.
  ///
  /// Of some customers a second source tells too, of contracts, bills and money.
  func know(_ facts: [(fact: Fact, isToldTwice: Bool)]) throws {
    try know(facts.map(\.fact), from: "world")
    try know(
      facts.filter(\.isToldTwice).map(\.fact).filter {
        [.customer, .contract, .invoice, .payment, .reversal, .planInstalment].contains($0.kind)
      }, from: "world-again")
  }

  private func know(_ facts: [Fact], from source: String) throws {
    if facts.isEmpty { return }
    try store.write(actor: Self.actor, at: clock.now, purpose: Self.purpose) { write throws(StoreError) in
      let batch = try write.openBatch(
        BatchDescription(source: source, file: nil, digest: nil, layout: "world", knownFrom: write.at))
      for fact in facts { _ = try write.store(fact, in: batch, line: nil) }
      try write.complete(batch, rows: facts.count)
      try StoreError.wrapping { () throws(SQLiteError) in
        _ = try Self.audit.append(AuditNote(.ingestion, rows: [AuditedRow(.batch, batch.key)]), in: write.sql)
      }
    }
  }

  /// The effects that left since an event of the outbox, with the customers' numbers, and the last event.
  func sent(after last: Int) throws -> (effects: [(stored: StoredEffect, customer: String)], last: Int) {
    try store.read { reader throws(DebtError) in
      let rows = try DebtError.wrapping { () throws(SQLiteError) in
        try reader.sql.all(
          """
          SELECT e.id, v.number FROM effect_event AS v JOIN effect AS e ON e.number = v.effect
          WHERE v.number > ? AND v.state = 'sent' AND v.reason IS NULL ORDER BY v.number
          """, last
        ) { row throws(SQLiteError) in (id: try row.text(0), number: try row.integer(1)) }
      }
      var effects: [(stored: StoredEffect, customer: String)] = []
      for row in rows {
        let (stored, reference): (StoredEffect, CustomerReference?)
        do throws(OutboxError) { stored = try OutboxStore.effect(row.id, in: reader.sql) } catch {
          throw .outbox(error)
        }
        do throws(StoreError) { reference = try reader.reference(of: stored.effect.customerKey) } catch {
          throw .facts(error)
        }
        if case .number(let number)? = reference { effects.append((stored, number)) }
      }
      return (effects, rows.last?.number ?? last)
    }
  }
}

/// The day that a test clock has come to, for who is asked from within.
final class DebtToday: Sendable {
  private let state: Mutex<CivilDate>

  init(_ day: CivilDate) { state = Mutex(day) }

  var day: CivilDate {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
