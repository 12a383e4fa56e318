import FactStore
import Facts
import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing
import Values

@Suite struct DurabilityTests {
  private static func files(_ count: Int) -> [[Fact]] {
    (0..<count).map { index in
      [Fact](repeating: Samples.customer("C\(index % 4)"), count: index % 2)
        + (0..<8).map { Samples.invoice("I\(index)-\($0)", "C\(index % 4)", issued: $0) }
    }
  }

  /// Killed at any instant and run again, the store ends with the digest of an undisturbed run.
  @Test func aCrashAndASecondRunEndLikeAnUndisturbedOne() throws {
    let folder = try TemporaryFolder()
    let files = Self.files(10)
    let store = try FactStore(path: folder.file("store.db"))
    for (index, facts) in files.enumerated() {
      try store.load(facts, Samples.file("f\(index)", known: index))
    }
    let digest = try store.storeHash
    let main = try Data(contentsOf: URL(fileURLWithPath: folder.file("store.db")))
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.file("store.db-wal")))
    var sequences: Set<Int> = []
    for part in Array(stride(from: 0, to: log.count, by: max(1, log.count / 11))) + [log.count] {
      let crashed = try TemporaryFolder()
      try main.write(to: URL(fileURLWithPath: crashed.file("store.db")))
      try log.prefix(part).write(to: URL(fileURLWithPath: crashed.file("store.db-wal")))
      let reopened = try FactStore(path: crashed.file("store.db"))
      sequences.insert(try reopened.figures.lastSequence)
      #expect(try reopened.read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
      for (index, facts) in files.enumerated() {
        try reopened.load(facts, Samples.file("f\(index)", known: 100 + index))
      }
      #expect(try reopened.storeHash == digest)
      #expect(try reopened.figures.facts[.invoice] == 80)
      #expect(try reopened.figures.lastSequence == 10)
    }
    #expect(sequences.count > 4)
  }

  @Test func aFullDiskLeavesWholeWritesAndTheRestCanFollow() throws {
    let store = try Samples.store()
    let files = Self.files(60)
    try store.database.write { transaction throws(SQLiteError) in
      let pages = try transaction.integer("PRAGMA page_count") ?? 0
      // Stands for a small disk: SQLite answers SQLITE_FULL just as for ENOSPC.
      try transaction.execute("PRAGMA max_page_count = \(pages + 12)")
    }
    var stored = 0
    var failure: StoreError?
    for (index, facts) in files.enumerated() where failure == nil {
      do throws(StoreError) {
        try store.load(facts, Samples.file("f\(index)"))
        stored += 1
      } catch {
        failure = error
      }
    }
    guard case .storage(let error) = failure else {
      Issue.record("the disk did not fill up")
      return
    }
    #expect(error.kind == .full)
    #expect(try store.figures.lastSequence == stored)
    #expect(try store.read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
    try store.database.write { transaction throws(SQLiteError) in
      try transaction.execute("PRAGMA max_page_count = 100000")
    }
    for (index, facts) in files.enumerated() { try store.load(facts, Samples.file("f\(index)")) }
    let undisturbed = try Samples.store()
    for (index, facts) in files.enumerated() { try undisturbed.load(facts, Samples.file("f\(index)")) }
    #expect(try store.storeHash == undisturbed.storeHash)
    #expect(try store.figures == undisturbed.figures)
  }

  @Test func readersSeeWholeWritesWhileFilesAreLoaded() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("C0")], Samples.file("customers"))
    let torn = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      for round in 0..<30 {
        if worker == 0 {
          _ = try? store.load(
            (0..<5).map { Samples.invoice("I\(round)-\($0)", "C0") }, Samples.file("f\(round)"))
        } else {
          let count = (try? store.facts("C0").invoices.count) ?? -1
          if count < 0 || count % 5 != 0 { torn.withLock { $0 += 1 } }
        }
      }
    }
    #expect(torn.withLock { $0 } == 0)
    #expect(try store.facts("C0").invoices.count == 150)
  }

  @Test func twoProcessesShareTheNumbering() throws {
    let folder = try TemporaryFolder()
    let stores = try (0..<2).map { _ in try FactStore(path: folder.file("store.db")) }
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      for round in 0..<20 {
        _ = try? stores[worker].load(
          [Samples.invoice("I\(worker)-\(round)", "C0")], Samples.file("f\(worker)-\(round)"))
      }
    }
    #expect(try stores[0].figures.lastSequence == 40)
    #expect(try stores[0].figures.facts[.invoice] == 40)
    #expect(try stores[1].read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
  }

  @Test func otherRoomsShareFileTransactionAndNumber() throws {
    let folder = try TemporaryFolder()
    let decisions = Migration(
      room: "decisions", number: 1, name: "decisions",
      statements: ["CREATE TABLE decision (sequence INTEGER NOT NULL REFERENCES write (sequence)) STRICT"])
    let store = try FactStore(path: folder.file("store.db"), contributed: [decisions])
    try store.write(actor: "tester", at: Samples.instant(0), purpose: "rate") {
      transaction throws(StoreError) in
      try StoreError.wrapping { () throws(SQLiteError) in
        try transaction.sql.run("INSERT INTO decision VALUES (?)", transaction.sequence)
      }
    }
    #expect(try store.figures.lastSequence == 1)
    let steps = FactStore.migrations.count + 1
    #expect(try store.database.version() == steps)
    // A program that lacks the other room is older than the file.
    let error = #expect(throws: SQLiteError.self) { try FactStore(path: folder.file("store.db")) }
    #expect(
      error?.sentence.contains(
        "was written by a newer bonitas (schema \(steps); this one knows \(steps - 1))") == true)
  }

  @Test func theTablesHoldEveryFieldOfTheFacts() throws {
    // Amounts, dates and words are spelled out per kind; a field that Facts gains must not be forgotten here.
    #expect(FactKind.rating.map(\.fields.count) == [9, 9, 8, 6, 6, 5, 18, 8, 8, 10])
    let others = FactKind.allCases.dropFirst(FactKind.rating.count)
    #expect(others.map(\.fields.count) == [6, 10, 6, 7, 6, 7, 6, 6, 6, 8])
  }
}
