import CSQLite

extension SQLiteError {
  /// The error that the last call on a connection reported.
  init(code: Int32, handle: OpaquePointer?, sql: String? = nil, path: String) {
    var extended = code
    var message = ""
    if let handle {
      // The connection's own code is the more precise one when it speaks of the same failure.
      let last = sqlite3_extended_errcode(handle)
      if last & 0xFF == code & 0xFF { extended = last }
      if let text = sqlite3_errmsg(handle) { message = String(cString: text) }
    } else if let text = sqlite3_errstr(code) {
      message = String(cString: text)
    }
    self.init(
      Kind(primary: extended & 0xFF, extended: extended), code: extended, message: message, sql: sql,
      path: path)
  }
}

extension SQLiteError.Kind {
  /// SQLITE_IOERR_SHMSIZE: the index of the log could not grow, which only a full disk brings about.
  private static let sharedMemorySize: Int32 = SQLITE_IOERR | 19 << 8

  /// Tells the result codes of SQLite apart (https://www.sqlite.org/rescode.html).
  fileprivate init(primary: Int32, extended: Int32) {
    switch primary {
    case SQLITE_FULL: self = .full
    case SQLITE_BUSY, SQLITE_LOCKED: self = .locked
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
    case SQLITE_READONLY: self = .readOnly
    case SQLITE_CONSTRAINT: self = .constraint
    case SQLITE_TOOBIG: self = .tooBig
    case SQLITE_CANTOPEN: self = .cannotOpen(.other)
    case SQLITE_PERM, SQLITE_AUTH: self = .cannotOpen(.denied)
    case SQLITE_IOERR: self = extended == Self.sharedMemorySize ? .full : .inputOutput
    case SQLITE_MISUSE, SQLITE_RANGE: self = .misuse
    default: self = .other
    }
  }
}
