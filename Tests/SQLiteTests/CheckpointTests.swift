import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SQLite

@Suite struct CheckpointTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sample.db")
  }

  private func database(writersCheckpoint: Bool) throws -> Database {
    try Database(
      path: path, schema: Samples.schema([Samples.notes]),
      options: DatabaseOptions(writersCheckpoint: writersCheckpoint))
  }

  /// One transaction of about so many pages.
  private func add(pages: Int, to database: Database) throws {
    try database.write { transaction throws(SQLiteError) in
      try transaction.run(
        "INSERT INTO note (title, body) VALUES ('a', ?)", Array(repeating: UInt8(7), count: pages * 4090))
    }
  }

  private func count(_ database: Database) throws -> Int? {
    try database.read { reader throws(SQLiteError) in try reader.integer("SELECT count(*) FROM note") }
  }

  @Test func aWriterMovesALongLogItself() throws {
    let database = try database(writersCheckpoint: true)
    for _ in 0..<12 { try add(pages: 300, to: database) }
    #expect(database.logPages < 1500)
    #expect(try count(database) == 12)
  }

  @Test func aWriterFinishesOnceAReaderThatStayedIsGone() throws {
    let database = try database(writersCheckpoint: true)
    try add(pages: 1, to: database)
    let longest = try database.read { reader throws(SQLiteError) in
      let before = try reader.integer("SELECT count(*) FROM note")
      for _ in 0..<16 {
        do { try add(pages: 300, to: database) } catch { Issue.record(error) }
      }
      #expect(try reader.integer("SELECT count(*) FROM note") == before)
      return database.logPages
    }
    #expect(longest > 4500)
    for _ in 0..<3 { try add(pages: 1, to: database) }
    #expect(database.logPages < 100)
  }

  @Test func aWriterLeavesTheLogToTheService() throws {
    let database = try database(writersCheckpoint: true)
    let presence = try database.announceService()
    for _ in 0..<12 { try add(pages: 300, to: database) }
    #expect(database.logPages > 3600)
    // Unless nobody takes care of it.
    for _ in 0..<18 { try add(pages: 300, to: database) }
    #expect(database.logPages < 8500)
    withExtendedLifetime(presence) {}
  }

  @Test func theLogBeginsAnewUnderLoadWithReadersComingAndGoing() throws {
    let database = try database(writersCheckpoint: false)
    let checkpointer = try Checkpointer(database, logPages: 200, everyMilliseconds: 1)
    let isOver = Atomic(false)
    let torn = Atomic(0)
    let readers = DispatchGroup()
    for _ in 0..<2 {
      DispatchQueue(label: "reader").async(group: readers) {
        while !isOver.load(ordering: .relaxed) {
          let pair = try? database.read { reader throws(SQLiteError) in
            [
              try reader.integer("SELECT count(*) FROM note"), try reader.integer("SELECT max(id) FROM note"),
            ]
          }
          if pair == nil || pair?[0] != (pair?[1] ?? 0) { torn.add(1, ordering: .relaxed) }
        }
      }
    }
    var written = 0
    while checkpointer.figures.restarts < 3, written < 3000 {
      try add(pages: 10, to: database)
      written += 1
    }
    isOver.store(true, ordering: .relaxed)
    readers.wait()
    checkpointer.stop()
    let figures = checkpointer.figures
    #expect(figures.restarts >= 3)
    #expect(figures.failure == nil)
    #expect(figures.longestTurnMicroseconds > 0 && figures.mostLogPages > 200)
    #expect(torn.load(ordering: .relaxed) == 0)
    #expect(try count(database) == written)
    #expect(try database.integrityProblems().isEmpty)
  }

  @Test func aReaderThatStaysHoldsTheLogBackAndNobodyUp() throws {
    let database = try database(writersCheckpoint: false)
    let checkpointer = try Checkpointer(database, logPages: 50, everyMilliseconds: 1)
    try add(pages: 1, to: database)
    let refused = try database.read { reader throws(SQLiteError) in
      let before = try reader.integer("SELECT count(*) FROM note")
      var written = 0
      while checkpointer.figures.refusals == 0, written < 2000 {
        do { try add(pages: 20, to: database) } catch { Issue.record(error) }
        written += 1
      }
      #expect(try reader.integer("SELECT count(*) FROM note") == before)
      return checkpointer.figures.refusals
    }
    #expect(refused > 0)
    var written = 0
    while checkpointer.figures.restarts == 0, written < 2000 {
      try add(pages: 20, to: database)
      written += 1
    }
    #expect(checkpointer.figures.restarts > 0)
    checkpointer.stop()
    checkpointer.stop()
  }

  @Test func afterItsEndACheckpointerDoesNothing() throws {
    let database = try database(writersCheckpoint: false)
    let checkpointer = try Checkpointer(database, logPages: 10, everyMilliseconds: 1)
    checkpointer.stop()
    let before = checkpointer.figures
    for _ in 0..<5 { try add(pages: 300, to: database) }
    #expect(checkpointer.figures == before)
    #expect(database.logPages > 1500)
  }
}
