/// Whether and when a request is tried again.
///
/// Only what may pass by itself is tried again: a connection that did not come about or broke, and answers by which the
/// server asks for it. Waiting times grow twofold and are drawn between zero and that ("full jitter"), so that callers
/// whom one fault hit do not come back together.
public struct RetryPolicy: Hashable, Sendable {
  /// How often a request is sent at most, the first time included.
  public var tries: Int
  /// The longest wait after the first try.
  public var firstDelayMilliseconds: Int
  /// The longest wait after any try.
  public var longestDelayMilliseconds: Int

  /// A policy; at least one try is made.
  public init(tries: Int, firstDelayMilliseconds: Int = 50, longestDelayMilliseconds: Int = 1_000) {
    self.tries = max(1, tries)
    self.firstDelayMilliseconds = max(1, firstDelayMilliseconds)
    self.longestDelayMilliseconds = max(1, longestDelayMilliseconds)
  }

  /// What made a try fail, as far as another try may help.
  public enum Cause: Hashable, Sendable {
    /// The connection did not come about, or broke.
    case connection
    /// The server asks for patience (429, 502, 503, 504); `seconds` where it says for how long.
    case busy(seconds: Int?)
  }

  /// How long to wait before the next try; nil when there is none, or it could not begin before the deadline.
  ///
  /// - Parameters:
  ///   - number: how many tries were made, from 1.
  ///   - cause: what made the last one fail.
  ///   - remainingMilliseconds: the time to the deadline.
  ///   - chance: draws a number from a range.
  public func delayMilliseconds(
    afterTry number: Int, _ cause: Cause, remainingMilliseconds: Int,
    chance: (ClosedRange<Int>) -> Int
  ) -> Int? {
    guard number < tries else { return nil }
    let doublings = min(max(number, 1) - 1, 30)
    let grown = firstDelayMilliseconds.multipliedReportingOverflow(by: 1 << doublings)
    var delay = chance(
      0...(grown.overflow ? longestDelayMilliseconds : min(grown.partialValue, longestDelayMilliseconds)))
    if case .busy(let seconds?) = cause {
      // Not before the moment that the server named; the jitter keeps those who were told the same apart.
      let (wait, tooLong) = max(0, seconds).multipliedReportingOverflow(by: 1000)
      guard !tooLong, wait < remainingMilliseconds else { return nil }
      delay = delay &+ wait
    }
    return delay < remainingMilliseconds ? delay : nil
  }
}
