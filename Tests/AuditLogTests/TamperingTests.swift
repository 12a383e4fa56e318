import AuditLog
import SQLite
import TestSupport
import Testing
import Values

/// Whatever is changed, deleted or moved is found.
@Suite struct TamperingTests {
  private static let targets: [Tampering.Target] = [
    .init(
      table: "audit_entry",
      columns: ["number", "sequence", "at", "kind", "previous", "commitment", "hash"], keys: ["number"]),
    .init(table: "audit_payload", columns: ["number", "salt", "payload"], keys: ["number"]),
    .init(table: "audit_customer", columns: ["number", "customer"], keys: ["number", "customer"]),
    .init(table: "write", columns: ["sequence", "actor", "at", "purpose"], keys: ["sequence"]),
    .init(
      table: "thing", columns: ["id", "customer", "sequence", "name", "content", "weight"], keys: ["id"]),
    .init(table: "thing_part", columns: ["thing", "place", "text"], keys: ["thing", "place"]),
  ]

  /// Thrown to undo a change.
  private struct Undone: Error, StorageFailure {
    var fault: SQLiteError?
    init() {}
    init(_ error: SQLiteError) { fault = error }
  }

  @Test func everyRandomChangeIsFound() throws {
    let book = try Book()
    try book.fill(24)
    try book.write { transaction, _ throws(AuditError) in
      try Book.log.erase([9...10], tables: [Book.things], in: transaction)
    }
    let anchor = try book.head()
    var tampering = Tampering(targets: Self.targets, random: SeededGenerator(seed: 2026))
    var tries = 0
    var missed: [String] = []
    var codes: Set<String> = []
    try book.database.write { transaction throws(SQLiteError) in
      // References are checked at the commit that never comes.
      try transaction.execute("PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON")
      while tries < 400 {
        do throws(Undone) {
          try transaction.step { () throws(Undone) in
            do throws(SQLiteError) {
              if let what = try tampering.strike(transaction) {
                tries += 1
                let finding = try Book.verifier.verify(anchor: anchor, in: transaction).finding
                if let finding { codes.insert(finding.code) } else { missed.append(what) }
              }
            } catch {
              // A file that cannot be read any longer is found, too.
              if error.kind != .unexpectedType(column: 3), error.kind != .corrupt { throw Undone(error) }
            }
            throw Undone()
          }
        } catch {
          if let fault = error.fault { throw fault }
        }
      }
      transaction.abandon()
    }
    #expect(missed == [])
    #expect(codes.count > 6, "the changes were too much alike: \(codes.sorted())")
    #expect(try book.verify(anchor).finding == nil)
  }

  /// One of each kind, so that the finding says what it was.
  @Test(arguments: [
    ("UPDATE audit_entry SET at = at + 1 WHERE number = 5", 5, "entry-changed"),
    ("UPDATE audit_entry SET kind = 'read' WHERE number = 5 AND kind <> 'read'", 5, "entry-changed"),
    ("UPDATE audit_entry SET hash = previous WHERE number = 5", 5, "entry-changed"),
    ("DELETE FROM audit_entry WHERE number = 5", 5, "entry-missing"),
    ("DELETE FROM audit_entry WHERE number = 1", 1, "entry-missing"),
    ("UPDATE audit_payload SET payload = x'7b7d' WHERE number = 5", 5, "payload-changed"),
    (
      "UPDATE audit_payload SET salt = CAST(substr(salt, 1, 31) || x'00' AS BLOB) WHERE number = 5", 5,
      "payload-changed"
    ),
    (
      "UPDATE audit_payload SET salt = CAST(salt || substr(payload, 1, 1) AS BLOB), payload = substr(payload, 2) WHERE number = 5",
      5, "payload-changed"
    ),
    ("UPDATE write SET actor = 'mallory' WHERE sequence = 2", 3, "write-changed"),
    ("UPDATE write SET purpose = 'x' WHERE sequence = 2", 3, "write-changed"),
    ("UPDATE write SET at = 0 WHERE sequence = 2", 3, "write-changed"),
    ("DELETE FROM write WHERE sequence = 2", 3, "write-missing"),
    ("UPDATE audit_customer SET customer = 99 WHERE number = 3 AND customer = 7", 3, "customers-changed"),
    ("UPDATE thing SET name = 'x' WHERE id = 3", 4, "row-changed"),
    ("UPDATE thing SET name = '' WHERE id = 3", 4, "row-changed"),
    ("UPDATE thing_part SET text = 'x' WHERE thing = 4", 5, "row-changed"),
    ("DELETE FROM thing_part WHERE thing = 4", 5, "row-changed"),
    ("INSERT INTO thing_part VALUES (4, 'y', '')", 5, "row-changed"),
    ("DELETE FROM thing WHERE id = 4", 5, "row-missing"),
    ("INSERT INTO thing VALUES (500, 1, 1, 'x', x'00', 1)", nil, "row-inserted"),
    ("INSERT INTO thing_part VALUES (500, 'y', '')", nil, "row-inserted"),
    ("INSERT INTO write VALUES (500, 'x', 1, 'y')", nil, "write-inserted"),
    ("INSERT INTO audit_customer VALUES (500, 1)", nil, "payload-inserted"),
  ])
  func theFirstBadEntryIsNamed(statement: String, entry: Int?, code: String) throws {
    let book = try Book()
    try book.fill(12)
    let finding = try book.database.write { transaction throws(SQLiteError) in
      try transaction.execute(
        "PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON; \(statement)")
      transaction.abandon()
      return try Book.verifier.verify(in: transaction).finding
    }
    #expect(finding?.code == code)
    #expect(finding?.entry == entry)
    #expect(finding?.sentence.hasSuffix(".") == true)
  }

  @Test func exchangedEntriesAreToldAsSuch() throws {
    let book = try Book()
    try book.fill(12)
    let finding = try book.database.write { transaction throws(SQLiteError) in
      try transaction.execute(
        """
        PRAGMA defer_foreign_keys = ON;
        UPDATE audit_entry SET number = -1 WHERE number = 4;
        UPDATE audit_entry SET number = 4 WHERE number = 6;
        UPDATE audit_entry SET number = 6 WHERE number = -1
        """)
      transaction.abandon()
      return try Book.verifier.verify(in: transaction).finding
    }
    #expect(finding == AuditFinding(entry: 4, fault: .moved(from: 6)))
  }

  @Test func rowsOlderThanTheLogAreCounted() throws {
    let book = try Book()
    try book.write { transaction, sequence throws(AuditError) in
      try Book.store(1, customer: 1, transaction, sequence)
    }
    try book.write { transaction, sequence throws(AuditError) in
      try Book.store(2, customer: 1, transaction, sequence)
      try Book.enter(AuditNote(.decision, rows: [AuditedRow(Book.things, 2)]), in: transaction)
    }
    let report = try book.verify()
    #expect(report.finding == nil)
    #expect(report.unaudited == 1)
  }
}
