import Foundation
import SQLite
import TestSupport
import Testing

@Suite struct OpeningTests {
  private func failure(_ body: () throws -> Void) -> SQLiteError? {
    do {
      try body()
      return nil
    } catch {
      return error as? SQLiteError
    }
  }

  private func foreignFile(_ path: String, applicationID: Int32) throws {
    let other = Schema(product: "other", applicationID: applicationID, migrations: [Samples.notes])
    let database = try Database(path: path, schema: other)
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('theirs')")
    }
  }

  @Test func filesThatAreNotOursAreRefusedAndLeftAlone() throws {
    let folder = try TemporaryFolder()
    try foreignFile(folder.file("other.db"), applicationID: 99)
    try foreignFile(folder.file("unmarked.db"), applicationID: 0)
    try Data("customer,kind\n".utf8).write(to: URL(fileURLWithPath: folder.file("short.csv")))
    try Data(repeating: 65, count: 9000).write(to: URL(fileURLWithPath: folder.file("long.txt")))
    for name in ["other.db", "unmarked.db", "short.csv", "long.txt"] {
      let path = folder.file(name)
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      let error = failure { _ = try Database(path: path, schema: Samples.schema([Samples.notes])) }
      #expect(error?.kind == .foreign(product: "sample"))
      #expect(error?.sentence.contains("is not a sample database") == true)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
    }
  }

  @Test func unusablePathsAreToldApart() throws {
    let folder = try TemporaryFolder()
    let schema = Samples.schema([Samples.notes])
    let missing = folder.file("no/such/folder.db")
    #expect(
      failure { _ = try Database(path: missing, schema: schema) }?.kind == .cannotOpen(.missingFolder))
    #expect(
      failure { _ = try Database(path: folder.path, schema: schema) }?.kind == .cannotOpen(.notAFile))
    for path in ["", ":memory:", "a\u{0}b"] {
      #expect(failure { _ = try Database(path: path, schema: schema) }?.kind == .cannotOpen(.unusablePath))
    }
    let absent = folder.file("absent.db")
    let error = failure { _ = try Database(path: absent, schema: schema, mode: .existing) }
    #expect(error?.kind == .cannotOpen(.missingFile))
    #expect(!FileManager.default.fileExists(atPath: absent))
  }

  @Test func anEmptyFileBecomesOurs() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("empty.db")
    try Data().write(to: URL(fileURLWithPath: path))
    let database = try Database(path: path, schema: Samples.schema([Samples.notes]))
    #expect(try database.version() == 1)
    let mode = try database.read { reader throws(SQLiteError) in
      try reader.first("PRAGMA journal_mode") { row throws(SQLiteError) in try row.text(0) }
    }
    #expect(mode == "wal")
  }

  @Test func anOlderDatabaseIsMigratedAndKeepsItsRows() throws {
    let folder = try TemporaryFolder()
    try Samples.database(folder, [Samples.notes]).write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('old')")
    }
    let database = try Samples.database(folder, [Samples.notes, Samples.titles])
    #expect(try database.version() == 2)
    let error = failure {
      try database.write { transaction throws(SQLiteError) in
        try transaction.run("INSERT INTO note (title) VALUES ('old')")
      }
    }
    #expect(error?.kind == .constraint)
  }

  @Test func aNewerDatabaseIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try Samples.database(folder, [Samples.notes, Samples.titles])
    let error = failure { _ = try Samples.database(folder, [Samples.notes]) }
    #expect(error?.kind == .newer(product: "sample", found: 2, known: 1))
    #expect(
      error?.sentence.contains("was written by a newer sample (schema 2; this one knows 1)") == true)
  }

  @Test func roomsMigrateEachAtTheirOwnPace() throws {
    let folder = try TemporaryFolder()
    let ledger = Migration(
      room: "ledger", number: 1, name: "ledger", statements: ["CREATE TABLE ledger (id INTEGER) STRICT"])
    _ = try Samples.database(folder, [Samples.notes, ledger])
    // A later program adds a step to the first room; the list is no longer in the order of application.
    #expect(try Samples.database(folder, [Samples.notes, Samples.titles, ledger]).version() == 3)
    // As many steps as applied, but not the same ones: written by another program.
    let other = Migration(room: "other", number: 1, name: "other", statements: [])
    let error = failure { _ = try Samples.database(folder, [Samples.notes, Samples.titles, other]) }
    #expect(error?.kind == .newer(product: "sample", found: 3, known: 3))
  }

  @Test func aBrokenMigrationLeavesTheVersionBefore() throws {
    let folder = try TemporaryFolder()
    let broken = Migration(
      room: "notes", number: 2, name: "broken",
      statements: ["CREATE TABLE half (id INTEGER) STRICT", "CREATE TABLE note (id INTEGER) STRICT"])
    #expect(failure { _ = try Samples.database(folder, [Samples.notes, broken]) } != nil)
    let database = try Samples.database(folder, [Samples.notes])
    #expect(try database.version() == 1)
    try database.read { reader throws(SQLiteError) in
      #expect(try reader.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    }
  }

  @Test func manyOpenersOfANewFileMakeOneDatabase() throws {
    let folder = try TemporaryFolder()
    DispatchQueue.concurrentPerform(iterations: 6) { _ in
      do {
        _ = try Samples.database(folder, [Samples.notes, Samples.titles])
      } catch {
        Issue.record("opening failed: \(error)")
      }
    }
    #expect(try Samples.database(folder, [Samples.notes, Samples.titles]).version() == 2)
  }

  @Test func aDamagedFileIsToldApart() throws {
    let folder = try TemporaryFolder()
    do {
      let database = try Samples.database(folder)
      try database.write { transaction throws(SQLiteError) in
        for index in 0..<500 { try transaction.run("INSERT INTO note (title) VALUES (?)", "note \(index)") }
      }
      try database.checkpoint()
    }
    let url = URL(fileURLWithPath: folder.file("sample.db"))
    var bytes = try Data(contentsOf: url)
    for offset in 4096..<bytes.count { bytes[offset] = 0xAA }
    try bytes.write(to: url)
    let error = failure {
      let database = try Samples.database(folder)
      try database.read { reader throws(SQLiteError) in
        _ = try reader.integer("SELECT count(*) FROM note WHERE title > ''")
      }
    }
    #expect(error?.kind == .corrupt)
  }

  /// A process killed at any instant leaves the file and a log that may end anywhere.
  @Test func aCopyTakenInTheMiddleOpensWithWholeTransactions() throws {
    let folder = try TemporaryFolder()
    let database = try Samples.database(folder)
    for _ in 0..<30 {
      try database.write { transaction throws(SQLiteError) in
        try transaction.run(
          "INSERT INTO note (title, body) VALUES ('a', ?)", Array(repeating: UInt8(3), count: 3000))
        try transaction.run(
          "INSERT INTO note (title, body) VALUES ('b', ?)", Array(repeating: UInt8(4), count: 3000))
      }
    }
    let main = try Data(contentsOf: URL(fileURLWithPath: folder.file("sample.db")))
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.file("sample.db-wal")))
    var seen: Set<Int> = []
    for part in Array(stride(from: 0, to: log.count, by: max(1, log.count / 23))) + [log.count] {
      let crashed = try TemporaryFolder()
      try main.write(to: URL(fileURLWithPath: crashed.file("sample.db")))
      try log.prefix(part).write(to: URL(fileURLWithPath: crashed.file("sample.db-wal")))
      let reopened = try Samples.database(crashed)
      let pairs = try reopened.read { reader throws(SQLiteError) in
        [
          try reader.integer("SELECT count(*) FROM note WHERE title = 'a'") ?? -1,
          try reader.integer("SELECT count(*) FROM note WHERE title = 'b'") ?? -1,
        ]
      }
      #expect(pairs[0] == pairs[1])
      #expect(try reopened.integrityProblems().isEmpty)
      seen.insert(pairs[0])
    }
    #expect(seen.contains(30) && seen.count > 5)
  }
}
