import Foundation
import HTTPClient
import Testing

@Suite struct MonotonicTimeTests {
  @Test func isTheClockOfTheServer() {
    var reading = timespec()
    clock_gettime(CLOCK_MONOTONIC, &reading)
    let before = MonotonicTime(nanoseconds: Int(reading.tv_sec) * 1_000_000_000 + Int(reading.tv_nsec))
    let now = MonotonicTime.now
    #expect(now >= before)
    #expect(before.milliseconds(until: now) < 60_000)
  }

  @Test func countsAndStaysWithinBounds() {
    let moment = MonotonicTime(nanoseconds: 5_000_000)
    #expect(moment.adding(milliseconds: 7).nanoseconds == 12_000_000)
    #expect(moment.milliseconds(until: moment.adding(milliseconds: -3)) == -3)
    #expect(moment.adding(milliseconds: Int.max).nanoseconds == Int.max)
    #expect(moment.adding(milliseconds: Int.min).nanoseconds == 0)
    #expect(
      MonotonicTime(nanoseconds: Int.min).milliseconds(until: MonotonicTime(nanoseconds: Int.max)) == Int.max)
  }

  @Test func latenciesFallIntoTheirClasses() {
    var histogram = LatencyHistogram()
    for milliseconds in [-1, 0, 5, 6, 10_000, 10_001, Int.max] { histogram.add(milliseconds: milliseconds) }
    #expect(histogram.counts == [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    #expect(histogram.count == 7)
  }
}
