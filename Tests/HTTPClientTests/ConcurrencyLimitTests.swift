import HTTPClient
import TestSupport
import Testing

@Suite struct ConcurrencyLimitTests {
  private static func at(_ milliseconds: Int) -> MonotonicTime {
    MonotonicTime(nanoseconds: 0).adding(milliseconds: milliseconds)
  }

  @Test func letsSoManyInAndTheOthersInTheirOrder() {
    var limit = ConcurrencyLimit(places: 2, line: 2)
    let entries = (1...5).map { limit.enter($0, until: Self.at(100), at: Self.at(0)) }
    #expect(entries == [.entered, .entered, .waits, .waits, .full])
    #expect((limit.running, limit.waiting) == (2, 2))
    #expect(
      [limit.leave(at: Self.at(1)), limit.leave(at: Self.at(1)), limit.leave(at: Self.at(1))] == [3, 4, nil])
    #expect(limit.running == 1)
    #expect(limit.leave(at: Self.at(2)) == nil)
    #expect(limit.leave(at: Self.at(2)) == nil)
    #expect(limit.running == 0)
  }

  @Test func passesOverThoseWhoseTimeIsOver() {
    var limit = ConcurrencyLimit(places: 1, line: 3)
    _ = limit.enter(1, until: Self.at(1_000), at: Self.at(0))
    for (ticket, deadline) in [(2, 10), (3, 500), (4, 20)] {
      #expect(limit.enter(ticket, until: Self.at(deadline), at: Self.at(0)) == .waits)
    }
    #expect(limit.enter(5, until: Self.at(600), at: Self.at(15)) == .waits, "the line has room again")
    #expect(limit.leave(at: Self.at(30)) == 3)
    limit.withdraw(5)
    #expect(limit.leave(at: Self.at(40)) == nil)
  }

  @Test(arguments: 0..<10) func neverLetsMoreInThanThereArePlaces(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var limit = ConcurrencyLimit(places: 3, line: 5)
    var inside = 0
    for ticket in 0..<2_000 {
      let now = Self.at(ticket)
      switch generator.number(below: 5) {
      case 0, 1:
        let deadline = Self.at(ticket + generator.number(below: 20))
        if limit.enter(ticket, until: deadline, at: now) == .entered { inside += 1 }
      case 2, 3: if inside > 0, limit.leave(at: now) == nil { inside -= 1 }
      default: limit.withdraw(ticket - generator.number(below: 10))
      }
      #expect(limit.running == inside)
      #expect(inside <= 3)
      #expect(limit.waiting <= 5)
    }
  }
}
