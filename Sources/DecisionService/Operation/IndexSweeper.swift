import FactStore
import SQLite
import Synchronization

/// Fills the indexes that commits leave behind, in writes too short to be noticed.
///
/// A sweep waits until the tail has some length, so that entries share pages, or until nothing has come for a while.
final class IndexSweeper: Sendable {
  private let store: FactStore
  private let log: RequestLog
  private let recurrence = Recurrence("bonitas.sweeper", everyMilliseconds: 200)
  private let sweeps: Mutex<[Sweep]>

  private struct Sweep {
    let index: DeferredIndex
    var sweep: DeferredSweep
    var newest = 0

    /// The sweep as it is, of which an empty one is left.
    mutating func take() -> Sweep {
      defer { sweep = DeferredSweep(index) }
      return self
    }
  }

  /// Rows of a tail that are worth a sweep while more come.
  private static let rows = 24_000
  /// Rows whose entries are collected at a time: some milliseconds.
  private static let piece = 1_000
  /// Entries that are stored before the time of a write is looked at.
  private static let slice = 64
  /// Between two pieces or writes: a thread that never rests keeps one of two cores from the event loops for a tenth of a
  /// second, and orders wait for that.
  private static let restMilliseconds = 8
  /// The same where the tail is many times as long as a sweep is worth: it lies in memory, and must not grow for ever.
  private static let hurriedRestMilliseconds = 1
  /// Rows of a tail from which on a sweep hurries.
  private static let hurryingFrom = 4 * rows

  init(_ store: FactStore, log: RequestLog) {
    self.store = store
    self.log = log
    sweeps = Mutex(store.database.schema.indexes.map { Sweep(index: $0, sweep: DeferredSweep($0)) })
  }

  /// Begins.
  func start() {
    recurrence.start { [self] in for place in sweeps.withLock({ $0.indices }) { look(place) } }
  }

  /// Ends after the write that is under way; what is left is filled by the next who opens the database.
  func stop() { recurrence.stop() }

  private func look(_ place: Int) {
    // Taken out, so that its memory is its own: two owners have all that is collected copied.
    var sweep = sweeps.withLock { $0[place].take() }
    defer { sweeps.withLock { $0[place] = sweep } }
    do throws(SQLiteError) {
      let (index, newest) = (sweep.index, sweep.newest)
      let mark = try store.database.read { reader throws(SQLiteError) in try index.mark(in: reader) }
      // Nothing new since the last look: even a short tail is filled then.
      let least = mark.newest == newest ? 1 : Self.rows
      sweep.newest = mark.newest
      guard index.isBehind(mark, by: least) else { return }
      let rest =
        index.isBehind(mark, by: Self.hurryingFrom) ? Self.hurriedRestMilliseconds : Self.restMilliseconds
      try store.database.read { reader throws(SQLiteError) in
        _ = try sweep.sweep.begin(from: least, in: reader)
      }
      while !sweep.sweep.isCollected, !recurrence.isStopping {
        try store.database.read { reader throws(SQLiteError) in
          try sweep.sweep.collect(Self.piece, in: reader)
        }
        recurrence.rest(milliseconds: rest)
      }
      while !sweep.sweep.isDone, !recurrence.isStopping {
        try store.database.write { transaction throws(SQLiteError) in
          let slice = store.database.slice()
          repeat {
            try sweep.sweep.fill(Self.slice, in: transaction)
          } while !sweep.sweep.isDone && !slice.isOver
        }
        recurrence.rest(milliseconds: rest)
      }
    } catch {
      // Given up and begun anew: what was stored is stored again, which changes nothing.
      sweep.sweep = DeferredSweep(sweep.index)
      log.event("index-not-filled", ["cause": error.sentence])
    }
  }
}
