import Decisioning
import FactStore
import SQLite
import Testing
import Values

@testable import HumanReview

/// Rows that were changed beside the program are found, although the audit log does not vouch for them.
@Suite struct CheckingTests {
  @Test func everyColumnOfACaseIsComparedWithItsEvents() throws {
    let (office, id) = try ClaimTests.office(contested: true)
    let other = try office.contest(try office.rate("C2").id).reviewCase.id
    _ = try office.claim(other)
    try office.decide(other, Office.draft(.confirmed, scope: .customer))
    // One put off, one that waits for a second person, one claimed: no column is empty in all rows.
    let third = try office.contest(try office.rate("C3").id).reviewCase.id
    _ = try office.claim(third)
    try office.desk.snooze(
      third, until: try office.later(2), reason: "bank", by: Office.janis, on: office.day, at: office.tick())
    let fourth = try office.contest(try office.rate("C4").id).reviewCase.id
    _ = try office.claim(fourth)
    try office.decide(fourth, Office.draft(rating: "E", scope: .customer))
    _ = try office.claim(id)
    let columns = try office.store.read { reader throws(SQLiteError) in
      try reader.sql.all("SELECT name FROM pragma_table_info('review_case')") { row throws(SQLiteError) in
        try row.text(0)
      }
    }
    #expect(columns.count == 16)
    for column in columns {
      let found = try office.store.database.write { transaction throws(ReviewError) in
        transaction.abandon()
        try ReviewError.wrapping { () throws(SQLiteError) in
          try transaction.execute(
            """
            PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON;
            UPDATE review_case SET \(column) = CASE typeof(\(column))
              WHEN 'integer' THEN 1 - \(column) WHEN 'text' THEN iif(\(column) = 'closed', 'open', 'closed') END
            WHERE \(column) IS NOT NULL
            """)
        }
        return try ReviewStore.inconsistencies(in: transaction)
      }
      #expect(!found.isEmpty, "a changed \(column) is not found")
    }
    let changes = [
      "DELETE FROM review_case", "DELETE FROM review_lease", "UPDATE review_cursor SET decision = 99",
      "UPDATE review_cursor SET quarantine = 99",
      "UPDATE review_case SET snoozed_until = 7 WHERE snoozed_until IS NULL",
      "UPDATE review_case SET decided_by = 'x'",
      "PRAGMA defer_foreign_keys = ON; DELETE FROM review_event",
    ]
    for change in changes {
      let found = try office.store.database.write { transaction throws(ReviewError) in
        transaction.abandon()
        try ReviewError.wrapping { () throws(SQLiteError) in try transaction.execute(change) }
        return try ReviewStore.inconsistencies(in: transaction)
      }
      #expect(!found.isEmpty, "\(change)")
    }
    try office.expectSound()
  }
}
