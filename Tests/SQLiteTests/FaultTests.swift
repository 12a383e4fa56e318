import Foundation
import TestSupport
import Testing

@testable import SQLite

@Suite struct FaultTests {
  /// A limit on the size of files makes every write beyond it fail in the system call, as a faulty disk would.
  @Test func aFailedCommitLeavesTheConnectionUsable() async throws {
    let path = try TemporaryFolder().file("sample.db")
    await #expect(processExitsWith: .success) { [path = path as String] in
      let database = try Samples.database(at: path)
      func add(_ title: String, bytes: Int) throws {
        try database.write { transaction throws(SQLiteError) in
          try transaction.run(
            "INSERT INTO note (title, body) VALUES (?, ?)", title, Array(repeating: UInt8(1), count: bytes))
        }
      }
      try add("before", bytes: 10)
      signal(SIGXFSZ, SIG_IGN)
      var before = rlimit()
      #expect(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
      var small = rlimit(rlim_cur: 200_000, rlim_max: before.rlim_max)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small) == 0)
      for _ in 0..<3 {
        let error = #expect(throws: SQLiteError.self) { try add("lost", bytes: 1_000_000) }
        #expect(error?.kind == .inputOutput || error?.kind == .full)
      }
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before) == 0)
      try add("after", bytes: 1_000_000)
      let titles = try database.read { reader throws(SQLiteError) in
        try reader.all("SELECT title FROM note ORDER BY id") { row throws(SQLiteError) in try row.text(0) }
      }
      #expect(titles == ["before", "after"])
      #expect(try database.integrityProblems().isEmpty)
    }
  }

  /// Closing any descriptor of a file drops the locks that the process holds on it: another program would then take
  /// itself for the last that has the database open, and delete the log.
  @Test func openingAFileAgainKeepsTheLocksOfTheFirst() async throws {
    let path = try TemporaryFolder().file("sample.db")
    let first = try Samples.database(at: path)
    try first.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('a')")
    }
    let second = try Samples.database(at: path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      let other = try Connection(path: path, create: false)
      #expect(try other.integer("SELECT count(*) FROM note") == 1)
    }
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    for database in [first, second] {
      let count = try database.read { reader throws(SQLiteError) in
        try reader.integer("SELECT count(*) FROM note")
      }
      #expect(count == 1)
    }
  }

  @Test func aFileThatIsOpenHereStillHasToBeOurs() throws {
    let path = try TemporaryFolder().file("sample.db")
    let database = try Samples.database(at: path)
    let other = Schema(product: "other", applicationID: 99, migrations: [Samples.notes])
    let error = #expect(throws: SQLiteError.self) { _ = try Database(path: path, schema: other) }
    #expect(error?.kind == .foreign(product: "other"))
    #expect(try database.version() == 1)
  }
}
