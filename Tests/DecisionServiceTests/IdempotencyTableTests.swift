import SQLite
import TestSupport
import Testing
import Values

@testable import DecisionService

/// The index of keys, against a plain dictionary.
@Suite struct IdempotencyTableTests {
  @Test(arguments: 1...4)
  func theCompactIndexFindsWhatADictionaryFinds(_ seed: UInt64) {
    var chance = SeededGenerator(seed: seed)
    var index = CompactIndex()
    var model: [UInt64: [Int]] = [:]
    // So few hashes that one comes several times, and among them some that agree in the 20 bits that are kept.
    let beginnings = (0..<200).map { _ in (chance.next() >> 44) << 44 }
    let hashes = (0..<400).map { beginnings[$0 / 2] | chance.next() >> 20 }
    for number in 1...4000 {
      if number % 1000 == 0 {
        let oldest = number - chance.number(below: 1500)
        index.forget(before: oldest)
        for hash in model.keys { model[hash]?.removeAll { $0 < oldest } }
      }
      let hash = hashes[chance.number(below: hashes.count)]
      index.insert(hash, number)
      model[hash, default: []].append(number)
    }
    #expect(index.count == model.values.reduce(0) { $0 + $1.count })
    for hash in hashes {
      let found = Set(index.candidates(hash))
      #expect(found.isSuperset(of: model[hash] ?? []))
      // Candidates too many are those of hashes that agree in the bits that are kept.
      let others = model.filter { $0.key >> 44 == hash >> 44 }.flatMap(\.value)
      #expect(found == Set(others))
      #expect(index.candidate(hash) == (others.count == 1 ? others[0] : nil))
    }
  }

  @Test func theLargestNumberIsKept() {
    var index = CompactIndex()
    index.insert(.max, 1 << 36 - 1)
    index.insert(0, 1)
    #expect(index.candidates(.max) == [1 << 36 - 1])
    #expect(index.candidates(0) == [1])
    #expect(index.candidates(1 << 60) == [])
  }

  @Test func aKeyIsHeldUntilItIsSettledOrReleased() throws {
    let table = IdempotencyTable()
    let key = try IdempotencyKey("k", of: "user", for: "company")
    let (body, other) = (HalfDigest(SHA256.hash("a")), HalfDigest(SHA256.hash("b")))
    #expect(table.claim(key, body: body) == .claimed)
    #expect(table.claim(key, body: body) == .inFlight(isSame: true))
    #expect(table.claim(key, body: other) == .inFlight(isSame: false))
    table.release(key)
    #expect(table.claim(key, body: other) == .claimed)
    table.settle(key, decision: 9)
    #expect(table.claim(key, body: body) == .candidates([9]))
    // What turned out to be another key's is left out.
    #expect(table.claim(key, body: body, excluding: [9]) == .claimed)
    table.settle(key, decision: 12)
    #expect(table.claim(key, body: body) == .candidates([9, 12]))
    table.forget(before: 10)
    #expect(table.claim(key, body: body) == .candidates([12]))
    #expect(table.count == 1)
  }

  @Test func keysDifferByUserAndCompanyAndNotByQuotes() throws {
    let keys = try [("k", "u", "c"), ("k", "u", "d"), ("k", "v", "c"), ("l", "u", "c"), ("\"", "u", "c")].map
    {
      try IdempotencyKey($0, of: $1, for: $2)
    }
    #expect(Set(keys).count == 5)
    #expect(try IdempotencyKey("\"k\"", of: "u", for: "c") == keys[0])
  }

  @Test func halfADigestIsStoredAndReadBack() throws {
    let digest = HalfDigest(SHA256.hash("x"))
    let folder = try TemporaryFolder()
    let table = Migration(room: "halves", number: 1, name: "a table", statements: ["CREATE TABLE half (x)"])
    let database = try Database(
      path: folder.file("halves.db"),
      schema: SQLite.Schema(product: "halves", applicationID: 1, migrations: [table]))
    let stored = try database.read { reader throws(SQLiteError) in
      try reader.first("SELECT ?", digest) { row throws(SQLiteError) in try row.blob(0) }
    }
    #expect(stored == Array(SHA256.hash("x").bytes.prefix(16)))
    #expect(stored.map(HalfDigest.init) == digest)
    #expect(HalfDigest([UInt8]()) == HalfDigest([0]))
  }
}
