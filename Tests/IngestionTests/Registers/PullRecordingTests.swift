import AuditLog
import FactStore
import Facts
import Formats
import HTTPClient
import Ingestion
import SQLite
import Testing
import Values

/// What is kept of pulls, and how a source stands by it.
@Suite struct PullRecordingTests {
  private let bench: Workbench
  private let key: Int
  private static let code = "01014009001"

  init() throws {
    let bench = try Workbench()
    _ = try bench.ingest(
      "customers.csv",
      """
      customer,kind,jurisdiction,language,customer_since,name,identifier_scheme,identifier,address
      C1,household,LV,lv,2020-01-01,,LV-PERSONAL,\(Self.code),

      """)
    self.bench = bench
    key = try bench.store.read { reader throws(SQLiteError) in try reader.key(of: .number("C1")) } ?? 0
  }

  private static func source() throws -> RegisterSource {
    let text = RegisterSourcesTests.plain.replacing("register-entries", with: "arrears-entries")
    return try #require(try RegisterSources(Array("{\"sources\": [\(text)]}".utf8), file: "x")["reg"])
  }

  private static func pull(_ status: Int, _ entries: String = "") async throws -> PullResult {
    let text =
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "\#(code)"}, "state": "answered", "entries": [\#(entries)]}"#
    let response = ClientResponse(
      status: status, fields: ["Content-Type": "application/json"], body: Array(text.utf8))
    let client = RegisterClient(
      try source(), credential: nil, transport: { $2(.success(response)) }, chance: { $0.lowerBound })
    let subject = RegisterSubject(try Identifier(scheme: .latvianPersonal, code: code))
    return await withCheckedContinuation { continuation in
      client.pull(subject, until: .now.adding(milliseconds: 10_000)) { continuation.resume(returning: $0) }
    }
  }

  private static func entry(cleared: String? = nil) -> String {
    "{\"kind\": \"arrears-entries\", \"id\": \"A1\", \"reported\": \"2026-01-02\""
      + (cleared.map { ", \"cleared\": \"\($0)\"" } ?? "") + "}"
  }

  private func record(_ results: [PullResult], hours: Int = 0) throws {
    let at = try #require(Workbench.now.adding(microseconds: hours * 3_600_000_000))
    try bench.store.write(actor: "service", at: at, purpose: "order") { write throws(StoreError) in
      try write.record(results, customerKey: key, audit: Workbench.audit)
    }
  }

  private func status(hours: Int) throws -> SourceStatus {
    let now = try #require(Workbench.now.adding(microseconds: hours * 3_600_000_000))
    let source = try Self.source()
    let pulls = try bench.store.read { reader throws(StoreError) in
      try reader.newestPulls(of: key, knownAt: now)
    }
    return SourceStatus(pulls[source.name], of: source, at: now)
  }

  @Test func entriesBecomeFactsOfTheCustomerWhoHoldsTheCode() async throws {
    try record([try await Self.pull(200, Self.entry())])
    let facts = try bench.facts(of: "C1").arrearsEntries
    #expect(facts.map(\.record) == ["A1"])
    #expect(facts.first?.provenance.source == "reg")
    #expect(facts.first?.fact.cleared == nil)
  }

  @Test func theSameAnswerAddsNoFactAndAnotherCorrects() async throws {
    try record([try await Self.pull(200, Self.entry())])
    let before = try bench.facts(of: "C1").arrearsEntries
    try record([try await Self.pull(200, Self.entry())])
    #expect(try bench.facts(of: "C1").arrearsEntries == before)
    try record([try await Self.pull(200, Self.entry(cleared: "2026-03-01"))])
    let after = try bench.facts(of: "C1").arrearsEntries
    #expect(after.map(\.fact.cleared) == [CivilDate("2026-03-01")])
  }

