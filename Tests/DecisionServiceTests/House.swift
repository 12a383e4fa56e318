import Access
import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import Foundation
import HTTPServer
import HumanReview
import Ingestion
import SQLite
import Synchronization
import TestSupport
import Testing
import Values

@testable import DecisionService

/// A service that runs on a socket file, over a database with the cast of the sample data, with a clock that the test holds.
///
/// Every answer is held against the OpenAPI document.
///
/// `@unchecked Sendable`: what can change (service, starts, token) is changed by the test that made the house alone; one
/// that several tests share is only asked.
final class House: @unchecked Sendable {
  static let rules = Result { try RuleSetFiles(folder: Repository.root.appending(path: "rules").path) }
  static let audit = AuditLog(salts: SaltSource(key: SHA256.hash("a fixed key")))
  static let day = CivilDate("2026-06-30") ?? .earliest
  static let tables =
    [.batch, .sourcePull] + DecisionStore.auditedTables + AccessStore.auditedTables
    + ReviewStore.auditedTables

  /// The clock of the service: microseconds pass as it is looked at, the rest as the test says.
  final class Clock: Sendable {
    private let state = Mutex(1_782_900_000_000_000)

    var now: Instant {
      state.withLock { now in
        now += 1
        return Instant(microseconds: now)
      }
    }

    func pass(seconds: Int) { state.withLock { $0 += seconds * 1_000_000 } }
  }

  /// Lines of the log.
  final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func take(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  }

  /// The rules folder; a test may change it and reload.
  final class Rules: Sendable {
    let files: Mutex<RuleSetFiles>
    init(_ files: RuleSetFiles) { self.files = Mutex(files) }
  }

  let path: String
  let store: FactStore
  let clock = Clock()
  let log = Log()
  let rules: Rules
  private let folder: TemporaryFolder
  private let registers: RegisterPulls?
  private var service: DecisionService?
  private let chance = Mutex(SeededGenerator(seed: 7))
  private var starts = 0
  /// What was answered, by the description of the API.
  private let answered = Mutex<Set<Contract.Response>>([])
  var met: Set<Contract.Response> { answered.withLock { $0 } }
  /// A token for everything that one company may do; calls are made with it where nothing else is said.
  private(set) var token = ""

  init(
    _ options: ServiceConfiguration = House.options, registers: RegisterPulls? = nil
  ) throws {
    self.registers = registers
    folder = try TemporaryFolder()
    path = folder.file("house.db")
    try FileManager.default.copyItem(atPath: Self.template.get(), toPath: path)
    store = try Self.open(path)
    rules = Rules(try Self.rules.get())
    try add("anna", .administrator)
    try add("intake", .service)
    token = try issue()
    try start(options)
  }

  deinit { stop() }

  static var options: ServiceConfiguration {
    var options = ServiceConfiguration()
    options.businessDate = day
    options.log = "requests"
    options.leastFreeBytes = 0
    return options
  }

  static func open(_ path: String) throws -> FactStore {
    try FactStore(
      path: path,
      contributed: DecisionStore.migrations + AccessStore.migrations + ReviewStore.migrations
        + IntakeStore.migrations)
  }

  /// A database with the cast, made once.
  private static let template = Result {
    let path = try TemporaryFolder().file("cast.db")
    let store = try open(path)
    let cast = Repository.root.appending(path: "sample-data/cast")
    let files = try FileManager.default.contentsOfDirectory(atPath: cast.path).sorted()
    _ = try Ingestor(store, audit: audit).ingest(
      files: files.map { cast.appending(path: $0).path },
      options: IngestOptions(actor: "tester", at: Clock().now))
    try store.database.checkpoint()
    return path
  }

  // MARK: Running

  /// Starts the service, as after the end of another on the same file.
  func start(_ options: ServiceConfiguration = House.options) throws {
    stop()
    starts += 1
    let (clock, log, rules) = (clock, log, rules)
    let configuration = HTTPServerConfiguration(
      address: .unix(path: folder.file("\(starts).sock"), mode: 0o600), loops: 1)
    let started = try DecisionService(
      store: store, audit: Self.audit, configuration: configuration, options: options,
      clock: ServiceClock(
        now: { clock.now }, monotonicNanoseconds: { DispatchTime.now().uptimeNanoseconds },
        chance: { UInt64.random(in: 0...UInt64.max) }), registers: registers,
      folder: { () throws(RuleSetError) in rules.files.withLock { $0 } }, log: { log.take($0) })
    try started.start()
    service = started
  }

  /// Ends the service; gives how many connections had to be cut.
  @discardableResult
  func stop() -> Int {
    defer { service = nil }
    return service?.drain(withinMilliseconds: 5_000) ?? 0
  }

