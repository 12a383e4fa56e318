import CSQLite

extension Row {
  /// What a column holds, as SQLite stores it.
  public enum Storage: Sendable {
    case null
    case integer
    case real
    case text
    case blob
  }

  /// How many columns the row has.
  public var count: Int { Int(sqlite3_column_count(statement.handle)) }

  /// How a column is stored in this row.
  public func storage(_ column: Int) -> Storage {
    switch sqlite3_column_type(statement.handle, Int32(truncatingIfNeeded: column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// Lends the bytes of a text or blob as they lie in the file, valid UTF-8 or not; none for anything else.
  ///
  /// Reading a text through `String` repairs what is no UTF-8, and so hides what a checksum is to find.
  public func withBytes<R>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let position = Int32(truncatingIfNeeded: column)
    let kind = sqlite3_column_type(statement.handle, position)
    guard kind == SQLITE_TEXT || kind == SQLITE_BLOB else {
      return body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let start = sqlite3_column_blob(statement.handle, position)
    let count = Int(sqlite3_column_bytes(statement.handle, position))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The bits of a number with a fraction; 0 for anything else.
  public func realBits(_ column: Int) -> UInt64 {
    storage(column) == .real
      ? sqlite3_column_double(statement.handle, Int32(truncatingIfNeeded: column)).bitPattern : 0
  }
}
