import Decisioning
import FactStore
import TestSupport
import Testing
import Values

@testable import HumanReview

/// The figures of the review, against cases whose figures are known.
@Suite struct StatisticsTests {
  private func statistics(
    _ office: Office, since: CivilDate? = nil, until: CivilDate? = nil
  ) throws -> ReviewStatistics {
    try office.store.read { reader throws(ReviewError) in
      try ReviewStatistics(since: since, until: until, on: office.day, in: reader.sql)
    }
  }

  @Test func countsWhatPeopleDid() throws {
    let office = try Office(customers: 4)
    // C1: confirmed by janis after five minutes and two things opened.
    let first = try office.contest(try office.rate("C1").id).reviewCase.id
    _ = try office.claim(first)
    _ = office.tick(minutes: 5)
    try office.desk.opened(first, ["decision", "features", "invoice:C1-1"], by: Office.janis, at: office.now)
    try office.decide(first, Office.draft(.confirmed, scope: .customer))
    // C2: changed by ieva after one minute; given back once before, by janis, after ten.
    let second = try office.contest(try office.rate("C2").id).reviewCase.id
    _ = try office.claim(second)
    _ = office.tick(minutes: 10)
    try office.desk.release(second, reason: "a neighbour", by: Office.janis, at: office.now)
    _ = try office.claim(second, by: Office.ieva)
    _ = office.tick(minutes: 1)
    try office.decide(second, Office.draft(rating: "B", scope: .customer), by: Office.ieva)
    // C3: a change of several ratings, sent back once, then approved by liga.
    let third = try office.contest(try office.rate("C3").id).reviewCase.id
    for isLast in [false, true] {
      _ = try office.claim(third)
      _ = office.tick(minutes: 2)
      try office.decide(third, Office.draft(rating: "E", scope: .customer))
      if !isLast {
        try office.desk.sendBack(third, reason: "Why so low?", by: Office.liga, at: office.tick())
      }
    }
    try office.look(third, by: Office.liga)
    _ = try office.desk.approve(
      third, expecting: try office.find(third).version, by: Office.liga, on: office.day, at: office.tick())
    // C4: a referral whose outcome is set while its rating stays.
    try office.refer("C4")
    try office.follow()
    let fourth = try #require(try office.list(QueueFilter(kinds: [.referral])).first?.id)
    _ = try office.claim(fourth)
    try office.decide(fourth)

    let found = try statistics(office)
    let lines = Dictionary(uniqueKeysWithValues: found.reviewers.map { ($0.name, $0) })
    let janis = try #require(lines["janis"])
    #expect(janis.decided == 3 && janis.confirmed == 1 && janis.changed == 2)
    #expect(janis.confirmable == 2 && janis.overridden == 1)
    #expect(janis.comparable == 3 && janis.disagreed == 1)
    #expect(janis.seconds == [0, 240, 300])
    #expect(janis.medianSeconds == 240 && janis.shortestSeconds == 0)
    #expect(janis.opened == 2 && janis.withEvidence == 1)
    #expect(janis.sentBack == 1 && janis.approved == 0)
    let ieva = try #require(lines["ieva"])
    #expect(ieva.decided == 1 && ieva.overrideRate == 1 && ieva.seconds == [60])
    #expect(lines["liga"]?.approved == 1 && lines["liga"]?.decided == 0)
    #expect(found.total.decided == 4 && found.total.approved == 1)
    #expect(Set(found.reasons.map(\.name)) == ["contest", "K-QUARANTINE"])
    #expect(found.warnings.isEmpty)
    #expect(try statistics(office, since: CivilDate("2026-07-02")).total.decided == 0)
    #expect(try statistics(office, until: CivilDate("2026-07-01")).total.decided == 4)
    #expect(try statistics(office, until: CivilDate("2026-06-30")).total.decided == 0)
  }

  private func event(
    _ number: Int, _ kind: ReviewEventKind, at: Int, what: String? = nil, resolution: String? = nil,
    rating: String? = nil
  ) -> StatisticsCount.Event {
    StatisticsCount.Event(
      caseID: CaseID(.contest, number), kind: kind, actor: "janis", at: at * 1_000_000, reason: "contest",
      due: CivilDate("1970-01-01") ?? .earliest, what: what, resolution: resolution,
      reviewer: kind == .decided ? "janis" : nil, approver: nil, basisOutcome: "accept", basisRating: "A",
      basisKind: "automated", outcome: kind == .decided ? "accept" : nil, rating: rating)
  }

  private func warnings(_ cases: Int, seconds: Int, overrides: Int, opens: Int) -> [ReviewStatistics
    .RubberStamp]
  {
    var count = StatisticsCount(period: Int.min..<Int.max)
    for number in 1...cases {
      let begin = number * 1000
      count.take(event(number, .opened, at: begin))
      count.take(event(number, .claimed, at: begin))
      if number <= opens { count.take(event(number, .viewed, at: begin, what: "timeline")) }
      let isOverride = number <= overrides
      count.take(
        event(
          number, .decided, at: begin + seconds, resolution: isOverride ? "changed" : "confirmed",
          rating: isOverride ? "B" : "A"))
    }
    return ReviewStatistics.warnings(count.reviewers["janis"] ?? ReviewStatistics.Line("janis"))
  }

  @Test func warnsOfRubberStamping() {
    #expect(warnings(100, seconds: 30, overrides: 1, opens: 100).count == 1)
    #expect(warnings(100, seconds: 30, overrides: 2, opens: 100).isEmpty)
    #expect(warnings(100, seconds: 60, overrides: 0, opens: 100).isEmpty)
    #expect(warnings(19, seconds: 1, overrides: 0, opens: 0).isEmpty)
    #expect(warnings(20, seconds: 1, overrides: 0, opens: 0).count == 2)
    #expect(warnings(20, seconds: 600, overrides: 5, opens: 9).count == 1)
    #expect(warnings(20, seconds: 600, overrides: 5, opens: 10).isEmpty)
    #expect(
      warnings(20, seconds: 1, overrides: 0, opens: 20).first?.sentence("janis").contains("rubber-stamping")
        == true)
  }

  /// A claim that ran out counts to the last act of its holder; what somebody else opened is not the reviewer's.
  @Test func countsTheTimeOfAClaimThatRanOut() {
    var count = StatisticsCount(period: Int.min..<Int.max)
    count.take(event(1, .opened, at: 0))
    count.take(event(1, .claimed, at: 10))
    count.take(event(1, .viewed, at: 40, what: "features"))
    count.take(event(1, .claimed, at: 5000))
    count.take(event(1, .decided, at: 5020, resolution: "confirmed", rating: "A"))
    #expect(count.total.seconds == [50])
    #expect(count.total.late == 0)
    #expect(count.total.disagreed == 0)
  }
}
