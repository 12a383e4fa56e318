import AuditLog
import FactStore
import Formats
import TestSupport
import Testing
import Values

@testable import Access

/// What of many refused tries reaches the audit log.
@Suite struct RefusedSignInsTests {
  private static let minute = RefusedSignIns.windowMicroseconds

  private func expired(_ id: Int) -> AccessError {
    .expiredToken(id: id, user: "crm", at: Instant(microseconds: 0))
  }

  @Test func theFirstIsEnteredAtOnceAndTheRestAsASum() {
    var refused = RefusedSignIns()
    #expect(refused.refuse(.unknownToken, at: 0) == .init(error: .unknownToken, count: 1))
    for now in 1...1000 { #expect(refused.refuse(.unknownToken, at: now) == nil) }
    // Another kind is a first one again.
    #expect(refused.refuse(.malformedToken, at: 1001) == .init(error: .malformedToken, count: 1))
    #expect(refused.due(at: Self.minute - 1) == [])
    #expect(refused.due(at: Self.minute) == [.init(error: .unknownToken, count: 1000)])
    // It goes on: still no entry at once, and another sum a minute later.
    #expect(refused.refuse(.unknownToken, at: Self.minute + 1) == nil)
    #expect(refused.due(at: 2 * Self.minute - 1) == [])
    #expect(refused.due(at: 2 * Self.minute) == [.init(error: .unknownToken, count: 1)])
    // A minute without any: forgotten, and entered at once when it comes again.
    #expect(refused.due(at: 3 * Self.minute) == [])
    #expect(refused.refuse(.unknownToken, at: 3 * Self.minute) == .init(error: .unknownToken, count: 1))
  }

  /// Every refusal is in exactly one entry, and there are few of these, whatever comes when.
  @Test(arguments: 0..<10)
  func countsAllAndEntersFew(_ seed: Int) {
    var chance = SeededGenerator(seed: UInt64(seed))
    let errors = [
      AccessError.malformedToken, .unknownToken, expired(1), expired(2), .missingScope(.read, token: 1),
    ]
    var refused = RefusedSignIns()
    var tries = [Int](repeating: 0, count: errors.count)
    var entries: [RefusedSignIns.Entry] = []
    var now = 0
    for _ in 0..<20_000 {
      now += chance.number(below: 100_000)
      let which = chance.number(below: errors.count)
      tries[which] += 1
      if let entry = refused.refuse(errors[which], at: now) { entries.append(entry) }
      if chance.number(below: 50) == 0 { entries += refused.due(at: now) }
    }
    entries += refused.drain()
    #expect(refused.drain() == [])
    for (which, error) in errors.enumerated() {
      let mine = entries.filter { $0.error == error }
      #expect(mine.reduce(0) { $0 + $1.count } == tries[which])
      #expect(mine.count <= now / Self.minute + 2)
    }
  }

  @Test func kindsAreBounded() {
    var refused = RefusedSignIns()
    var atOnce = 0
    for id in 1...100_000 where refused.refuse(expired(id), at: 0) != nil { atOnce += 1 }
    // Each of the first kinds, and then the code alone.
    #expect(atOnce == RefusedSignIns.mostKinds + 1)
    let sums = refused.due(at: Self.minute)
    #expect(sums.count == 1 && sums.first?.count == 100_000 - atOnce)
  }

  @Test func noClockMakesItFailOrWaitForEver() {
    var refused = RefusedSignIns()
    for now in [Int.max, Int.min, 0, Int.min, Int.max] {
      _ = refused.refuse(.unknownToken, at: now)
      _ = refused.due(at: now)
    }
    _ = refused.drain()
    #expect(refused.refuse(.unknownToken, at: 10 * Self.minute) != nil)
    #expect(refused.refuse(.unknownToken, at: 0) == nil)
    #expect(refused.due(at: 0) == [.init(error: .unknownToken, count: 1)])
  }

  @Test func aSumIsEnteredAsOne() throws {
    let (office, text) = try Office.serving(try Office.grant())
    let audit = office.audit
    let token = try office.ask(text)
    for (error, count) in [(AccessError.unknownToken, 5000), (.missingScope(.facts, token: token.id), 1)] {
      try office.write { write throws(AccessError) in
        try AccessStore.enterRefusal(
          error, of: nil, command: "serve", count: count, audit: audit, in: write)
      }
    }
    let entries = try office.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(kind: .access, limit: 2), in: reader.sql)
    }
    #expect(
      entries.map { $0.payload?.json["about"]?.canonical } == [
        #"{"act":"refused","code":"access.unknown-token","command":"serve","count":5000}"#,
        #"{"act":"refused","code":"access.missing-scope","command":"serve","token":2}"#,
      ])
    #expect(try office.verify().finding == nil)
  }
}
