import Access
import Decisioning
import FactStore
import Formats
import HTTPServer
import SQLite
import Synchronization
import Testing
import Values

@testable import DecisionService

/// The description of the API: whole, true in both directions, and its examples work.
@Suite struct OpenAPITests {
  private static let document = Contract.document

  @Test func everyReferenceLeadsSomewhereAndEveryPartIsUsed() throws {
    #expect(Self.document["openapi"] == "3.1.0")
    var references: Set<String> = []
    Self.walk(Self.document) { _, value in
      if let reference = value["$ref"]?.stringValue { references.insert(reference) }
    }
    for reference in references { #expect(Contract.schema.resolve(reference) != nil, "\(reference)") }
    for (section, parts) in Self.document["components"]?.objectValue?.members ?? []
    where section != "securitySchemes" {
      for name in parts.objectValue?.keys ?? []
      where !["NoSuchAddress", "NoSuchMethod", "UnreadableAddress"].contains(name) {
        #expect(references.contains("#/components/\(section)/\(name)"), "\(name) is used nowhere")
      }
    }
  }

  @Test func everyObjectIsClosed() {
    Self.walk(Self.document["components"]?["schemas"] ?? .null, at: "/schemas") { place, schema in
      guard schema["type"] == "object", schema["properties"] != nil else { return }
      #expect(schema["additionalProperties"] == false, "\(place)")
      let properties = schema["properties"]?.objectValue?.keys ?? []
      for name in schema["required"]?.arrayValue ?? [] {
        #expect(properties.contains(name.stringValue ?? ""), "\(place) requires \(name)")
      }
    }
  }

  @Test func everyRouteIsDescribedWithItsScope() throws {
    let paths = Self.document["paths"]?.objectValue?.members ?? []
    var names: Set<String> = []
    for (path, item) in paths {
      let target = path.replacing("{decision}", with: "D-1").replacing("{customer}", with: "C")
      for method in HTTPMethod.allCases where item[method.rawValue.lowercased()] != nil {
        let route = try Route(method, target)
        names.insert(route.name)
        let security = item[method.rawValue.lowercased()]?["security"]?.arrayValue ?? []
        let isOpen = [.health, .readiness, .openAPI].contains(route)
        #expect(security == (isOpen ? [] : [["token": [.string(route.scope.rawValue)]]]))
      }
    }
    #expect(names == Set(Route.names))
  }

  @Test func everyExampleIsOfItsSchema() {
    var count = 0
    Self.walk(Self.document) { place, value in
      guard let schema = value["schema"] else { return }
      let examples = (value["examples"]?.objectValue?.members ?? []).map { $0.value["value"] ?? .null }
      for example in examples + (value["example"].map { [$0] } ?? []) {
        count += 1
        #expect(Contract.schema.faults(example, schema, at: place) == [])
      }
    }
    #expect(count >= 10)
  }

  @Test func examplesAreAnsweredAsTheySay() throws {
    let house = try House()
    let operation = Contract.operation("POST", "/v1/decisions")
    let requests = operation?["requestBody"]?["content"]?["application/json"]?["examples"]?.objectValue
    let answers = operation?["responses"]?["201"]?["content"]?["application/json"]?["examples"]?.objectValue
    #expect(requests?.keys == answers?.keys)
    for (name, example) in requests?.members ?? [] {
      let body = JSONWriter.written(example["value"] ?? .null)
      let answer = try house.ask("POST", "/v1/decisions", bytes: body)
      let described = answers?[name]?["value"]
      for member in ["outcome", "rating", "terms", "order", "kind"] {
        #expect(answer.json[member] == described?[member], "\(name)")
      }
      #expect((answer.json["held"] == .null) == (described?["held"] == .null))
    }
    let decision = try house.decide("CAST-14").decision
    for target in ["/v1/decisions/\(decision)/contest", "/v1/facts"] {
      let content = Contract.operation("POST", target)?["requestBody"]?["content"]?["application/json"]
      for (_, example) in content?["examples"]?.objectValue?.members ?? [] {
        let answer = try house.ask("POST", target, bytes: JSONWriter.written(example["value"] ?? .null))
        #expect(answer.status < 300)
      }
    }
  }

  // MARK: Both directions

  /// What no test can bring about, and why.
  private static func isBeyondTests(_ response: Contract.Response) -> Bool {
    switch response.code {
    // A fault of the program.
    case "internal-fault": true
    // Another process has to hold the write lock for half a minute.
    case "store-busy": true
    default: false
    }
  }

  @Test func everyResponseThatIsDescribedIsMet() throws {
    let met = try Self.ordinary() + Self.troubled()
    let described = Contract.responses
    let known = Set(met).intersection(described)
    #expect(described.subtracting(known).filter { !Self.isBeyondTests($0) }.sorted() == [])
    // What is met is not beyond tests.
    #expect(known.filter(Self.isBeyondTests).sorted() == [])
    // Problems that are described nowhere never leave the service.
    let codes = Set(described.map(\.code)).union(Set(met).map(\.code))
    #expect(ProblemKind.allCases.filter { !codes.contains($0.rawValue) } == [])
  }

  /// Asks everything that there is once, and gives the answers.
  @discardableResult
  private static func askAll(_ house: House, token: String? = "") throws -> [Answer] {
    try [
      house.ask("POST", "/v1/decisions", House.body("CAST-14", order: "O-1"), token: token),
      house.ask("GET", "/v1/decisions/D-1", token: token),
      house.ask("GET", "/v1/decisions/D-1/explanation", token: token),
      house.ask("POST", "/v1/decisions/D-1/contest", "{}", token: token),
      house.ask("GET", "/v1/customers/CAST-14/rating", token: token),
      house.ask("POST", "/v1/facts", FactsTests.payment, token: token),
      house.ask("GET", "/v1/sources", token: token),
      house.ask("GET", "/metrics", token: token), house.ask("GET", "/healthz", token: nil),
      house.ask("GET", "/readyz", token: nil), house.ask("GET", "/openapi.json", token: nil),
    ]
  }

  private static func ordinary() throws -> [Contract.Response] {
    let house = try House()
    let all = try house.issue(Set(Scope.allCases))
    try askAll(house, token: all)
    try askAll(house, token: all)
    try askAll(house, token: nil)
    try askAll(house, token: "x")
    for scope in Scope.allCases { try askAll(house, token: house.issue([scope])) }
    let slow = try house.issue(Set(Scope.allCases), rate: 1, burst: 1)
    for _ in 0..<2 { try askAll(house, token: slow) }
    for target in ["/v1/decisions/D-1", "/v1/decisions/D-1/explanation", "/v1/customers/CAST-14/rating"] {
      try house.ask("GET", target + "?language=x")
      try house.ask("GET", target.replacing("D-1", with: "D-99").replacing("CAST-14", with: "CAST-98"))
    }
    try house.ask("GET", "/v1/decisions/D-1/explanation", headers: ["Accept: image/png"])
    let large = "\"" + String(repeating: "x", count: 70_000) + "\""
    for target in ["/v1/decisions", "/v1/decisions/D-1/contest", "/v1/facts"] {
      try house.ask("POST", target, "{")
      try house.ask("POST", target, "[]")
      try house.ask("POST", target, large)
      try house.ask("POST", target, "{}", type: "text/plain")
    }
    try house.ask("POST", "/v1/decisions/D-99/contest", "{}")
    try house.ask("POST", "/v1/decisions/D-1/contest", #"{"customer":"CAST-01"}"#)
    try house.decide(key: " ")
    try house.decide("CAST-12", key: "k")
    try house.decide("CAST-14", key: "k")
    try house.ask("GET", "/nowhere")
    try house.ask("DELETE", "/v1/facts")
    try house.ask("GET", "/v1/customers/%00/rating/x")
    try inFlight(house)
    return Array(house.met)
  }

  private static func inFlight(_ house: House) throws {
    let wire = try house.wire()
    let request = house.request(
      "POST", "/v1/decisions", Array(House.body("CAST-12").utf8), headers: ["Idempotency-Key: f"])
    try House.open(house.path).database.write { _ throws(SQLiteError) in
      wire.send(request)
      do {
        try house.decide("CAST-12", key: "f")
        try house.ask("POST", "/v1/decisions", #"{"customer":{"number":"CAST-12"},"deadlineMilliseconds":1}"#)
      } catch {
        Issue.record(error)
      }
    }
    #expect(try wire.answer().status == 201)
  }

  private static func troubled() throws -> [Contract.Response] {
    let house = try House()
    let all = try house.issue(Set(Scope.allCases))
    try house.decide("CAST-14")
    for overload in [\ServiceConfiguration.queueLimit, \.slowLimit] {
      var options = House.options
      options[keyPath: overload] = 0
      try house.start(options)
      try askAll(house, token: all)
    }
    try house.start()
    // A full disk: some writes fit into pages that are there.
    try house.fill(pages: 0)
    for _ in 0..<60
    where !house.met.contains(Contract.Response(operation: "readRating", status: "503", code: "store-full")) {
      try askAll(house, token: all)
    }
    for _ in 0..<3 { try askAll(house, token: all) }
    try house.ask("POST", "/v1/facts", FactsTests.many(400), type: "application/x-ndjson")
    try house.fill(pages: 1_000_000)
    for table in ["access_change", "intake"] {
      try house.withoutTable(table) { try askAll(house, token: all) }
    }
    try house.decide("CAST-14")
    house.clock.pass(seconds: -60)
    try askAll(house, token: all)
    house.clock.pass(seconds: 60)
    try house.activate(try House.rules.get(), inDays: 1)
    try askAll(house, token: all)
    return Array(house.met)
  }

  /// Every object of a document with its place.
  private static func walk(_ value: JSONValue, at place: String = "", _ body: (String, JSONValue) -> Void) {
    switch value {
    case .object(let object):
      body(place, value)
      for (key, member) in object.members { walk(member, at: place + "/" + key, body) }
    case .array(let items):
      for (index, item) in items.enumerated() { walk(item, at: "\(place)/\(index)", body) }
    default: break
    }
  }
}

extension JSONWriter {
  /// A value as bytes.
  fileprivate static func written(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }
}
