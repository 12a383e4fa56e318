import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing

@Suite struct TransactionTests {
  /// An error of a caller's own, as rooms above have them.
  enum Refusal: StorageFailure, Equatable {
    case storage(SQLiteError)
    case refused

    init(_ error: SQLiteError) { self = .storage(error) }
  }

  private func count(_ database: Database) throws -> Int? {
    try database.read { reader throws(SQLiteError) in try reader.integer("SELECT count(*) FROM note") }
  }

  @Test func aThrowingBodyLeavesNothing() throws {
    let database = try Samples.database(try TemporaryFolder())
    #expect(throws: Refusal.refused) {
      try database.write { transaction throws(Refusal) in
        try Refusal.wrapping { () throws(SQLiteError) in
          try transaction.run("INSERT INTO note (title) VALUES ('a')")
        }
        throw .refused
      }
    }
    #expect(try count(database) == 0)
  }

  @Test func anAbandonedTransactionReturnsAndLeavesNothing() throws {
    let database = try Samples.database(try TemporaryFolder())
    let before = try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('a')")
      transaction.abandon()
      return try transaction.integer("SELECT count(*) FROM note")
    }
    #expect(before == 1)
    #expect(try count(database) == 0)
  }

  @Test func aFailedStepIsUndoneAlone() throws {
    let database = try Samples.database(try TemporaryFolder())
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('a')")
      do throws(Refusal) {
        try transaction.step { () throws(Refusal) in
          try Refusal.wrapping { () throws(SQLiteError) in
            try transaction.run("INSERT INTO note (title) VALUES ('b')")
          }
          throw .refused
        }
        Issue.record("the step did not throw")
      } catch {
        #expect(error == .refused)
      }
      try transaction.step { () throws(SQLiteError) in
        try transaction.run("INSERT INTO note (title) VALUES ('c')")
      }
    }
    let titles = try database.read { reader throws(SQLiteError) in
      try reader.all("SELECT title FROM note ORDER BY id") { row throws(SQLiteError) in try row.text(0) }
    }
    #expect(titles == ["a", "c"])
  }

  @Test func aTransactionIsUselessAfterItsEnd() throws {
    let database = try Samples.database(try TemporaryFolder())
    var kept: Reader?
    try database.read { reader throws(SQLiteError) in kept = reader }
    let error = #expect(throws: SQLiteError.self) { _ = try kept?.integer("SELECT 1") }
    #expect(error?.kind == .misuse)
  }

  @Test func readersCannotWrite() throws {
    let database = try Samples.database(try TemporaryFolder())
    let error = #expect(throws: SQLiteError.self) {
      try database.read { reader throws(SQLiteError) in
        _ = try reader.integer("INSERT INTO note (title) VALUES ('a') RETURNING id")
      }
    }
    #expect(error?.kind == .readOnly)
    #expect(try count(database) == 0)
  }

  @Test func foreignKeysHoldAndSecureDeleteIsOn() throws {
    let database = try Samples.database(try TemporaryFolder())
    let error = #expect(throws: SQLiteError.self) {
      try database.write { transaction throws(SQLiteError) in
        try transaction.run("INSERT INTO tag VALUES (99, 'x')")
      }
    }
    #expect(error?.kind == .constraint)
    try database.write { transaction throws(SQLiteError) in
      #expect(try transaction.integer("PRAGMA secure_delete") == 1)
      #expect(try transaction.integer("PRAGMA synchronous") == 2)
    }
  }

  @Test func aFullDiskIsToldApartAndLeavesTheRest() throws {
    let database = try Samples.database(try TemporaryFolder())
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('kept')")
      // Stands for a disk of 40 pages: SQLite answers SQLITE_FULL just as for ENOSPC.
      try transaction.execute("PRAGMA max_page_count = 40")
    }
    let error = #expect(throws: SQLiteError.self) {
      try database.write { transaction throws(SQLiteError) in
        for index in 0..<1000 {
          try transaction.run(
            "INSERT INTO note (title, body) VALUES (?, ?)", "n\(index)",
            Array(repeating: UInt8(1), count: 1000))
        }
      }
    }
    #expect(error?.kind == .full)
    #expect(error?.sentence.contains("no room left") == true)
    #expect(try count(database) == 1)
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES ('still works')")
    }
    #expect(try database.integrityProblems().isEmpty)
  }

  @Test func readersSeeWholeTransactionsWhileWritersWork() throws {
    let database = try Samples.database(try TemporaryFolder())
    let torn = Mutex(0)
    let reads = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      for round in 0..<60 {
        if worker < 2 {
          try? database.write { transaction throws(SQLiteError) in
            // Both or none of the pair is visible at any time.
            try transaction.run("INSERT INTO note (title) VALUES (?)", "\(worker)-\(round)-a")
            try transaction.run("INSERT INTO note (title) VALUES (?)", "\(worker)-\(round)-b")
          }
        } else {
          let counts = try? database.read { reader throws(SQLiteError) in
            [
              try reader.integer("SELECT count(*) FROM note") ?? -1,
              try reader.integer("SELECT count(*) FROM note") ?? -1,
            ]
          }
          if let counts {
            reads.withLock { $0 += 1 }
            if counts[0] != counts[1] || counts[0] % 2 != 0 { torn.withLock { $0 += 1 } }
          }
        }
      }
    }
    #expect(torn.withLock { $0 } == 0)
    #expect(reads.withLock { $0 } == 120)
    #expect(try count(database) == 240)
  }

  @Test func twoDatabasesOnOneFileTakeTurns() throws {
    let folder = try TemporaryFolder()
    let first = try Samples.database(folder)
    let second = try Samples.database(folder)
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      let database = worker == 0 ? first : second
      for round in 0..<40 {
        try? database.write { transaction throws(SQLiteError) in
          let count = try transaction.integer("SELECT count(*) FROM note") ?? 0
          try transaction.run("INSERT INTO note (id, title) VALUES (?, ?)", count + 1, "\(worker)-\(round)")
        }
      }
    }
    #expect(try count(first) == 80)
  }
}
