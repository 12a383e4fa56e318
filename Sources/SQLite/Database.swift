import Synchronization

/// A database file with one writer and a pool of readers.
///
/// Write-ahead log, `synchronous` FULL, foreign keys on, deleted content overwritten (`secure_delete`). Writers in
/// this process take turns through a lock, writers in other processes through `BEGIN IMMEDIATE` with a busy timeout
/// of 30 seconds. Never open a write inside a write: the lock is not recursive.
public final class Database: Sendable {
  /// Whether a missing file is made.
  public enum Mode: Sendable {
    /// A missing file is created.
    case create
    /// A missing file is an error.
    case existing
  }

  /// The path of the file.
  public let path: String
  /// What makes the file ours.
  public let schema: Schema
  /// Whether each write fills the deferred indexes that have fallen behind; else the owner does, with `DeferredSweep`.
  private let fillsIndexes: Bool
  private let writer: Mutex<Box>
  private let idle = Mutex<[Box]>([])

  /// Enough for the threads of one process; more are opened on demand and closed after use.
  private static let idleReaders = 8

  /// Opens a file, checks that it is ours, and applies the migrations that it lacks.
  ///
  /// - Parameter fillsIndexes: whether each write fills the deferred indexes that have fallen behind.
  public init(
    path: String, schema: Schema, mode: Mode = .create, fillsIndexes: Bool = true
  ) throws(SQLiteError) {
    self.path = path
    self.schema = schema
    self.fillsIndexes = fillsIndexes
    writer = Mutex(Box(try DatabaseOpening(path: path, schema: schema).open(mode)))
  }

  /// Reads in one snapshot.
  ///
  /// Write the body's error type out: `{ reader throws(SQLiteError) in ... }`.
  public func read<Result: Sendable, Failure: StorageFailure>(
    _ body: (Reader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let box = try Failure.wrapping { () throws(SQLiteError) in try takeReader() }
    let connection = box.connection
    do {
      try connection.execute("BEGIN")
    } catch {
      throw Failure(error)
    }
    let reader = Reader(connection)
    defer {
      reader.end()
      // A connection whose snapshot cannot be ended is not put back, but closed.
      if (try? connection.execute("ROLLBACK")) != nil { putBack(box) }
    }
    return try body(reader)
  }

  /// Writes in one transaction: committed when the body returns, rolled back when it throws.
  public func write<Result: Sendable, Failure: StorageFailure>(
    _ body: (WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try writer.withLock { box throws(Failure) -> Result in
      try Self.write(on: box.connection, filling: fillsIndexes ? schema.indexes : [], body)
    }
  }

  /// Moves the write-ahead log into the file and empties it, as far as open snapshots allow.
  public func checkpoint() throws(SQLiteError) {
    try writer.withLock { box throws(SQLiteError) in
      try box.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  private static func write<Result, Failure: StorageFailure>(
    on connection: Connection, filling indexes: [DeferredIndex],
    _ body: (WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do {
      try connection.execute("BEGIN IMMEDIATE")
    } catch {
      throw Failure(error)
    }
    let transaction = WriteTransaction(connection)
    do throws(Failure) {
      let result = try body(transaction)
      if !transaction.isAbandoned {
        try Failure.wrapping { () throws(SQLiteError) in
          for index in indexes { try index.catchUp(in: transaction) }
        }
      }
      transaction.end()
      if transaction.isAbandoned {
        rollBack(connection)
      } else {
        try Failure.wrapping { () throws(SQLiteError) in try connection.execute("COMMIT") }
      }
      return result
    } catch {
      transaction.end()
      rollBack(connection)
      throw error
    }
  }

  private static func rollBack(_ connection: Connection) {
    connection.dropAttachments()
    // SQLite rolls back by itself after some errors (a full disk); a second ROLLBACK would fail.
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
  }

  private func takeReader() throws(SQLiteError) -> Box {
    if let box = idle.withLock({ $0.popLast() }) { return box }
    let connection = try Connection(path: path, create: false)
    try connection.execute(DatabaseOpening.settings)
    try connection.execute("PRAGMA query_only = ON")
    return Box(connection)
  }

  private func putBack(_ box: Box) {
    idle.withLock { boxes in
      if boxes.count < Self.idleReaders { boxes.append(box) }
    }
  }
}

/// Carries a connection from the thread that gave it back to the thread that takes it next.
///
/// Unchecked, and sound because a box is either in a `Mutex` or in the hands of exactly one caller of `read` or
/// `write`, which use it on their own thread and let nothing of it escape (results are Sendable, readers and
/// transactions refuse to work after their end).
private final class Box: @unchecked Sendable {
  let connection: Connection

  init(_ connection: Connection) {
    self.connection = connection
  }
}
