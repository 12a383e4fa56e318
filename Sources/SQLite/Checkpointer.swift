import Dispatch

/// Keeps the write-ahead log of a service short, on a thread and a connection of its own.
///
/// Open the service's `Database` with `writersCheckpoint: false`. What was committed is safe in the log; the
/// checkpointer only moves it, so that reads stay fast and the log does not fill the disk.
public final class Checkpointer: Sendable {
  private let database: Database
  private let limit: Int
  private let state = Guarded(CheckpointFigures())
  private let stopping = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()

  /// What is left for the turn: 300 pages are written in a millisecond or two.
  private static let leftForTurn = 300
  /// A writer that appends as fast as pages are moved is not caught up with.
  private static let rounds = 8
  /// A reader that stays is asked again after so many intervals, then twice as many, up to this.
  private static let longestPause = 64

  /// How long it queues for the turn before it leaves the log for another time.
  private static let turnMilliseconds = 1000

  /// Starts a checkpointer that looks every few milliseconds whether the log holds more pages than it should.
  ///
  /// It runs until `stop` is called.
  public init(_ database: Database, logPages limit: Int = 1000, everyMilliseconds interval: Int = 20)
    throws(SQLiteError)
  {
    self.database = database
    self.limit = limit
    let writer = try database.separateWriter()
    DispatchQueue(label: "bonitas.checkpointer").async(group: ended) { [self] in
      run(writer, interval)
    }
  }

  /// Ends the thread, after the pass that it is in; what is in the log is moved when the last connection closes.
  public func stop() {
    stopping.signal()
    ended.wait()
  }

  /// What it has done so far.
  public var figures: CheckpointFigures { state.withLock { $0 } }

  private func run(_ writer: Seat<Writer>, _ interval: Int) {
    var pause = 0
    var nextPause = 1
    while stopping.wait(timeout: .now() + .milliseconds(interval)) == .timedOut {
      let pages = database.logPages
      state.withLock { $0.mostLogPages = max($0.mostLogPages, pages) }
      pause -= 1
      guard pages > limit, pause <= 0 else { continue }
      if pass(writer.holder) {
        nextPause = 1
      } else {
        pause = nextPause
        nextPause = min(2 * nextPause, Self.longestPause)
      }
    }
  }

  /// Moves most of the log without the turn and the rest with it; false when the log could not be emptied.
  private func pass(_ writer: Writer) -> Bool {
    let start = MonotonicTime.microseconds()
    var turn = 0
    var failure: SQLiteError?
    var isFinished = false
    do throws(SQLiteError) {
      try moveMost(Checkpoint(connection: writer.connection))
      isFinished = try writer.inTurn(within: Self.turnMilliseconds) { connection throws(SQLiteError) in
        let taken = MonotonicTime.microseconds()
        defer { turn = MonotonicTime.microseconds() - taken }
        let progress = try Checkpoint(connection: connection).finish()
        if progress.isFinished { database.logBegins() }
        return progress.isFinished
      }
    } catch {
      failure = error
    }
    let end = MonotonicTime.microseconds()
    state.withLock { figures in
      if isFinished { figures.restarts += 1 } else { figures.refusals += 1 }
      figures.lastMicroseconds = end - start
      figures.lastTurnMicroseconds = turn
      figures.turnMicroseconds += turn
      figures.longestTurnMicroseconds = max(figures.longestTurnMicroseconds, turn)
      figures.failure = failure
    }
    return isFinished
  }

  private func moveMost(_ checkpoint: Checkpoint) throws(SQLiteError) {
    var left = Int.max
    for _ in 0..<Self.rounds {
      let moved = try checkpoint.move().moved
      let before = left
      // SQLite tells the length from before; what was appended meanwhile counts too.
      left = database.logPages - moved
      if left <= Self.leftForTurn || left > before / 2 { return }
    }
  }
}