  func reload() throws { try service?.reload() }

  // MARK: Asking

  func wire() throws -> Wire {
    guard let address = service?.address else { throw Wire.Failure(what: "not started") }
    return try Wire(address)
  }

  /// Asks, and holds the answer against the description of the API.
  ///
  /// - Parameters:
  ///   - token: nil for none; "" for the house's own.
  @discardableResult
  func ask(
    _ method: String, _ target: String, _ body: String? = nil, token: String? = "", headers: [String] = [],
    type: String? = "application/json", _ location: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    try ask(
      method, target, bytes: body.map { Array($0.utf8) }, token: token, headers: headers, type: type, location
    )
  }

  @discardableResult
  func ask(
    _ method: String, _ target: String, bytes: [UInt8]?, token: String? = "", headers: [String] = [],
    type: String? = "application/json", _ location: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    let wire = try wire()
    wire.send(request(method, target, bytes, token: token, headers: headers, type: type))
    let answer = try wire.answer(isHead: method == "HEAD")
    if let response = Contract.check(answer, to: method, target, location) {
      _ = answered.withLock { $0.insert(response) }
    }
    // What is accepted, the description accepts.
    if answer.status < 300, method == "POST", type == "application/json",
      let json = try? JSONReader.parse(bytes ?? []),
      target != "/v1/facts" || answer.json["quarantined"] == 0
    {
      #expect(Contract.faults(of: json, to: method, target) == [], sourceLocation: location)
    }
    return answer
  }

  /// The bytes of a request.
  func request(
    _ method: String, _ target: String, _ body: [UInt8]?, token: String? = "", headers: [String] = [],
    type: String? = "application/json"
  ) -> [UInt8] {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: bonitas"] + headers
    if let token { lines.append("Authorization: Bearer " + (token.isEmpty ? self.token : token)) }
    if let body {
      if let type { lines.append("Content-Type: " + type) }
      lines.append("Content-Length: \(body.count)")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
  }

  /// Asks for a decision about an order.
  @discardableResult
  func decide(
    _ customer: String = "CAST-12", order: String? = "O-1", key: String? = nil, token: String = "",
    language: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    try ask(
      "POST", "/v1/decisions", Self.body(customer, order: order, language: language), token: token,
      headers: key.map { ["Idempotency-Key: " + $0] } ?? [], location)
  }

  /// The content of a request about a customer, by number or as JSON members.
  static func body(_ customer: String, order: String? = "O-1", language: String? = nil) -> String {
    let identity = customer.hasPrefix("{") ? customer : #"{"number":"\#(customer)"}"#
    let order = order.map {
      #","order":{"reference":"\#($0)","product":"Fixed 12","commodity":"electricity","jurisdiction":"LV"}"#
    }
    let language = language.map { #","language":"\#($0)""# }
    return #"{"customer":\#(identity)\#(order ?? "")\#(language ?? "")}"#
  }

  /// What the metrics tell; a token for them is made first.
  func metrics() throws -> String {
    try ask("GET", "/metrics", token: issue([.metrics])).text
  }

  // MARK: Users and tokens

  func write<R: Sendable>(
    actor: String = "anna", _ body: (StoreTransaction) throws(AccessError) -> R
  ) throws -> R {
    try store.write(actor: actor, at: clock.now, purpose: "test", body)
  }

  func add(_ name: String, _ role: Role) throws {
    let name = try UserName(name)
    let by = role == .administrator ? nil : Actor(name: "anna", roles: [.administrator])
    _ = try write { write throws(AccessError) in
      try AccessStore.add(name, roles: [role], by: by, audit: Self.audit, in: write)
    }
  }

  /// Makes a token for a program.
  func issue(
    _ scopes: Set<Scope> = [.decide, .read, .contest, .facts], to user: String = "intake",
    company: String = "Supplier", jurisdictions: Set<Jurisdiction>? = nil, rate: Int = 100_000,
    sources: Set<String> = ServiceGrant.defaultSources, burst: Int? = nil, sees: Visibility = .own,
    days: Int = 90
  ) throws -> String {
    let grant = try ServiceGrant(
      scopes: scopes, company: company, purpose: "order-intake", jurisdictions: jurisdictions,
      sources: sources,
      requestsPerSecond: rate, burst: burst, sees: sees)
    let secret = chance.withLock { chance in (0..<32).map { _ in UInt8(chance.number(below: 256)) } }
    let made = try write { write throws(AccessError) in
      try AccessStore.issue(
        to: user, label: "test", days: days, grant: grant, secret: secret,
        by: Actor(name: "anna", roles: [.administrator]), audit: Self.audit, in: write)
    }
    return made.text.revealed
  }

  // MARK: Looking

  /// The audit log vouches for everything, no decision differs when it is made again, the store is whole.
  func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
    let finding = try store.read { reader throws(SQLiteError) in
      try AuditVerifier(Self.tables).verify(in: reader.sql).finding
    }
    #expect(finding == nil, sourceLocation: location)
    var different: [Replay.Verdict] = []
    try Replay(store, jobs: 1).replayAll { if !$0.isIdentical { different.append($0) } }
    #expect(different.isEmpty, sourceLocation: location)
    let decisions = try integer("SELECT count(*) FROM decision WHERE kind = 'automated'")
    #expect(try integer("SELECT count(*) FROM intake") == decisions, sourceLocation: location)
  }

  func integer(_ sql: String) throws -> Int {
    try store.read { reader throws(SQLiteError) in try reader.sql.integer(sql) ?? 0 }
  }

  /// What entries of the audit log say, in the order of their writing.
  func audited(_ act: String) throws -> [JSONValue] {
    let entries = try store.read { reader throws(AuditError) in
      try AuditLog.entries(AuditLog.Query(limit: 10_000), in: reader.sql)
    }
    return entries.compactMap { ($0.payload?.about).map(JSONValue.object) }.filter {
      $0["act"]?.stringValue == act
    }
  }
}

/// A house for all tests that leave no mark on those of others.
enum Shared {
  static let house = Result { try House() }
  /// A decision about CAST-14 in it.
  static let decision = Result { try house.get().decide("CAST-14").decision }
}

extension House {
  /// Where people of the house work on cases.
  func desk() throws -> ReviewDesk {
    let files = rules.files.withLock { $0 }
    return ReviewDesk(store: store, audit: Self.audit, rules: files, policy: try ReviewPolicy(files))
  }

