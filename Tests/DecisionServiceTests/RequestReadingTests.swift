import Decisioning
import Facts
import Formats
import HTTPServer
import TestSupport
import Testing
import Values

@testable import DecisionService

/// Addresses, parameters and contents as they are read.
@Suite struct RequestReadingTests {
  @Test func everyAddressHasItsRouteAndMethods() throws {
    let routes: [(HTTPMethod, String, String)] = [
      (.post, "/v1/decisions", "decide"), (.get, "/v1/decisions/D-7", "decision"),
      (.get, "/v1/decisions/D-7/explanation", "explanation"), (.post, "/v1/decisions/D-7/contest", "contest"),
      (.get, "/v1/customers/CAST-1/rating", "rating"), (.post, "/v1/facts", "facts"),
      (.get, "/v1/sources", "sources"),
      (.get, "/healthz", "healthz"), (.get, "/readyz", "readyz"), (.get, "/metrics", "metrics"),
      (.get, "/openapi.json", "openapi"),
    ]
    #expect(routes.map(\.2) == Route.names)
    for (method, path, name) in routes {
      #expect(try Route(method, path).name == name)
      for other in HTTPMethod.allCases where other != method {
        if other == .head, method == .get {
          #expect(try Route(other, path).name == name)
        } else {
          let problem = #expect(throws: Problem.self) { try Route(other, path) }
          #expect(problem?.kind == .methodNotAllowed)
          #expect(problem?.allow == (method == .get ? ["GET", "HEAD"] : ["POST"]))
        }
      }
    }
    #expect(try Route(.get, "/v1/customers/a%2Fb%20%C4%81/rating") == .rating(customer: "a/b ā"))
  }

  @Test func textOfAddressesIsDecodedOnce() {
    for (text, decoded) in [
      ("", ""), ("abc", "abc"), ("a+b", "a+b"), ("%41%2f%2F", "A//"), ("%2541", "%41"), ("%C5%86", "ņ"),
      ("ņ", "ņ"),
    ] { #expect(QueryText.decoded(text) == decoded) }
    for text in ["%", "%4", "%g0", "%0g", "%ff", "%C5", "%C0%AF", "a%"] {
      #expect(QueryText.decoded(text) == nil)
    }
  }

  @Test func everyTextSurvivesItsEncoding() {
    var chance = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let scalars = (0..<chance.number(below: 12)).compactMap { _ in
        Unicode.Scalar(UInt32(chance.number(below: 0x11000)))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let encoded = text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(QueryText.decoded(encoded).map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test func parametersAreKnownOnceAndReadable() throws {
    #expect(try QueryText.parameters(nil, known: []).isEmpty)
    #expect(try QueryText.parameters("&a=1&&b=%20", known: ["a", "b"]) == ["a": "1", "b": " "])
    for query in ["a", "a=1&a=1", "c=1", "=1", "a=%", "A=1"] {
      let problem = #expect(throws: Problem.self) { try QueryText.parameters(query, known: ["a", "b"]) }
      #expect(problem?.kind == .invalidParameter)
    }
    #expect(throws: Problem.self) { try QueryText.parameters("a=1", known: []) }
  }

  @Test func membersAreAskedForByName() throws {
    let members = try Self.members(
      #"{"text": "ā b", "none": null, "number": 7, "word": "two"}"#,
      known: ["text", "none", "number", "word", "missing"])
    #expect(try members.text("text", limit: 4) == "ā b")
    #expect(try members.text("none", limit: 4) == nil)
    #expect(try members.integer("number", in: 1...7) == 7)
    #expect(try members.integer("missing", in: 1...7) == nil)
    #expect(try members.choice("word", [("one", 1), ("two", 2)], missing: 0) == 2)
    #expect(try members.choice("missing", [("one", 1)], missing: nil) == nil)
    for refused: () throws -> Void in [
      { _ = try members.text("text", limit: 3) }, { _ = try members.text("number", limit: 9) },
      { _ = try members.integer("number", in: 1...6) }, { _ = try members.integer("text", in: 1...6) },
      { _ = try members.choice("word", [("one", 1)], missing: 0) }, { _ = try members.required("missing") },
    ] {
      let problem = #expect(throws: Problem.self) { try refused() }
      #expect(problem?.kind == .invalidMember)
      #expect(problem?.pointer?.hasPrefix("/x/") == true)
    }
    let other = #expect(throws: Problem.self) { try Self.members(#"{"a/~": 1}"#, known: ["a"]) }
    #expect(other?.pointer == "/x/a~1~0")
    let long = #expect(throws: Problem.self) {
      try Self.members("{\"\(String(repeating: "k", count: 5000))\": 1}", known: [])
    }
    #expect((long?.pointer?.count ?? 0) < 100)
  }

  private static func members(_ text: String, known: [StaticString]) throws -> JSONMembers {
    try JSONMembers(Array(text.utf8), limits: JSONLimits(), at: "/x", known: known)
  }

  @Test func aRequestSaysWhoseLawAppliesAndWhatSomebodyIs() throws {
    let read = { (body: String) in try DecisionRequest(Array(body.utf8)) }
    let estonian = try read(#"{"customer":{"scheme":"EE-REGISTRY","code":"20000002"}}"#)
    #expect(estonian.jurisdiction == .estonia)
    #expect(estonian.customer.kind == .business)
    #expect(estonian.purpose == .rating)
    let number = try read(#"{"customer":{"number":"C"},"deadlineMilliseconds":60000}"#)
    #expect(number.jurisdiction == .latvia)
    #expect(number.customer.kind == .prospect)
    #expect(number.deadlineMilliseconds == 60_000)
    let order = try read(House.body(#"{"scheme":"EE-REGISTRY","code":"20000002","kind":"household"}"#))
    #expect(order.jurisdiction == .latvia)
    #expect(order.customer.kind == .household)
    #expect(order.purpose == .order)
  }

  @Test func noContentWhateverItIsTraps() {
    var chance = SeededGenerator(seed: 11)
    let whole = Array(House.body(#"{"scheme":"LV-PERSONAL","code":"290252-08107","name":"Ā"}"#).utf8)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<1 + chance.number(below: 4) {
        bytes[chance.number(below: bytes.count)] = UInt8(truncatingIfNeeded: chance.next())
      }
      bytes.removeLast(chance.number(below: 3))
      do { _ = try DecisionRequest(bytes) } catch { #expect([400, 413, 422].contains(error.kind.status)) }
    }
  }
}
