import Access
import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import SQLite
import TestSupport
import Testing
import Values

@testable import HumanReview

/// A store of punctual households `C1` to `C6`, people with roles, and a desk with a clock of its own.
final class Office {
  static let janis = Actor(name: "janis", roles: [.reviewer])
  static let ieva = Actor(name: "ieva", roles: [.reviewer])
  static let liga = Actor(name: "liga", roles: [.reviewer, .senior])
  static let maris = Actor(name: "maris", roles: [.senior])
  static let dora = Actor(name: "dora", roles: [.dataProtection])
  static let auris = Actor(name: "auris", roles: [.auditor])

  static let rules = Result { try RuleSet(folder: Repository.root.appending(path: "rules").path) }
  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let migrations = DecisionStore.migrations + ReviewStore.migrations

  let path: String
  let store: FactStore
  let desk: ReviewDesk
  var day = CivilDate("2026-06-30") ?? .earliest
  private(set) var now = Instant("2026-07-01T08:00:00Z") ?? Instant(microseconds: 0)
  private var files = 0

  init(customers: Int = 6) throws {
    path = try TemporaryFolder().file("office.db")
    store = try FactStore(path: path, contributed: Self.migrations)
    let rules = try Self.rules.get()
    desk = ReviewDesk(
      store: store, audit: Self.audit, rules: rules.files, policy: try ReviewPolicy(rules.files),
      compiled: rules)
    var lines = [
      "customers X,business,EE,et,2020-01-01,,,,",
      "register-entries R0,X,,,register,securingMeasure,2020-01-01,2020-02-01",
      "arrears-entries A0,X,,,bureau,2020-01-01,1,2020-02-01,,",
    ]
    for number in 1...customers {
      lines += [
        "customers C\(number),household,LV,lv,2024-03-15,Anna \(number),,,",
        "invoices C\(number)-1,C\(number),,2026-05-01,2026-05-15,30,EUR",
        "payments P\(number),C\(number),2026-05-15,30,EUR,C\(number)-1",
      ]
    }
    try load(lines)
  }

  /// The next microsecond, so that no two acts share their instant.
  func tick(minutes: Int = 0) -> Instant {
    now = now.adding(microseconds: 1 + minutes * 60_000_000) ?? now
    return now
  }

  func later(_ days: Int) throws -> CivilDate { try #require(day.adding(days: days)) }

  func load(_ lines: [String]) throws {
    files += 1
    let facts = try lines.map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      let kind = try #require(FactKind.allCases.first { $0.layout == parts[0] })
      let values = parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return try Fact.make(kind, values: values.map { $0.isEmpty ? .missing : .text($0) })
    }
    let file = BatchDescription(
      source: "test", file: nil, digest: SHA256.hash("\(files)"), layout: "test", knownFrom: now)
    try write { transaction throws(StoreError) in
      let batch = try transaction.openBatch(file)
      for (place, fact) in facts.enumerated() { _ = try transaction.store(fact, in: batch, line: place + 1) }
      try transaction.complete(batch, rows: facts.count)
    }
  }

  /// A write with the entry that every write has.
  func write(_ body: (StoreTransaction) throws(StoreError) -> Void) throws {
    try store.write(actor: "tester", at: now, purpose: "test") { transaction throws(StoreError) in
      try body(transaction)
      try StoreError.wrapping { () throws(SQLiteError) in
        _ = try Self.audit.append(AuditNote(.ingestion), in: transaction.sql)
      }
    }
  }

  /// Puts records in quarantine that name a customer, in a file of their own; gives the number of the file.
  @discardableResult
  func quarantine(_ customer: String?, lines: ClosedRange<Int> = 2...2, file: String = "bad.csv") throws
    -> Int
  {
    let description = BatchDescription(
      source: "test", file: file, digest: SHA256.hash(file), layout: "test", knownFrom: now)
    var key = 0
    try write { transaction throws(StoreError) in
      let batch = try transaction.openBatch(description)
      key = batch.key
      for line in lines {
        try transaction.quarantine(
          Rejection(
            line: line, column: "amount", rule: "amount", customer: customer.map { .number($0) }, raw: "1.x",
            hint: ""), in: batch)
      }
    }
    return key
  }

  func settleQuarantine() throws {
    let open = try store.read { reader throws(StoreError) in try reader.quarantine() }
    try write { transaction throws(StoreError) in
      for record in open { try transaction.settleQuarantine(record.key, as: .discarded) }
    }
  }

  func order(_ reference: String) -> Order {
    Order(reference: reference, product: "power", commodity: .electricity, jurisdiction: .latvia)
  }

  @discardableResult
  func rate(_ customer: String = "C1", order: String? = nil, on date: CivilDate? = nil) throws
    -> DecisionRecord
  {
    try Rater(store: store, ruleSet: try Self.rules.get(), audit: Self.audit).rate(
      .number(customer), businessDate: date ?? day, knownAt: tick(), order: order.map(self.order),
      actor: "engine", at: now)
  }

  /// A decision about an order that the engine refers, since a record of the customer lies in quarantine.
  @discardableResult
  func refer(_ customer: String = "C1", order: String = "O1") throws -> DecisionRecord {
    try quarantine(customer, file: "bad-\(customer).csv")
    let record = try rate(customer, order: order)
    #expect(record.content.outcome == .refer)
    return record
  }

