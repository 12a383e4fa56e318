import Formats
import Testing
import Values

@testable import DecisionService

/// Requests that no caller should send, and callers do.
@Suite struct BadInputTests {
  @Test(arguments: [
    ("", "line 1"), ("{", "line 1"), ("{\"customer\":}", "column 13"),
    ("{\n  \"customer\" 1}", "line 2, column 14"),
    ("{'customer':1}", "column 2"), (#"{"customer":{"number":"C"},"customer":{"number":"D"}}"#, "customer"),
    (#"{"customer":NaN}"#, "column 13"), (#"{"customer":Infinity}"#, "column 13"),
    (#"{"customer":01}"#, "column"),
    (#"{"customer":{"number":"\ud800"}}"#, "column"), ("{\"customer\":{\"number\":\"a\u{1}\"}}", "column"),
    (#"{"customer":{"number":"C"}} x"#, "column"), (#"{"customer":1e999999999}"#, "column"),
    (#"{"customer":{"number":"C"},"order":"# + String(repeating: "[", count: 100), "column"),
    (
      #"{"customer":{"number":"C"},"deadlineMilliseconds":"# + String(repeating: "9", count: 400) + "}",
      "column"
    ),
  ])
  func malformedContentIsToldByItsPosition(_ body: String, _ position: String) throws {
    let answer = try Shared.house.get().ask("POST", "/v1/decisions", body)
    #expect(answer.code == "malformed-json")
    let detail = answer.json["detail"]?.stringValue ?? ""
    #expect(detail.contains(position), "\(detail)")
  }

  @Test func bytesThatAreNoUTF8AreToldByTheirPosition() throws {
    let house = try Shared.house.get()
    for bytes: [UInt8] in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3]] {
      let body = Array(#"{"customer":{"number":""#.utf8) + bytes + Array(#""}}"#.utf8)
      let answer = try house.ask("POST", "/v1/decisions", bytes: body)
      #expect(answer.code == "malformed-json")
      #expect(answer.json["detail"]?.stringValue?.contains("column 24") == true, "\(answer.text)")
    }
  }

  @Test(arguments: [
    ("[]", ""), ("null", ""), ("7", ""), ("{}", "/customer"), (#"{"customer":"C"}"#, "/customer"),
    (#"{"customer":{}}"#, "/customer"), (#"{"customer":{"number":""}}"#, "/customer/number"),
    (#"{"customer":{"number":7}}"#, "/customer/number"),
    (#"{"customer":{"number":" "}}"#, "/customer/number"),
    (#"{"customer":{"number":"a\nb"}}"#, "/customer/number"),
    (#"{"customer":{"number":"C","who":1}}"#, "/customer/who"),
    (#"{"customer":{"number":"C","a/b~c":1}}"#, "/customer/a~1b~0c"),
    (#"{"customer":{"number":"C","scheme":"LV-PERSONAL","code":"290252-08107"}}"#, "/customer"),
    (#"{"customer":{"scheme":"LV-PERSONAL"}}"#, "/customer"),
    (#"{"customer":{"scheme":"XX","code":"1"}}"#, "/customer/scheme"),
    (#"{"customer":{"scheme":"LV-PERSONAL","code":"310252-08107"}}"#, "/customer/code"),
    (#"{"customer":{"scheme":"EE-PERSONAL","code":"16501170001"}}"#, "/customer/code"),
    (#"{"customer":{"number":"C","kind":"robot"}}"#, "/customer/kind"),
    (#"{"customer":{"number":"C"},"order":[]}"#, "/order"),
    (#"{"customer":{"number":"C"},"order":{}}"#, "/order/reference"),
    (#"{"customer":{"number":"C"},"purpose":"fun"}"#, "/purpose"),
    (#"{"customer":{"number":"C"},"purpose":"order"}"#, "/order"),
    (#"{"customer":{"number":"C"},"language":"de"}"#, "/language"),
    (#"{"customer":{"number":"C"},"deadlineMilliseconds":0}"#, "/deadlineMilliseconds"),
    (#"{"customer":{"number":"C"},"deadlineMilliseconds":1.5}"#, "/deadlineMilliseconds"),
    (#"{"customer":{"number":"C"},"deadlineMilliseconds":"9"}"#, "/deadlineMilliseconds"),
    (#"{"customer":{"number":"C"},"deadlineMilliseconds":60001}"#, "/deadlineMilliseconds"),
    (#"{"customer":{"number":"C"},"extra":null}"#, "/extra"),
  ])
  func aMemberThatCannotBeTakenIsPointedAt(_ body: String, _ pointer: String) throws {
    try expectRefused(body, pointer)
  }

  @Test(arguments: [
    (#""reference":"""#, "/reference"), (#""product":7"#, "/product"),
    (#""commodity":"water""#, "/commodity"),
    (#""jurisdiction":"lv""#, "/jurisdiction"), (#""jurisdiction":"LVA""#, "/jurisdiction"),
    (#""expectedMonthlyAmount":"64""#, "/expectedMonthlyAmount"),
    (#""expectedMonthlyAmount":-1,"currency":"EUR""#, "/expectedMonthlyAmount"),
    (#""expectedMonthlyAmount":1"#, "/currency"),
    (#""expectedMonthlyAmount":1,"currency":"euro""#, "/currency"),
    (#""deliveryPoint":"""#, "/deliveryPoint"), (#""colour":"red""#, "/colour"), (#""a/b":1"#, "/a~1b"),
  ])
  func aMemberOfAnOrderIsPointedAt(_ member: String, _ pointer: String) throws {
    let name = member.split(separator: "\"").first.map(String.init) ?? ""
    let others = [
      "reference": #""reference":"O""#, "product": #""product":"p""#, "commodity": #""commodity":"gas""#,
      "jurisdiction": #""jurisdiction":"LV""#,
    ].filter { $0.key != name }.values.joined(separator: ",")
    try expectRefused(#"{"customer":{"number":"C"},"order":{\#(others),\#(member)}}"#, "/order" + pointer)
  }

  /// What the service refuses, its description refuses as well, as far as a schema can tell.
  private func expectRefused(_ body: String, _ pointer: String) throws {
    let answer = try Shared.house.get().ask("POST", "/v1/decisions", body)
    #expect(answer.code == "invalid-member")
    #expect(answer.json["pointer"] == .string(pointer))
    let beyondSchemas = ["/customer/code", "/currency", "/customer/number", "/order"]
    if !beyondSchemas.contains(where: { pointer.hasSuffix($0) }) {
      #expect(!Contract.faults(of: try JSONReader.parse(body), to: "POST", "/v1/decisions").isEmpty)
    }
  }

  @Test func contentThatIsTooLargeIsRefused() throws {
    let house = try Shared.house.get()
    let large = #"{"customer":{"number":""# + String(repeating: "9", count: 70_000) + #""}}"#
    #expect(try house.ask("POST", "/v1/decisions", large).code == "body-too-large")
    let huge = [UInt8](repeating: 0x20, count: 10 << 20)
    for target in ["/v1/decisions", "/v1/facts", "/nowhere"] {
      let answer = try house.ask("POST", target, bytes: huge)
      #expect(answer.code == "http-body-too-large")
      #expect(answer["Connection"] == "close")
    }
  }

  @Test(arguments: [
    nil, "text/json", "application/json; charset=latin1", "application/x-www-form-urlencoded", "",
  ])
  func contentOfAnotherTypeIsRefused(_ type: String?) throws {
    let house = try Shared.house.get()
    for target in ["/v1/decisions", "/v1/decisions/\(try Shared.decision.get())/contest"] {
      #expect(try house.ask("POST", target, "{}", type: type).code == "unsupported-media-type")
    }
  }

  @Test(arguments: [
    "application/json", "Application/JSON ; charset=UTF-8", "application/json;charset=utf-8;x=y",
  ])
  func theTypeMayBeWrittenAsTheStandardAllows(_ type: String) throws {
    #expect(try Shared.house.get().ask("POST", "/v1/decisions", "{}", type: type).code == "invalid-member")
  }

  @Test(arguments: [
    "/", "/v1", "/v1/", "/v2/decisions", "/v1/decisions/D-1/explanation/x", "/v1/decisions/D-1/",
    "/v1/customers/CAST-12", "/V1/decisions", "//v1/decisions", "/v1//decisions", "/healthz/",
    "/v1/%64ecisions",
  ])
  func nothingIsAtOtherAddresses(_ target: String) throws {
    #expect(try Shared.house.get().ask("GET", target).code == "unknown-route")
  }

  @Test(arguments: [
    "", "D-0", "D-01", "D--1", "D-", "d-1", "1", "D-99999999999999999999", "D-1%00", "%44-1", "R-1",
    "D-9007199254740993",
  ])
  func whatNamesNoDecisionIsNotFound(_ name: String) throws {
    let house = try Shared.house.get()
    #expect(try house.ask("GET", "/v1/decisions/" + name).code == "unknown-decision")
    #expect(try house.ask("POST", "/v1/decisions/\(name)/contest", "{}").code == "unknown-decision")
  }

  @Test(arguments: [
    ("GET", "/v1/decisions", "POST"), ("PUT", "/v1/decisions", "POST"),
    ("DELETE", "/v1/decisions/D-1", "GET, HEAD"),
    ("POST", "/v1/decisions/D-1", "GET, HEAD"), ("GET", "/v1/decisions/D-1/contest", "POST"),
    ("PATCH", "/v1/facts", "POST"), ("POST", "/healthz", "GET, HEAD"), ("OPTIONS", "/metrics", "GET, HEAD"),
    ("HEAD", "/v1/facts", "POST"),
  ])
  func otherMethodsAreRefusedWithThoseThatAreTaken(_ method: String, _ target: String, _ allowed: String)
    throws
  {
    let answer = try Shared.house.get().ask(method, target)
    #expect(answer.status == 405)
    #expect(answer["Allow"] == allowed)
  }

  @Test(arguments: [
    "?language=de", "?language=", "?language", "?Language=en", "?language=en&language=lv", "?x=1",
    "?language=%ff", "?=en", "?audience=auditor",
  ])
  func parametersThatCannotBeTakenAreRefused(_ query: String) throws {
    let house = try Shared.house.get()
    let decision = try Shared.decision.get()
    #expect(try house.ask("GET", "/v1/decisions/\(decision)/explanation" + query).code == "invalid-parameter")
    #expect(try house.ask("GET", "/v1/decisions/\(decision)" + query).code == "invalid-parameter")
    #expect(try house.ask("GET", "/v1/customers/CAST-14/rating" + query).code == "invalid-parameter")
  }

  @Test(arguments: ["%", "%4", "%zz", "%ff", String(repeating: "x", count: 121)])
  func aCustomerNumberInAnAddressHasToBeReadable(_ number: String) throws {
    #expect(try Shared.house.get().ask("GET", "/v1/customers/\(number)/rating").code != "no-rating")
  }

  @Test func whatIsNoHTTPIsRefusedAsAProblemAndTheConnectionClosed() throws {
    let house = try Shared.house.get()
    for (text, code) in [
      ("GET /healthz HTTP/1.1\r\n\r\n", "http-missing-host"),
      ("GET /healthz\r\n\r\n", "http-invalid-request-line"),
      ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "http-duplicate-host"),
      ("GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n", "http-unsupported-version"),
      (
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "http-length-and-transfer-encoding"
      ),
      ("BREW /coffee HTTP/1.1\r\nHost: a\r\n\r\n", "http-unknown-method"),
    ] {
      let wire = try house.wire()
      wire.send(Array(text.utf8))
      let answer = try wire.answer()
      #expect(answer.code == code)
      #expect(answer["Connection"] == "close")
      Contract.check(answer, to: "GET", "/nowhere")
    }
  }

  @Test func requestsOfOneConnectionAreAnsweredInTheirOrder() throws {
    let house = try House()
    let wire = try house.wire()
    let body = Array(House.body("CAST-12").utf8)
    wire.send(
      house.request("POST", "/v1/decisions", body) + house.request("GET", "/healthz", nil)
        + house.request("POST", "/v1/decisions", Array("{".utf8))
        + house.request("POST", "/v1/decisions", body)
        + house.request("GET", "/v1/decisions/D-1/explanation", nil)
        + house.request("GET", "/v1/decisions/D-1", nil))
    let statuses = try (0..<6).map { _ in try wire.answer().status }
    // The last three were asked before the first was stored.
    #expect(statuses[..<4] == [201, 200, 400, 201])
    #expect(statuses[4...].allSatisfy { $0 == 200 || $0 == 404 })
  }
}
