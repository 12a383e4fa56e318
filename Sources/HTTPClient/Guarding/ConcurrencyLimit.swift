/// How many may be at work at once, and the line of those who wait for a place, first come first served.
///
/// A value without a clock or threads: whoever holds it acts on what it says. Who waits has a deadline, and is passed
/// over when a place comes too late.
public struct ConcurrencyLimit: Sendable {
  /// What is said to somebody who comes.
  public enum Entry: Hashable, Sendable {
    /// There is a place.
    case entered
    /// There is none yet.
    case waits
    /// Too many are waiting already.
    case full
  }

  private struct Waiter {
    let ticket: Int
    let deadline: MonotonicTime
  }

  private let places: Int
  private let line: Int
  private var waiters: [Waiter] = []
  /// How many are at work.
  public private(set) var running = 0

  /// At least one place, and a line of at most so many.
  public init(places: Int, line: Int) {
    self.places = max(1, places)
    self.line = max(0, line)
  }

  /// How many wait.
  public var waiting: Int { waiters.count }

  /// Somebody comes, with a number that nobody else has.
  public mutating func enter(_ ticket: Int, until deadline: MonotonicTime, at now: MonotonicTime) -> Entry {
    if running < places {
      running += 1
      return .entered
    }
    if waiters.count >= line { waiters.removeAll { $0.deadline <= now } }
    guard waiters.count < line else { return .full }
    waiters.append(Waiter(ticket: ticket, deadline: deadline))
    return .waits
  }

  /// Somebody at work goes; gives the one who takes the place, if any.
  public mutating func leave(at now: MonotonicTime) -> Int? {
    guard running > 0 else { return nil }
    waiters.removeAll { $0.deadline <= now }
    guard !waiters.isEmpty else {
      running -= 1
      return nil
    }
    return waiters.removeFirst().ticket
  }

  /// Somebody gives up waiting.
  public mutating func withdraw(_ ticket: Int) { waiters.removeAll { $0.ticket == ticket } }
}
