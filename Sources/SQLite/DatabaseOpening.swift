import CSQLite
import Glibc

/// Opening a file: is it ours, is it of our time, and what does it lack.
struct DatabaseOpening {
  let path: String
  let schema: Schema

  /// Settings of every connection.
  ///
  /// `cell_size_check` and `trusted_schema` guard against damaged and hostile files;
  /// the cache of 32 MiB keeps the inner pages of a clustered table of millions of rows.
  static let settings = """
    PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;
    PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768;
    """

  /// Opens, marks a new file as ours, and migrates.
  func open(_ mode: Database.Mode) throws(SQLiteError) -> Connection {
    switch try FileHeader.look(at: path) {
    case .missing:
      if mode == .existing { throw SQLiteError(.cannotOpen(.missingFile), path: path) }
    case .empty: break
    case .database(let mark):
      if mark != schema.applicationID { throw foreign }
    case .somethingElse: throw foreign
    }
    let connection = try Connection(path: path, create: mode == .create)
    if connection.isReadOnly { throw SQLiteError(.readOnly, path: path) }
    try connection.execute(Self.settings)
    try mark(connection)
    try switchToLog(connection)
    try refuseNewer(connection)
    try migrate(connection)
    return connection
  }

  /// Writes our mark into an empty file, in rollback mode and before anything else: see `FileHeader`.
  private func mark(_ connection: Connection) throws(SQLiteError) {
    if try connection.integer("PRAGMA application_id") == Int(schema.applicationID) { return }
    try inTransaction(connection) { () throws(SQLiteError) in
      // Another process may have been quicker.
      let found = try connection.integer("PRAGMA application_id") ?? 0
      if found == Int(schema.applicationID) { return }
      guard found == 0, try connection.integer("SELECT count(*) FROM sqlite_schema") == 0 else {
        throw foreign
      }
      try connection.execute("PRAGMA application_id = \(schema.applicationID)")
    }
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

  private func migrate(_ connection: Connection) throws(SQLiteError) {
    if try connection.integer("PRAGMA user_version") == schema.migrations.count {
      try refuseUnknown(try applied(connection))
      return
    }
    try inTransaction(connection) { () throws(SQLiteError) in
      try connection.execute(
        """
        CREATE TABLE IF NOT EXISTS migration (
          room TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (room, number)
        ) STRICT, WITHOUT ROWID
        """)
    }
    for migration in schema.migrations {
      try inTransaction(connection) { () throws(SQLiteError) in
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

  private func inTransaction(
    _ connection: Connection, _ body: () throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try connection.execute("BEGIN IMMEDIATE")
    do {
      try body()
      try connection.execute("COMMIT")
    } catch {
      if connection.isInTransaction { try? connection.execute("ROLLBACK") }
      throw error
    }
  }

  private var foreign: SQLiteError { SQLiteError(.foreign(product: schema.product), path: path) }

  private func newer(_ found: Int) -> SQLiteError {
    SQLiteError(
      .newer(product: schema.product, found: found, known: schema.migrations.count), path: path)
  }
}
