import FactStore
import Facts
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import Decisioning

/// Decisions from kept features are those from the facts, byte for byte, and what is out of date is never used.
@Suite struct FeatureSnapshotTests {
  private static let order = Order(
    reference: "O-1", product: "Fixed", commodity: .electricity, jurisdiction: .latvia,
    expectedMonthlyAmount: Money(Decimal(64), .eur))

  private static let late = [
    "customers C2,household,EE,et,2025-01-15,Mart,,,", "invoices C2-1,C2,,2026-03-01,2026-03-15,120.50,EUR",
    "invoices C2-2,C2,,2026-04-01,2026-04-15,80,EUR", "payments P3,C2,2026-05-20,120.50,EUR,C2-1",
    "debt-notices N1,C2,C2-2,2026-05-10,letter,80,EUR", "customers C3,prospect,LV,lv,2026-06-01,,,,",
    "invoices C1-9,C1,,2026-05-01,2026-05-15,7,SEK",
  ]

  @Test func decidesTheSameBytes() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual(Self.late))
    for number in ["C1", "C2", "C3", "X"] {
      #expect(try desk.refresh(number))
      #expect(try desk.isKept(number))
      for order in [nil, Self.order] {
        let kept = try #require(try desk.prepare(number, order: order))
        #expect(kept.snapshot == nil)
        #expect(kept.entry.bytes == (try desk.fromFacts(number, order: order)), "\(number)")
      }
    }
  }

  @Test func randomCustomersDecideTheSameBytes() throws {
    for seed in 0..<40 as Range<UInt64> {
      let desk = try SnapshotDesk.random(seed)
      #expect(try desk.refresh("R"))
      let prepared = try #require(try desk.prepare("R", order: Self.order))
      #expect(prepared.snapshot == nil)
      #expect(prepared.entry.bytes == (try desk.fromFacts("R", order: Self.order)), "seed \(seed)")
    }
  }

  @Test(arguments: [
    "invoices C1-3,C1,,2026-06-01,2026-06-15,10,EUR", "payments P1,C1,2026-01-20,10,EUR,C1-1",
    "customers C1,household,LV,lv,2024-03-15,Anna Maria,,,", "disputes D1,C1,C1-1,2026-06-20,5,EUR,,",
  ])
  func whateverTouchesTheCustomerPutsItOutOfDate(line: String) throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    #expect(try desk.refresh("C1"))
    #expect(try desk.refresh("X"))
    try desk.portfolio.load([line])
    #expect(try desk.isKept("X"), "others are left alone")
    #expect(try !desk.isKept("C1"))
    #expect(try desk.refresh("C1"))
    #expect(try desk.isKept("C1"))
  }

  @Test func quarantineRulesDayAndDecisionsPutItOutOfDate() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    #expect(try desk.refresh("C1"))
    let next = try #require(Portfolio.businessDate.adding(days: 1))
    #expect(try !desk.isKept("C1", on: next), "another day")
    try desk.portfolio.quarantine("C1")
    #expect(try !desk.isKept("C1"))
    #expect(try desk.refresh("C1"))
    _ = try desk.plain.rate(
      .number("C1"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now, actor: "tester",
      at: Portfolio.now)
    #expect(try desk.isKept("C1"), "a decision for the same day is no rating that stood before")
    _ = try desk.plain.rate(
      .number("C1"), businessDate: try #require(Portfolio.businessDate.adding(days: -1)),
      knownAt: Portfolio.now, actor: "tester", at: Portfolio.now)
    #expect(try !desk.isKept("C1"), "one for an earlier day is")
  }

  /// A key that only seems to be a customer's.
  @Test func nothingIsDecidedFromWhatWasKeptOfAnother() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    #expect(try desk.refresh("C1"))
    #expect(try desk.refresh("X"))
    let plain = try desk.prepare("C1", order: Self.order)?.entry.bytes
    try desk.portfolio.store.read { reader throws(RatingError) in
      let (moment, own, other) = try RatingError.wrapping { () throws(SQLiteError) in
        (
          try OnlineRater.Moment(
            businessDate: Portfolio.businessDate, knownAt: Portfolio.now, in: reader),
          try reader.key(of: .number("C1")) ?? 0, try reader.key(of: .number("X")) ?? 0
        )
      }
      func bytes(_ key: Int) throws(RatingError) -> [UInt8]? {
        let question = OnlineRater.Question(customerKey: key, order: Self.order, purpose: .order)
        return try desk.rater.prepareKept(question, ofCustomer: "C1", moment, reader)?.entry.bytes
      }
      #expect(plain != nil)
      #expect(try bytes(own) == plain)
      #expect(try bytes(other) == nil)
      #expect(try bytes(12_345) == nil)
    }
  }

  /// A database from before the latest day was kept, with a snapshot in it.
  @Test func anOlderDatabaseKnowsItsLatestDay() throws {
    let portfolio = try Portfolio.punctual()
    let desk = try SnapshotDesk(portfolio)
    #expect(try desk.refresh("C1"))
    try portfolio.store.database.write { transaction throws(SQLiteError) in
      try transaction.execute("DROP TABLE feature_snapshot_horizon")
      let trigger = FeatureSnapshotStore.definition.filter { $0.contains("after_decision") }
      for statement in trigger + FeatureSnapshotStore.horizon + FeatureSnapshotStore.generations {
        try transaction.execute(statement)
      }
    }
    let earlier = try #require(Portfolio.businessDate.adding(days: -1))
    _ = try desk.plain.rate(
      .number("C1"), businessDate: earlier, knownAt: Portfolio.now, actor: "tester", at: Portfolio.now)
    #expect(try !desk.isKept("C1"))
  }

  @Test func aSnapshotBehindAnEarlierDecisionIsNotKept() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    let snapshot = try #require(try desk.prepare("C1")?.snapshot)
    _ = try desk.plain.rate(
      .number("C1"), businessDate: try #require(Portfolio.businessDate.adding(days: -1)),
      knownAt: Portfolio.now, actor: "tester", at: Portfolio.now)
    try desk.portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try FeatureSnapshotStore.keep(snapshot, ruleSetKey: desk.rater.ruleSetKey, in: transaction.sql)
    }
    #expect(try !desk.isKept("C1"))
  }

  @Test func factsThatBecomeKnownLaterAreNotMissed() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    let later = Instant(microseconds: Portfolio.now.microseconds + 3_600_000_000)
    try desk.portfolio.load(["invoices C1-3,C1,,2026-06-01,2026-06-15,10,EUR"], known: later)
    #expect(try !desk.refresh("C1"), "it would go on holding after the invoice has come to be known")
    #expect(try desk.refresh("X"))
  }

  @Test func erasureTakesItAway() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    #expect(try desk.refresh("C1"))
    let key = try desk.portfolio.store.read { reader throws(SQLiteError) in
      try reader.key(of: .number("C1")) ?? 0
    }
    try desk.portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "erase") {
      transaction throws(StoreError) in _ = try transaction.erase(customerKey: key, rule: "test")
    }
    let left = try desk.portfolio.store.read { reader throws(SQLiteError) in
      try reader.sql.integer("SELECT count(*) FROM feature_snapshot")
    }
    #expect(left == 0)
    #expect(try desk.prepare("C1") == nil)
  }
}
