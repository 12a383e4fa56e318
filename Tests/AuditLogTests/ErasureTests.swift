import AuditLog
import Formats
import SQLite
import Testing
import Values

/// Payloads that are erased leave a chain that holds.
@Suite struct ErasureTests {
  private func filled() throws -> Book {
    let book = try Book()
    try book.fill(12)
    return book
  }

  @discardableResult
  private func erase(
    _ numbers: [ClosedRange<Int>], releasing: [Int] = [], in book: Book
  ) throws -> Int {
    try book.write { transaction, _ throws(AuditError) in
      try Book.log.erase(
        numbers, releasing: releasing.map { AuditedRow(Book.things, $0) }, tables: [Book.things],
        in: transaction)
    }
  }

  @Test func theChainHoldsAndTheRowsStayProvable() throws {
    let book = try filled()
    let number = try erase([2...3, 6...6], in: book)
    let entries = try book.entries()
    #expect(entries.filter { $0.payload == nil }.map(\.number) == [2, 3, 6])
    #expect(try book.entries(.init(customer: 7, limit: 100)).allSatisfy { ![2, 3, 6].contains($0.number) })
    let report = try book.verify()
    #expect(report.finding == nil)
    #expect(report.erased == 3)
    #expect(report.entries == number)
    try book.tamper("UPDATE thing SET name = 'other' WHERE id = 2")
    #expect(
      try book.verify().finding == AuditFinding(entry: number, fault: .rowChanged(table: "thing", key: 2)))
  }

  @Test func aReleasedRowMayGoOrChange() throws {
    let book = try filled()
    try erase([2...2], releasing: [2], in: book)
    try book.tamper("DELETE FROM thing_part WHERE thing = 2", "DELETE FROM thing WHERE id = 2")
    #expect(try book.verify().finding == nil)
    // Row 1 is vouched for by an entry that keeps its payload: releasing it is enough.
    try erase([], releasing: [1], in: book)
    try book.tamper("UPDATE thing SET name = NULL WHERE id = 1")
    #expect(try book.verify().finding == nil)
  }

  @Test func whatIsNoLongerThereIsReleasedByItself() throws {
    let book = try filled()
    try book.write { transaction, _ throws(AuditError) in
      try AuditError.wrapping { () throws(SQLiteError) in
        try transaction.execute("DELETE FROM thing_part WHERE thing = 2; DELETE FROM thing WHERE id = 2")
      }
      try Book.log.erase([2...2], tables: [Book.things], in: transaction)
    }
    #expect(try book.verify().finding == nil)
  }

  @Test func aGapWithoutALaterErasureIsFound() throws {
    let book = try filled()
    try book.tamper("DELETE FROM audit_payload WHERE number = 4")
    #expect(try book.verify().finding == AuditFinding(entry: 4, fault: .payloadMissing))
  }

  @Test func anErasureThatIsUndoneIsFound() throws {
    let book = try filled()
    try book.tamper(
      "CREATE TABLE aside AS SELECT * FROM audit_payload WHERE number = 4",
      "CREATE TABLE aside_customer AS SELECT * FROM audit_customer WHERE number = 4")
    let number = try erase([4...4], in: book)
    try book.tamper(
      "INSERT INTO audit_payload SELECT * FROM aside",
      "INSERT INTO audit_customer SELECT * FROM aside_customer")
    #expect(try book.verify().finding == AuditFinding(entry: 4, fault: .payloadReturned(erasure: number)))
  }

  @Test func anErasureCannotBeErased() throws {
    let book = try filled()
    let number = try erase([2...2], in: book)
    #expect(throws: AuditError.notErasable(number: number)) { try erase([number...number], in: book) }
    #expect(throws: AuditError.notErasable(number: 2)) { try erase([2...2], in: book) }
    #expect(throws: AuditError.notErasable(number: 900)) { try erase([900...Int.max], in: book) }
    #expect(try book.verify().finding == nil)
    try book.tamper("DELETE FROM audit_payload WHERE number = \(number)")
    #expect(try book.verify().finding == AuditFinding(entry: 2, fault: .payloadMissing))
  }

  /// Otherwise an erasure would make a change lawful that was none.
  @Test func aChangedRowIsNotVouchedForAnew() throws {
    let book = try filled()
    try book.tamper("UPDATE thing SET weight = 9.5 WHERE id = 2")
    #expect(throws: AuditError.rowChanged(table: "thing", key: 2)) { try erase([2...2], in: book) }
    #expect(try book.entries(.init(limit: 100)).allSatisfy { $0.payload != nil })
  }
}
