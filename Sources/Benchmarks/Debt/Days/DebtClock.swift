import Synchronization
import Values

/// A clock that is set by hand, never back, and goes on a millisecond with each look at it.
final class DebtClock: Sendable {
  private let microseconds: Mutex<Int>

  init(_ start: Instant) { microseconds = Mutex(start.microseconds) }

  /// Sets it to an hour of a day in Riga, unless it is later already.
  func move(to day: CivilDate, hour: Int) {
    microseconds.withLock { $0 = max($0, RigaTime.start(of: day).microseconds + hour * 3_600_000_000) }
  }

  func pass(seconds: Int) { microseconds.withLock { $0 += seconds * 1_000_000 } }

  var now: Instant {
    Instant(
      microseconds: microseconds.withLock {
        $0 += 1_000
        return $0
      })
  }
}
