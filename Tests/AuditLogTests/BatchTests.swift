import Formats
import SQLite
import Testing
import Values

@testable import AuditLog

/// One entry for many rows and customers, with digests made of the values in memory.
@Suite struct BatchTests {
  private static let columns = ["id", "number", "text", "content", "weight", "sequence"]
  /// A table with a column of every type.
  private static let values = AuditedTable("value", key: "id", columns: columns)
  /// The same in a later layout, in which the content is hashed by itself first.
  private static let digested = AuditedTable(
    "value",
    layouts: [
      [.init("value", key: "id", columns: columns)],
      [.init("value", key: "id", columns: columns, digested: ["content"])],
    ])

  private struct Line {
    var number: Int?
    var text: String?
    var content: [UInt8]?
    var weight: Double?
  }

  private static let lines = [
    Line(), Line(number: 0, text: "", content: [], weight: 0),
    Line(number: .min, text: "Žagaru iela, Āgenskalns 👩‍👩‍👧", content: [0, 255, 34], weight: -0.5),
    Line(number: .max, text: "a\u{0}b", content: Array(repeating: 7, count: 5000), weight: 1e300),
    Line(number: -1, text: String(repeating: "ü", count: 3000), content: Array("text".utf8), weight: 1.0 / 3),
  ]

  private func book() throws -> Book {
    let book = try Book()
    try book.tamper(
      """
      CREATE TABLE value (
        id INTEGER PRIMARY KEY, number INTEGER, text TEXT, content BLOB, weight REAL, sequence INTEGER NOT NULL
      ) STRICT
      """)
    return book
  }

  private func store(
    _ lines: [Line], imagined: [Line], as table: AuditedTable = values, _ transaction: WriteTransaction,
    _ sequence: Int
  ) throws(AuditError) {
    var note = AuditNote(.decision, customers: [7])
    var image = AuditedRowImage(table, key: 0)
    for (place, line) in lines.enumerated() {
      try AuditError.wrapping { () throws(SQLiteError) in
        try transaction.run(
          "INSERT INTO value VALUES (?, ?, ?, ?, CAST(? AS REAL), ?)", place + 1, line.number, line.text,
          line.content, line.weight.map { "\($0)" }, sequence)
      }
      image.begin(place + 1)
      image.add(place + 1)
      image.add(imagined[place].number)
      image.add(imagined[place].text)
      if table.newestLayout == 2, let content = imagined[place].content {
        image.add(digest: SHA256.hash(content), of: content)
      } else {
        image.add(imagined[place].content)
      }
      image.add(imagined[place].weight)
      image.add(sequence)
      note.rows.append(AuditedRow(image))
    }
    try Book.enter(note, in: transaction)
  }

  private func verify(_ book: Book, _ table: AuditedTable = values) throws -> AuditFinding? {
    try book.database.read { reader throws(SQLiteError) in
      try AuditVerifier([Book.things, table]).verify(in: reader).finding
    }
  }

  @Test func theDigestOfValuesIsThatOfTheRow() throws {
    let book = try book()
    try book.write { transaction, sequence throws(AuditError) in
      try store(Self.lines, imagined: Self.lines, transaction, sequence)
    }
    #expect(try verify(book) == nil)
    #expect(try book.entries().first?.payload?.rows.count == Self.lines.count)
  }

