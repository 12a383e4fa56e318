import SQLite
import TestSupport
import Testing

/// An index that is filled behind its rows says, together with the rows that are not in it yet, what all rows say.
@Suite struct DeferredIndexTests {
  private static let byOwner = DeferredIndex(
    "entry_of_owner", columns: [("owner", "INTEGER"), ("place", "ANY")], source: "entry", key: "id",
    selections: [
      .init(["row.owner", "ifnull(row.word, x'')"]),
      .init(["row.owner", "row.size"], where: "row.size > 10"),
    ], slack: 20)
  private static let entries = Migration(
    room: "entries", number: 1, name: "entries",
    statements: [
      "CREATE TABLE entry (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, word TEXT, size INTEGER) STRICT"
    ])
  private static let indexed = Migration(
    room: "entries", number: 2, name: "by owner", statements: [], indexes: [byOwner])

  private struct Undone: StorageFailure {
    var error: SQLiteError?
    init(_ error: SQLiteError) { self.error = error }
    init() {}
  }

  private func open(
    _ folder: TemporaryFolder, _ migrations: [Migration] = [entries, indexed], fillsIndexes: Bool = false
  ) throws -> Database {
    try Database(
      path: folder.file("entries.db"), schema: Samples.schema(migrations),
      options: DatabaseOptions(fillsIndexes: fillsIndexes))
  }

  private func append(
    _ count: Int, _ generator: inout SeededGenerator, in transaction: WriteTransaction
  ) throws(SQLiteError) {
    for _ in 0..<count {
      let word = ["a", "b", "ü", ""][generator.number(below: 4)]
      try transaction.run(
        "INSERT INTO entry (owner, word, size) VALUES (?, ?, ?)", generator.number(below: 6),
        generator.number(below: 3) == 0 ? nil : word,
        generator.number(below: 4) == 0 ? nil : generator.number(below: 25))
    }
  }

  private func append(_ count: Int, to database: Database, seed: UInt64 = 1) throws {
    try database.write { transaction throws(SQLiteError) in
      var generator = SeededGenerator(seed: seed)
      try append(count, &generator, in: transaction)
    }
  }

  private func mark(_ database: Database) throws -> DeferredIndex.Mark {
    try database.read { reader throws(SQLiteError) in try Self.byOwner.mark(in: reader) }
  }

  /// The entries of every owner by way of index and tail have to be those that all rows give.
  private func check(
    _ reader: Reader, _ note: String = "", at location: SourceLocation = #_sourceLocation
  ) throws(SQLiteError) {
    let mark = try Self.byOwner.mark(in: reader)
    let ofRows = """
      SELECT owner, quote(ifnull(word, x'')) AS place, id FROM entry WHERE id > ?1
      UNION SELECT owner, quote(size), id FROM entry WHERE size > 10 AND id > ?1
      """
    let both = try reader.all(
      "SELECT owner, quote(place), id FROM entry_of_owner UNION \(ofRows)", mark.filled, row: line)
    let all = try reader.all("\(ofRows) ORDER BY 1, 2, 3", 0, row: line)
    #expect(both == all, "\(note)", sourceLocation: location)
    let problem = try Self.byOwner.problem(in: reader)
    #expect(problem == nil, "\(note)", sourceLocation: location)
  }

  private func line(_ row: Row) throws(SQLiteError) -> String {
    "\(try row.integer(0)) \(try row.text(1)) \(try row.integer(2))"
  }

  private func check(_ database: Database, at location: SourceLocation = #_sourceLocation) throws {
    try database.read { reader throws(SQLiteError) in try check(reader, at: location) }
  }

