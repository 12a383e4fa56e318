import Access
import Decisioning
import FactStore
import Facts
import Foundation
import HumanReview
import SQLite
import TestSupport
import Testing
import Values

@testable import DecisionService

/// Cases of a service that passes by what was seen to with its commit.
@Suite struct CaseFollowerTests {
  /// Whoever follows all decisions once more, from the first on, finds nothing that was left out.
  @Test(arguments: 1...3)
  func nothingThatIsPassedByWasLeftOut(_ seed: UInt64) throws {
    let house = try House()
    try house.add("liga", .senior)
    let rater = Rater(store: house.store, ruleSet: try RuleSet(House.rules.get()), audit: House.audit)
    var chance = SeededGenerator(seed: seed)
    var stop: Int?
    var stops = 0
    for step in 1...40 {
      switch chance.number(below: 8) {
      case 0:
        if let number = stop {
          try house.stopAutomation(lifting: number)
          stop = nil
        } else {
          try house.stopAutomation()
          stop = stops + 1
        }
        // A stop and its lift have a number each.
        stops += 1
      case 1:
        // Another process decides in between, and says nothing to the service.
        _ = try rater.rate(
          .number("CAST-12"), businessDate: House.day, knownAt: house.clock.now, actor: "tester",
          at: house.clock.now)
      default:
        let (customer, order) = (["CAST-12", "CAST-14"][chance.number(below: 2)], chance.number(below: 12))
        try house.decide(customer, order: "O-\(order)", key: "k-\(step)")
      }
      if chance.number(below: 6) == 0 { try followed(house) }
    }
    try followed(house)
    let events = try house.integer("SELECT count(*) FROM review_event")
    #expect(events > 0)
    try house.store.database.write { transaction throws(SQLiteError) in
      try transaction.run("UPDATE review_cursor SET decision = 0")
    }
    try house.follow()
    try followed(house)
    #expect(try house.integer("SELECT count(*) FROM review_event") == events)
  }

  /// What is wrong with a case keeps no decision back: it is stored without its case, and the follower tells.
  @Test func aCaseThatCannotBeOpenedHoldsUpNoDecision() throws {
    let house = try House()
    try house.stopAutomation()
    #expect(try house.decide("CAST-12", order: "O-1").status == 201)
    try house.store.database.write { transaction throws(SQLiteError) in
      // An open case that names what closed it is damaged.
      try transaction.run("UPDATE review_case SET closing = (SELECT min(number) FROM review_event)")
    }
    let writes = try house.integer("SELECT count(*) FROM write")
    #expect(try house.decide("CAST-12", order: "O-1").status == 201)
    #expect(try house.decide("CAST-14", order: "O-2").status == 201)
    #expect(try house.integer("SELECT count(*) FROM decision WHERE outcome = 'refer'") == 3)
    #expect(try house.integer("SELECT count(*) FROM review_case WHERE number = 2") == 0)
    #expect(try house.integer("SELECT count(*) FROM intake") == 3)
    #expect(try house.integer("SELECT count(*) FROM write") >= writes + 2)
    for _ in 0..<500 where !house.log.all.contains(where: { $0.contains("cases-not-followed") }) {
      usleep(20_000)
    }
    #expect(house.log.all.contains { $0.contains("cases-not-followed") })
  }

  /// Waits until the service has followed all decisions, which it does five times a second.
  private func followed(_ house: House) throws {
    for _ in 0..<500 {
      if try house.integer(
        "SELECT (SELECT decision FROM review_cursor) >= (SELECT coalesce(max(id), 0) FROM decision)") == 1
      {
        return
      }
      usleep(20_000)
    }
    Issue.record("the decisions are not followed")
  }
}
