import TestSupport
import Testing

@testable import Access

/// How many requests are let through, against a bucket that is filled microsecond by microsecond.
@Suite struct RateLimitTests {
  private func limit(_ rate: Int, _ burst: Int) throws -> RateLimit {
    RateLimit(try Office.grant(rate: rate, burst: burst))
  }

  @Test(arguments: 0..<20)
  func behavesAsTheNaiveBucket(_ seed: Int) throws {
    var chance = SeededGenerator(seed: UInt64(seed))
    let rate = [9, 333, 500, 9_999, 100_000][chance.number(below: 5)]
    let burst = 1 + chance.number(below: 5)
    var limit = try limit(rate, burst)
    var (now, level) = (chance.number(below: 1_000_000), burst * 1_000_000)
    var allowed: [Int] = []
    for _ in 0..<400 {
      for _ in 0..<chance.number(below: 3_000_000 / rate + 2) {
        now += 1
        level = min(burst * 1_000_000, level + rate)
      }
      let isAllowed = level >= 1_000_000
      if isAllowed { level -= 1_000_000 }
      #expect(limit.take(at: now) == (isAllowed ? .allowed : .refused(retryAfterSeconds: 1)))
      if isAllowed { allowed.append(now) }
      // The walk microsecond by microsecond is what takes the time.
      if now > 8_000_000 { break }
    }
    // What a limit promises whatever the bucket: no span of time has more than the burst and what the rate gives.
    for (first, start) in allowed.enumerated() {
      for (last, end) in allowed.enumerated().dropFirst(first) {
        #expect((last - first + 1 - burst) * 1_000_000 <= (end - start) * rate)
      }
    }
  }

  @Test func theBurstIsLetThroughAndThenTheRate() throws {
    var limit = try limit(2, 3)
    #expect((0..<5).map { _ in limit.take(at: 0) }.count { $0 == .allowed } == 3)
    #expect(limit.take(at: 499_999) == .refused(retryAfterSeconds: 1))
    #expect(limit.take(at: 500_000) == .allowed)
    #expect(limit.take(at: 500_000) == .refused(retryAfterSeconds: 1))
    // Who waits as long as is said is let in, and a long pause gives no more than the burst.
    #expect(limit.take(at: 1_500_000) == .allowed)
    #expect((0..<9).map { _ in limit.take(at: 900_000_000) }.count { $0 == .allowed } == 3)
  }

  @Test func askingOnKeepsNobodyOut() throws {
    var limit = try limit(1, 1)
    #expect(limit.take(at: 0) == .allowed)
    for now in stride(from: 1, to: 1_000_000, by: 997) {
      #expect(limit.take(at: now) == .refused(retryAfterSeconds: 1))
    }
    #expect(limit.take(at: 1_000_000) == .allowed)
  }

  /// A million tries ten microseconds apart: rounding would show.
  @Test func nothingIsLostByRounding() throws {
    var limit = try limit(333, 1)
    #expect(limit.take(at: 0) == .allowed)
    var allowed = 0
    for now in stride(from: 1, through: 10_000_000, by: 10) where limit.take(at: now) == .allowed {
      allowed += 1
    }
    // 3330 in ten seconds, less what the steps of ten microseconds cost: under one step a request.
    #expect((3_319...3_330).contains(allowed))
  }

  @Test func noClockMakesItFailOrStayShut() throws {
    var limit = try limit(100_000, 1_000_000)
    for now in [Int.min, Int.max, 0, Int.max, Int.min, -1, Int.max - 1, Int.max] {
      #expect(limit.take(at: now) == .allowed)
    }
    // An hour back: nothing is added, and it goes on from there.
    var slow = try self.limit(1, 1)
    #expect(slow.take(at: 3_600_000_000) == .allowed)
    #expect(slow.take(at: 0) == .refused(retryAfterSeconds: 1))
    #expect(slow.take(at: 999_999) == .refused(retryAfterSeconds: 1))
    #expect(slow.take(at: 1_000_000) == .allowed)
  }
}
