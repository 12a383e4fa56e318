import FactStore
import Facts
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import Decisioning

/// A store with the rule set kept, and who decides in it: with a cache so small that customers take each other's places.
struct SnapshotDesk {
  let portfolio: Portfolio
  let rater: OnlineRater
  let plain: Rater

  private static let ruleSet = try? RuleSet(folder: Repository.root.appending(path: "rules").path)

  init(_ portfolio: Portfolio, cache: FeatureSnapshotCache = FeatureSnapshotCache(places: 4)) throws {
    let ruleSet = try #require(Self.ruleSet)
    self.portfolio = portfolio
    plain = Rater(store: portfolio.store, ruleSet: ruleSet, audit: Portfolio.audit)
    let key = try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try RuleSetStore.keep(
        ruleSet, sequence: transaction.sequence, audit: Portfolio.audit, in: transaction.sql)
    }
    rater = OnlineRater(ruleSet, key: key, cache: cache)
  }

  /// A desk whose store has a customer `R` with facts by chance.
  static func random(_ seed: UInt64) throws -> SnapshotDesk {
    let desk = try SnapshotDesk(try Portfolio.punctual())
    let facts = RandomCustomer(seed: seed, on: Portfolio.businessDate).all
    let file = BatchDescription(
      source: "random", file: nil, digest: nil, layout: "random", knownFrom: Portfolio.now)
    try desk.portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      for fact in facts { _ = try transaction.store(fact, in: batch, line: nil) }
    }
    return desk
  }

  func moment(on day: CivilDate = Portfolio.businessDate) throws -> OnlineRater.Moment {
    try portfolio.store.read { reader throws(SQLiteError) in
      try OnlineRater.Moment(businessDate: day, knownAt: Portfolio.now, in: reader)
    }
  }

  func key(_ number: String) throws -> Int {
    try portfolio.store.read { reader throws(SQLiteError) in try reader.key(of: .number(number)) ?? 0 }
  }

  func execute(_ sql: String) throws {
    try portfolio.store.database.write { transaction throws(SQLiteError) in try transaction.execute(sql) }
  }

  func prepare(
    _ number: String, order: Order? = nil, on day: CivilDate = Portfolio.businessDate,
    knownAt: Instant = Portfolio.now
  ) throws -> PreparedRating? {
    try portfolio.store.read { reader throws(RatingError) in
      let (moment, key) = try RatingError.wrapping { () throws(SQLiteError) in
        (
          try OnlineRater.Moment(businessDate: day, knownAt: knownAt, in: reader),
          try reader.key(of: .number(number))
        )
      }
      return try rater.prepare(
        OnlineRater.Question(customerKey: key ?? 0, order: order, purpose: order == nil ? .rating : .order),
        moment, reader)
    }
  }

  /// Prepares, keeps the snapshot, and tells whether one was made.
  func refresh(_ number: String, on day: CivilDate = Portfolio.businessDate) throws -> Bool {
    guard let snapshot = try prepare(number, on: day)?.snapshot else { return false }
    try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try FeatureSnapshotStore.keep(snapshot, ruleSetKey: rater.ruleSetKey, in: transaction.sql)
    }
    return true
  }

  func isKept(_ number: String, on day: CivilDate = Portfolio.businessDate) throws -> Bool {
    let prepared = try #require(try prepare(number, on: day))
    return prepared.snapshot == nil
  }

  /// The bytes that the facts give.
  func fromFacts(_ number: String, order: Order? = nil) throws -> [UInt8] {
    let read = try plain.read(
      .number(number), businessDate: Portfolio.businessDate, knownAt: Portfolio.now, order: order)
    return try #require(plain.ruleSet.decide(read.facts, read.situation)).bytes(plain.ruleSet.layout)
  }
}
