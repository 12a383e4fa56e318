import FactStore
import SQLite
import TestSupport
import Testing

@testable import HumanReview

/// The conditions of the tables of cases are what they were, and cost no table in memory for each row.
@Suite struct ConditionTests {
  @Test(arguments: [
    "INSERT INTO review_event (case_kind, case_number, kind, about, sequence) VALUES ('X', 1, 'opened', '{}', 1)",
    """
    INSERT INTO review_case (kind, number, reason, rank, priority, opened_at, due, state, version)
    VALUES ('R', 9, 'rating', 1, 1, 1, 1, 'lost', 1)
    """,
    """
    INSERT INTO review_case (kind, number, reason, rank, priority, opened_at, due, state, version)
    VALUES ('R', 9, 'rating', 7, 1, 1, 1, 'open', 1)
    """,
  ])
  func whatIsNoneOfTheValuesIsRefused(insertion: String) throws {
    let office = try Office(customers: 1)
    let error = #expect(throws: SQLiteError.self) {
      try office.store.database.write { transaction throws(SQLiteError) in try transaction.execute(insertion)
      }
    }
    #expect(error?.message.contains("CHECK constraint failed") == true)
  }

  @Test func everyValueIsTaken() throws {
    let office = try Office(customers: 1)
    try office.store.database.write { transaction throws(SQLiteError) in
      for (number, kind) in ["R", "C", "A", "Q"].enumerated() {
        try transaction.run(
          "INSERT INTO review_event (case_kind, case_number, kind, about, sequence) VALUES (?, ?, 'opened', '{}', 1)",
          kind, number)
      }
      for (number, state) in ["open", "claimed", "snoozed", "second person", "closed"].enumerated() {
        try transaction.run(
          """
          INSERT INTO review_case (kind, number, reason, rank, priority, opened_at, due, state, version)
          VALUES ('R', ?, 'rating', 1, 1, 1, 1, ?, 1)
          """, number, state)
      }
      transaction.abandon()
    }
  }

  @Test(arguments: ["review_event", "review_case"])
  func aRowBuildsNoTable(table: String) throws {
    let office = try Office(customers: 1)
    try office.store.read { reader throws(SQLiteError) in
      let columns = try reader.sql.all("SELECT name FROM pragma_table_info(?)", table) {
        row throws(SQLiteError) in try row.text(0)
      }
      let places = columns.map { _ in "?" }.joined(separator: ", ")
      let steps = try reader.sql.all(
        "EXPLAIN INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))"
      ) { row throws(SQLiteError) in try row.text(1) }
      #expect(steps.contains("Insert") && !steps.contains("OpenEphemeral"))
      // What made it so is over.
      #expect(try reader.sql.integer("PRAGMA writable_schema") == 0)
    }
  }

  /// A file that was made before the conditions were written so is brought to the same.
  @Test func anOlderFileIsBroughtToTheSame() throws {
    let path = try TemporaryFolder().file("older.db")
    func definitions(_ database: Database) throws -> [String] {
      try database.read { reader throws(SQLiteError) in
        try reader.all("SELECT sql FROM sqlite_schema WHERE name IN ('review_event', 'review_case')") {
          row throws(SQLiteError) in try row.text(0)
        }
      }
    }
    let older = Office.migrations.filter { !($0.room == "review" && $0.number == 3) }
    do {
      let before = try definitions(try FactStore(path: path, contributed: older).database)
      #expect(before.allSatisfy { $0.contains(" IN (") })
    }
    let database = try FactStore(path: path, contributed: Office.migrations).database
    let definitions = try definitions(database)
    #expect(definitions.count == 2)
    #expect(definitions.allSatisfy { !$0.contains("kind IN (") && !$0.contains("state IN (") })
    #expect(
      try database.read { reader throws(SQLiteError) in
        try reader.all("PRAGMA integrity_check") { row throws(SQLiteError) in try row.text(0) }
      } == ["ok"])
  }
}
