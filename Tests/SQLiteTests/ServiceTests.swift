import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SQLite

@Suite struct ServiceTests {
  @Test func aServiceIsSeenUntilItIsGone() throws {
    let path = try TemporaryFolder().file("sample.db")
    let database = try Samples.database(at: path)
    #expect(!database.isServed)
    var first: ServicePresence? = try database.announceService()
    var second: ServicePresence? = try Samples.database(at: path).announceService()
    #expect(first != nil && second != nil && database.isServed)
    first = nil
    #expect(database.isServed)
    second = nil
    #expect(!database.isServed)
  }

  @Test func aKilledServiceIsGone() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sample.db")
    let seen = folder.file("seen")
    let database = try Samples.database(at: path)
    let other = Beside {
      defer { close(open(seen, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)) }
      return eventually { database.isServed }
    }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, seen = seen as String] in
      let presence = try Samples.database(at: path).announceService()
      _ = eventually { access(seen, F_OK) == 0 }
      withExtendedLifetime(presence) { _ = kill(getpid(), SIGKILL) }
    }
    #expect(try other.value() == true)
    #expect(!database.isServed)
  }

  @Test func aSliceEndsWhileAServiceRunsAndElseNever() throws {
    let clock = Mutex(0)
    let slice = WriteSlice(lasting: 2000) { clock.withLock { $0 } }
    let endless = WriteSlice(lasting: nil) { clock.withLock { $0 } }
    clock.withLock { $0 = 1999 }
    #expect(!slice.isOver)
    clock.withLock { $0 = 2000 }
    #expect(slice.isOver)
    clock.withLock { $0 = .max - 1 }
    #expect(!endless.isOver)

    let database = try Samples.database(at: try TemporaryFolder().file("sample.db"))
    let calm = database.slice()
    let presence = try database.announceService()
    let short = database.slice()
    usleep(5000)
    #expect(!calm.isOver && short.isOver)
    withExtendedLifetime(presence) {}
  }

  @Test func writableIsTriedAndNothingIsLeft() throws {
    let path = try TemporaryFolder().file("sample.db")
    let database = try Samples.database(at: path)
    let pages = database.logPages
    try database.checkWritable()
    #expect(try database.version() == 1)
    #expect(database.logPages == pages)
    #expect(try database.freeBytes() > 0)

    let turn = WriteTurn(database: database.resolvedPath)
    try turn.take(milliseconds: 1000)
    var error = #expect(throws: SQLiteError.self) { try database.checkWritable(withinMilliseconds: 20) }
    #expect(error?.kind == .locked)
    turn.giveUp()

    let other = try Connection(path: path, create: false)
    try other.execute("BEGIN IMMEDIATE")
    error = #expect(throws: SQLiteError.self) { try database.checkWritable(withinMilliseconds: 20) }
    #expect(error?.kind == .locked)
    try other.execute("ROLLBACK")
    try database.checkWritable(withinMilliseconds: 10_000)
  }

  @Test func cachesAreAsTheOwnerWants() throws {
    let options = DatabaseOptions(writerCacheKibibytes: 3000, readerCacheKibibytes: 2000)
    let database = try Database(
      path: try TemporaryFolder().file("sample.db"), schema: Samples.schema([Samples.notes]), options: options
    )
    let read = try database.read { reader throws(SQLiteError) in try reader.integer("PRAGMA cache_size") }
    let written = try database.write { transaction throws(SQLiteError) in
      try transaction.integer("PRAGMA cache_size")
    }
    #expect(read == -2000 && written == -3000)
  }

  @Test func anOwnedConnectionPromisesWhatThePoolDoes() throws {
    let database = try Samples.database(at: try TemporaryFolder().file("sample.db"))
    let connection = try database.readingConnection()
    func add() throws {
      try database.write { transaction throws(SQLiteError) in
        try transaction.run("INSERT INTO note (title) VALUES ('a')")
      }
    }
    let sql = "SELECT count(*) FROM note"
    var kept: Reader?
    let counts = try connection.read { (reader) throws(SQLiteError) -> [Int?] in
      kept = reader
      let before = try reader.integer(sql)
      do { try add() } catch { Issue.record(error) }
      return [before, try reader.integer(sql)]
    }
    #expect(counts == [0, 0])
    #expect(throws: SQLiteError.self) { _ = try kept?.integer(sql) }
    let error = #expect(throws: SQLiteError.self) {
      try connection.read { reader throws(SQLiteError) in
        _ = try reader.integer("INSERT INTO note (title) VALUES ('b') RETURNING id")
      }
    }
    #expect(error?.kind == .readOnly)
    #expect(try connection.read { reader throws(SQLiteError) in try reader.integer(sql) } == 1)
  }
}
