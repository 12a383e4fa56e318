public import Dispatch

/// A moment of the clock that never goes back; of the same clock (CLOCK_MONOTONIC) as the server's `receivedAtNanoseconds`.
///
/// Deadlines are such moments: a wall clock may be set while a caller waits.
public struct MonotonicTime: Hashable, Comparable, Sendable {
  /// Nanoseconds since some moment before the process began.
  public let nanoseconds: Int

  /// A moment from the clock's own count.
  public init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

  /// The present moment.
  public static var now: MonotonicTime {
    MonotonicTime(nanoseconds: Int(clamping: DispatchTime.now().uptimeNanoseconds))
  }

  /// The moment so much later; one that cannot be told stays at the end of all time.
  public func adding(milliseconds: Int) -> MonotonicTime {
    let span = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    let sum = nanoseconds.addingReportingOverflow(span.partialValue)
    if span.overflow || sum.overflow { return MonotonicTime(nanoseconds: milliseconds < 0 ? 0 : Int.max) }
    return MonotonicTime(nanoseconds: sum.partialValue)
  }

  /// Whole milliseconds from this moment to a later one; negative to an earlier one.
  public func milliseconds(until other: MonotonicTime) -> Int {
    let difference = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
    if difference.overflow { return other > self ? Int.max : Int.min }
    return difference.partialValue / 1_000_000
  }

  /// Orders moments in time.
  public static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The same moment for Dispatch's timers.
  public var dispatchTime: DispatchTime { DispatchTime(uptimeNanoseconds: UInt64(clamping: nanoseconds)) }
}
