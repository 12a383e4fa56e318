/// Keeps callers away from a server that has failed too often, and lets one through after a while to see.
///
/// A value without a clock: the caller passes the moments. What was admitted before the state changed counts no more
/// when it reports, so that a slow answer from before cannot close a breaker that was opened since.
public struct CircuitBreaker: Sendable {
  /// When it opens and for how long.
  public struct Settings: Hashable, Sendable {
    /// So many failures within the window open it.
    public var failures: Int
    /// How long a failure counts.
    public var windowMilliseconds: Int
    /// How long nobody is let through; then one is.
    public var openMilliseconds: Int

    /// Settings; at least one failure is needed.
    public init(failures: Int = 5, windowMilliseconds: Int = 30_000, openMilliseconds: Int = 10_000) {
      self.failures = max(1, failures)
      self.windowMilliseconds = max(1, windowMilliseconds)
      self.openMilliseconds = max(1, openMilliseconds)
    }
  }

  /// Whether callers are let through.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// All are.
    case closed
    /// Nobody is.
    case open
    /// One is, or may be.
    case halfOpen = "half-open"
  }

  /// What became of somebody who was let through.
  public enum Outcome: Hashable, Sendable {
    case success
    case failure
    /// Nothing can be said, for example because the caller was in too great a hurry.
    case undecided
  }

  /// The leave to go through; its outcome has to be recorded.
  public struct Admission: Hashable, Sendable {
    fileprivate let generation: Int
  }

  private enum Phase {
    /// The moments of the failures that count, ascending, fewer than open it.
    case closed([MonotonicTime])
    case open(until: MonotonicTime)
    /// Whoever was let through has not reported; after `until` another may try.
    case probing(until: MonotonicTime)
  }

  private let settings: Settings
  private var phase = Phase.closed([])
  /// Changes with every change of phase.
  private var generation = 0

  /// A closed breaker.
  public init(_ settings: Settings) { self.settings = settings }

  /// The state at a moment.
  public func state(at now: MonotonicTime) -> State {
    switch phase {
    case .closed: .closed
    case .open(let until): now < until ? .open : .halfOpen
    case .probing: .halfOpen
    }
  }

  /// Lets a caller through, or not.
  public mutating func admit(at now: MonotonicTime) -> Admission? {
    switch phase {
    case .closed: break
    case .open(let until), .probing(let until):
      guard now >= until else { return nil }
      change(to: .probing(until: now.adding(milliseconds: settings.openMilliseconds)))
    }
    return Admission(generation: generation)
  }

  /// Takes note of what became of a caller.
  public mutating func record(_ outcome: Outcome, of admission: Admission, at now: MonotonicTime) {
    guard admission.generation == generation else { return }
    switch (phase, outcome) {
    case (.open, _), (.closed, .success), (.closed, .undecided): break
    case (.closed(let failures), .failure):
      let counting = failures.filter { $0.milliseconds(until: now) < settings.windowMilliseconds } + [now]
      if counting.count < settings.failures {
        phase = .closed(counting)
      } else {
        change(to: .open(until: now.adding(milliseconds: settings.openMilliseconds)))
      }
    case (.probing, .success): change(to: .closed([]))
    case (.probing, .failure):
      change(to: .open(until: now.adding(milliseconds: settings.openMilliseconds)))
    // The next caller may try at once.
    case (.probing, .undecided): change(to: .open(until: now))
    }
  }

  private mutating func change(to phase: Phase) {
    self.phase = phase
    generation &+= 1
  }
}