  /// That somebody was asked about goes with the answers; the log holds, and tells that something was erased.
  @Test func pullsAreErasedWithTheirEntries() async throws {
    try record([try await Self.pull(200, Self.entry()), try await Self.pull(503)])
    func erase(_ dataClass: String?) throws -> Int {
      try bench.store.write(actor: "eraser", at: Workbench.now, purpose: "erase") {
        write throws(AuditError) in
        try write.erasePulls(
          of: key, dataClass: dataClass, rule: "RET-1", tables: [.batch, .sourcePull], audit: Workbench.audit)
      }
    }
    #expect(try erase("another") == 0)
    #expect(try erase(nil) == 2)
    #expect(try erase(nil) == 0)
    let (left, report) = try bench.store.read { reader throws(AuditError) in
      try AuditError.wrapping { () throws(SQLiteError) in
        (
          try reader.sql.integer("SELECT count(*) FROM source_pull"),
          try AuditVerifier([.batch, .sourcePull]).verify(in: reader.sql)
        )
      }
    }
    #expect(left == 0 && report.finding == nil && report.unaudited == 0 && report.erased == 1)
    #expect(try status(hours: 1) == .neverAsked)
  }

  @Test func everyPullIsLoggedWithPurposeAndLegalGround() async throws {
    try record([try await Self.pull(200, Self.entry()), try await Self.pull(503)])
    let entries = try bench.store.read { reader throws(AuditError) in
      try AuditLog.entries(AuditLog.Query(limit: 1), in: reader.sql)
    }
    let entry = try #require(entries.last)
    #expect(entry.kind == .ingestion)
    #expect(entry.payload?.customers == [key])
    #expect(entry.payload?.rows.map(\.name.table) == ["batch", "source_pull", "source_pull"])
    let pulls = try #require(entry.payload?.about["pulls"]?.arrayValue)
    #expect(pulls.map { $0["state"]?.stringValue } == ["present", "unavailable"])
    #expect(pulls.map { $0["legalGround"]?.stringValue } == ["contract", "contract"])
    #expect(pulls.map { $0["purpose"]?.stringValue } == ["credit-rating", "credit-rating"])
    #expect(pulls.map { $0["cause"]?.stringValue } == [nil, "status-503"])
    #expect(entry.payload?.json.canonical.contains(Self.code) == false)
  }

  @Test func aChangedRowIsFound() async throws {
    try record([try await Self.pull(200)])
    func finding() throws -> AuditFinding? {
      try bench.store.read { reader throws(SQLiteError) in
        try AuditVerifier([.batch, .sourcePull]).verify(in: reader.sql).finding
      }
    }
    #expect(try finding() == nil)
    try bench.store.write(actor: "x", at: Workbench.now, purpose: "x") { write throws(StoreError) in
      try StoreError.wrapping { () throws(SQLiteError) in
        try write.sql.run("UPDATE source_pull SET legal_ground = 'another'")
      }
    }
    #expect(try finding() != nil)
  }

  @Test func theAuditLogVouchesForEveryColumn() throws {
    let columns = try bench.store.read { reader throws(SQLiteError) in
      try reader.sql.all("SELECT name FROM pragma_table_info('source_pull')") { row throws(SQLiteError) in
        try row.text(0)
      }
    }
    #expect(AuditedTable.sourcePull.hashedColumns.first?.columns == columns)
  }

  @Test func howASourceStands() async throws {
    #expect(try status(hours: 0) == .neverAsked)
    try record([try await Self.pull(500)])
    #expect(try status(hours: 1) == .unavailable)
    try record([try await Self.pull(200)], hours: 2)
    #expect(try status(hours: 26) == .absent)
    #expect(try status(hours: 27) == .stale)
    try record([try await Self.pull(200, Self.entry())], hours: 27)
    try record([try await Self.pull(500)], hours: 28)
    #expect(try status(hours: 29) == .present, "what was said an hour before the failure still counts")
    #expect(try status(hours: 52) == .unavailable)
    try record([try await Self.pull(451)], hours: 53)
    #expect(try status(hours: 54) == .withheld)
    try record([try await Self.pull(410)], hours: 55)
    #expect(try status(hours: 56) == .erased)
  }

  @Test func nothingIsWrittenWhereNobodyWasAsked() throws {
    let before = try bench.lastSequence()
    try record([])
    #expect(try bench.lastSequence() == before)
  }
}
