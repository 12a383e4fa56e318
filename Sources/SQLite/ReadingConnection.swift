/// A connection that reads, for one thread that reads all the time, like an event loop.
///
/// It saves the way through the pool of `Database.read` and promises the same: one snapshot a call, no writes, and a
/// reader that is useless after its end. Not Sendable.
public final class ReadingConnection {
  private let connection: Connection
  private let begin: Statement
  private let end: Statement
  /// Whether the last snapshot could be ended; if not, the connection is of no use any more.
  private(set) var isUsable = true

  init(_ connection: Connection) throws(SQLiteError) {
    try connection.execute("PRAGMA query_only = ON")
    self.connection = connection
    begin = try connection.prepare("BEGIN")
    end = try connection.prepare("ROLLBACK")
  }

  /// Reads in one snapshot.
  ///
  /// Write the body's error type out: `{ reader throws(SQLiteError) in ... }`.
  public func read<Result, Failure: StorageFailure>(
    _ body: (Reader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do {
      try begin.run()
    } catch {
      throw Failure(error)
    }
    let reader = Reader(connection)
    defer {
      reader.end()
      do { try end.run() } catch { isUsable = false }
    }
    return try body(reader)
  }
}
