import Synchronization

/// A database file with one writer and a pool of readers.
///
/// Write-ahead log, `synchronous` FULL, foreign keys on, deleted content overwritten (`secure_delete`). Writers of
/// all processes take turns in the order in which they came (`WriteTurn`), those of this process after one of its
/// own; a program that takes no turns, like the shell of SQLite, is waited for by the busy timeout. Either wait ends
/// after 30 seconds. Never open a write inside a write: the lock is not recursive.
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
  /// Caches and checkpoints.
  public let options: DatabaseOptions
  /// The path with symbolic links resolved, beside which the log and the lock file lie.
  let resolvedPath: String
  private let writer: OrderedGuard<Seat<Writer>>
  private let idle = Guarded<[Seat<ReadingConnection>]>([])
  private let logPagesSeen = Atomic<Int>(0)

  /// Enough for the threads of one process; more are opened on demand and closed after use.
  private static let idleReaders = 8

  /// Opens a file, checks that it is ours, and applies the migrations that it lacks.
  public init(
    path: String, schema: Schema, mode: Mode = .create, options: DatabaseOptions = DatabaseOptions()
  ) throws(SQLiteError) {
    self.path = path
    self.schema = schema
    self.options = options
    let opened = try DatabaseOpening(path: path, schema: schema, options: options).open(mode)
    resolvedPath = opened.connection.resolvedPath
    writer = OrderedGuard(Seat(opened))
  }

  /// Reads in one snapshot.
  ///
  /// Write the body's error type out: `{ reader throws(SQLiteError) in ... }`.
  public func read<Result: Sendable, Failure: StorageFailure>(
    _ body: (Reader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let seat = try Failure.wrapping { () throws(SQLiteError) in try takeReader() }
    defer {
      // A connection whose snapshot could not be ended is not put back, but closed.
      if seat.holder.isUsable { putBack(seat) }
    }
    return try seat.holder.read(body)
  }

  /// Opens a connection that belongs to the caller, who reads on one thread all the time.
  public func readingConnection() throws(SQLiteError) -> ReadingConnection {
    let connection = try Connection(path: path, create: false)
    try connection.configure(cacheKibibytes: options.readerCacheKibibytes)
    return try ReadingConnection(connection)
  }

  /// Writes in one transaction: committed when the body returns, rolled back when it throws.
  public func write<Result: Sendable, Failure: StorageFailure>(
    _ body: (WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try writer.withLock { seat throws(Failure) -> Result in
      let result = try seat.holder.write(filling: options.fillsIndexes ? schema.indexes : [], body)
      if let pages = seat.holder.connection.takeLogPages() {
        logPagesSeen.store(pages, ordering: .relaxed)
        if options.writersCheckpoint, pages > DatabaseOptions.usualLogPages, !isLeftToService(pages) {
          seat.holder.checkpoint(pages)
        }
      }
      return result
    }
  }

  /// Moves the write-ahead log into the file and empties it, as far as open snapshots allow.
  public func checkpoint() throws(SQLiteError) {
    try writer.withLock { seat throws(SQLiteError) in
      try seat.holder.inTurn { connection throws(SQLiteError) in
        _ = try Checkpoint(connection: connection).finish(emptyingFile: true)
      }
    }
  }

  /// How many pages the log held after the last write of this database.
  public var logPages: Int { logPagesSeen.load(ordering: .relaxed) }

  /// Notes that the next writer begins the log anew.
  func logBegins() {
    logPagesSeen.store(0, ordering: .relaxed)
  }

  /// Opens a connection that writes beside the one of `write` and queues like another process.
  func separateWriter() throws(SQLiteError) -> Seat<Writer> {
    let connection = try Connection(path: path, create: false)
    // It reads and writes hardly a page through its cache.
    try connection.configure(cacheKibibytes: 256)
    return Seat(Writer(connection))
  }

  /// While a service is running its `Checkpointer` cares for the log, unless that falls far behind.
  private func isLeftToService(_ pages: Int) -> Bool {
    pages <= 8 * DatabaseOptions.usualLogPages && isServed
  }

  private func takeReader() throws(SQLiteError) -> Seat<ReadingConnection> {
    if let seat = idle.withLock({ $0.popLast() }) { return seat }
    return Seat(try readingConnection())
  }

  private func putBack(_ seat: Seat<ReadingConnection>) {
    idle.withLock { seats in
      if seats.count < Self.idleReaders { seats.append(seat) }
    }
  }
}
