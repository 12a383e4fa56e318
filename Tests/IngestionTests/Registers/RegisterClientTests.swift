import FactStore
import Facts
import Formats
import HTTPClient
import Ingestion
import Synchronization
import Testing
import Values

/// The contract: what a register's answer becomes, with a transport of the test's own.
@Suite struct RegisterClientTests {
  private static let both = RegisterSourcesTests.plain.replacing(
    "[\"register-entries\"]", with: "[\"register-entries\", \"arrears-entries\"]")

  private static func source(_ text: String = both) throws -> RegisterSource {
    try #require(try RegisterSources(Array("{\"sources\": [\(text)]}".utf8), file: "x")["reg"])
  }

  private static func subject() throws -> RegisterSubject {
    RegisterSubject(try Identifier(scheme: .latvianPersonal, code: "010140-09001"))
  }

  /// What a pull makes of an answer.
  private static func pull(
    _ response: ClientResponse, source text: String = both
  ) async throws -> PullResult {
    let client = RegisterClient(
      try source(text), credential: nil, transport: { _, _, completion in completion(.success(response)) },
      chance: { $0.lowerBound })
    let subject = try subject()
    return await withCheckedContinuation { continuation in
      client.pull(subject, until: .now.adding(milliseconds: 10_000)) { continuation.resume(returning: $0) }
    }
  }

  private static func json(_ text: String, type: String = "application/json") -> ClientResponse {
    ClientResponse(status: 200, fields: ["content-type": type], body: Array(text.utf8))
  }