  /// Opens the cases of what was referred, as the service does by itself every second.
  func follow() throws { _ = try desk().follow(on: Self.day, at: clock.now) }

  /// Stops automated decisions, or lifts the stop with a number.
  func stopAutomation(lifting number: Int? = nil) throws {
    _ = try store.write(actor: number == nil ? "anna" : "liga", at: clock.now, purpose: "test") {
      write throws(StopError) in
      if let number {
        try StopSwitch.lift(
          number, reason: "mended", actor: write.actor, sequence: write.sequence, audit: Self.audit,
          in: write.sql)
      } else {
        try StopSwitch.stop(
          nil, reason: "odd scores", sequence: write.sequence, audit: Self.audit, in: write.sql)
      }
    }
  }

  /// Puts rules in force from the day of the house, or later.
  func activate(_ files: RuleSetFiles, inDays days: Int = 0) throws {
    let from = Self.day.adding(days: days) ?? Self.day
    let ruleSet = try RuleSet(files)
    _ = try store.write(actor: "anna", at: clock.now, purpose: "test") { write throws(ActivationError) in
      try ActivationStore.activate(
        ruleSet, from: from, today: Self.day, sequence: write.sequence, audit: Self.audit, in: write.sql)
    }
  }

  /// The rules with the text of one file changed.
  static func rules(_ path: String, replacing text: String, with other: String) throws -> RuleSetFiles {
    let files = try rules.get()
    var contents = Dictionary(uniqueKeysWithValues: files.paths.map { ($0, files[$0] ?? []) })
    let old = String(decoding: contents[path] ?? [], as: UTF8.self)
    #expect(old.contains(text))
    contents[path] = Array(old.replacingOccurrences(of: text, with: other).utf8)
    return RuleSetFiles(contents)
  }
}

extension House {
  /// Stands for a disk with so many pages left: SQLite answers SQLITE_FULL just as for ENOSPC.
  func fill(pages: Int = 2) throws {
    try store.database.write { transaction throws(SQLiteError) in
      let used = try transaction.integer("PRAGMA page_count") ?? 0
      try transaction.execute("PRAGMA max_page_count = \(used + pages)")
    }
  }

  /// Takes away a table that everybody reads who shows a token; it is there again when the body has returned.
  func withoutTable(_ table: String, _ body: () throws -> Void) throws {
    let rename = { [store] (old: String, new: String) in
      try store.database.write { transaction throws(SQLiteError) in
        try transaction.execute("PRAGMA legacy_alter_table = ON")
        try transaction.execute("ALTER TABLE \(old) RENAME TO \(new)")
      }
    }
    try rename(table, "gone")
    try body()
    try rename("gone", table)
  }
}

extension House {
  /// What was told besides the answers to decisions, whose own entries name the company as well.
  func told() throws -> [JSONValue] { try audited("disclosed").filter { $0["content"] != nil } }
}
