import Access
import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import Foundation
import HumanReview
import SQLite
import Safeguards
import Synchronization
import TestSupport
import Testing
import Values

@testable import DebtManagement

/// A store with the shipped rules, a clock that is set by hand, and everything from a fact to an effect that has left.
final class DebtHouse: Sendable {
  let store: FactStore
  let audit = DebtHouse.audit
  let desk: DebtDesk
  let review: ReviewDesk
  /// What has left, in order.
  let mail = Recorder()
  /// The contracts about which a contest is open.
  let contested = Contested()
  private let clock: Mutex<Clock>

  final class Contested: Sendable {
    private let contracts = Mutex<Set<String>>([])

    var all: Set<String> { contracts.withLock { $0 } }

    func set(_ contracts: Set<String>) { self.contracts.withLock { $0 = contracts } }
  }

  private struct Clock {
    var day: CivilDate
    var ticks = 0
    var files = 0
  }

  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let rules = Result { try RuleSet(folder: Repository.root.appending(path: "rules").path) }
  /// Desks of all houses share what is compiled of the rules; its own store is never used.
  private static let compiled = Result {
    let store = try FactStore(path: try TemporaryFolder().file("debt.db"), contributed: migrations)
    return try DebtDesk(store: store, audit: audit, ruleSet: try rules.get()) { _, _ in [] }
  }
  private static let policy = Result { try ReviewPolicy(try rules.get().files) }
  static let migrations =
    DecisionStore.migrations + ReviewStore.migrations + OutboxStore.migrations + DebtCursor.migrations
    + ReportingStore.migrations
  static let janis = Actor(name: "janis", roles: [.reviewer])
  static let liga = Actor(name: "liga", roles: [.reviewer, .senior])

  /// A house on a day, with facts that are known that day.
  init(_ day: String, _ facts: [Fact] = []) throws {
    let rules = try Self.rules.get()
    store = try FactStore(path: try TemporaryFolder().file("debt.db"), contributed: Self.migrations)
    desk = DebtDesk(like: try Self.compiled.get(), store: store) { [contested] _, _ in contested.all }
    review = ReviewDesk(
      store: store, audit: Self.audit, rules: rules.files, policy: try Self.policy.get(),
      compiled: rules)
    clock = Mutex(Clock(day: try civil(day)))
    if !facts.isEmpty { try enter(facts) }
  }

  // MARK: time

  var day: CivilDate { clock.withLock { $0.day } }

  /// Ten in the morning of Riga or eleven, one microsecond later each time.
  var now: Instant {
    clock.withLock { clock in
      clock.ticks += 1
      let midnight = Instant("\(clock.day)T08:00:00Z") ?? Instant(microseconds: 0)
      return midnight.adding(microseconds: clock.ticks) ?? midnight
    }
  }

  func go(to day: String) throws {
    let day = try civil(day)
    clock.withLock { $0.day = day }
  }

  // MARK: facts

  func enter(_ facts: Fact...) throws { try enter(facts) }

  func enter(_ facts: [Fact], from source: String = "test") throws {
    let now = now
    let file = clock.withLock { clock in
      clock.files += 1
      return clock.files
    }
    try store.write(actor: "test", at: now, purpose: "test") { write throws(StoreError) in
      let batch = try write.openBatch(
        BatchDescription(
          source: source, file: nil, digest: SHA256.hash("\(file)"), layout: "test", knownFrom: now))
      for (place, fact) in facts.enumerated() { _ = try write.store(fact, in: batch, line: place + 1) }
      try write.complete(batch, rows: facts.count)
      try StoreError.wrapping { () throws(SQLiteError) in
        _ = try audit.append(AuditNote(.ingestion, rows: [AuditedRow(.batch, batch.key)]), in: write.sql)
      }
    }
  }

