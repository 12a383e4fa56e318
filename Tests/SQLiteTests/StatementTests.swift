import SQLite
import TestSupport
import Testing

@Suite struct StatementTests {
  @Test func valuesComeBackAsTheyWentIn() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    let texts = ["", "Ž", "a\u{0}b", String(repeating: "ā", count: 70_000), "'; DROP TABLE note; --"]
    let blobs: [[UInt8]?] = [nil, [], [0], [0xFF, 0, 1], Array(repeating: 7, count: 100_000)]
    let sizes: [Int?] = [nil, 0, -1, .max, .min]
    try database.write { transaction throws(SQLiteError) in
      for index in texts.indices {
        try transaction.run(
          "INSERT INTO note VALUES (?, ?, ?, ?)", index, texts[index], blobs[index], sizes[index])
      }
    }
    try database.read { reader throws(SQLiteError) in
      let found = try reader.all("SELECT title, body, size FROM note ORDER BY id") {
        row throws(SQLiteError) in
        (try row.text(0), try row.optionalBlob(1), try row.optionalInteger(2))
      }
      #expect(found.map(\.0) == texts)
      #expect(found.map(\.1) == blobs)
      #expect(found.map(\.2) == sizes)
    }
  }

  @Test func anotherTypeThanAskedForIsAnError() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    let error = #expect(throws: SQLiteError.self) {
      try database.read { reader throws(SQLiteError) in
        _ = try reader.first("SELECT 1, 'x'") { row throws(SQLiteError) in try row.integer(1) }
      }
    }
    #expect(error?.kind == .unexpectedType(column: 1))
  }

  @Test func nestedUsesOfOneTextDoNotDisturbEachOther() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    let pairs = try database.read { reader throws(SQLiteError) in
      let sql = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2 UNION SELECT 3) ORDER BY value"
      var pairs: [[Int]] = []
      let outer = try reader.prepare(sql)
      while try outer.step() {
        let inner = try reader.prepare(sql)
        while try inner.step() { pairs.append([try outer.row.integer(0), try inner.row.integer(0)]) }
      }
      return pairs
    }
    #expect(pairs == (1...3).flatMap { a in (1...3).map { [a, $0] } })
  }

  @Test func aForgottenParameterIsNullAndNotAnEarlierValue() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    try database.read { reader throws(SQLiteError) in
      #expect(try reader.integer("SELECT ?", 5) == 5)
      #expect(try reader.integer("SELECT ?") == nil)
    }
  }

  @Test func wrongSQLNamesTheStatement() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    let error = #expect(throws: SQLiteError.self) {
      try database.read { reader throws(SQLiteError) in _ = try reader.integer("SELECT nonsense") }
    }
    #expect(error?.sql == "SELECT nonsense")
    #expect(error?.message.contains("nonsense") == true)
    #expect(throws: SQLiteError.self) {
      try database.read { reader throws(SQLiteError) in _ = try reader.integer("") }
    }
    #expect(throws: SQLiteError.self) {
      try database.read { reader throws(SQLiteError) in _ = try reader.integer("SELECT 1", 1, 2, 3) }
    }
  }

  @Test func madeUpTextsDisturbNoStatementInUse() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    try database.read { reader throws(SQLiteError) in
      let lent = try reader.prepare("SELECT value FROM (SELECT 1 AS value UNION SELECT 2)")
      #expect(try lent.step())
      for number in 0..<2000 {
        #expect(try reader.integer("SELECT \(number)") == number)
        // Built anew each time, so that equal texts lie at different addresses and different ones at the same.
        #expect(
          try reader.integer("SELECT \(number % 7) AS a_text_that_does_not_fit_into_the_string_itself")
            == number % 7)
      }
      #expect(try lent.step())
      #expect(try lent.row.integer(0) == 2)
    }
  }
}
