/// How long a commit waits for company after the one before has begun.
///
/// A commit costs some 100 µs and ten pages of 4 KiB beside what each job does, so the more share it the better. The wait is a share of the
/// time that as many jobs as the last commit had would take to come: below one job in `microsecondsPerJob` it gets shorter from
/// commit to commit and nobody waits, above it gets longer, up to the most that is borne.
public struct CommitGathering: Hashable, Sendable {
  /// For each job of the commit before.
  public var microsecondsPerJob: Int
  /// At most.
  public var mostMicroseconds: Int

  /// Makes one.
  public init(microsecondsPerJob: Int, mostMicroseconds: Int) {
    self.microsecondsPerJob = microsecondsPerJob
    self.mostMicroseconds = mostMicroseconds
  }

  /// Nothing waits.
  static let none = CommitGathering(microsecondsPerJob: 0, mostMicroseconds: 0)

  /// From the begin of a commit of so many jobs to the next; behind one that came alone nobody waits.
  func microseconds(behind jobs: Int) -> Int {
    jobs > 1 ? min(mostMicroseconds, jobs * microsecondsPerJob) : 0
  }
}
