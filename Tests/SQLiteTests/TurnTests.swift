import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SQLite

@Suite struct TurnTests {
  private static func add(_ title: String, to database: Database) throws {
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("INSERT INTO note (title) VALUES (?)", title)
    }
  }

  private static func titles(_ database: Database) throws -> [String] {
    try database.read { reader throws(SQLiteError) in
      try reader.all("SELECT title FROM note ORDER BY id") { row throws(SQLiteError) in try row.text(0) }
    }
  }

  @Test func whoeverHasJustHadTheLockDoesNotOvertakeThoseWhoWait() {
    let guarded = OrderedGuard(0)
    let isOver = Atomic(false)
    let (begun, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    DispatchQueue(label: "slice after slice").async {
      while !isOver.load(ordering: .relaxed) {
        guarded.withLock { slices in
          slices += 1
          usleep(500)
        }
        begun.signal()
      }
      ended.signal()
    }
    begun.wait()
    var most = 0
    for _ in 0..<50 {
      let before = guarded.withLock { $0 }
      // The slice that is under way, and at most one that began before this thread asked.
      most = max(most, guarded.withLock { $0 } - before)
    }
    isOver.store(true, ordering: .relaxed)
    ended.wait()
    #expect(most <= 2)
  }

  @Test func writersOfSeveralProcessesLoseNothing() async throws {
    let path = try TemporaryFolder().file("sample.db")
    _ = try Samples.database(at: path)
    func count() async {
      await #expect(processExitsWith: .success) { [path = path as String] in
        let database = try Samples.database(at: path)
        for _ in 0..<30 {
          try database.write { transaction throws(SQLiteError) in
            let count = try transaction.integer("SELECT count(*) FROM note") ?? 0
            try transaction.run("INSERT INTO note (id, title) VALUES (?, 'n')", count + 1)
          }
        }
      }
    }
    async let first: Void = count()
    async let second: Void = count()
    _ = await (first, second)
    #expect(try Self.titles(Samples.database(at: path)).count == 60)
  }

  /// Without a door in front of the lock the one that has just had a turn would take the next as well.
  @Test func whoHasHadATurnDoesNotOvertakeWhoWaits() throws {
    let path = try TemporaryFolder().file("sample.db")
    let busy = try Samples.database(at: path)
    let other = try Samples.database(at: path)
    let look = try #require(TurnFile.look(beside: busy.resolvedPath))
    for _ in 0..<20 {
      let end = DispatchGroup()
      var isWaiting = false
      try busy.write { transaction throws(SQLiteError) in
        try transaction.run("INSERT INTO note (title) VALUES ('first')")
        DispatchQueue(label: "other").async(group: end) { try? Self.add("second", to: other) }
        isWaiting = eventually { look.isHeld(.door) }
      }
      try Self.add("third", to: busy)
      end.wait()
      #expect(isWaiting)
    }
    #expect(try Self.titles(busy) == (0..<20).flatMap { _ in ["first", "second", "third"] })
  }

  @Test func aWriterOfAnotherProcessThatNeverStopsStarvesNobody() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sample.db")
    let stop = folder.file("stop")
    let database = try Samples.database(at: path)
    let other = Beside {
      defer { close(open(stop, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)) }
      let isBusy = try eventually { try !Self.titles(database).isEmpty }
      for _ in 0..<20 { try Self.add("other", to: database) }
      return isBusy
    }
    await #expect(processExitsWith: .success) { [path = path as String, stop = stop as String] in
      let database = try Samples.database(at: path)
      for _ in 0..<200_000 where access(stop, F_OK) != 0 { try Self.add("busy", to: database) }
    }
    #expect(try other.value() == true)
    #expect(try Self.titles(database).count { $0 == "other" } == 20)
  }

  @Test func theTurnOfAKilledProcessIsFree() async throws {
    let path = try TemporaryFolder().file("sample.db")
    let database = try Samples.database(at: path)
    let other = Beside {
      let isHeld = eventually { TurnFile.look(beside: database.resolvedPath)?.isHeld(.turn) == true }
      try Self.add("kept", to: database)
      return isHeld
    }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let database = try Samples.database(at: path)
      try database.write { transaction throws(SQLiteError) in
        try transaction.run("INSERT INTO note (title) VALUES ('lost')")
        // Until somebody waits for the turn.
        _ = eventually { TurnFile.look(beside: database.resolvedPath)?.isHeld(.door) == true }
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try other.value() == true)
    #expect(try Self.titles(database) == ["kept"])
  }

  @Test func aWaitEndsAndWhoGaveUpHoldsNobodyUp() throws {
    let path = try TemporaryFolder().file("sample.db")
    _ = try Samples.database(at: path)
    let holder = WriteTurn(database: path)
    let impatient = WriteTurn(database: path)
    try holder.take(milliseconds: 1000)
    for _ in 0..<3 {
      let error = #expect(throws: SQLiteError.self) { try impatient.take(milliseconds: 20) }
      #expect(error?.kind == .locked)
    }
    holder.giveUp()
    // Comes to the one that has given up, and from there back.
    try holder.take(milliseconds: 10_000)
    holder.giveUp()
    try impatient.take(milliseconds: 10_000)
    let error = #expect(throws: SQLiteError.self) { try holder.take(milliseconds: 20) }
    #expect(error?.kind == .locked)
    impatient.giveUp()
    try holder.take(milliseconds: 10_000)
    holder.giveUp()
  }

  @Test func aProgramThatTakesNoTurnsIsWaitedFor() throws {
    let path = try TemporaryFolder().file("sample.db")
    let database = try Samples.database(at: path)
    let other = Seat(try Connection(path: path, create: false))
    try other.holder.execute("BEGIN IMMEDIATE; INSERT INTO note (title) VALUES ('theirs')")
    let end = DispatchGroup()
    DispatchQueue(label: "other").async(group: end) {
      usleep(50_000)
      try? other.holder.execute("COMMIT")
    }
    try Self.add("ours", to: database)
    end.wait()
    #expect(try Self.titles(database) == ["theirs", "ours"])
  }

  @Test func theLockFileIsOneForAllNamesOfTheDatabaseAndHasItsPermissions() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sample.db")
    _ = try Samples.database(at: path)
    #expect(chmod(path, 0o660) == 0)
    #expect(unlink(path + "-turn") == 0)
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.db"), withDestinationPath: path)
    let database = try Samples.database(at: folder.file("link.db"))
    try Self.add("a", to: database)
    #expect(!FileManager.default.fileExists(atPath: folder.file("link.db-turn")))
    var status = stat()
    #expect(stat(path + "-turn", &status) == 0 && status.st_mode & 0o777 == 0o660 && status.st_size == 0)
  }

  @Test func aLockFileThatCannotBeOpenedIsAnErrorAndNothingIsWritten() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sample.db")
    _ = try Samples.database(at: path)
    #expect(unlink(path + "-turn") == 0)
    try FileManager.default.createSymbolicLink(
      atPath: path + "-turn", withDestinationPath: folder.file("elsewhere"))
    let database = try Samples.database(at: path)
    let error = #expect(throws: SQLiteError.self) { try Self.add("a", to: database) }
    #expect(error?.kind == .readOnly)
    #expect(error?.sentence.contains("sample.db-turn may not be written") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.file("elsewhere")))
    #expect(try Self.titles(database).isEmpty)
  }
}
