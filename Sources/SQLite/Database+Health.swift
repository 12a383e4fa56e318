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
}
