import FactStore
import Facts
import Foundation
import SQLite
import TestSupport
import Testing
import Values

/// Facts of a customer are erased for good, and nothing else changes by it.
@Suite struct ErasureTests {
  private func erase(
    _ store: FactStore, _ number: String, dataClass: String? = nil
  ) throws -> Erasure {
    try store.write(actor: "eraser", at: Samples.instant(50), purpose: "erase") {
      transaction throws(StoreError) in
      let key = try StoreError.wrapping { () throws(SQLiteError) in
        try transaction.reader.key(of: .number(number))
      }
      return try transaction.erase(customerKey: key ?? 0, dataClass: dataClass, rule: "RET-1")
    }
  }

  private func facts(_ store: FactStore, _ number: String, sequence: Int? = nil) throws -> CustomerFacts {
    try store.read { reader throws(StoreError) in
      let key = try StoreError.wrapping { () throws(SQLiteError) in try reader.key(of: .number(number)) }
      return try reader.facts(of: key ?? 0, asOf: Samples.asOf(sequence: sequence))
    }
  }

  @Test func erasesEveryKindAlsoWhatHangsOnACode() throws {
    let store = try Samples.store()
    let code = try Samples.code("SECRET-CODE-7")
    try store.load(
      [
        Samples.customer("A", name: "Zelma Paslepta", identifier: code), Samples.invoice("I1", "A"),
        Samples.invoice("I2", "A"), Samples.arrears("R1", .identifier(code)),
        Samples.customer("B"), Samples.invoice("I3", "B"),
      ], Samples.file("one"))
    try store.load([Samples.invoice("I1", "A", amount: 99)], Samples.file("two", known: 1))
    let before = try facts(store, "B")
    let erasure = try erase(store, "A")
    #expect(erasure.facts == 5)
    #expect(erasure.rule == "RET-1")
    #expect(erasure.actor == "eraser")
    for sequence in [nil, 1, 2] {
      let left = try facts(store, "A", sequence: sequence)
      #expect(left.customer == nil)
      #expect(left.count == 0)
    }
    #expect(try facts(store, "B") == before)
    let told = try store.read { reader throws(StoreError) in
      try reader.erasures(of: erasure.customerKey)
    }
    #expect(told == [erasure])
    #expect(
      try store.read { reader throws(StoreError) in
        try reader.erasures(of: erasure.customerKey, after: erasure.sequence)
      } == [])
    let found = try store.read { reader throws(SQLiteError) in
      try reader.key(of: .identifier(code))
    }
    #expect(found == nil)
    // Not in the file either: neither in pages that were given back nor in the write-ahead log.
    try store.database.checkpoint()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: store.database.path))
    bytes += try Data(contentsOf: URL(fileURLWithPath: store.database.path + "-wal"))
    for secret in ["Paslepta", "SECRET-CODE-7"] {
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
    }
    #expect(bytes.range(of: Data("RET-1".utf8)) != nil)
  }

  @Test func whatWasKnownOfOthersStaysKnown() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("A"), Samples.customer("B")], Samples.file("customers"))
    try store.load([Samples.arrears("R1", .number("A"))], Samples.file("arrears", known: 1))
    func loaded(_ known: Int, _ sequence: Int? = nil) throws -> Bool {
      try store.read { reader throws(SQLiteError) in
        try reader.hasLoaded(.arrearsEntry, asOf: Samples.asOf(known: known, sequence: sequence))
      }
    }
    #expect(try [loaded(0), loaded(1), loaded(1, 1)] == [false, true, false])
    #expect(try erase(store, "A").facts == 2)
    #expect(try [loaded(0), loaded(1), loaded(1, 1)] == [false, true, false])
  }

  @Test func aDataClassIsErasedAlone() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("A"), Samples.invoice("I1", "A")], Samples.file("one"))
    try store.load([Samples.arrears("R1", .number("A"))], Samples.file("arrears", source: "register"))
    try store.write(actor: "tester", at: Samples.instant(40), purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.run("UPDATE source SET data_class = 'arrears' WHERE name = 'register'")
    }
    let erasure = try erase(store, "A", dataClass: "arrears")
    #expect(erasure.facts == 1)
    #expect(erasure.dataClass == "arrears")
    let left = try facts(store, "A")
    #expect(left.customer != nil)
    #expect(left.count == 2)
    #expect(try erase(store, "A", dataClass: "nothing").facts == 0)
  }
}
