import Access
import AuditLog
import Decisioning
import Dispatch
import FactStore
import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing
import Values

@testable import HumanReview

/// Several at once, as threads and as programs of their own, and ends at any moment.
@Suite struct ConcurrencyTests {
  /// A second program on the same file.
  private func other(_ office: Office, path: String? = nil) throws -> ReviewDesk {
    let rules = try Office.rules.get()
    return ReviewDesk(
      store: try FactStore(path: path ?? office.path, contributed: Office.migrations), audit: Office.audit,
      rules: rules.files, policy: try ReviewPolicy(rules.files), compiled: rules)
  }

  @Test func oneOfManyGetsACaseAndOneDecisionIsMade() throws {
    let office = try Office()
    var ids: [CaseID] = []
    for number in 1...6 { ids.append(try office.contest(try office.rate("C\(number)").id).reviewCase.id) }
    let desks = try (0..<4).map { _ in try other(office) }
    let at = office.tick()
    let day = office.day
    let claims = Mutex<[CaseID: [String]]>([:])
    let decisions = Mutex<[CaseID: Int]>([:])
    let cases = ids
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      let actor = Actor(name: "worker \(worker)", roles: [.reviewer])
      let desk = desks[worker % desks.count]
      for place in cases.indices {
        let id = cases[(place + worker) % cases.count]
        guard let claimed = try? desk.claim(id, by: actor, at: at) else { continue }
        claims.withLock { $0[id, default: []].append(actor.name) }
        // Twice at once by the same person, as from two terminals.
        for _ in 0..<2 {
          let decided = try? desk.decide(
            id, Office.draft(.confirmed, scope: .customer), expecting: claimed.version, by: actor, on: day,
            at: at)
          if decided != nil { decisions.withLock { $0[id, default: 0] += 1 } }
        }
      }
    }
    for id in ids {
      #expect(claims.withLock { $0[id]?.count } == 1)
      #expect(decisions.withLock { $0[id] } == 1)
    }
    try office.expectSound()
  }

  @Test func followersAtOnceOpenEachCaseOnce() throws {
    let office = try Office()
    let records = try (1...6).map { try office.refer("C\($0)", order: "O\($0)") }
    let desks = try (0..<4).map { _ in try other(office) }
    let (at, day) = (office.tick(), office.day)
    let opened = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      let report = try? desks[worker].follow(on: day, at: at)
      opened.withLock { $0 += report?[.opened] ?? 0 }
    }
    #expect(opened.withLock { $0 } == 12)
    #expect(
      Set(try office.list(QueueFilter(kinds: [.referral])).map(\.decision)) == Set(records.map { $0.id }))
    try office.expectSound()
  }

  /// The log of a database that was cut off anywhere: what is there is whole, and going on ends as if nothing had been.
  @Test func killedAtAnyMomentNothingIsHalfDone() throws {
    let office = try Office(customers: 3)
    for number in 1...3 { try office.refer("C\(number)", order: "O\(number)") }
    try office.follow()
    let contest = try office.contest(DecisionID(1)).reviewCase.id
    _ = try office.claim(contest)
    try office.decide(contest)
    let main = try Data(contentsOf: URL(fileURLWithPath: office.path))
    let log = try Data(contentsOf: URL(fileURLWithPath: office.path + "-wal"))
    var states: Set<Int> = []
    for part in stride(from: 0, through: log.count, by: max(1, log.count / 24)) {
      let path = try TemporaryFolder().file("office.db")
      try main.write(to: URL(fileURLWithPath: path))
      try log.prefix(part).write(to: URL(fileURLWithPath: path + "-wal"))
      let desk = try other(office, path: path)
      _ = try desk.follow(on: office.day, at: office.tick())
      #expect(try desk.follow(on: office.day, at: office.tick()) == FollowReport())
      let (finding, cases, decisions) = try desk.store.read { reader throws(ReviewError) in
        (
          try ReviewError.wrapping { () throws(SQLiteError) in
            try AuditVerifier(DecisionStore.auditedTables + ReviewStore.auditedTables).verify(in: reader.sql)
              .finding
          },
          try ReviewStore.list(limit: 100, at: office.now, in: reader)
            + ReviewStore.list(QueueFilter(states: [.closed]), limit: 100, at: office.now, in: reader),
          try ReviewError.wrapping { () throws(SQLiteError) in try DecisionStore.count(in: reader.sql) }
        )
      }
      #expect(finding == nil)
      states.insert(decisions * 100 + cases.count)
      // Every referral has its case, whenever it was cut.
      #expect(cases.count { $0.id.kind == .referral } == min(3, decisions))
      for found in cases where found.id.kind != .dataProblem {
        #expect(found.closing?.kind != .decided || found.closing?.decision == DecisionID(4))
      }
    }
    #expect(states.count > 4)
  }
}
