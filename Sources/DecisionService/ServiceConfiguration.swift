import Values

/// How the service is to behave, beside where it listens.
public struct ServiceConfiguration: Sendable {
  /// The day that decisions are to hold for; nil for today in Riga.
  public var businessDate: CivilDate?
  /// For how long a key replays its answer.
  public var idempotencyHours = 24
  /// Which requests are told in the log.
  public var log = "problems"
  /// Jobs that may wait for their commit: half a second at 15,000 a second.
  public var queueLimit = 8_000
  /// Jobs that share a commit at most: some milliseconds of the write lock.
  public var batchLimit = 128
  /// Jobs that share a commit at most where twice as many wait.
  public var largestBatch = 1024
  /// From one commit's begin to the next for each of its jobs, and at most.
  public var gathering = CommitGathering(microsecondsPerJob: 150, mostMicroseconds: 3_000)
  /// Requests of the slow kind (explanations, facts, contests) that may wait.
  public var slowLimit = 256
  /// How far the clock may go back behind the last write before nothing is decided any more.
  public var clockToleranceSeconds = 5
  /// Free space of the disk under which the service says that it is not ready.
  public var leastFreeBytes = 256 << 20

  /// The defaults.
  public init() {}
}

/// What the service sees of time and chance, both of which enter at the edge.
public struct ServiceClock: Sendable {
  /// The wall clock.
  public var now: @Sendable () -> Instant
  /// Nanoseconds that never go back.
  public var monotonicNanoseconds: @Sendable () -> UInt64
  /// Numbers that nobody can guess, with which the ids of requests begin.
  public var chance: @Sendable () -> UInt64

  /// Takes them.
  public init(
    now: @escaping @Sendable () -> Instant, monotonicNanoseconds: @escaping @Sendable () -> UInt64,
    chance: @escaping @Sendable () -> UInt64
  ) {
    self.now = now
    self.monotonicNanoseconds = monotonicNanoseconds
    self.chance = chance
  }
}
