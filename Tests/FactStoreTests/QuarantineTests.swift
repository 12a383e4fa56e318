import FactStore
import Facts
import SQLite
import Testing
import Values

@Suite struct QuarantineTests {
  private func reject(
    _ store: FactStore, _ lines: [Int], customer: CustomerReference?,
    file: BatchDescription = Samples.file("a")
  ) throws -> [Bool] {
    try store.write(actor: "tester", at: file.knownFrom, purpose: "test") { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      var added: [Bool] = []
      for line in lines {
        added.append(
          try transaction.quarantine(
            Rejection(
              line: line, column: "amount", rule: "not-a-number", customer: customer, raw: "1,234.5x",
              hint: "write 1234.5"), in: batch))
      }
      return added
    }
  }

  private func open(_ store: FactStore, sequence: Int? = nil) throws -> Int? {
    try store.portfolio(Samples.asOf(sequence: sequence)).first?.openQuarantine
  }

  @Test func aLineIsPutAsideOnce() throws {
    let store = try Samples.store()
    #expect(try reject(store, [2, 3], customer: nil) == [true, true])
    #expect(try reject(store, [2, 4], customer: nil) == [false, true])
    #expect(try reject(store, [2], customer: nil, file: Samples.file("b")) == [true])
    let records = try store.read { reader throws(StoreError) in try reader.quarantine() }
    #expect(records.map(\.rejection.line) == [2, 3, 4, 2])
    #expect(records.first?.rejection.raw == "1,234.5x" && records.first?.file == "a.csv")
    #expect(try store.figures.openQuarantine == 4)
  }

  @Test func openRecordsCountForTheirCustomerAsOfAWrite() throws {
    let store = try Samples.store()
    let code = try Samples.code("X")
    try store.load([Samples.customer("C1", identifier: code)], Samples.file("customers"))
    _ = try reject(store, [2], customer: .number("C1"))
    _ = try reject(store, [3], customer: .identifier(code))
    _ = try reject(store, [4], customer: .number("C9"))
    #expect(try open(store) == 2)
    let keys = try store.read { reader throws(StoreError) in try reader.quarantine().map(\.key) }
    try store.write(actor: "tester", at: Samples.instant(9), purpose: "test") {
      transaction throws(StoreError) in
      #expect(try transaction.settleQuarantine(keys[0], as: .discarded))
      #expect(try !transaction.settleQuarantine(keys[0], as: .retried))
    }
    #expect(try open(store) == 1)
    // What a decision read at an earlier write, its replay reads again.
    #expect(try open(store, sequence: 1) == 0)
    #expect(try open(store, sequence: 3) == 2)
    #expect(try open(store, sequence: 4) == 2)
    let state = try store.read { reader throws(StoreError) in try reader.quarantined(keys[0])?.state }
    #expect(state == .discarded)
  }

  @Test func aNumberThatDoesNotExistIsTold() throws {
    let store = try Samples.store()
    let error = #expect(throws: StoreError.self) {
      try store.write(actor: "tester", at: Samples.instant(0), purpose: "test") {
        transaction throws(StoreError) in
        _ = try transaction.settleQuarantine(7, as: .discarded)
      }
    }
    #expect(error == .noSuchQuarantine(7))
    #expect(try store.read { reader throws(StoreError) in try reader.quarantined(7) } == nil)
  }
}
