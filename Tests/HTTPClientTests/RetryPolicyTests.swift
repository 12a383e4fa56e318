import HTTPClient
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(tries: 4, firstDelayMilliseconds: 100, longestDelayMilliseconds: 250)

  private func delay(
    _ number: Int, _ cause: RetryPolicy.Cause = .connection, remaining: Int = 100_000,
    highest: Bool = true
  ) -> Int? {
    policy.delayMilliseconds(afterTry: number, cause, remainingMilliseconds: remaining) { range in
      highest ? range.upperBound : range.lowerBound
    }
  }

  @Test func waitsTwiceAsLongEachTimeAtMost() {
    #expect((1...4).map { delay($0) } == [100, 200, 250, nil])
    #expect((1...4).map { delay($0, highest: false) } == [0, 0, 0, nil])
  }

  @Test func waitsAtLeastAsLongAsTheServerAsks() {
    #expect(delay(1, .busy(seconds: 2)) == 2_100)
    #expect(delay(1, .busy(seconds: 2), highest: false) == 2_000)
    #expect(delay(1, .busy(seconds: nil)) == 100)
    #expect(delay(1, .busy(seconds: Int.max)) == nil)
  }

  @Test func triesOnlyWhatCanBeginBeforeTheDeadline() {
    #expect(delay(1, remaining: 101) == 100)
    #expect(delay(1, remaining: 100) == nil)
    #expect(delay(1, .busy(seconds: 2), remaining: 2_000, highest: false) == nil)
    #expect(delay(1, remaining: -5) == nil)
  }

  @Test func bearsAnySettings() {
    let extreme = RetryPolicy(
      tries: Int.max, firstDelayMilliseconds: Int.max, longestDelayMilliseconds: Int.max)
    for number in [Int.min, 0, 1, 64, Int.max - 1] {
      #expect(
        extreme.delayMilliseconds(afterTry: number, .busy(seconds: 1), remainingMilliseconds: 5_000) {
          $0.lowerBound
        }
          == 1_000)
    }
    #expect(RetryPolicy(tries: -1).tries == 1)
  }
}
