import Glibc

/// Opening a file: is it ours, is it of our time, and what does it lack.
struct DatabaseOpening {
  let path: String
  let schema: Schema
  let options: DatabaseOptions

  /// Opens, marks a new file as ours, and migrates.
  func open(_ mode: Database.Mode) throws(SQLiteError) -> Writer {
    let finding = try OpenFile.whileClosed(path) { () throws(SQLiteError) in try FileHeader.look(at: path) }
    switch finding {
    // Open in this process: it is a database, and `mark` asks it whose.
    case nil: break
    case .missing:
      if mode == .existing { throw SQLiteError(.cannotOpen(.missingFile), path: path) }
    case .empty: break
    case .database(let mark):
      if mark != schema.applicationID { throw foreign }
    case .somethingElse: throw foreign
    }
    let connection = try Connection(path: path, create: mode == .create)
    if connection.isReadOnly { throw SQLiteError(.readOnly, path: path) }
    try connection.configure(cacheKibibytes: options.writerCacheKibibytes)
    let writer = Writer(connection)
    try mark(writer)
    try switchToLog(connection)
    try refuseNewer(connection)
    try migrate(writer)
    return writer
  }

  /// Writes our mark into an empty file, in rollback mode and before anything else: see `FileHeader`.
  private func mark(_ writer: Writer) throws(SQLiteError) {
    let connection = writer.connection
    if try isMarked(connection) { return }
    try writer.write { _ throws(SQLiteError) in
      // Another process may have been quicker.
      if try isMarked(connection) { return }
      guard try connection.integer("SELECT count(*) FROM sqlite_schema") == 0 else {
        throw foreign
      }
      try connection.execute("PRAGMA application_id = \(schema.applicationID)")
    }
  }

  private func isMarked(_ connection: Connection) throws(SQLiteError) -> Bool {
    let found = try connection.integer("PRAGMA application_id") ?? 0
    if found != 0, found != Int(schema.applicationID) { throw foreign }
    return found != 0
  }

  /// Turns the write-ahead log on; a no-op where it is on.
  ///
  /// Two processes doing it at once may see each other's
  /// lock without the busy timeout being honoured, hence the attempts.
  private func switchToLog(_ connection: Connection) throws(SQLiteError) {
    for attempt in 1... {
      do throws(SQLiteError) {
        let statement = try connection.prepare("PRAGMA journal_mode = WAL")
        guard try statement.step(), try statement.row.text(0) == "wal" else {
          throw SQLiteError(.other, message: "the write-ahead log cannot be used here", path: path)
        }
        return
      } catch {
        if error.kind != .locked || attempt == 50 { throw error }
        usleep(20_000)
      }
    }
  }

  private func refuseNewer(_ connection: Connection) throws(SQLiteError) {
    let found = try connection.integer("PRAGMA user_version") ?? 0
    if found > schema.migrations.count { throw newer(found) }
  }

  private func migrate(_ writer: Writer) throws(SQLiteError) {
    let connection = writer.connection
    if try connection.integer("PRAGMA user_version") == schema.migrations.count {
      try refuseUnknown(try applied(connection))
      return
    }
    try writer.write { _ throws(SQLiteError) in
      try connection.execute(
        """
        CREATE TABLE IF NOT EXISTS migration (
          room TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (room, number)
        ) STRICT, WITHOUT ROWID
        """)
    }
    for migration in schema.migrations {
      try writer.write { _ throws(SQLiteError) in
        let applied = try applied(connection)
        try refuseUnknown(applied)
        if applied.contains(Step(migration)) { return }
        for statement in migration.statements { try connection.execute(statement) }
        let record = try connection.prepare("INSERT INTO migration VALUES (?, ?, ?)")
        try record.bindAll(migration.room, migration.number, migration.name)
        try record.run()
        try connection.execute("PRAGMA user_version = \(applied.count + 1)")
      }
    }
  }

  private struct Step: Hashable {
    let room: String
    let number: Int

    init(room: String, number: Int) {
      self.room = room
      self.number = number
    }

    init(_ migration: Migration) {
      self.init(room: migration.room, number: migration.number)
    }
  }

  private func applied(_ connection: Connection) throws(SQLiteError) -> Set<Step> {
    var steps: Set<Step> = []
    let statement = try connection.prepare("SELECT room, number FROM migration")
    while try statement.step() {
      steps.insert(Step(room: try statement.row.text(0), number: try statement.row.integer(1)))
    }
    return steps
  }

  /// A step that this program does not know was applied by a newer one, even where the counts agree.
  private func refuseUnknown(_ applied: Set<Step>) throws(SQLiteError) {
    if !applied.isSubset(of: Set(schema.migrations.map { Step($0) })) { throw newer(applied.count) }
  }

  private var foreign: SQLiteError { SQLiteError(.foreign(product: schema.product), path: path) }

  private func newer(_ found: Int) -> SQLiteError {
    SQLiteError(
      .newer(product: schema.product, found: found, known: schema.migrations.count), path: path)
  }
}