  private static func answer(_ entries: String) -> ClientResponse {
    json(
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "answered", "entries": [\#(entries)]}"#
    )
  }

  private static let insolvency =
    #"{"kind": "register-entries", "id": "R1", "register": "courts", "type": "insolvency", "since": "2026-01-02"}"#
  private static let arrears =
    #"{"kind": "arrears-entries", "id": "A1", "reported": "2026-01-02", "ageMonths": 3, "amount": 12.5, "currency": "EUR"}"#

  @Test func entriesBecomeFacts() async throws {
    let ended = Self.insolvency.replacing("R1", with: "R2").replacing(
      "}", with: ", \"until\": \"2026-02-03\"}")
    let result = try await Self.pull(Self.answer("\(Self.insolvency), \(Self.arrears), \(ended)"))
    #expect(result.state == .present)
    #expect(result.cause == nil)
    let customer = CustomerReference.identifier(try Self.subject().identifier)
    let since = try #require(CivilDate("2026-01-02"))
    #expect(
      result.facts == [
        .registerEntry(
          RegisterEntry(id: "R1", customer: customer, register: "courts", type: .insolvency, since: since)),
        .arrearsEntry(
          ArrearsEntry(
            id: "A1", customer: customer, register: "reg", reported: since, ageMonths: 3,
            amount: Money(try #require(Decimal("12.5")), .eur))),
        .registerEntry(
          RegisterEntry(
            id: "R2", customer: customer, register: "courts", type: .insolvency, since: since,
            until: CivilDate("2026-02-03"))),
      ])
    #expect(result.answer != nil)
  }

  @Test func disputedEntriesAreToldApart() async throws {
    let disputed = Self.arrears.replacing("}", with: ", \"disputed\": true}")
    let result = try await Self.pull(
      Self.answer("\(Self.insolvency.replacing("}", with: ", \"disputed\": false}")), \(disputed)"))
    #expect(result.state == .disputed)
    #expect(result.disputed == ["A1"])
    #expect(result.facts.count == 2)
  }

  @Test func nothingIsAbsentOnlyWhenTheRegisterSaysSo() async throws {
    #expect(try await Self.pull(Self.answer("")).state == .absent)
    for status in [204, 301, 400, 401, 403, 404, 422] {
      let result = try await Self.pull(ClientResponse(status: status))
      #expect(result.state == .unavailable)
      #expect(result.cause == .status(status))
    }
    #expect(try await Self.pull(ClientResponse(status: 410)).state == .erased)
    #expect(try await Self.pull(ClientResponse(status: 451)).state == .withheld)
  }

  @Test(arguments: [
    ("", "json-empty"), ("nul", "json-unexpected-end"), ("[]", "wrong-type"), ("{}", "missing-member"),
    (#"{"subject": {}, "state": "answered", "entries": []}"#, "missing-member at /subject"),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "02024109019"}, "state": "answered", "entries": []}"#,
      "wrong-subject at /subject"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": 1}, "state": "answered", "entries": []}"#,
      "wrong-type at /subject/code"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001", "name": "X"}, "state": "answered"}"#,
      "unknown-member at /subject"
    ),
    (#"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}}"#, "missing-member"),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "fine"}"#,
      "unknown-word at /state"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "answered"}"#, "missing-member"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "answered", "entries": null}"#,
      "wrong-type at /entries"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "erased", "entries": []}"#,
      "entries-not-expected at /entries"
    ),
    (
      #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "withheld", "note": ""}"#,
      "unknown-member"
    ),
    (#"{"state": "answered", "state": "erased"}"#, "json-duplicate-key"),
  ])
  func anAnswerThatBreaksTheContractGivesNothing(_ text: String, _ cause: String) async throws {
    let result = try await Self.pull(Self.json(text))
    #expect(result.state == .malformed)
    #expect(result.cause?.stored == cause)
    #expect(result.facts.isEmpty)
  }

  @Test(arguments: [
    (arrears.replacing("\"kind\": \"arrears-entries\", ", with: ""), "missing-member at /entries/1"),
    (arrears.replacing("arrears-entries", with: "invoices"), "unknown-word at /entries/1/kind"),
    (arrears.replacing("}", with: ", \"comment\": \"x\"}"), "unknown-member at /entries/1"),
    (arrears.replacing("}", with: ", \"since\": \"2026-01-01\"}"), "unknown-member at /entries/1"),
    (arrears.replacing("}", with: ", \"disputed\": \"yes\"}"), "wrong-type at /entries/1/disputed"),
    (arrears.replacing("}", with: ", \"disputed\": null}"), "wrong-type at /entries/1/disputed"),
    (arrears.replacing("12.5", with: "\"12.5\""), "wrong-type at /entries/1/amount"),
    (arrears.replacing("12.5", with: "-12.5"), "amount-not-positive at /entries/1/amount"),
    (arrears.replacing("12.5", with: "1e20"), "amount-too-large at /entries/1/amount"),
    (arrears.replacing("12.5", with: "1e50"), "json-number-out-of-range"),
    (arrears.replacing("\"EUR\"", with: "\"EURO\""), "unknown-currency at /entries/1/currency"),
    (arrears.replacing("2026-01-02", with: "2026-13-02"), "impossible-date at /entries/1/reported"),
    (arrears.replacing("\"2026-01-02\"", with: "20260102"), "wrong-type at /entries/1/reported"),
    (arrears.replacing(": 3", with: ": 1.5"), "not-a-month-count at /entries/1/ageMonths"),
    (arrears.replacing("A1", with: ""), "missing-value at /entries/1/id"),
    (arrears.replacing("\"A1\"", with: "1"), "wrong-type at /entries/1/id"),
    (arrears.replacing("A1", with: "A\\u0000"), "control-character at /entries/1/id"),
    (insolvency, "duplicate-entry at /entries/1/id"), ("7", "wrong-type at /entries/1"),
    (
      insolvency.replacing("R1", with: "R2").replacing("insolvency", with: "bankrupt"),
      "unknown-word at /entries/1/type"
    ),
  ])
  func oneWrongEntrySpoilsTheAnswer(_ entry: String, _ cause: String) async throws {
    let result = try await Self.pull(Self.answer("\(Self.insolvency), \(entry)"))
    #expect(result.state == .malformed)
    #expect(result.cause?.stored == cause)
    #expect(result.facts.isEmpty && result.disputed.isEmpty)
  }

  @Test func anUndeclaredKindBreaksTheContract() async throws {
    let result = try await Self.pull(Self.answer(Self.arrears), source: RegisterSourcesTests.plain)
    #expect(result.cause?.stored == "unknown-word at /entries/0/kind")
  }

  @Test func onlyJSONIsRead() async throws {
    let text = #"{"subject": {"scheme": "LV-PERSONAL", "code": "01014009001"}, "state": "withheld"}"#
    for type in ["text/html", "", "application/jsonp", "text/json"] {
      #expect(try await Self.pull(Self.json(text, type: type)).cause?.stored == "content-type")
    }
    for type in ["application/json", "Application/JSON; charset=utf-8"] {
      #expect(try await Self.pull(Self.json(text, type: type)).state == .withheld)
    }
  }

  @Test func tooManyEntriesAreRefused() async throws {
    func entries(_ count: Int) -> String {
      (0..<count).map { Self.arrears.replacing("A1", with: "A\($0)") }.joined(separator: ",")
    }
    #expect(try await Self.pull(Self.answer(entries(1_000))).facts.count == 1_000)
    #expect(try await Self.pull(Self.answer(entries(1_001))).cause?.stored == "too-many-entries at /entries")
  }

  /// What is kept of a cause may be read by many: nothing of what the register sent may stand in it.
  @Test func noSentenceRepeatsWhatTheRegisterSent() async throws {
    let secret = "240581-15799"
    for text in [
      "{\"\(secret)\": 1}", secret, "\"\(secret)", "[\"\(secret)\"]", "{\"a\": 1, \"a\": \"\(secret)\"}",
      "{\"subject\": {\"scheme\": \"LV-PERSONAL\", \"code\": \"\(secret)\"}, \"state\": \"answered\", \"entries\": []}",
    ] {
      let result = try await Self.pull(Self.json(text))
      #expect(result.state == .malformed)
      #expect(result.cause?.stored.contains(secret) == false)
      #expect(result.cause?.sentence.contains(secret) == false)
    }
    let entry = try await Self.pull(Self.answer(Self.arrears.replacing("2026-01-02", with: secret)))
    #expect(entry.cause?.stored == "not-a-date at /entries/0/reported")
    #expect(entry.cause?.sentence.contains(secret) == false)
  }

  @Test func asksInTheBodyWithPurposeAndCredential() async throws {
    let seen = Mutex<ClientRequest?>(nil)
    let client = RegisterClient(
      try Self.source(), credential: "token",
      transport: { request, _, completion in
        seen.withLock { $0 = request }
        completion(.failure(.deadline))
      }, chance: { $0.lowerBound })
    let subject = try Self.subject()
    let result = await withCheckedContinuation { continuation in
      client.pull(subject, until: .now.adding(milliseconds: 1_000)) { continuation.resume(returning: $0) }
    }
    #expect(result.state == .unavailable)
    let request = try #require(seen.withLock { $0 })
    #expect(request.url == "https://register.example/v1")
    #expect(request.fields["Authorization"] == "Bearer token")
    #expect(
      try JSONReader.parse(request.body)
        == ["scheme": "LV-PERSONAL", "code": "01014009001", "purpose": "credit-rating"])
    #expect(client.figures.pulls == [.unavailable: 1])
    #expect(client.figures.calls.tries == 1)
  }
}
