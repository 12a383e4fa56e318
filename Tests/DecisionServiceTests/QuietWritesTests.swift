import Access
import Decisioning
import Formats
import HumanReview
import TestSupport
import Testing
import Values

@testable import DecisionService

/// What an event loop keeps from turn to turn holds only while nothing but decisions is written.
@Suite struct QuietWritesTests {
  /// Against the whole history of writes, of which each is quiet and noted, or anybody's.
  @Test(arguments: 1...20)
  func theyCoverWhatTheHistorySays(_ seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    let writes = QuietWrites()
    // Whether each write was noted, by its number from 1 on.
    var noted: [Bool] = []
    var (covered, uncovered) = (0, 0)
    for _ in 1...300 {
      if chance.number(below: 8) == 0 {
        noted.append(false)
      } else {
        let count = 1 + chance.number(below: 3)
        writes.note(noted.count + 1...noted.count + count)
        noted += Array(repeating: true, count: count)
      }
      // Mostly of the newest, as loops ask.
      let oldest = chance.number(below: 4) == 0 ? 0 : max(0, noted.count - 12)
      let span = noted.count - oldest + 1
      let (one, other) = (oldest + chance.number(below: span), oldest + chance.number(below: span))
      let (known, last) = (min(one, other), max(one, other))
      let isQuiet = noted[known..<last].allSatisfy(\.self)
      // The run of the latest is all that is kept, so an older one may be unknown.
      let run = noted.count - (noted.lastIndex(of: false).map { $0 + 1 } ?? 0)
      let isKnown = noted.last == true && known >= noted.count - run
      let answer = writes.cover(after: known, upTo: last)
      #expect(!answer || isQuiet)
      #expect(answer || !(isQuiet && (isKnown || known == last)))
      if answer { covered += 1 } else { uncovered += 1 }
      if last > known { #expect(!writes.cover(after: last, upTo: known)) }
    }
    #expect(covered > 20 && uncovered > 20)
    #expect(!writes.cover(after: noted.count, upTo: noted.count + 1))
  }

  /// Tokens, rules and facts that others write between decisions count with the next request.
  @Test(arguments: 1...2)
  func whatOthersWriteIsSeenByTheNextTurn(_ seed: UInt64) throws {
    let house = try House()
    var chance = SeededGenerator(seed: seed)
    var version = try #require(house.decide().json["ruleSet"]?.stringValue)
    var files = try House.rules.get()
    var (insolvent, judged): (Set<String>, Set<String>) = ([], [])
    for step in 1...60 {
      let customer = ["CAST-12", "CAST-14"][chance.number(below: 2)]
      switch chance.number(below: 12) {
      case 0:
        let token = try house.issue()
        #expect(try house.decide(customer, order: "T-\(step)", token: token).status == 201)
        let number = try #require(Int(token.split(separator: "_")[1]))
        _ = try house.write { write throws(AccessError) in
          try AccessStore.revoke(
            number, reason: "lost", by: Actor(name: "anna", roles: [.administrator]), audit: House.audit,
            in: write)
        }
        #expect(try house.decide(customer, order: "T-\(step)", token: token).code == "invalid-token")
      case 1:
        files = try House.rules(
          "reasons/en.json", replacing: "are still open in the arrears register", with: "are open, \(step)")
        try house.activate(files)
        version = String(files.version.description.prefix(12))
      case 2 where step > 20:
        let line = FactsTests.line(
          "register-entries",
          #""entry":"R-\#(customer)","customer":"\#(customer)","register":"register","type":"insolvency","since":"2026-06-01""#
        )
        #expect(try house.ask("POST", "/v1/facts", line).status == 200)
        insolvent.insert(customer)
        // A turn that sees them and decides nothing.
        #expect(try house.ask("GET", "/v1/sources").status == 200)
      case 3 where step > 20 && !judged.contains(customer):
        try judge(customer, house, files)
        judged.insert(customer)
      default:
        let answer = try house.decide(customer, order: "O-\(step)")
        #expect(answer.json["ruleSet"]?.stringValue == version)
        if insolvent.contains(customer) || judged.contains(customer) { #expect(answer.outcome != "accept") }
      }
    }
    // Replayed from the facts as of the write that each decision has seen.
    try house.expectSound()
  }

  /// Has the newest decision about a customer contested, and a person set the rating.
  private func judge(_ customer: String, _ house: House, _ rules: RuleSetFiles) throws {
    let decision = try #require(house.decide(customer, order: nil).decision)
    let contest = try house.ask("POST", "/v1/decisions/\(decision)/contest", "{}")
    #expect(contest.status == 201)
    let id = try #require(contest.json["case"]?.stringValue.flatMap { CaseID($0) })
    let (liga, maris) = (
      Actor(name: "liga", roles: [.reviewer, .senior]), Actor(name: "maris", roles: [.senior])
    )
    let desk = ReviewDesk(
      store: house.store, audit: House.audit, rules: rules, policy: try ReviewPolicy(rules))
    let claimed = try desk.claim(id, by: liga, at: house.clock.now)
    let decided = try desk.decide(
      id,
      JudgementDraft(
        .changed, scope: .customer, rating: "D", reasons: ["J-EVIDENCE"],
        text: "There is more that speaks against it."),
      expecting: claimed.version, by: liga, on: House.day, at: house.clock.now)
    if case .awaitsSecondPerson = decided {
      try desk.opened(id, [CaseSection.decision.rawValue], by: maris, at: house.clock.now)
      _ = try desk.approve(
        id, expecting: claimed.version + 1, by: maris, on: House.day, at: house.clock.now)
    }
  }
}
