import Glibc

extension Database {
  /// What SQLite's own checks of structure and references complain about, and which deferred index does not agree with
  /// its table; empty when all is well.
  public func integrityProblems(limit: Int = 20) throws(SQLiteError) -> [String] {
    try read { reader throws(SQLiteError) in
      let complaints = try reader.all("PRAGMA integrity_check(\(max(1, limit)))") { row throws(SQLiteError) in
        try row.text(0)
      }
      let dangling = try reader.all("PRAGMA foreign_key_check") { row throws(SQLiteError) in
        "\(try row.text(0)) refers to a missing \(try row.text(2))"
      }
      var behind: [String] = []
      for index in schema.indexes {
        if let problem = try index.problem(in: reader) { behind.append(problem) }
      }
      return complaints.filter { $0 != "ok" } + dangling.prefix(limit) + behind
    }
  }

  /// The schema version of the file: how many migrations it has seen.
  public func version() throws(SQLiteError) -> Int {
    try read { reader throws(SQLiteError) in try reader.integer("PRAGMA user_version") ?? 0 }
  }

  /// Fails where a write would fail now: tries one in a turn of its own, on a connection of its own, and undoes it.
  ///
  /// It does not reach the disk, so it does not tell a full one: see `freeBytes`. Wait longer than a transaction of
  /// another writer may take.
  public func checkWritable(withinMilliseconds limit: Int = 1000) throws(SQLiteError) {
    let writer = try separateWriter().holder
    try writer.connection.execute("PRAGMA busy_timeout = \(max(0, limit))")
    try writer.inTurn(within: limit) { connection throws(SQLiteError) in
      try connection.execute("BEGIN IMMEDIATE")
      defer { try? connection.execute("ROLLBACK") }
      let version = try connection.integer("PRAGMA user_version") ?? 0
      try connection.execute("PRAGMA user_version = \(version)")
    }
  }

  /// How many bytes the file system of the database has left for this process.
  public func freeBytes() throws(SQLiteError) -> Int {
    var status = statvfs()
    guard statvfs(resolvedPath, &status) == 0 else {
      throw SQLiteError(.inputOutput, message: "statvfs, errno \(errno)", path: path)
    }
    let (bytes, isTooMany) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
    return isTooMany ? .max : Int(clamping: bytes)
  }
}
