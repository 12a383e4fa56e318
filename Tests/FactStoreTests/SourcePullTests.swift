import FactStore
import Facts
import SQLite
import Testing
import Values

@Suite struct SourcePullTests {
  private let store: FactStore
  private let key: Int

  init() throws {
    store = try Samples.store()
    try store.load([Samples.customer("C1"), Samples.customer("C2")], Samples.file("customers"))
    key = try store.read { reader throws(SQLiteError) in try reader.key(of: .number("C1")) } ?? 0
  }

  @discardableResult
  private func record(
    _ state: SourcePull.State, at second: Int, source: String = "register", cause: String? = nil,
    customer: Int? = nil
  ) throws(StoreError) -> Int {
    try store.write(actor: "tester", at: Samples.instant(second), purpose: "test") {
      write throws(StoreError) in
      let key = try write.source(named: source)
      _ = try write.record(
        SourcePull(
          source: source, at: Samples.instant(second), state: state, kinds: [.registerEntry], cause: cause, purpose: "credit-rating",
          legalGround: "contract"), customerKey: customer ?? self.key, source: key)
      return write.sequence
    }
  }

  private func newest(known: Int = 1_000, sequence: Int? = nil) throws(StoreError) -> [String: NewestPulls] {
    try store.read { reader throws(StoreError) in
      try reader.newestPulls(of: key, knownAt: Samples.instant(known), sequence: sequence)
    }
  }

  @Test func theNewestOfEachSourceCounts() throws {
    #expect(try newest().isEmpty)
    try record(.present, at: 10)
    try record(.absent, at: 20)
    try record(.withheld, at: 15, source: "other")
    try record(.erased, at: 30, customer: key + 1)
    let found = try newest()
    #expect(found.mapValues(\.last.state) == ["register": .absent, "other": .withheld])
    #expect(found["register"]?.lastConclusive == found["register"]?.last)
    let pull = try #require(found["other"]?.last)
    #expect((pull.at, pull.purpose, pull.legalGround) == (Samples.instant(15), "credit-rating", "contract"))
  }

  @Test func whatWasKnownBeforeAFailureIsKept() throws {
    try record(.present, at: 10)
    try record(.disputed, at: 20)
    try record(.unavailable, at: 30, cause: "timeout")
    try record(.malformed, at: 40, cause: "/entries/0: wrong-type")
    let pulls = try #require(try newest()["register"])
    #expect(pulls.last.state == .malformed)
    #expect(pulls.last.cause == "/entries/0: wrong-type")
    #expect(pulls.lastConclusive?.state == .disputed)
    try record(.unavailable, at: 50, source: "down")
    #expect(try newest()["down"]?.lastConclusive == nil)
  }

  @Test func readsAsOfAnInstantAndAWrite() throws {
    let first = try record(.absent, at: 10)
    let second = try record(.present, at: 20)
    #expect(try newest(known: 15)["register"]?.last.state == .absent)
    #expect(try newest(known: 9).isEmpty)
    #expect(try newest(sequence: first)["register"]?.last.state == .absent)
    #expect(try newest(sequence: second)["register"]?.last.state == .present)
    #expect(try newest(sequence: first - 1).isEmpty)
  }

  @Test func everyStateIsStored() throws {
    for (second, state) in SourcePull.State.allCases.enumerated() {
      try record(state, at: second)
      #expect(try newest()["register"]?.last.state == state)
    }
  }

  @Test func aPullOfNobodyIsRefused() throws {
    #expect(throws: StoreError.self) { try record(.absent, at: 1, customer: 999) }
    #expect(try newest().isEmpty)
  }
}
