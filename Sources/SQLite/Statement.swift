import CSQLite

/// A prepared statement, lent by the connection's cache and handed back when the last reference goes.
///
/// Bind by position (1-based), step, read columns (0-based). To run it again, call `reset()` first.
public final class Statement {
  let handle: OpaquePointer
  private let connection: Connection
  private let slot: StatementCache.Slot

  /// SQLite copies the bytes before the call returns, so a bound buffer may end with the call.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(handle: OpaquePointer, slot: StatementCache.Slot, connection: Connection) {
    self.handle = handle
    self.slot = slot
    self.connection = connection
  }

  deinit {
    connection.takeBack(handle, slot: slot)
  }

  /// The text of the statement.
  public var sql: String { slot.sql }

  /// Makes the statement ready to run again; the values bound last stay bound.
  public func reset() {
    sqlite3_reset(handle)
  }

  /// Binds an integer to the parameter at a 1-based position.
  public func bind(_ position: Int, _ value: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(truncatingIfNeeded: position), Int64(value)))
  }

  /// Binds a text to the parameter at a 1-based position.
  public func bind(_ position: Int, _ value: String) throws(SQLiteError) {
    // `withUTF8` may change the string and wants a copy of its own: a reference counted up and down with every text.
    let code = value.utf8.withContiguousStorageIfAvailable { codeOfBinding($0, to: position) }
    try check(code ?? Array(value.utf8).withUnsafeBufferPointer { codeOfBinding($0, to: position) })
  }

  private func codeOfBinding(_ text: UnsafeBufferPointer<UInt8>, to position: Int) -> Int32 {
    text.withMemoryRebound(to: CChar.self) { characters in
      sqlite3_bind_text64(
        handle, Int32(truncatingIfNeeded: position), characters.baseAddress ?? Self.empty,
        UInt64(characters.count), Self.transient, UInt8(SQLITE_UTF8))
    }
  }

  /// Binds a blob to the parameter at a 1-based position.
  public func bind(_ position: Int, _ value: [UInt8]) throws(SQLiteError) {
    try check(value.withUnsafeBytes { codeOfBinding($0, to: position) })
  }

  /// Binds bytes in memory, which SQLite copies, as a blob to the parameter at a 1-based position.
  public func bind(_ position: Int, _ bytes: UnsafeRawBufferPointer) throws(SQLiteError) {
    try check(codeOfBinding(bytes, to: position))
  }

  private func codeOfBinding(_ bytes: UnsafeRawBufferPointer, to position: Int) -> Int32 {
    let place = Int32(truncatingIfNeeded: position)
    // A null pointer would bind NULL; an empty blob is not NULL.
    return bytes.isEmpty
      ? sqlite3_bind_zeroblob(handle, place, 0)
      : sqlite3_bind_blob64(handle, place, bytes.baseAddress, UInt64(bytes.count), Self.transient)
  }

  /// Binds an integer or null.
  public func bind(_ position: Int, _ value: Int?) throws(SQLiteError) {
    if let value { try bind(position, value) } else { try bindNull(position) }
  }

  /// Binds a text or null.
  public func bind(_ position: Int, _ value: String?) throws(SQLiteError) {
    if let value { try bind(position, value) } else { try bindNull(position) }
  }

  /// Binds a blob or null.
  public func bind(_ position: Int, _ value: [UInt8]?) throws(SQLiteError) {
    if let value { try bind(position, value) } else { try bindNull(position) }
  }

  /// Binds null.
  public func bindNull(_ position: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, Int32(truncatingIfNeeded: position)))
  }

  /// Binds values to the parameters, the first to the first and so on.
  @inlinable
  public func bindAll<each Value: Bindable>(_ values: repeat each Value) throws(SQLiteError) {
    var position = 0
    for value in repeat each values {
      position += 1
      try value.bind(to: self, at: position)
    }
  }

  /// Goes to the next row; false when there is none.
  public func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let error = connection.error(code, sql: sql)
    sqlite3_reset(handle)
    throw error
  }

  /// Runs a statement that gives no rows, and makes it ready for the next values.
  public func run() throws(SQLiteError) {
    while try step() {}
    sqlite3_reset(handle)
  }

  /// The row that the last step went to.
  public var row: Row { Row(statement: self) }

  func failure(_ kind: SQLiteError.Kind, _ message: String) -> SQLiteError {
    SQLiteError(kind, message: message, sql: sql, path: connection.path)
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    if code != SQLITE_OK { throw connection.error(code, sql: sql) }
  }

  /// A text of no bytes needs a pointer all the same: a null pointer would bind NULL.
  nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    pointer.initialize(to: 0)
    return UnsafePointer(pointer)
  }()
}
