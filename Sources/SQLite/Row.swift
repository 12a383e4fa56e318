import CSQLite

/// The current row of a statement, read by column (0-based); valid until the next step.
///
/// Reading another type than the column holds is an error and never a silent conversion: schemas are STRICT, so a
/// surprise means that the file was changed by other means.
public struct Row {
  let statement: Statement

  /// The integer in a column.
  public func integer(_ column: Int) throws(SQLiteError) -> Int {
    try require(SQLITE_INTEGER, column)
    return Int(sqlite3_column_int64(statement.handle, Int32(truncatingIfNeeded: column)))
  }

  /// The text in a column.
  public func text(_ column: Int) throws(SQLiteError) -> String {
    try withText(column) { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the bytes of a text without making a string of them.
  public func withText<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> R) throws(SQLiteError) -> R {
    try require(SQLITE_TEXT, column)
    let position = Int32(truncatingIfNeeded: column)
    let start = sqlite3_column_text(statement.handle, position)
    let count = Int(sqlite3_column_bytes(statement.handle, position))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The bytes of a blob in a column.
  public func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
    try withBlob(column) { Array($0) }
  }

  /// Lends the bytes of a blob without copying them.
  public func withBlob<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> R) throws(SQLiteError) -> R {
    try require(SQLITE_BLOB, column)
    let position = Int32(truncatingIfNeeded: column)
    let start = sqlite3_column_blob(statement.handle, position)
    let count = Int(sqlite3_column_bytes(statement.handle, position))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The integer in a column, or nil for null.
  public func optionalInteger(_ column: Int) throws(SQLiteError) -> Int? {
    isNull(column) ? nil : try integer(column)
  }

  /// The text in a column, or nil for null.
  public func optionalText(_ column: Int) throws(SQLiteError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  /// The blob in a column, or nil for null.
  public func optionalBlob(_ column: Int) throws(SQLiteError) -> [UInt8]? {
    isNull(column) ? nil : try blob(column)
  }

  /// Whether a column holds null.
  public func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement.handle, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
  }

  /// An error about this row.
  public func failure(_ kind: SQLiteError.Kind, _ message: String) -> SQLiteError {
    statement.failure(kind, message)
  }

  private func require(_ type: Int32, _ column: Int) throws(SQLiteError) {
    if sqlite3_column_type(statement.handle, Int32(truncatingIfNeeded: column)) != type {
      throw statement.failure(.unexpectedType(column: column), "column \(column) is not of the expected type")
    }
  }
}
