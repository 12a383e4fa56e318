/// A token bucket: so many requests at once after a pause, and so many a second in the long run.
///
/// The level is kept in millionths of a request, so that a microsecond adds exactly the rate: nothing is rounded, and
/// nothing drifts however often it is asked. The time is that of any clock in microseconds; a monotonic one is best. A
/// clock that goes back adds nothing, and the bucket goes on filling from there.
public struct RateLimit: Hashable, Sendable {
  private let requestsPerSecond: Int
  private let capacity: Int
  private var level: Int
  private var lastMicroseconds: Int?

  /// What becomes of a request.
  public enum Answer: Hashable, Sendable {
    /// It may be served.
    case allowed
    /// It comes too early.
    case refused(retryAfterSeconds: Int)
  }

  private static let whole = 1_000_000

  /// A full bucket for what a token may do.
  public init(_ grant: ServiceGrant) {
    requestsPerSecond = grant.requestsPerSecond
    capacity = grant.burst * Self.whole
    level = capacity
  }

  /// Takes one request out of the bucket, where there is one.
  ///
  /// A refused request takes nothing, so who goes on asking is not kept out for longer.
  public mutating func take(at microseconds: Int) -> Answer {
    fill(to: microseconds)
    guard level < Self.whole else {
      level -= Self.whole
      return .allowed
    }
    // Every rate is at least one a second, and Retry-After knows whole seconds alone (RFC 9110 section 10.2.3).
    return .refused(retryAfterSeconds: 1)
  }

  private mutating func fill(to microseconds: Int) {
    defer { lastMicroseconds = microseconds }
    guard let last = lastMicroseconds, microseconds > last else { return }
    // What does not fit in 64 bits is more than any bucket holds.
    let (elapsed, isFar) = microseconds.subtractingReportingOverflow(last)
    let (added, isMuch) = elapsed.multipliedReportingOverflow(by: requestsPerSecond)
    level = isFar || isMuch || added >= capacity - level ? capacity : level + added
  }
}
