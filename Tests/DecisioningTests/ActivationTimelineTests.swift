import Decisioning
import Testing
import Values

/// Which version is in force when, as the record of activations says.
@Suite struct ActivationTimelineTests {
  private let a = SHA256.hash("a")
  private let b = SHA256.hash("b")
  private let c = SHA256.hash("c")

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func line(
    _ number: Int, _ version: Digest, _ from: String, _ kind: Activation.Kind = .activation,
    withdraws: Int? = nil
  ) throws -> Activation {
    Activation(
      number: number, kind: kind, version: version, from: try day(from), withdraws: withdraws,
      sequence: number,
      actor: "tester", at: Instant(microseconds: number))
  }

  @Test func theLatestFirstDayDecides() throws {
    let timeline = ActivationTimeline([
      try line(1, a, "2026-01-01"), try line(2, b, "2026-03-01"), try line(3, c, "2026-02-01"),
    ])
    #expect(timeline.version(on: try day("2025-12-31")) == nil)
    #expect(timeline.version(on: try day("2026-01-31")) == a)
    #expect(timeline.version(on: try day("2026-02-01")) == c)
    #expect(timeline.version(on: try day("2026-03-01")) == b)
    #expect(timeline.periods.map(\.version) == [a, c, b])
    #expect(timeline.periods.map(\.until) == [try day("2026-01-31"), try day("2026-02-28"), nil])
  }

  @Test func ofSeveralWithOneFirstDayTheNewestDecides() throws {
    let timeline = ActivationTimeline([
      try line(1, a, "2026-01-01"), try line(2, b, "2026-03-01"), try line(3, a, "2026-03-01", .rollback),
    ])
    #expect(timeline.version(on: try day("2026-03-01")) == a)
    #expect(timeline.periods == [.init(version: a, from: try day("2026-01-01"), until: nil)])
    #expect(timeline.hasActivated(b))
    #expect(!timeline.hasActivated(c))
  }

  @Test func aWithdrawnActivationNeverWas() throws {
    let lines = [
      try line(1, a, "2026-01-01"), try line(2, b, "2026-03-01"),
      try line(3, b, "2026-03-01", .withdrawal, withdraws: 2),
    ]
    let timeline = ActivationTimeline(lines)
    #expect(timeline.version(on: try day("2027-01-01")) == a)
    #expect(timeline.scheduled(after: try day("2026-02-01")) == nil)
    #expect(!timeline.hasActivated(b))
    #expect(ActivationTimeline(Array(lines.prefix(2))).scheduled(after: try day("2026-02-01"))?.number == 2)
  }

  @Test func aRollbackGoesFurtherBackEachTime() throws {
    var lines = [
      try line(1, a, "2026-01-01"), try line(2, b, "2026-02-01"), try line(3, c, "2026-03-01"),
    ]
    let today = try day("2026-03-10")
    #expect(ActivationTimeline(lines).before(today) == b)
    lines.append(try line(4, b, "2026-03-10", .rollback))
    #expect(ActivationTimeline(lines).before(today) == a)
    lines.append(try line(5, a, "2026-03-10", .rollback))
    #expect(ActivationTimeline(lines).before(today) == nil)
    // A version that is put in force again after a rollback counts again.
    lines.append(try line(6, c, "2026-03-10"))
    #expect(ActivationTimeline(lines).before(today) == a)
    #expect(ActivationTimeline([]).before(today) == nil)
  }

  /// Random records against the definition read day by day.
  @Test func everyDayIsAsTheDefinitionSays() throws {
    let start = try day("2026-01-01").dayNumber
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<200 {
      var lines: [Activation] = []
      for number in 1...(1 + next(8)) {
        let open = lines.filter { line in
          line.kind != .withdrawal && !lines.contains { $0.withdraws == line.number }
        }
        if next(4) == 0, let target = open.last {
          lines.append(
            Activation(
              number: number, kind: .withdrawal, version: target.version, from: target.from,
              withdraws: target.number, sequence: number, actor: "", at: Instant(microseconds: 0)))
        } else {
          lines.append(
            Activation(
              number: number, kind: .activation, version: [a, b, c][next(3)],
              from: CivilDate(dayNumber: start + next(10)), sequence: number, actor: "",
              at: Instant(microseconds: 0)))
        }
      }
      let timeline = ActivationTimeline(lines)
      for offset in -1...11 {
        let day = CivilDate(dayNumber: start + offset)
        var expected: Activation?
        for line in lines where line.kind != .withdrawal && line.from <= day {
          if lines.contains(where: { $0.withdraws == line.number }) { continue }
          if line.from >= expected?.from ?? line.from { expected = line }
        }
        #expect(timeline.version(on: day) == expected?.version)
        let periods = timeline.periods.filter { $0.from <= day && day <= $0.until ?? day }
        #expect(periods.map(\.version) == (expected.map { [$0.version] } ?? []))
      }
    }
  }
}
