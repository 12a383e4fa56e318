import AuditLog
import Formats
import SQLite
import Testing
import Values

/// The chain as it is written: numbers, hashes, salts, what an entry tells.
@Suite struct ChainTests {
  @Test func entriesAreNumberedAndChained() throws {
    let book = try Book()
    try book.fill(20)
    let entries = try book.entries()
    #expect(entries.map(\.number) == Array(1...entries.count))
    #expect(entries.first?.previous == .zero)
    for (entry, next) in zip(entries, entries.dropFirst()) { #expect(next.previous == entry.hash) }
    #expect(Set(entries.map(\.commitment)).count == entries.count)
    let report = try book.verify()
    #expect(report.finding == nil)
    #expect(report.entries == entries.count)
    #expect(report.rows == 20)
    #expect(report.unanchored == entries.count)
  }

  /// The hash is a format that other programs may have to check: computed here by hand from its description.
  @Test func theHashIsTheOneDescribed() throws {
    let book = try Book()
    try book.fill(2)
    for entry in try book.entries() {
      func bytes(_ value: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
      }
      let kind = Array(entry.kind.rawValue.utf8)
      let fields =
        Array("bonitas audit entry 1".utf8) + bytes(entry.number) + bytes(entry.sequence)
        + bytes(entry.at.microseconds) + bytes(kind.count) + kind + entry.previous.bytes
        + entry.commitment.bytes
      #expect(SHA256.hash(fields) == entry.hash)
      let salt = SHA256.hash(SHA256.hash("a fixed key").bytes + bytes(entry.number))
      #expect(SHA256.hash(salt.bytes + Array((entry.payload?.json.canonical ?? "").utf8)) == entry.commitment)
    }
  }

  @Test func anEntryTellsWhoDidWhatToWhom() throws {
    let book = try Book()
    try book.fill(2)
    let read = try #require(try book.entries(.init(kind: .read, limit: 10)).first)
    #expect(
      read.payload?.json.canonical
        == #"{"about":{"thing":1},"actor":"anna","customers":[3,7],"purpose":"explain"}"#)
    #expect(read.sequence == 2)
    #expect(read.at.microseconds == 2_000_000)
  }

  @Test func entriesAreFoundByCustomerKindAndNumber() throws {
    let book = try Book()
    try book.fill(30)
    let all = try book.entries()
    #expect(
      try book.entries(.init(customer: 103, limit: 1000)).map(\.number)
        == all.filter { $0.payload?.customers.contains(103) == true }.map(\.number))
    #expect(try book.entries(.init(kind: .read, limit: 2)) == all.filter { $0.kind == .read }.suffix(2))
    #expect(try book.entries(.init(since: 5, limit: 3)) == Array(all[4..<7]))
    #expect(try book.entries(.init(limit: 3)) == all.suffix(3))
    #expect(try book.entries(.init(customer: 55, limit: 3)) == [])
  }

  @Test func whatConcernsEverybodyConcernsEachCustomer() throws {
    let book = try Book()
    try book.fill(4)
    try book.write { transaction, _ throws(AuditError) in
      try Book.enter(AuditNote(.read, customers: [AuditNote.everybody]), in: transaction)
    }
    let last = try #require(try book.head()).number
    #expect(try book.entries(.init(customer: 55, limit: 9)).map(\.number) == [last])
    #expect(try book.entries(.init(customer: 103, limit: 9)).map(\.number).last == last)
  }

  @Test func anEntryIsThereWithItsWriteOrNotAtAll() throws {
    let book = try Book()
    try book.fill(4)
    let before = try book.entries()
    #expect(throws: AuditError.self) {
      try book.write { transaction, sequence throws(AuditError) in
        try Book.store(5, customer: 100, transaction, sequence)
        try Book.enter(AuditNote(.decision, rows: [AuditedRow(Book.things, 5)]), in: transaction)
        try Book.enter(AuditNote(.decision, rows: [AuditedRow(Book.things, 77)]), in: transaction)
      }
    }
    #expect(try book.entries() == before)
    #expect(try book.verify().finding == nil)
  }

  /// Two writers that opened the file apart continue one chain.
  @Test func twoProgramsShareAChain() throws {
    let book = try Book()
    try book.fill(4)
    let other = AuditLog(salts: SaltSource(key: SHA256.hash("another key")))
    let schema = book.database.schema
    let second = try Database(path: book.database.path, schema: schema, mode: .existing)
    for database in [second, book.database, second] {
      try database.write { transaction throws(AuditError) in
        try AuditError.wrapping { () throws(SQLiteError) in
          try transaction.run(
            "INSERT INTO write (actor, at, purpose) VALUES ('other', ?, 'read')", 5)
          _ = try other.append(AuditNote(.read), in: transaction)
        }
      }
    }
    let report = try book.verify()
    #expect(report.finding == nil)
    #expect(report.entries == 8)
  }

  @Test func aKeyHasThirtyTwoBytes() {
    #expect(SaltSource(key: []) == nil)
    #expect(SaltSource(key: Array(repeating: 1, count: 31)) == nil)
    #expect(SaltSource(key: Array(repeating: 1, count: 32)) != nil)
  }
}
