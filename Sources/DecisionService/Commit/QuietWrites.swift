import Synchronization

/// The latest numbered writes of this process that stored nothing but decisions and what belongs to them.
///
/// They are nearly all that a service writes. Whoever knew before them what is said of tokens, rules, customers and pulls
/// knows it after them: nothing of it has to be looked up again. Noted once they are committed, since a number that was rolled
/// back is given again; what others wrote in between is a gap, and ends the run.
final class QuietWrites: Sendable {
  private let run = Mutex(NumberRun())

  /// Notes writes that were committed, one after the other.
  func note(_ sequences: ClosedRange<Int>) { run.withLock { $0.append(sequences) } }

  /// Whether every write after one, up to another, is known to be quiet.
  func cover(after known: Int, upTo last: Int) -> Bool {
    if known == last { return true }
    guard known < last, let run = run.withLock({ $0.range }) else { return false }
    return run.lowerBound <= known + 1 && last <= run.upperBound
  }
}
