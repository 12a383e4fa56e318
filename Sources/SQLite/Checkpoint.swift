import CSQLite
import Glibc

/// Moves pages from the write-ahead log into the database file.
///
/// A checkpoint without the writers' turn never catches up with a writer that goes on appending, and SQLite begins
/// the log anew only when everything in it has been moved (https://www.sqlite.org/wal.html, "avoiding excessively
/// large WAL files"). So most is moved without the turn, and the little that is left with it.
struct Checkpoint {
  /// How far one call has come.
  struct Progress: Equatable {
    /// Pages in the log.
    var log: Int
    /// Those of them that are in the file.
    var moved: Int
    /// Whether the next writer begins the log anew.
    var isFinished: Bool
  }

  let connection: Connection

  /// Moves what it can without waiting for anybody or holding anybody up.
  func move() throws(SQLiteError) -> Progress {
    try run(SQLITE_CHECKPOINT_PASSIVE)
  }

  /// Moves the rest and has the next writer begin the log anew; only in the writers' turn.
  ///
  /// The file of the log keeps its length, because overwriting is cheaper than growing, unless it is to be emptied.
  /// Waits for readers that still read from the log, 25 times for 0.2 ms: they hold all writers up meanwhile.
  func finish(emptyingFile: Bool = false) throws(SQLiteError) -> Progress {
    sqlite3_busy_handler(
      connection.handle,
      { _, count in
        usleep(200)
        return count < 25 ? 1 : 0
      }, nil)
    defer { sqlite3_busy_timeout(connection.handle, Connection.busyMilliseconds) }
    return try run(emptyingFile ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART)
  }

  private func run(_ mode: Int32) throws(SQLiteError) -> Progress {
    var log: Int32 = 0
    var moved: Int32 = 0
    let code = sqlite3_wal_checkpoint_v2(connection.handle, "main", mode, &log, &moved)
    // Busy: another checkpoint is going on, or (when finishing) a reader stays.
    guard code == SQLITE_OK || code & 0xFF == SQLITE_BUSY else {
      throw connection.error(code, sql: "checkpoint")
    }
    // -1 when nothing could be found out.
    return Progress(
      log: max(0, Int(log)), moved: max(0, Int(moved)),
      isFinished: code == SQLITE_OK && mode != SQLITE_CHECKPOINT_PASSIVE)
  }
}
