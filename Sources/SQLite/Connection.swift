import CSQLite

/// One connection to a database file, with its cache of prepared statements.
///
/// Not Sendable: one thread at a time.
public final class Connection {
  /// The path that the connection was opened on.
  public let path: String
  let handle: OpaquePointer
  private let statements: StatementCache
  private let file: OpenFile
  /// Where SQLite writes after each commit how many pages the log holds.
  private let pagesInLog: UnsafeMutablePointer<Int32>
  /// What rooms keep with the connection, by type.
  private var attachments: [ObjectIdentifier: AnyObject] = [:]
  /// How many transactions were begun: two snapshots of one connection never have the same number.
  private(set) var snapshot = 0

  /// No text or blob is longer; a damaged or hostile file cannot ask for gigabytes.
  private static let lengthLimit: Int32 = 64 * 1024 * 1024
  /// How long a statement waits for another process's lock.
  static let busyMilliseconds: Int32 = 30_000

  /// Prepares the library for many threads, once, before the first connection.
  ///
  /// Debian's library counts its memory under one lock and has no memory of its own for small things: two event loops and
  /// a committer met at that lock in half of all waits. A reader drops its pages with each snapshot after a commit, so
  /// pages come and go: 512 are what a turn of some 60 requests looks at.
  private static let library: Void = { _ = bonitas_sqlite_configure(512) }()

  /// Opens a file without looking at what is in it; `Database` does that.
  init(path: String, create: Bool) throws(SQLiteError) {
    _ = Self.library
    self.path = path
    var handle: OpaquePointer?
    let flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (create ? SQLITE_OPEN_CREATE : 0)
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let error = SQLiteError(code: code, handle: handle, path: path)
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
    statements = StatementCache(handle)
    file = OpenFile(path)
    pagesInLog = .allocate(capacity: 1)
    pagesInLog.initialize(to: -1)
    sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.lengthLimit)
    // Takes the place of SQLite's own hook, which checkpoints inside COMMIT.
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        context?.storeBytes(of: pages, as: Int32.self)
        return SQLITE_OK
      }, pagesInLog)
  }

  deinit {
    statements.finalize()
    // v2: statements still lent out become the last owners.
    sqlite3_close_v2(handle)
    pagesInLog.deallocate()
  }

  /// Settings of every connection.
  ///
  /// `cell_size_check` and `trusted_schema` guard against damaged and hostile files; `journal_size_limit` keeps the
  /// log of one large import from lying around for ever.
  func configure(cacheKibibytes: Int) throws(SQLiteError) {
    try execute(
      """
      PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;
      PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
      PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -\(max(1, cacheKibibytes));
      """)
  }

  /// The absolute path of the file, symbolic links resolved, as SQLite names the log by it.
  var resolvedPath: String {
    sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? path
  }

  /// Whether the file can only be read.
  var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// How many rows were inserted, changed or deleted on this connection.
  var changeCount: Int { Int(sqlite3_total_changes64(handle)) }

  /// The rowid of the row inserted last.
  var lastRowID: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// How many pages the log held after the last commit; nil when there was none since this was asked.
  func takeLogPages() -> Int? {
    defer { pagesInLog.pointee = -1 }
    return pagesInLog.pointee < 0 ? nil : Int(pagesInLog.pointee)
  }

  /// A prepared statement for one SQL text, from the cache when one is idle.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    let slot = statements.slot(for: sql)
    if let statement = statements.take(from: slot) {
      return Statement(handle: statement, slot: slot, connection: self)
    }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK else { throw error(code, sql: sql) }
    guard let statement else {
      throw SQLiteError(.misuse, message: "empty statement", sql: sql, path: path)
    }
    return Statement(handle: statement, slot: slot, connection: self)
  }

  /// Runs one statement that takes no values and gives no rows, prepared once.
  func run(_ sql: String) throws(SQLiteError) {
    try prepare(sql).run()
  }

  /// Runs statements separated by semicolons that take no values and whose rows nobody wants.
  public func execute(_ script: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    if code != SQLITE_OK { throw error(code, sql: script) }
  }

  /// Notes that a transaction begins.
  func beginSnapshot() { snapshot &+= 1 }

  /// The object of a type that is kept with the connection; made where there is none.
  func attachment<Value: AnyObject>(_ make: () -> Value) -> Value {
    let type = ObjectIdentifier(Value.self)
    if let found = attachments[type] as? Value { return found }
    let made = make()
    attachments[type] = made
    return made
  }

  /// Drops what is kept with the connection: it may know of rows that were rolled back.
  func dropAttachments() { attachments = [:] }

  /// The integer in the first column of the first row.
  func integer(_ sql: String) throws(SQLiteError) -> Int? {
    let statement = try prepare(sql)
    return try statement.step() ? try statement.row.optionalInteger(0) : nil
  }

  func takeBack(_ statement: OpaquePointer, slot: StatementCache.Slot) {
    statements.takeBack(statement, to: slot)
  }

  func error(_ code: Int32, sql: String?) -> SQLiteError {
    SQLiteError(code: code, handle: handle, sql: sql, path: path)
  }
}
