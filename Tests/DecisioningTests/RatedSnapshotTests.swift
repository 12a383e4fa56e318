import FactStore
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

@testable import Decisioning

/// A decision put together from what was rated before is the one that is made from the facts: the bytes, the columns, and what is
/// said of it.
@Suite struct RatedSnapshotTests {
  private static let orders: [Order?] = [
    nil,
    Order(
      reference: "O-1", product: "Fixed", commodity: .electricity, jurisdiction: .latvia,
      expectedMonthlyAmount: Money(Decimal(64), .eur)),
    Order(
      reference: "\"ö\"", product: "", commodity: .gas, jurisdiction: .estonia, deliveryPoint: "D-1"),
  ]

  @Test func whatItSaysIsWhatTheFactsSay() throws {
    var outcomes: Set<Outcome> = []
    var barred = 0
    for seed in 0..<60 as Range<UInt64> {
      let desk = try SnapshotDesk.random(seed)
      #expect(try desk.refresh("R"))
      for order in Self.orders {
        let prepared = try #require(try desk.prepare("R", order: order))
        #expect(prepared.snapshot == nil)
        let read = try desk.plain.read(
          .number("R"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now, order: order)
        let content = try #require(desk.plain.ruleSet.decide(read.facts, read.situation))
        let entry = prepared.entry
        #expect(entry.bytes == content.bytes(desk.plain.ruleSet.layout), "seed \(seed)")
        #expect(prepared.summary == DecisionSummary(content), "seed \(seed)")
        #expect(entry.outcome == content.outcome && entry.rating == content.rating)
        #expect(entry.score == content.score && entry.standing == content.standing)
        #expect(entry.validUntil == content.validUntil && entry.matterReference == order?.reference)
        #expect(prepared.content == nil, "seed \(seed)")
        if !content.bars.isEmpty { barred += 1 }
        outcomes.insert(content.outcome)
      }
    }
    #expect(outcomes.count >= 3)
    #expect(barred >= 5)
  }

  @Test func theStoredFormIsReadBack() throws {
    let desk = try SnapshotDesk.random(7)
    let rules = desk.plain.ruleSet
    let stored = try #require(try desk.prepare("R")?.snapshot).rated
    let rated = try #require(RatedSnapshot(bytes: stored[...], rules.layout))
    #expect(rated.number == "R")
    #expect(rated.bytes(rules.layout) == stored)
    // Everything that may be missing is, and a reason is none of the scorecard's.
    var bare = rated
    (bare.rating, bare.score, bare.standing, bare.validUntil) = (nil, nil, nil, nil)
    bare.circumstances = Set(LawProvision.Circumstance.allCases)
    bare.reasons = [
      DecisionSummary.Reason(code: "insolvent", characteristic: nil, value: nil),
      DecisionSummary.Reason(code: "other", characteristic: "unknown", value: .string("text")),
      DecisionSummary.Reason(code: "null", characteristic: "unknown", value: .null),
    ]
    #expect(RatedSnapshot(bytes: bare.bytes(rules.layout)[...], rules.layout) == bare)
  }

  /// What is damaged is not there, or is something that can be read: never a trap.
  @Test func damagedBytesAreNotRead() throws {
    let desk = try SnapshotDesk.random(7)
    let rules = desk.plain.ruleSet
    let stored = try #require(try desk.prepare("R")?.snapshot).rated
    for count in 0..<stored.count {
      #expect(RatedSnapshot(bytes: stored.prefix(count), rules.layout) == nil)
    }
    #expect(RatedSnapshot(bytes: (stored + [0])[...], rules.layout) == nil)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      var bytes = stored
      for _ in 0...generator.number(below: 4) {
        bytes[generator.number(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      if let read = RatedSnapshot(bytes: bytes[...], rules.layout) {
        #expect(RatedSnapshot(bytes: read.bytes(rules.layout)[...], rules.layout) == read)
      }
    }
    // Of another version of the engine, whose first text the version is.
    var other = stored
    other[4] = UInt8(ascii: "9")
    #expect(RatedSnapshot(bytes: other[...], rules.layout) == nil)
  }

  @Test func damagedRatingsAreDecidedFromTheFeatures() throws {
    let desk = try SnapshotDesk.random(7)
    #expect(try desk.refresh("R"))
    try desk.execute("UPDATE feature_snapshot SET rated = x'00'")
    let prepared = try #require(try desk.prepare("R", order: Self.orders[1]))
    #expect(prepared.snapshot == nil && prepared.content != nil)
    #expect(prepared.entry.bytes == (try desk.fromFacts("R", order: Self.orders[1])))
    // As a database has it from before ratings were kept.
    try desk.execute("UPDATE feature_snapshot SET rated = NULL")
    try desk.execute("UPDATE feature_snapshot_horizon SET generation = generation + 1")
    #expect(try desk.prepare("R", order: Self.orders[1])?.entry.bytes == prepared.entry.bytes)
  }

  /// A model that looks at the order has no answer before there is one.
  @Test func aModelThatAsksAboutOrdersIsNotRatedBefore() throws {
    let folder = Repository.root.appending(path: "rules").path
    let files = try RuleSetFiles(folder: folder)
    var contents: [String: [UInt8]] = [:]
    for path in files.paths { contents[path] = files[path] }
    let path = "credit-rating.dmn"
    let model = String(decoding: try #require(contents[path]), as: UTF8.self)
    contents[path] = Array(
      model.replacing(
        "<inputData id=",
        with: "<inputData id=\"in-commodity\" name=\"Commodity\">\n"
          + "<variable name=\"Commodity\" typeRef=\"string\"/></inputData>\n<inputData id=",
        maxReplacements: 1
      ).utf8)
    let rules = try RuleSet(RuleSetFiles(contents))
    #expect(rules.rating.asksAboutOrders)
    #expect(try !RuleSet(files).rating.asksAboutOrders)
    let desk = try SnapshotDesk.random(7)
    let read = try desk.plain.read(
      .number("R"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now)
    let assessment = try #require(rules.assess(read.facts, read.situation))
    let standing = FeatureSnapshot.Standing(
      sources: read.situation.sources, quarantinedRecords: 0, previous: nil)
    #expect(RatedSnapshot(assessment, standing, on: Portfolio.businessDate, rules) == nil)
  }
}
