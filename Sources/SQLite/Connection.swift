import CSQLite

/// One connection to a database file, with its cache of prepared statements.
///
/// Not Sendable: one thread at a time.
public final class Connection {
  /// The path that the connection was opened on.
  public let path: String
  let handle: OpaquePointer
  /// Prepared statements that nobody uses at the moment, by their text.
  private var idle: [String: [OpaquePointer]] = [:]
  private var idleCount = 0
  /// What rooms keep with the connection, by type.
  private var attachments: [ObjectIdentifier: AnyObject] = [:]
  /// How many transactions were begun: two snapshots of one connection never have the same number.
  private(set) var snapshot = 0

  /// Enough for every statement of the house; a program that makes up texts must not fill the memory.
  private static let idleLimit = 256
  /// No text or blob is longer; a damaged or hostile file cannot ask for gigabytes.
  private static let lengthLimit: Int32 = 64 * 1024 * 1024
  /// How long a statement waits for another process's lock.
  static let busyMilliseconds: Int32 = 30_000

  /// Opens a file without looking at what is in it; `Database` does that.
  init(path: String, create: Bool) throws(SQLiteError) {
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
    sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.lengthLimit)
  }

  deinit {
    for statement in idle.values.joined() { sqlite3_finalize(statement) }
    // v2: statements still lent out become the last owners.
    sqlite3_close_v2(handle)
  }

  /// Whether the file can only be read.
  var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

  /// Whether a transaction is open.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// How many rows were inserted, changed or deleted on this connection.
  var changeCount: Int { Int(sqlite3_total_changes64(handle)) }

  /// The rowid of the row inserted last.
  var lastRowID: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// A prepared statement for one SQL text, from the cache when one is idle.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = idle[sql]?.popLast() {
      idleCount -= 1
      return Statement(handle: statement, key: sql, connection: self)
    }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK else { throw error(code, sql: sql) }
    guard let statement else {
      throw SQLiteError(.misuse, message: "empty statement", sql: sql, path: path)
    }
    return Statement(handle: statement, key: sql, connection: self)
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

  func takeBack(_ statement: OpaquePointer, key: String) {
    sqlite3_reset(statement)
    guard idleCount < Self.idleLimit else {
      sqlite3_finalize(statement)
      return
    }
    // Also frees the memory of large texts, and keeps a forgotten parameter from showing an earlier value.
    sqlite3_clear_bindings(statement)
    idle[key, default: []].append(statement)
    idleCount += 1
  }

  func error(_ code: Int32, sql: String?) -> SQLiteError {
    SQLiteError(code: code, handle: handle, sql: sql, path: path)
  }
}
