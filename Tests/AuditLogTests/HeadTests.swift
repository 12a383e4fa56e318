import AuditLog
import SQLite
import Testing
import Values

/// The line that is stored elsewhere.
@Suite struct HeadTests {
  private let head = AuditHead(
    number: 17, hash: SHA256.hash("x"), at: Instant(microseconds: 1_780_000_000_000_000))

  @Test func theLineIsReadAsWritten() throws {
    let line = "bonitas-audit-head 1 17 \(SHA256.hash("x").hexadecimal) 2026-05-28T20:26:40.000000Z"
    #expect(head.description == line)
    #expect(try AuditHead(line: line) == head)
    #expect(try AuditHead(line: "  \(line) \r\n") == head)
  }

  @Test(arguments: [
    ("", AuditError.HeadPart.mark), ("hello", .mark), ("bonitas-audit-head", .version),
    ("bonitas-audit-head 2 1", .version), ("bonitas-audit-head 1 17", .parts(3)),
    ("bonitas-audit-head 1 0 HASH 2026-01-01T00:00:00Z", .number),
    ("bonitas-audit-head 1 +7 HASH 2026-01-01T00:00:00Z", .number),
    ("bonitas-audit-head 1 99999999999999999999 HASH 2026-01-01T00:00:00Z", .number),
    ("bonitas-audit-head 1 7 abc 2026-01-01T00:00:00Z", .hash),
    ("bonitas-audit-head 1 7 HASH yesterday", .at),
    ("bonitas-audit-head 1 7 HASH 2026-01-01T00:00:00Z more", .parts(6)),
  ])
  func anyOtherLineIsRefused(line: String, part: AuditError.HeadPart) throws {
    #expect(throws: AuditError.malformedHead(part)) {
      try AuditHead(line: line.replacing("HASH", with: SHA256.hash("x").hexadecimal))
    }
  }

  @Test func whatWasCutOffIsMissedWithAHeadOnly() throws {
    let book = try Book()
    try book.fill(10)
    let head = try #require(try book.head())
    #expect(try book.verify(head).anchor == head)
    #expect(try book.verify(head).unanchored == 0)
    // Whoever cuts cleverly takes away the rows and writes as well.
    let last = head.number
    try book.tamper(
      "DELETE FROM audit_customer WHERE number = \(last)", "DELETE FROM audit_payload WHERE number = \(last)",
      "DELETE FROM audit_entry WHERE number = \(last)",
      "DELETE FROM write WHERE sequence > (SELECT max(sequence) FROM audit_entry)")
    #expect(try book.verify().finding == nil)
    #expect(try book.verify().unanchored == last - 1)
    #expect(
      try book.verify(head).finding == AuditFinding(entry: nil, fault: .cut(head: last, last: last - 1)))
  }

  @Test func theHeadOfAnotherLogIsTold() throws {
    let book = try Book()
    try book.fill(10)
    let other = try Book()
    try other.write { transaction, _ throws(AuditError) in
      try Book.enter(AuditNote(.read), in: transaction)
    }
    let head = try #require(try other.head())
    #expect(try book.verify(head).finding == AuditFinding(entry: 1, fault: .head))
  }

  /// A log that was rewritten from some entry on and chained anew is sound in itself.
  @Test func aRewrittenLogIsFoundByTheHead() throws {
    let book = try Book()
    try book.fill(10)
    let head = try #require(try book.head())
    let forged = try Book()
    try forged.write(actor: "mallory") { transaction, _ throws(AuditError) in
      try Book.enter(AuditNote(.read), in: transaction)
    }
    try forged.fill(10)
    #expect(try forged.verify().finding == nil)
    #expect(try forged.verify(head).finding?.fault == .head)
  }

  @Test func anEmptyLog() throws {
    let book = try Book()
    #expect(try book.head() == nil)
    #expect(try book.verify().entries == 0)
    #expect(try book.verify().finding == nil)
    #expect(try book.verify(head).finding == AuditFinding(entry: nil, fault: .cut(head: 17, last: 0)))
    try book.write { _, _ throws(AuditError) in }
    #expect(try book.verify().finding == AuditFinding(entry: nil, fault: .emptied))
  }
}