  @discardableResult
  func follow() throws -> FollowReport { try desk.follow(on: day, at: tick()) }

  func find(_ id: CaseID) throws -> ReviewCase {
    try store.read { reader throws(ReviewError) in try ReviewStore.read(id, at: now, in: reader) }
  }

  func list(_ filter: QueueFilter = QueueFilter(), after last: ReviewCase? = nil, limit: Int = 100) throws
    -> [ReviewCase]
  {
    try store.read { reader throws(ReviewError) in
      try ReviewStore.list(filter, after: last, limit: limit, at: now, in: reader)
    }
  }

  func events(_ id: CaseID) throws -> [ReviewEvent] {
    try store.read { reader throws(ReviewError) in try ReviewStore.events(of: id, in: reader.sql) }
  }

  func contest(
    _ decision: DecisionID, by actor: Actor = Office.dora, customer: String? = nil, _ text: String = "No."
  ) throws -> ReviewDesk.Contested {
    try desk.contest(
      decision, Contest(customer: customer, channel: .letter, text: text), by: actor, on: day, at: tick())
  }

  func claim(_ id: CaseID, by actor: Actor = Office.janis) throws -> ReviewCase {
    try desk.claim(id, by: actor, at: tick())
  }

  /// Opens a case, as whoever approves has to.
  func look(_ id: CaseID, by actor: Actor) throws {
    try desk.opened(id, [CaseSection.decision.rawValue], by: actor, at: tick())
  }

  func approve(_ id: CaseID, by actor: Actor = Office.liga, version: Int? = nil) throws -> DecisionRecord {
    try desk.approve(
      id, expecting: try version ?? find(id).version, by: actor, on: day, at: tick())
  }

  static func draft(
    _ resolution: Judgement.Resolution = .changed, outcome: Outcome? = nil, rating: String? = nil,
    scope: Judgement.Scope = .order, until: CivilDate? = nil, reasons: [String] = ["J-EVIDENCE"],
    text: String = "The bank statement shows it was paid."
  ) -> JudgementDraft {
    JudgementDraft(
      resolution, scope: scope, rating: rating, outcome: outcome, until: until, reasons: reasons, text: text)
  }

  @discardableResult
  func decide(
    _ id: CaseID, _ draft: JudgementDraft = draft(outcome: .accept), by actor: Actor = Office.janis,
    version: Int? = nil
  ) throws -> ReviewDesk.Decided {
    try desk.decide(
      id, draft, expecting: try version ?? find(id).version, by: actor, on: day, at: tick())
  }

  /// The error of something that has to be refused.
  func refusal(
    _ body: () throws -> Void, _ location: SourceLocation = #_sourceLocation
  ) -> ReviewError? {
    do {
      try body()
      Issue.record("was not refused", sourceLocation: location)
    } catch let error as ReviewError {
      return error
    } catch {
      Issue.record("\(error)", sourceLocation: location)
    }
    return nil
  }

  /// The audit log vouches for everything, the cases are what their events make of them, and decisions replay.
  func expectSound(replay: Bool = true, _ location: SourceLocation = #_sourceLocation) throws {
    let finding = try store.read { reader throws(SQLiteError) in
      try AuditVerifier(DecisionStore.auditedTables + ReviewStore.auditedTables).verify(in: reader.sql)
        .finding
    }
    #expect(finding == nil, sourceLocation: location)
    let inconsistencies = try store.read { reader throws(ReviewError) in
      try ReviewStore.inconsistencies(in: reader.sql)
    }
    #expect(inconsistencies == [], sourceLocation: location)
    for found in try list(limit: 10_000) + list(QueueFilter(states: [.closed]), limit: 10_000) {
      var folded = try #require(ReviewCase(folding: try events(found.id)), sourceLocation: location)
      // Looked up beside the events.
      folded.customer = found.customer
      folded.name = found.name
      folded.leaseUntil = found.leaseUntil
      if folded.state == .claimed, found.state == .open {
        folded = folded.seen(at: .init(microseconds: .max))
      }
      #expect(folded == found, sourceLocation: location)
    }
    guard replay else { return }
    var different: [Replay.Verdict] = []
    try Replay(store, jobs: 1).replayAll { if !$0.isIdentical { different.append($0) } }
    #expect(different.isEmpty, sourceLocation: location)
  }
}

extension Office {
  /// A proposal that has no effect before a person approves it.
  func propose(_ customer: String) throws -> DecisionRecord {
    let rules = try Self.rules.get()
    let rater = Rater(store: store, ruleSet: rules, audit: Self.audit)
    let read = try rater.read(.number(customer), businessDate: day, knownAt: tick())
    let content = try #require(rules.decide(read.facts, read.situation))
    let draft = DecisionDraft(
      content, rules, customerKey: read.key, readSequence: read.sequence, knownAt: now, kind: .proposed,
      purpose: .rating)
    let id = try store.write(actor: "engine", at: now, purpose: "propose") {
      transaction throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        rules, sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
      return try DecisionStore.append(
        draft, rules, ruleSetKey: key, sequence: transaction.sequence, audit: Self.audit, in: transaction.sql)
    }
    let record = try store.read { reader throws(DecisionStoreError) in
      try DecisionStore.decision(id, in: reader.sql)
    }
    return try #require(record)
  }
}
