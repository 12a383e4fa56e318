import AuditLog
import Formats
import SQLite
import TestSupport
import Values

/// A database of numbered writes and things that the log vouches for.
struct Book {
  let folder: TemporaryFolder
  let database: Database
  static let log = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))

  /// Things, and what belongs to them.
  static let things = AuditedTable(
    "thing",
    layouts: [
      [
        .init("thing", key: "id", columns: ["id", "customer", "sequence", "name", "content", "weight"]),
        .init("thing_part", key: "thing", columns: ["place", "text"], sequence: nil),
      ]
    ])
  static let verifier = AuditVerifier([things])

  private static let tables = Migration(
    room: "book", number: 1, name: "writes and things",
    statements: [
      """
      CREATE TABLE write (
        sequence INTEGER PRIMARY KEY, actor TEXT NOT NULL, at INTEGER NOT NULL, purpose TEXT NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE thing (
        id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, sequence INTEGER NOT NULL, name TEXT,
        content BLOB NOT NULL, weight REAL NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE thing_part (
        thing INTEGER NOT NULL REFERENCES thing (id), place TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (thing, place)
      ) STRICT, WITHOUT ROWID
      """,
    ])

  init() throws {
    folder = try TemporaryFolder()
    let schema = Schema(
      product: "book", applicationID: 0x626F_6F6B, migrations: [Self.tables] + AuditLog.migrations)
    database = try Database(path: folder.file("book.db"), schema: schema)
  }

  /// Runs a body in a numbered write.
  @discardableResult
  func write<R: Sendable>(
    actor: String = "tester", purpose: String = "test",
    _ body: (WriteTransaction, Int) throws(AuditError) -> R
  ) throws -> R {
    try database.write { transaction throws(AuditError) in
      let sequence = try AuditError.wrapping { () throws(SQLiteError) in
        let sequence = 1 + (try transaction.integer("SELECT max(sequence) FROM write") ?? 0)
        try transaction.run(
          "INSERT INTO write VALUES (?, ?, ?, ?)", sequence, actor, 1_000_000 * sequence, purpose)
        return sequence
      }
      return try body(transaction, sequence)
    }
  }

  /// Makes an entry.
  @discardableResult
  static func enter(_ note: AuditNote, in transaction: WriteTransaction) throws(AuditError) -> Int {
    try AuditError.wrapping { () throws(SQLiteError) in try log.append(note, in: transaction) }
  }

  /// Stores a thing of a customer without an entry.
  static func store(
    _ id: Int, customer: Int, _ transaction: WriteTransaction, _ sequence: Int
  ) throws(AuditError) {
    try AuditError.wrapping { () throws(SQLiteError) in
      try transaction.run(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?)", id, customer, sequence,
        id.isMultiple(of: 3) ? nil : "thing \(id)", Array("content of \(id)".utf8), id)
      for place in 0..<(id % 3) {
        try transaction.run("INSERT INTO thing_part VALUES (?, ?, ?)", id, "part \(place)", "text \(id)")
      }
    }
  }

  /// Writes a log of some length: two things a write, and a read now and then.
  func fill(_ things: Int) throws {
    for id in stride(from: 1, through: things, by: 2) {
      try write(purpose: "rate") { transaction, sequence throws(AuditError) in
        for id in id...min(id + 1, things) {
          try Self.store(id, customer: 100 + id % 7, transaction, sequence)
          try Self.enter(
            AuditNote(.decision, customers: [100 + id % 7], rows: [AuditedRow(Self.things, id)]),
            in: transaction)
        }
      }
      if id % 8 == 1 {
        try write(actor: "anna", purpose: "explain") { transaction, _ throws(AuditError) in
          var about = JSONObject()
          about["thing"] = .number(Decimal(id))
          try Self.enter(AuditNote(.read, customers: [7, 3, 7], about: about), in: transaction)
        }
      }
    }
  }

  func verify(_ anchor: AuditHead? = nil) throws -> AuditReport {
    try database.read { reader throws(SQLiteError) in
      try Self.verifier.verify(anchor: anchor, in: reader)
    }
  }

  func head() throws -> AuditHead? {
    try database.read { reader throws(SQLiteError) in try AuditLog.head(in: reader) }
  }

  func entries(_ query: AuditLog.Query = .init(limit: 1000)) throws -> [AuditEntry] {
    try database.read { reader throws(AuditError) in try AuditLog.entries(query, in: reader) }
  }

  /// Does what somebody does who can write to the file: no references and no checks are in the way.
  func tamper(_ statements: String...) throws {
    try database.write { transaction throws(SQLiteError) in
      try transaction.execute("PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON")
      for statement in statements { try transaction.execute(statement) }
    }
  }
}