  @Test(arguments: 1...6)
  func nothingIsMissedWhateverHappens(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let folder = try TemporaryFolder()
    // Two programs at the same file.
    let databases = [try open(folder), try open(folder)]
    var sweeps = [DeferredSweep(Self.byOwner), DeferredSweep(Self.byOwner)]
    for step in 0..<120 {
      let place = generator.number(below: 2)
      let database = databases[place]
      switch generator.number(below: 8) {
      case 0: try database.write { transaction throws(SQLiteError) in try Self.byOwner.fill(in: transaction) }
      case 1:
        let rows = 1 + generator.number(below: 9)
        try database.write { transaction throws(SQLiteError) in
          try Self.byOwner.fill(atMost: rows, in: transaction)
        }
      case 2, 3:
        let rows = 1 + generator.number(below: 9)
        var sweep = sweeps[place]
        sweep = try database.read { reader throws(SQLiteError) in
          _ = try sweep.begin(from: rows, atMost: rows + 20, in: reader)
          // A piece, and the others in later steps.
          try sweep.collect(rows, in: reader)
          return sweep
        }
        sweeps[place] = try database.write { transaction throws(SQLiteError) in
          try sweep.fill(rows, in: transaction)
          return sweep
        }
      case 4:
        // The last row, so that its key is given again, or any.
        let last = generator.number(below: 2) == 0
        try database.write { transaction throws(SQLiteError) in
          try transaction.run(
            "DELETE FROM entry WHERE id = (SELECT id FROM entry ORDER BY CASE WHEN ? THEN -id ELSE id * 37 % 11 END LIMIT 1)",
            last ? 1 : 0)
        }
      case 5:
        // Rolled back.
        let count = generator.number(below: 10)
        #expect(throws: Undone.self) {
          try database.write { transaction throws(Undone) in
            try Undone.wrapping { () throws(SQLiteError) in
              var chance = SeededGenerator(seed: UInt64(step))
              try append(count, &chance, in: transaction)
              try Self.byOwner.fill(in: transaction)
              try check(transaction, "step \(step)")
            }
            throw Undone()
          }
        }
      default: try append(generator.number(below: 12), to: database, seed: UInt64(seed * 1000 + step))
      }
      for database in databases { try check(database) }
    }
    #expect(try mark(databases[0]).newest > 0)
  }

  @Test func anOrdinaryWriteFillsWhatHasFallenBehind() throws {
    let folder = try TemporaryFolder()
    let database = try open(folder, fillsIndexes: true)
    try append(20, to: database)
    #expect(try mark(database).filled == 0)
    try append(1, to: database)
    #expect(try mark(database).filled == 21)
    // Never more than others may be kept waiting for.
    try append(5000, to: database)
    #expect(try mark(database).filled == 2021)
    try check(database)
    try append(1, to: try open(folder))
    #expect(try mark(database).filled == 2021)
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("UPDATE entry SET size = size")
      transaction.abandon()
    }
    #expect(try mark(database).filled == 2021)
  }

  @Test func rowsFromBeforeTheIndexAreInIt() throws {
    let folder = try TemporaryFolder()
    try append(300, to: try open(folder, [Self.entries]))
    let database = try open(folder)
    #expect(try mark(database) == mark(try open(folder)))
    #expect(try mark(database).filled == 300)
    try check(database)
    #expect(try database.integrityProblems().isEmpty)
  }

  @Test func theMarkMovesWithTheLastSliceAlone() throws {
    let database = try open(try TemporaryFolder())
    try append(100, to: database)
    var sweep = DeferredSweep(Self.byOwner)
    sweep = try database.read { reader throws(SQLiteError) in
      #expect(try sweep.begin(from: 101, in: reader) == false)
      #expect(try sweep.begin(from: 100, in: reader))
      for _ in 0..<3 {
        #expect(!sweep.isCollected)
        try sweep.collect(33, in: reader)
      }
      try sweep.collect(33, in: reader)
      #expect(sweep.isCollected)
      return sweep
    }
    let total = sweep.remaining
    var steps = 0
    while !sweep.isDone, steps < 100 {
      #expect(try mark(database).filled == 0)
      let before = sweep
      sweep = try database.write { transaction throws(SQLiteError) in
        var sweep = before
        try sweep.fill(25, in: transaction)
        return sweep
      }
      steps += 1
      try check(database)
    }
    #expect(steps == (total + 24) / 25)
    #expect(try mark(database).filled == 100)
  }

  @Test func aCollectionEndsWhereItsRowsWereDeletedMeanwhile() throws {
    let database = try open(try TemporaryFolder())
    try append(50, to: database)
    var sweep = DeferredSweep(Self.byOwner)
    sweep = try database.read { reader throws(SQLiteError) in
      _ = try sweep.begin(from: 1, in: reader)
      try sweep.collect(10, in: reader)
      return sweep
    }
    try database.write { transaction throws(SQLiteError) in
      try transaction.run("DELETE FROM entry WHERE id > 5")
    }
    var pieces = 0
    while !sweep.isCollected, pieces < 10 {
      pieces += 1
      sweep = try database.read { reader throws(SQLiteError) in
        try sweep.collect(10, in: reader)
        return sweep
      }
    }
    #expect(sweep.isCollected)
    sweep = try database.write { transaction throws(SQLiteError) in
      try sweep.fill(100, in: transaction)
      return sweep
    }
    #expect(sweep.isDone)
    try check(database)
  }

  @Test func whatWasDeletedAfterTheCollectionIsNotPutBack() throws {
    let database = try open(try TemporaryFolder())
    try append(50, to: database)
    var sweep = DeferredSweep(Self.byOwner)
    sweep = try database.read { reader throws(SQLiteError) in
      _ = try sweep.begin(from: 1, in: reader)
      try sweep.collect(in: reader)
      return sweep
    }
    let collected = sweep
    let left = try database.write { transaction throws(SQLiteError) in
      try transaction.run("DELETE FROM entry WHERE id BETWEEN 10 AND 50")
      var sweep = collected
      try sweep.fill(1000, in: transaction)
      return sweep.remaining
    }
    #expect(left == 0)
    try check(database)
    #expect(try mark(database).filled == 0)
  }

  @Test(arguments: [
    "DELETE FROM entry_of_owner WHERE id = 7", "INSERT INTO entry_of_owner VALUES (3, 'x', 9)",
    "INSERT INTO entry_of_owner VALUES (3, 'x', 900)", "UPDATE entry SET owner = owner + 100 WHERE id = 12",
    "UPDATE deferred_index SET filled = 900",
  ])
  func anIndexThatDisagreesIsToldAndCanBeMadeAnew(fault: String) throws {
    let database = try open(try TemporaryFolder())
    try append(40, to: database)
    try database.write { transaction throws(SQLiteError) in
      try Self.byOwner.fill(in: transaction)
      try transaction.execute(fault)
    }
    let problem = try #require(try database.integrityProblems().first)
    let script = try #require(problem.split(separator: "\"").dropFirst().first)
    try database.write { transaction throws(SQLiteError) in try transaction.execute(String(script)) }
    #expect(try database.integrityProblems().isEmpty)
    try check(database)
  }

  private final class Memory {
    var value = 0
  }

  @Test func anAttachmentLastsUntilSomethingIsRolledBack() throws {
    let database = try open(try TemporaryFolder())
    func value(setting new: Int, undoing: Bool = false, step: Bool = false) throws -> Int {
      var found = -1
      do throws(Undone) {
        try database.write { transaction throws(Undone) in
          try Undone.wrapping { () throws(SQLiteError) in
            let memory = try transaction.attachment { Memory() }
            found = memory.value
            memory.value = new
          }
          if step { try? transaction.step { () throws(Undone) in throw Undone() } }
          if undoing { throw Undone() }
        }
      } catch {
        #expect(undoing && error.error == nil)
      }
      return found
    }
    #expect(try value(setting: 1) == 0)
    #expect(try value(setting: 2, undoing: true) == 1)
    #expect(try value(setting: 3) == 0)
    #expect(try value(setting: 4, step: true) == 3)
    #expect(try value(setting: 5) == 0)
    // A reader's snapshot always ends with a rollback, which undoes nothing.
    for expected in [0, 1] {
      try database.read { reader throws(SQLiteError) in
        let memory = try reader.attachment { Memory() }
        #expect(memory.value == expected)
        memory.value += 1
      }
    }
  }

  @Test func aStampChangesWithTheSnapshotAndWithEveryWrite() throws {
    let database = try open(try TemporaryFolder())
    let stamps = try database.write { transaction throws(SQLiteError) in
      let first = transaction.stamp
      _ = try transaction.integer("SELECT count(*) FROM entry")
      #expect(transaction.stamp == first)
      try transaction.run("INSERT INTO entry (owner) VALUES (1)")
      #expect(transaction.stamp != first)
      return [first, transaction.stamp]
    }
    try database.write { transaction throws(SQLiteError) in #expect(!stamps.contains(transaction.stamp)) }
  }
}
