import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import Foundation
import Rerating
import SQLite
import TestSupport
import Testing
import Values

/// The pass over the portfolio decides what single decisions would, records nothing twice, and may be cut off.
@Suite struct ReratingTests {
  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let rules = Result { try RuleSet(folder: Repository.root.appending(path: "rules").path) }
  static let date = CivilDate("2026-06-30") ?? .earliest
  static let now = Instant("2026-07-01T08:00:00Z") ?? Instant(microseconds: 0)

  private func portfolio(_ customers: Int) throws -> Rater {
    let store = try FactStore(
      path: try TemporaryFolder().file("store.db"), contributed: DecisionStore.migrations)
    try store.write(actor: "tester", at: Self.now, purpose: "test") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(
        BatchDescription(source: "test", file: nil, digest: nil, layout: "test", knownFrom: Self.now))
      for number in 1...customers {
        let reference = CustomerReference.number("C\(number)")
        let due = Self.date.adding(days: -number % 90) ?? Self.date
        let customer = Customer(
          number: "C\(number)", kind: .household, jurisdiction: .latvia,
          customerSince: CivilDate(dayNumber: 19_000))
        let invoice = Invoice(
          id: "I\(number)", customer: reference, issued: due, due: due, amount: Money(10, .eur))
        let entry = ArrearsEntry(id: "A\(number)", customer: reference, reported: due, ageMonths: number % 5)
        for fact in [Fact.customer(customer), .invoice(invoice), .arrearsEntry(entry)] {
          _ = try transaction.store(fact, in: batch, line: nil)
        }
      }
      try transaction.complete(batch, rows: customers)
    }
    return Rater(store: store, ruleSet: try Self.rules.get(), audit: Self.audit)
  }

  private func order() -> Rerating.Order {
    Rerating.Order(businessDate: Self.date, knownAt: Self.now, actor: "tester")
  }

  private func hash(_ rater: Rater) throws -> Digest {
    try rater.store.read { reader throws(SQLiteError) in try DecisionStore.decisionHash(in: reader.sql) }
  }

  @Test func onePassDecidesForEverybody() throws {
    let rater = try portfolio(60)
    var steps: [Int] = []
    let report = try Rerating(rater).run(order(), clock: { Self.now }) { steps.append($0.rated) }
    #expect(report.portfolio == 60)
    #expect(report.rated == 60)
    #expect(report.confirmed == 0)
    #expect(report.ratings.values.reduce(0, +) == 60)
    #expect(report.outcomes.values.reduce(0, +) == 60)
    #expect(steps.last == 60)
    for number in [1, 30, 60] {
      let single = try rater.rate(
        .number("C\(number)"), businessDate: Self.date, knownAt: Self.now, actor: "tester", at: Self.now)
      let passed = try rater.store.read { reader throws(DecisionStoreError) in
        try DecisionStore.decision(DecisionID(number), in: reader.sql)
      }
      #expect(passed?.content == single.content)
    }
  }

  @Test func aStopInTheMiddleOfAPassHoldsForWhatIsRecordedAfterIt() throws {
    let rater = try portfolio(1100)
    var chunks = 0
    let report = try Rerating(rater).run(
      order(),
      clock: {
        // The second chunk has been decided and is about to be recorded.
        chunks += 1
        if chunks == 2 {
          #expect(throws: Never.self) {
            try rater.store.write(actor: "anna", at: Self.now, purpose: "stop") {
              transaction throws(StopError) in
              _ = try StopSwitch.stop(
                nil, reason: "test", sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
            }
          }
        }
        return Self.now
      })
    #expect(chunks == 2)
    #expect(report.stopped > 0)
    let outcomes = try rater.store.read { reader throws(SQLiteError) in
      (
        try reader.sql.integer("SELECT count(*) FROM decision WHERE id <= 1000 AND outcome <> 'refer'"),
        try reader.sql.integer("SELECT count(*) FROM decision WHERE id > 1000 AND outcome <> 'refer'")
      )
    }
    #expect((outcomes.0 ?? 0) > 0)
    #expect(outcomes.1 == 0)
    var different = 0
    try Replay(rater.store, jobs: 2).replayAll { if !$0.isIdentical { different += 1 } }
    #expect(different == 0)
  }

  @Test func aSecondPassConfirmsAndRecordsNothing() throws {
    let rater = try portfolio(20)
    _ = try Rerating(rater, jobs: 1).run(order(), clock: { Self.now })
    let before = try hash(rater)
    let report = try Rerating(rater, jobs: 3).run(order(), clock: { Self.now })
    #expect(report.confirmed == 20)
    #expect(try hash(rater) == before)
    let (sequence, decisions) = try rater.store.read { reader throws(SQLiteError) in
      (try reader.lastSequence(), try DecisionStore.count(in: reader.sql))
    }
    #expect(sequence == 3)
    #expect(decisions == 20)
    let entries = try rater.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(limit: 100), in: reader.sql)
    }
    // The rule set and the decisions of one write; then nothing but the confirmation.
    #expect(entries.count == 3)
    #expect(entries.dropFirst().first?.payload?.rows.count == 20)
    #expect(entries.last?.kind == .confirmation)
    #expect(entries.last?.payload?.about["decisions"] == [[1, 20]])
    let verified = try rater.store.read { reader throws(SQLiteError) in
      try AuditVerifier(DecisionStore.auditedTables).verify(in: reader.sql)
    }
    #expect(verified.finding == nil)
  }

  @Test func theNumberOfJobsChangesNothing() throws {
    let hashes = try [1, 2, 7].map { jobs in
      let rater = try portfolio(33)
      _ = try Rerating(rater, jobs: jobs).run(order(), clock: { Self.now })
      return try hash(rater)
    }
    #expect(Set(hashes).count == 1)
  }

  @Test func anEmptyPortfolioIsNoFault() throws {
    let store = try FactStore(
      path: try TemporaryFolder().file("store.db"), contributed: DecisionStore.migrations)
    let report = try Rerating(Rater(store: store, ruleSet: try Self.rules.get(), audit: Self.audit))
      .run(order(), clock: { Self.now })
    #expect(report.portfolio == 0 && report.rated == 0 && report.outcomes.isEmpty)
  }
}
