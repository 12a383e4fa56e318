import AuditLog
import DebtManagement
import Explanation
import FactStore
import Facts
import Foundation
import SQLite
import Synchronization
import TestSupport
import Values

/// A database with one customer, a clock that is set by hand, and an outbox.
final class OutboxHouse: Sendable {
  let folder: TemporaryFolder
  let store: FactStore
  let audit = AuditLog(salts: SaltSource(key: .zero))
  let customer: Int
  private let now: Mutex<Instant>

  /// 2026-03-02, a Monday, 10:00 in Riga.
  static let monday = Instant(microseconds: 1_772_438_400_000_000)

  init(folder: TemporaryFolder? = nil) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    store = try FactStore(
      path: folder.file("facts.db"), contributed: AuditLog.migrations + OutboxStore.migrations)
    now = Mutex(Self.monday)
    let reference = CustomerReference.number("CAST-22")
    let known = try store.read { reader throws(SQLiteError) in try reader.key(of: reference) }
    if let known {
      customer = known
      return
    }
    let day = try LetterSamples.day(2020, 1, 1)
    customer = try store.write(actor: "test", at: Self.monday, purpose: "test") { write throws(StoreError) in
      let batch = try write.openBatch(
        BatchDescription(source: "test", file: nil, digest: nil, layout: "test", knownFrom: write.at))
      _ = try write.store(
        .customer(
          Customer(number: "CAST-22", kind: .household, jurisdiction: .latvia, customerSince: day)),
        in: batch, line: nil)
      return try StoreError.wrapping { () throws(SQLiteError) in try write.reader.key(of: reference) } ?? 0
    }
  }

  var instant: Instant { now.withLock { $0 } }

  func pass(seconds: Int) {
    now.withLock { $0 = Instant(microseconds: $0.microseconds + seconds * 1_000_000) }
  }

  /// Appends effects in a write of their own.
  @discardableResult
  func append(_ effects: [Effect]) throws -> [String] {
    try store.write(actor: "run", at: instant, purpose: "debt-management") { write throws(OutboxError) in
      try OutboxStore.append(effects, in: write, audit: audit)
    }
  }

  func set(_ state: EffectState, _ id: String) throws {
    try store.write(actor: "person", at: instant, purpose: "debt-management") { write throws(OutboxError) in
      try OutboxStore.set(state, [id], reason: "test", in: write, audit: audit)
    }
  }

  func effect(_ id: String) throws -> StoredEffect {
    try store.read { reader throws(OutboxError) in try OutboxStore.effect(id, in: reader.sql) }
  }

  func events(_ id: String) throws -> [EffectState] {
    try store.read { reader throws(OutboxError) in try OutboxStore.events(of: id, in: reader.sql).map(\.state)
    }
  }

  func list(_ state: EffectState? = nil) throws -> [String] {
    try store.read { reader throws(OutboxError) in
      try OutboxStore.list(state: state, in: reader.sql).map(\.effect.id)
    }
  }

  func facts() throws -> CustomerFacts {
    let day = try LetterSamples.day(2030, 1, 1)
    return try store.read { reader throws(StoreError) in
      try reader.facts(
        of: customer, asOf: AsOf(businessDate: day, knownAt: instant), kinds: FactKind.allCases)
    }
  }

  func sender(
    _ destination: OutboxDestination, guards: OutboxGuards = .open, batch: Int = 32
  ) -> OutboxSender {
    OutboxSender(
      store: store, audit: audit, destination: destination, guards: guards,
      settings: .init(actor: "outbox", batch: batch), clock: { [self] in instant })
  }

  /// Whether everything that the audit log vouches for is as it was written.
  func isAuditSound() throws -> Bool {
    try store.database.read { reader throws(SQLiteError) in
      let report = try AuditVerifier([.batch] + OutboxStore.auditedTables).verify(in: reader)
      return report.finding == nil && report.unaudited == 0 && report.rows > 0
    }
  }
}

extension OutboxGuards {
  /// Guards that let everything go.
  static let open = OutboxGuards(
    refusal: { _, _ in nil }, hasSeenAll: { _, _ in true }, obstacle: { _, _, _ in nil },
    mayContact: { _, _ in true })
}

/// A destination that keeps what it was handed and answers as it is told.
final class Recorder: Sendable {
  private let events = Mutex<[CloudEvent]>([])
  private let answer: @Sendable (CloudEvent) -> DeliveryOutcome

  init(_ answer: @escaping @Sendable (CloudEvent) -> DeliveryOutcome = { _ in .delivered }) {
    self.answer = answer
  }

  var ids: [String] { events.withLock { $0.map(\.id) } }
  var all: [CloudEvent] { events.withLock { $0 } }

  var destination: OutboxDestination {
    OutboxDestination(timeoutMilliseconds: 1000) { [self] event, _ in
      events.withLock { $0.append(event) }
      return answer(event)
    }
  }
}

/// Effects of the customer of an `OutboxHouse`.
struct EffectMaker {
  let customer: Int
  var run = "run-1"
  var contract: String? = "L-22"

  func letter(
    _ step: LadderStep = .debtNotice, _ type: DebtNotice.NoticeType = .debtNotice,
    _ channel: DebtNotice.Channel = .letter
  ) throws -> Effect {
    let writer = try Self.writer.get()
    let circumstances = LetterSamples.circumstances(.latvia, .electricity, .household, channel)
    var content = try LetterSamples.content(type, .latvian, circumstances)
    content.contract = contract ?? "L-22"
    content.deadline = try LetterSamples.day(2026, 3, 20)
    content.reference = Effect.id(
      run: run, customerKey: customer, contract: contract, step: step, currency: .eur)
    return effect(
      step,
      .letter(
        Effect.Notice(
          type: type, channel: channel, addressKind: channel == .email ? .contactEmail : .contract,
          language: .latvian, deadline: content.deadline, letter: try writer.letter(content))))
  }

  func request(_ step: LadderStep = .disconnectionRequest, certificate: String? = "{}") -> Effect {
    effect(
      step, .operatorRequest(.init(deliveryPoint: "43Z-22", certificate: certificate.map { Array($0.utf8) })))
  }

  private func effect(_ step: LadderStep, _ kind: Effect.Kind) -> Effect {
    Effect(
      run: run, customerKey: customer, contract: contract, commodity: .electricity, step: step, kind: kind,
      amount: ClaimAmount(principal: 1200, interest: 3, penalty: 0, costs: 7, currency: .eur),
      invoices: ["R-2201"])
  }

  private static let writer = Result { try LetterWriter(try LetterSamples.rules()) }
}