  @Test func aBlobMayBeHashedByItselfFirst() throws {
    let book = try book()
    // Entries of the older layout stay what they are.
    try book.write { transaction, sequence throws(AuditError) in
      try store([Self.lines[1]], imagined: [Self.lines[1]], transaction, sequence)
    }
    #expect(try verify(book, Self.digested) == nil)
    let other = try self.book()
    try other.write { transaction, sequence throws(AuditError) in
      try store(Self.lines, imagined: Self.lines, as: Self.digested, transaction, sequence)
    }
    #expect(try verify(other, Self.digested) == nil)
    #expect(try other.entries().first?.payload?.rows.map(\.layout) == Self.lines.map { _ in 2 })
    for change in ["x'00ff23'", "x'00ff'", "NULL", "x''"] {
      let tampered = try self.book()
      try tampered.write { transaction, sequence throws(AuditError) in
        try store(Self.lines, imagined: Self.lines, as: Self.digested, transaction, sequence)
      }
      try tampered.tamper("UPDATE value SET content = \(change) WHERE id = 3")
      #expect(
        try verify(tampered, Self.digested)
          == AuditFinding(entry: 1, fault: .rowChanged(table: "value", key: 3)))
    }
  }

  @Test(arguments: 0..<4)
  func aValueThatWasNotStoredIsFound(column: Int) throws {
    let book = try book()
    var imagined = Self.lines
    switch column {
    case 0: imagined[1].number = nil
    case 1: imagined[1].text = nil
    case 2: imagined[2].content = [0, 255, 35]
    default: imagined[2].weight = 0.5
    }
    try book.write { transaction, sequence throws(AuditError) in
      try store(Self.lines, imagined: imagined, transaction, sequence)
    }
    #expect(
      try verify(book)
        == AuditFinding(entry: 1, fault: .rowChanged(table: "value", key: column < 2 ? 2 : 3)))
  }

  /// What is committed to must stay what the general writer would make of it.
  @Test func thePayloadIsCanonical() throws {
    var about = JSONObject()
    about["z"] = .string("\u{1}\"\\ü")
    about["a"] = [1, ["y": 2, "b": .null]]
    let digest = AuditPayload.RowDigest(
      name: .init(table: "decision", key: 17), layout: 1, digest: SHA256.hash("x"))
    let payloads = [
      AuditPayload(actor: "", purpose: ""),
      AuditPayload(actor: "anna \"a\"", purpose: "ü", customers: [3, 1, 3], rows: [digest, digest]),
      AuditPayload(
        actor: "a", purpose: "p", released: [.init(table: "t", key: -1)], erased: [1...2, 5...Int.max],
        about: about),
    ]
    for payload in payloads {
      #expect(payload.bytes == Array(payload.json.canonical.utf8))
      #expect(AuditPayload(bytes: payload.bytes)?.rows == payload.rows)
    }
  }

  /// Twenty things of seven customers in one entry.
  private func batch() throws -> Book {
    let book = try Book()
    try book.write { transaction, sequence throws(AuditError) in
      for id in 1...20 { try Book.store(id, customer: 100 + id % 7, transaction, sequence) }
      try Book.enter(
        AuditNote(
          .decision, customers: (1...20).map { 100 + $0 % 7 },
          rows: (1...20).map { AuditedRow(Book.things, $0) }), in: transaction)
    }
    return book
  }

  private func voucher(_ id: Int, in book: Book) throws -> Int? {
    try book.database.read { reader throws(SQLiteError) in
      try AuditLog.voucher(
        for: AuditedRow(Book.things, id), of: 100 + id % 7, sequence: 1, in: reader)
    }
  }

  @Test func oneCustomerAmongManyCanBeErased() throws {
    let book = try batch()
    for id in 1...20 { #expect(try voucher(id, in: book) == 1) }
    // Customer 103 has the things 3, 10 and 17.
    let erasure = try book.write { transaction, _ throws(AuditError) in
      try Book.log.erase(
        [1...1], of: 103, releasing: [3, 10, 17].map { AuditedRow(Book.things, $0) }, tables: [Book.things],
        in: transaction)
    }
    try book.tamper(
      "DELETE FROM thing_part WHERE thing IN (3, 10, 17)", "DELETE FROM thing WHERE id IN (3, 10)")
    #expect(try book.verify().finding == nil)
    for id in 1...20 { #expect(try voucher(id, in: book) == (id % 7 == 3 ? nil : erasure)) }
    #expect(try book.entries(.init(customer: 103, limit: 10)).isEmpty)
    #expect(try book.entries(.init(customer: 104, limit: 10)).map(\.number) == [erasure])
    try book.tamper("UPDATE thing SET name = 'other' WHERE id = 4")
    #expect(try voucher(4, in: book) == nil)
    #expect(try voucher(5, in: book) == erasure)
  }

  @Test func withoutACustomerNobodyIsNamedAnyLonger() throws {
    let book = try batch()
    try book.write { transaction, _ throws(AuditError) in
      try Book.log.erase([1...1], tables: [Book.things], in: transaction)
    }
    #expect(try book.verify().finding == nil)
    for customer in 100...106 { #expect(try book.entries(.init(customer: customer, limit: 10)).isEmpty) }
  }

  /// Erased before and after the index has the customers, and while it is being filled.
  @Test(arguments: 0..<3)
  func theIndexForgetsWhoWasErased(filled: Int) throws {
    let book = try Book()
    try book.fill(30)
    var sweep = DeferredSweep(AuditLog.byCustomer)
    sweep = try book.database.write { transaction throws(SQLiteError) in
      if filled == 1 { try AuditLog.byCustomer.fill(in: transaction) }
      if filled == 2 {
        _ = try sweep.begin(from: 1, in: transaction)
        try sweep.collect(in: transaction)
        try sweep.fill(10, in: transaction)
      }
      return sweep
    }
    let before = try book.entries(.init(customer: 102, limit: 100)).map(\.number)
    #expect(before.count > 2)
    try book.write { transaction, _ throws(AuditError) in
      try Book.log.erase([before[0]...before[0]], of: 102, tables: [Book.things], in: transaction)
    }
    try book.database.write { transaction throws(SQLiteError) in
      var rest = sweep
      if !rest.isDone { try rest.fill(1000, in: transaction) }
      try AuditLog.byCustomer.fill(in: transaction)
    }
    #expect(try book.entries(.init(customer: 102, limit: 100)).map(\.number) == Array(before.dropFirst()))
    #expect(try book.database.integrityProblems().isEmpty)
    #expect(
      try book.database.read { reader throws(SQLiteError) in
        try reader.integer("SELECT count(*) FROM audit_of_customer WHERE number = ?", before[0])
      } == 0)
  }
}
