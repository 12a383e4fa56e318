import FactStore
import Facts
import SQLite
import TestSupport
import Testing
import Values

@testable import Decisioning

/// What is kept in memory decides as the facts do, and is forgotten with everything that puts it out of date.
///
/// `FeatureSnapshotTests` asks the same of every kind of change, with a cache between.
@Suite struct FeatureSnapshotCacheTests {
  @Test func decidesWithoutLookingAtTheTable() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    #expect(try desk.refresh("C1"))
    #expect(try desk.isKept("C1"))
    try desk.execute("DELETE FROM feature_snapshot")
    #expect(try desk.isKept("C1"))
    #expect(try desk.prepare("C1")?.entry.bytes == (try desk.fromFacts("C1")))
    #expect(try !desk.isKept("X"), "never read")
    // As whatever takes snapshots away does.
    try desk.execute("UPDATE feature_snapshot_horizon SET generation = generation + 1")
    #expect(try !desk.isKept("C1"))
  }

  @Test func isFilledWithWhatIsKept() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    for number in ["C1", "X"] { #expect(try desk.refresh(number)) }
    try desk.portfolio.store.read { reader throws(SQLiteError) in
      try desk.rater.fillCache(
        try OnlineRater.Moment(
          businessDate: Portfolio.businessDate, knownAt: Portfolio.now, in: reader), reader)
    }
    try desk.execute("DELETE FROM feature_snapshot")
    for number in ["C1", "X"] { #expect(try desk.isKept(number), "\(number)") }
  }

  /// Whoever needs the basis of a rated snapshot reads it from the table.
  @Test func theBasisIsKeptOnlyWhereNothingIsRated() throws {
    // As it is, with an answer that cannot be read, and from before answers were kept.
    for (rated, hasBasis) in [("rated", false), ("x'00'", false), ("NULL", true)] {
      let cache = FeatureSnapshotCache(places: 4)
      let desk = try SnapshotDesk(try Portfolio.punctual(), cache: cache)
      #expect(try desk.refresh("C1"))
      try desk.execute("UPDATE feature_snapshot SET rated = \(rated)")
      for _ in 0..<2 {
        let prepared = try #require(try desk.prepare("C1"))
        #expect(prepared.snapshot == nil, "\(rated)")
        #expect(prepared.entry.bytes == (try desk.fromFacts("C1")), "\(rated)")
      }
      let stored = try #require(
        cache.stored(try desk.key("C1"), try desk.moment(), ruleSetKey: desk.rater.ruleSetKey))
      #expect(stored.basis.isEmpty == !hasBasis, "\(rated)")
      #expect(stored.rated.isEmpty == hasBasis && !stored.features.isEmpty, "\(rated)")
    }
  }

  /// A customer's place may be taken by another, and both are decided rightly.
  @Test func customersShareAPlace() throws {
    let desk = try SnapshotDesk(try Portfolio.punctual(), cache: FeatureSnapshotCache(places: 1))
    for number in ["C1", "X"] { #expect(try desk.refresh(number)) }
    for number in ["C1", "X", "C1", "X", "X"] {
      let prepared = try #require(try desk.prepare(number))
      #expect(prepared.snapshot == nil)
      #expect(prepared.entry.bytes == (try desk.fromFacts(number)))
    }
  }

  /// A snapshot knows what its reader cannot see.
  @Test func aReaderOfAnEarlierStateIsGivenNothingLater() throws {
    let cache = FeatureSnapshotCache(places: 4)
    let desk = try SnapshotDesk(try Portfolio.punctual(), cache: cache)
    let (earlier, key) = (try desk.moment(), try desk.key("C1"))
    try desk.portfolio.load(["invoices C1-3,C1,,2026-06-01,2026-06-15,10,EUR"])
    #expect(try desk.refresh("C1"))
    #expect(try desk.isKept("C1"))
    let later = try desk.moment()
    #expect(cache.stored(key, later, ruleSetKey: desk.rater.ruleSetKey) != nil)
    #expect(cache.stored(key, earlier, ruleSetKey: desk.rater.ruleSetKey) == nil)
    #expect(cache.stored(key, later, ruleSetKey: desk.rater.ruleSetKey + 1) == nil)
  }

  /// Two event loops at the turn of the day: the one behind throws nothing away.
  @Test func anEarlierStateDoesNotDisplaceALaterOne() throws {
    let cache = FeatureSnapshotCache(places: 4)
    let desk = try SnapshotDesk(try Portfolio.punctual(), cache: cache)
    let (before, key) = (try desk.moment(), try desk.key("C1"))
    let next = try #require(Portfolio.businessDate.adding(days: 1))
    #expect(try desk.refresh("C1", on: next))
    #expect(try desk.isKept("C1", on: next))
    let after = try desk.moment(on: next)
    let stored = try #require(cache.stored(key, after, ruleSetKey: desk.rater.ruleSetKey))
    cache.keep(stored, of: key, before, ruleSetKey: desk.rater.ruleSetKey)
    #expect(cache.stored(key, before, ruleSetKey: desk.rater.ruleSetKey) == nil)
    #expect(cache.stored(key, after, ruleSetKey: desk.rater.ruleSetKey) != nil)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func randomChangesNeverLeaveAnythingStale(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let desk = try SnapshotDesk(try Portfolio.punctual())
    var count = 0
    for step in 0..<30 {
      let number = ["C1", "X"][generator.number(below: 2)]
      count += 1
      switch generator.number(below: 6) {
      case 0:
        try desk.portfolio.load(["invoices I-\(count),\(number),,2026-05-01,2026-05-15,\(count),EUR"])
      case 1:
        try desk.portfolio.load(["payments Q-\(count),\(number),2026-06-20,\(count),EUR,"])
      case 2: try desk.portfolio.quarantine(number)
      case 3:
        let day = try #require(Portfolio.businessDate.adding(days: -generator.number(below: 3)))
        _ = try desk.plain.rate(
          .number(number), businessDate: day, knownAt: Portfolio.now, actor: "tester", at: Portfolio.now)
      default: _ = try desk.refresh(number)
      }
      for number in ["C1", "X"] {
        #expect(
          try desk.prepare(number)?.entry.bytes == (try desk.fromFacts(number)), "step \(step), \(number)")
      }
    }
  }
}
