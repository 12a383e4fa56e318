import Decisioning
import Synchronization

/// What the service has done, in figures that name nobody.
final class ServiceMetrics: Sendable {
  private let state = Mutex(State())

  /// The figures at a moment.
  struct State: Sendable {
    /// Answers by route and status.
    var answers: [Answer: Int] = [:]
    /// How long answers took, by route.
    var latencies: [String: Histogram] = [:]
    /// Decisions by outcome.
    var outcomes: [Outcome: Int] = [:]
    /// Problems by code.
    var problems: [String: Int] = [:]
    /// Answers to retries that were read from the store.
    var replays = 0
    /// Decisions that were made from the facts, because nothing kept held.
    var fromFacts = 0
    /// Customers who were entered as prospects.
    var prospects = 0
    /// Commits, what they held and how long they took.
    var commits = Histogram()
    var committedJobs = 0
    var largestCommit = 0
    var failedCommits = 0
    /// Refused sign-ins by code.
    var refusedSignIns: [String: Int] = [:]
  }

  /// A route with a status.
  struct Answer: Hashable, Sendable {
    var route: String
    var status: Int
  }

  /// Changes figures, all at once.
  func update(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  /// The figures now.
  var now: State { state.withLock { $0 } }
}
