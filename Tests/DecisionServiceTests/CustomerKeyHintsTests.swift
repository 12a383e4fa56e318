import FactStore
import Facts
import SQLite
import TestSupport
import Testing

@testable import DecisionService

/// Hints of keys, against a plain dictionary.
@Suite struct CustomerKeyHintsTests {
  @Test func whatIsLearntIsFound() {
    let hints = CustomerKeyHints()
    #expect(hints.key(of: "C1") == nil)
    for number in 1...3000 { hints.learn("C\(number)", key: number) }
    for number in 1...3000 { hints.learn("C\(number)", key: number) }
    // Of 3,000 numbers hardly two agree in 28 bits; one that does has no hint, and never another's.
    let found = (1...3000).compactMap { number in hints.key(of: "C\(number)").map { (number, $0) } }
    #expect(found.count > 2990)
    #expect(found.allSatisfy { $0.0 == $0.1 })
  }

  @Test func twoOfOneHashAreNoHint() {
    var index = CompactIndex()
    index.insert(7 << 40, 1)
    #expect(index.candidate(7 << 40) == 1)
    // The same in the bits that are kept.
    index.insert(7 << 40 | 1, 2)
    #expect(index.candidate(7 << 40) == nil)
    #expect(index.candidate(8 << 40) == nil)
  }

  @Test func allCustomersAreKnownAfterAStart() throws {
    let house = try House()
    let hints = CustomerKeyHints()
    try house.store.read { reader throws(SQLiteError) in try hints.fill(from: reader) }
    let key = try house.store.read { reader throws(SQLiteError) in try reader.key(of: .number("CAST-12")) }
    #expect(key != nil)
    #expect(hints.key(of: "CAST-12") == key)
    #expect(hints.key(of: "CAST-0") == nil)
  }
}