  func key(_ customer: String = "C1") throws -> Int {
    try #require(
      try store.read { reader throws(SQLiteError) in try reader.key(of: .number(customer)) })
  }

  func facts(_ customer: String = "C1") throws -> CustomerFacts {
    let (key, day, now) = (try key(customer), day, now)
    return try store.read { reader throws(DebtError) in
      try desk.facts(of: key, on: day, knownAt: now, reader)
    }
  }

  // MARK: what is to be done

  func findings(_ customer: String = "C1") throws -> [CaseFinding] {
    let (key, day, now) = (try key(customer), day, now)
    return try store.read { reader throws(DebtError) in
      let facts = try desk.facts(of: key, on: day, knownAt: now, reader)
      return try desk.findings(of: key, facts, on: day, knownAt: now, reader)
    }
  }

  func finding(_ customer: String = "C1") throws -> CaseFinding { try #require(try findings(customer).first) }

  /// What the law says today of a tool against all that is past due under a contract.
  func law(_ tool: Tool = .disconnectionRequest, _ customer: String = "C1") throws -> SafeguardReport {
    let finding = try finding(customer)
    let invoices = finding.debt.invoices.filter(\.isPrincipal)
    let amount = ClaimAmount(invoices, currency: finding.debt.currency)
    return desk.safeguards.examine(
      RestrictionRequest(
        id: "asked", tool: tool, customer: customer, contract: finding.debt.contract ?? "",
        invoices: invoices.map(\.id), on: day, amount: Money(amount.principal, amount.currency)),
      facts: try facts(customer), pendingReview: finding.debt.isUnderReview)
  }

  func plan(only: Set<String>? = nil) throws -> DebtPlan {
    try DebtPlanner(desk).plan(on: day, knownAt: now, only: only)
  }

  @discardableResult
  func apply(_ plan: DebtPlan) throws -> DebtApplication.Report {
    try DebtApplication(desk, actor: "debt").apply(plan, on: day, clock: { now })
  }

  /// Plans and applies what is due today.
  @discardableResult
  func run() throws -> DebtApplication.Report {
    let plan = try plan()
    let report = try apply(plan)
    #expect(report.refused.isEmpty, "\(report.refused)")
    return report
  }

  @discardableResult
  func follow() throws -> ReleaseFollower.Report {
    try ReleaseFollower(desk, actor: "follower").run(on: day, clock: { now })
  }

  /// Sends what is due, to memory; whoever sends has followed before.
  @discardableResult
  func send(following: Bool = true) throws -> OutboxSender.Report {
    if following { try follow() }
    let (day, now) = (day, now)
    return try OutboxSender(
      store: store, audit: audit, destination: mail.destination, guards: desk.guards(on: day),
      settings: .init(actor: "outbox", day: day), clock: { now }
    ).run()
  }

  func revert(_ run: String) throws -> (reverted: [String], left: [String]) {
    try store.write(actor: "test", at: now, purpose: "debt-management") { write throws(OutboxError) in
      try OutboxStore.revert(run: run, in: write, audit: audit)
    }
  }

  // MARK: effects

  func effects(_ customer: String = "C1") throws -> [StoredEffect] {
    let key = try key(customer)
    return try store.read { reader throws(DebtError) in try desk.effects(of: key, reader) }
  }

  func wrongful(_ customer: String = "C1") throws -> Set<String> {
    let key = try key(customer)
    return try store.read { reader throws(DebtError) in try desk.wrongful(of: key, reader) }
  }

  func effect(_ id: String) throws -> StoredEffect {
    try store.read { reader throws(OutboxError) in try OutboxStore.effect(id, in: reader.sql) }
  }

  /// The newest effect of a step.
  func last(_ step: LadderStep, _ customer: String = "C1") throws -> StoredEffect? {
    try effects(customer).last { $0.effect.step == step }
  }

  // MARK: people

  /// What a reviewer and a senior make of every proposal that waits: the whole way through the review desk.
  @discardableResult
  func judge(_ restriction: Judgement.Restriction = .approved) throws -> [DecisionID] {
    _ = try review.follow(on: day, at: now)
    let now = now
    let open = try store.read { reader throws(ReviewError) in
      try ReviewStore.list(QueueFilter(), after: nil, limit: 100, at: now, in: reader)
    }
    var made: [DecisionID] = []
    for found in open where found.id.kind == .approval {
      let claimed = try review.claim(found.id, by: Self.janis, at: self.now)
      let draft = JudgementDraft(
        .confirmed, scope: .customer, restriction: restriction, reasons: ["J-FACTS"],
        text: "The notices were read and the account looked at.")
      let decided = try review.decide(
        found.id, draft, expecting: claimed.version, by: Self.janis, on: day, at: self.now)
      switch decided {
      case .recorded(let record): made.append(record.id)
      case .awaitsSecondPerson:
        try review.opened(found.id, [CaseSection.decision.rawValue], by: Self.liga, at: self.now)
        let waiting = try store.read { reader throws(ReviewError) in
          try ReviewStore.read(found.id, at: now, in: reader)
        }
        made.append(
          try review.approve(
            found.id, expecting: waiting.version, by: Self.liga, on: day, at: self.now
          ).id)
      }
    }
    return made
  }

  /// The operator's answer to the newest effect of a step.
  func confirm(
    _ event: OperatorConfirmation.Event, _ step: LadderStep = .disconnectionRequest,
    _ customer: String = "C1",
    contract: String = "K1"
  ) throws {
    let request = try #require(try last(step, customer)).effect.id
    try enter(
      .operatorConfirmation(
        OperatorConfirmation(
          id: "\(event)-\(request)", customer: .number(customer), contract: contract, request: request,
          event: event, date: day)))
  }

  /// Whether the audit log vouches for all that was written.
  func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
    try store.read { reader throws(SQLiteError) in
      let report = try AuditVerifier(
        [.batch] + DecisionStore.auditedTables + ReviewStore.auditedTables + OutboxStore.auditedTables
          + ReportingStore.auditedTables
      ).verify(in: reader.sql)
      #expect(report.finding == nil && report.unaudited == 0, sourceLocation: location)
    }
  }
}
