import FactStore
import Facts
import SQLite
import TestSupport
import Testing
import Values

/// What a connection knows of the change feed, against what the feed says.
@Suite struct ChangeTailTests {
  /// Asks on one connection, as an event loop does, while others write.
  @Test(arguments: 1...4)
  func itSaysWhatTheFeedSays(_ seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let store = try Samples.store()
    let numbers = (0..<8).map { "C\($0)" }
    try store.load(numbers.map { Samples.customer($0) }, Samples.file("first"))
    let reading = try store.database.readingConnection()
    var answers: Set<Bool> = []
    for round in 0..<60 {
      if chance.number(below: 3) > 0 {
        let touched = numbers.filter { _ in chance.number(below: 4) == 0 }
        try store.load(
          touched.map { Samples.invoice("I\(round)-\($0)", $0) }, Samples.file("file \(round)"))
      }
      try reading.read { sql throws(SQLiteError) in
        let reader = FactReader(sql)
        let newest = try reader.lastSequence()
        for number in numbers {
          let key = try reader.key(of: .number(number)) ?? 0
          let sequence = max(0, newest - chance.number(below: 6))
          let isUntouched = try reader.isUntouched(key, since: sequence)
          #expect(isUntouched == (try reader.lastChange(of: key) <= sequence), "seed \(seed), round \(round)")
          answers.insert(isUntouched)
        }
      }
    }
    #expect(answers == [true, false])
  }

  /// An import that touches more customers than are kept.
  @Test func aLargeImportIsLookedUp() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("C1"), Samples.customer("C2")], Samples.file("first"))
    let reading = try store.database.readingConnection()
    func isUntouched(_ number: String, since sequence: Int) throws -> Bool {
      try reading.read { sql throws(SQLiteError) in
        let reader = FactReader(sql)
        return try reader.isUntouched(try reader.key(of: .number(number)) ?? 0, since: sequence)
      }
    }
    let first = try store.read { reader throws(SQLiteError) in try reader.lastSequence() }
    #expect(try isUntouched("C1", since: first))
    try store.load((0..<50_100).map { Samples.customer("D\($0)") }, Samples.file("large"))
    #expect(try isUntouched("C1", since: first))
    #expect(try !isUntouched("D0", since: first))
    #expect(try isUntouched("D0", since: first + 1))
  }
}
