import Access
import Facts
import Formats
import Testing
import Values

@testable import DecisionService

/// Decisions and explanations read, by those who may see them.
@Suite struct ReadingTests {
  @Test func explanationsComeInThreeLanguagesAndThreeForms() throws {
    let house = try House()
    let decision = try house.decide("CAST-14").decision
    var texts: Set<String> = []
    for language in ["en", "lv", "et"] {
      for (accept, type) in [
        ("application/json", "application/json"), ("text/plain", "text/plain; charset=utf-8"),
        ("text/html, */*;q=0.1", "text/html; charset=utf-8"),
      ] {
        let answer = try house.ask(
          "GET", "/v1/decisions/\(decision)/explanation?language=\(language)", headers: ["Accept: " + accept])
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == type)
        #expect(answer["Content-Language"] == language)
        #expect(answer.text.contains("CAST-14"))
        texts.insert(answer.text)
      }
    }
    #expect(texts.count == 9)
    #expect(try house.told().count == 9)
    try house.expectSound()
  }

  @Test(arguments: [
    (nil, "application/json"), ("*/*", "application/json"), ("application/*", "application/json"),
    ("text/*", "text/plain; charset=utf-8"), ("image/png, TEXT/HTML ;q=1", "text/html; charset=utf-8"),
  ])
  func whatIsAcceptedIsGiven(_ accept: String?, _ type: String) throws {
    let house = try Shared.house.get()
    let answer = try house.ask(
      "GET", "/v1/decisions/\(Shared.decision.get())/explanation",
      headers: accept.map { ["Accept: " + $0] } ?? [])
    #expect(answer["Content-Type"] == type)
  }

  @Test func theReviewersViewIsForThoseWhoSeeEverything() throws {
    let house = try Shared.house.get()
    let target = "/v1/decisions/\(try Shared.decision.get())/explanation?audience=reviewer"
    #expect(try house.ask("GET", target).code == "out-of-scope")
    let answer = try house.ask("GET", target, token: house.issue([.read], sees: .all))
    #expect(answer.json["knockOuts"] != nil)
    let all = try house.issue([.read], sees: .all)
    #expect(
      try house.ask("GET", target.replacing("reviewer", with: "auditor"), token: all).code
        == "invalid-parameter")
  }

  @Test func eachCompanySeesItsOwnDecisions() throws {
    let house = try House()
    let own = try house.decide("CAST-14", order: "O-1").decision
    let other = try house.issue(company: "Another")
    let foreign = try house.decide("CAST-14", order: "O-2", token: other).decision
    let all = try house.issue([.read], company: "Regulator", sees: .all)
    for path in ["", "/explanation"] {
      let target = "/v1/decisions/" + foreign + path
      let hidden = try house.ask("GET", target)
      #expect(hidden.code == "unknown-decision")
      // Not even that it exists is told.
      let missing = try house.ask("GET", "/v1/decisions/D-999" + path)
      #expect(hidden.json["title"] == missing.json["title"])
      #expect(
        hidden.text.replacing(foreign, with: "D-999").contains(missing.json["detail"]?.stringValue ?? "?"))
      #expect(try house.ask("GET", target, token: other).status == 200)
      #expect(try house.ask("GET", target, token: all).status == 200)
    }
    #expect(try house.ask("POST", "/v1/decisions/\(foreign)/contest", "{}").code == "unknown-decision")
    // The newest is another company's, so there is no rating to be told.
    #expect(try house.ask("GET", "/v1/customers/CAST-14/rating").code == "no-rating")
    #expect(try house.ask("GET", "/v1/customers/CAST-14/rating", token: all).decision == foreign)
    #expect(try house.ask("GET", "/v1/decisions/\(own)", token: other).code == "unknown-decision")
  }

  @Test func aTokenForOneCountryIsForItsCustomers() throws {
    let house = try House()
    try house.decide("CAST-12")
    let estonian = try house.issue(jurisdictions: [.estonia])
    let order = #","order":{"reference":"O-9","product":"x","commodity":"gas","jurisdiction":"EE"}}"#
    // By the order's country, by the customer's own, by that of the code.
    #expect(try house.decide("CAST-05", token: estonian).code == "out-of-scope")
    #expect(
      try house.ask("POST", "/v1/decisions", #"{"customer":{"number":"CAST-12"}"# + order, token: estonian)
        .code
        == "out-of-scope")
    #expect(
      try house.decide(#"{"scheme":"LV-PERSONAL","code":"290252-08107"}"#, order: nil, token: estonian).code
        == "out-of-scope")
    #expect(
      try house.ask("POST", "/v1/decisions", #"{"customer":{"number":"CAST-05"}"# + order, token: estonian)
        .status
        == 201)
    #expect(try house.ask("GET", "/v1/decisions/D-1", token: estonian).code == "unknown-decision")
    #expect(try house.ask("GET", "/v1/customers/CAST-12/rating", token: estonian).code == "no-rating")
  }

  @Test func everyDisclosureIsRecordedBeforeItIsMade() throws {
    let house = try House()
    let decision = try house.decide("CAST-14", key: "k").decision
    #expect(try house.told().isEmpty)
    #expect(try house.audited("disclosed").map { $0["company"] } == ["Supplier"])
    try house.ask("GET", "/v1/decisions/\(decision)")
    try house.ask("GET", "/v1/customers/CAST-14/rating")
    try house.ask("GET", "/v1/decisions/\(decision)/explanation")
    try house.ask("HEAD", "/v1/decisions/\(decision)")
    try house.decide("CAST-14", key: "k")
    try house.ask("GET", "/v1/decisions/D-99")
    let told = try house.told()
    #expect(
      told.map { $0["content"]?.stringValue } == [
        "decision", "rating", "explanation", "decision", "decision",
      ])
    #expect(told.allSatisfy { $0["company"] == "Supplier" && $0["purpose"] == "order-intake" })
    #expect(told.allSatisfy { $0["decisions"] == [.string(decision)] })
    try house.expectSound()
  }

  @Test func sourcesAndTheServiceItselfAreTold() throws {
    let house = try Shared.house.get()
    #expect(try house.ask("GET", "/v1/sources").json["sources"] == [])
    #expect(try house.ask("GET", "/healthz", token: nil).json == ["healthy": true])
    #expect(try house.ask("HEAD", "/healthz", token: nil).status == 200)
    #expect(try house.ask("GET", "/openapi.json", token: nil).json == Contract.document)
    #expect(try house.ask("GET", "/readyz", token: nil).json["ready"] == true)
  }

  @Test func theIdOfARequestIsTheCallersWhereItCanStandInALog() throws {
    let house = try House()
    #expect(
      try house.ask("GET", "/healthz", token: nil, headers: ["X-Request-Id: a.B_9-z"])["X-Request-Id"]
        == "a.B_9-z")
    for id in ["", "a b", "\"x\"", String(repeating: "a", count: 129), "ā"] {
      let answer = try house.ask("GET", "/healthz", token: nil, headers: ["X-Request-Id: " + id])
      #expect(answer["X-Request-Id"]?.count == 15)
    }
    #expect(house.log.all.contains { $0.contains(#""request":"a.B_9-z""#) })
  }

  @Test func theLogNamesNobody() throws {
    let house = try House()
    try house.decide(#"{"scheme":"LV-PERSONAL","code":"290252-08107","name":"Anna"}"#, key: "secret-key")
    try house.ask("GET", "/v1/customers/CAST-14/rating")
    try house.ask("GET", "/v1/customers/CAST-12/rating")
    try house.ask("GET", "/v1/nothing/290252-08107")
    let log = house.log.all.joined()
    for word in ["290252", "Anna", "CAST", "secret-key", house.token] { #expect(!log.contains(word)) }
    for line in house.log.all { #expect((try? JSONReader.parse(line)) != nil) }
    let metrics = try house.metrics()
    for word in ["290252", "Anna", "CAST", "D-1"] { #expect(!metrics.contains(word)) }
  }
}
