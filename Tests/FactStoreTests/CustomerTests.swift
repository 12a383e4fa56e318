import FactStore
import Facts
import SQLite
import Testing
import Values

@Suite struct CustomerTests {
  @Test func factsWaitForTheirCustomer() throws {
    let store = try Samples.store()
    let code = try Samples.code("X")
    try store.load(
      [Samples.invoice("I1", "C1"), Samples.arrears("A1", .identifier(code))], Samples.file("a", known: 1))
    #expect(try store.figures.waitingStubs == 2)
    #expect(try store.figures.customers == 0)
    #expect(try store.portfolio().isEmpty)
    let waiting = try store.facts("C1")
    #expect(waiting.customer == nil && waiting.invoices.count == 1)
    try store.load([Samples.customer("C1", identifier: code)], Samples.file("b", known: 2))
    #expect(try store.figures.waitingStubs == 0)
    let facts = try store.facts("C1")
    #expect(facts.invoices.count == 1 && facts.arrearsEntries.count == 1)
    #expect(facts.arrearsEntries.first?.fact.customer == .identifier(code))
    #expect(try store.portfolio().map(\.facts) == [facts])
    // A decision taken before the customer came, and one as known before, sees nothing of the link.
    #expect(try store.facts("C1", Samples.asOf(sequence: 1)).arrearsEntries.isEmpty)
    #expect(try store.facts("C1", Samples.asOf(known: 1)).arrearsEntries.isEmpty)
    try store.read { reader throws(SQLiteError) in
      #expect(try reader.key(of: .identifier(code)) == reader.key(of: .number("C1")))
    }
  }

  @Test func aCodeHasOneHolder() throws {
    let store = try Samples.store()
    let code = try Samples.code("X")
    try store.load([Samples.customer("C1", identifier: code)], Samples.file("a", known: 1))
    let error = #expect(throws: StoreError.self) {
      try store.load([Samples.customer("C2", identifier: code)], Samples.file("b", known: 2))
    }
    #expect(error == .identifierTaken(code, holder: "C1"))
    #expect(error?.sentence.contains("customer C1") == true)
    #expect(try store.figures.customers == 1)
    // A correction gives the code free, and what was hung on it by mistake leaves with it.
    try store.load([Samples.arrears("A1", .identifier(code))], Samples.file("c", known: 3))
    #expect(try store.facts("C1").arrearsEntries.count == 1)
    try store.load([Samples.customer("C1")], Samples.file("d", known: 4))
    try store.load([Samples.customer("C2", identifier: code)], Samples.file("e", known: 5))
    #expect(try store.facts("C1").arrearsEntries.isEmpty)
    #expect(try store.facts("C2").arrearsEntries.count == 1)
    #expect(try store.facts("C1", Samples.asOf(known: 3)).arrearsEntries.count == 1)
  }

  @Test func customersAreFoundByPartsOfNameNumberAndCode() throws {
    let store = try Samples.store()
    let code = try Identifier(scheme: .latvianPersonal, code: "320000-00001")
    try store.load(
      [
        Samples.customer("LV-100", name: "Jānis Bērziņš", identifier: code),
        Samples.customer("LV-200", name: "SIA \"100% Šķūnis_1\""),
        Samples.customer("EE-300", name: "Õie Põder"),
        Samples.invoice("I1", "LV-400"),
      ], Samples.file("a"))
    func found(_ text: String, limit: Int = 50) throws -> [String] {
      try store.read { reader throws(SQLiteError) in
        try reader.customers(matching: text, limit: limit).map(\.number)
      }
    }
    #expect(try found("BĒRZIŅ") == ["LV-100"])
    #expect(try found("berzins") == ["LV-100"])
    #expect(try found("poder") == ["EE-300"])
    #expect(try found("ŠĶŪNIS") == ["LV-200"])
    #expect(try found("lv-") == ["LV-100", "LV-200", "LV-400"])
    #expect(try found("lv-", limit: 2) == ["LV-100", "LV-200"])
    #expect(try found("320000-0") == ["LV-100"])
    #expect(try found("0%") == ["LV-200"])
    #expect(try found("s_1") == ["LV-200"])
    #expect(try found("%%") == [])
    #expect(try found("\\") == [])
    #expect(try found("'; DROP TABLE customer; --") == [])
    let first = try store.read { reader throws(SQLiteError) in try reader.customers(matching: "LV-100") }
    #expect(first.first?.name == "Jānis Bērziņš" && first.first?.code == code.code)
  }

  @Test func theNewestNameIsShownAndOldOnesAreFound() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("C1", name: "Anna Kalniņa")], Samples.file("a", known: 1))
    try store.load([Samples.customer("C1", name: "Anna Liepa")], Samples.file("b", known: 2))
    let found = try store.read { reader throws(SQLiteError) in try reader.customers(matching: "kalnina") }
    #expect(found.map(\.name) == ["Anna Liepa"])
    #expect(try store.facts("C1", Samples.asOf(known: 1)).customer?.fact.name == "Anna Kalniņa")
  }
}
