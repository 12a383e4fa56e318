import Access
import Decisioning
import Formats
import HumanReview
import Synchronization
import Testing
import Values

@testable import DecisionService

/// What order intake is told about a customer and an order.
@Suite struct DecidingTests {
  @Test func knownCustomersAreDecidedAboutByNumberAndByCode() throws {
    let house = try House()
    let answer = try house.decide("CAST-12", order: "O-1")
    #expect(answer.status == 201)
    #expect(answer.outcome == "accept")
    #expect(answer.json["rating"] == "A")
    #expect(answer.json["order"] == "O-1")
    #expect(answer.json["businessDate"] == "2026-06-30")
    #expect(answer["Location"] == "/v1/decisions/\(answer.decision)")
    let byCode = try house.decide(#"{"scheme":"LV-PERSONAL","code":"290252-08107"}"#, order: "O-2")
    #expect(byCode.json["customer"] == "CAST-12")
    #expect(byCode.json["score"] == answer.json["score"])
    // From the features that the first decision kept, and from the facts: the same.
    #expect(try house.metrics().contains("bonitas_decisions_from_facts_total 1\n"))
    try house.expectSound()
  }

  @Test func aRatingNeedsNoOrder() throws {
    let house = try House()
    let answer = try house.decide("CAST-14", order: nil)
    #expect(answer.status == 201)
    #expect(answer.json["order"] == .null)
    #expect(answer.json["rating"] == "F")
    // Latvian law keeps a household's electricity order from being declined.
    let order = try house.decide("CAST-14")
    #expect(order.outcome == "refer")
    #expect(order.json["bars"]?[0]?["instead"] == "decline")
    let body = #"{"customer":{"number":"CAST-14"},"purpose":"rating"}"#
    #expect(try house.ask("POST", "/v1/decisions", body).json["rating"] == "F")
    let rating = try house.ask("GET", "/v1/customers/CAST-14/rating?language=et")
    #expect(rating.json["decision"] == "D-3")
    #expect(rating.text.contains("maksehäire"))
    #expect(try house.ask("GET", "/v1/customers/CAST-12/rating").code == "no-rating")
    try house.expectSound()
  }

  @Test func whoIsNotKnownBecomesAProspectAndIsRatedAsAThinFile() throws {
    let house = try House()
    let named = try house.decide(#"{"number":"NEW/1","name":"Jauna Persona"}"#)
    #expect(named.status == 201)
    #expect(named.json["customer"] == "NEW/1")
    let coded = try house.decide(#"{"scheme":"EE-PERSONAL","code":"16501170000"}"#, order: "O-2")
    let number = try #require(coded.json["customer"]?.stringValue)
    #expect(number.hasPrefix("P-"))
    let again = try house.decide(#"{"scheme":"EE-PERSONAL","code":"16501170000"}"#, order: "O-3")
    #expect(again.json["customer"]?.stringValue == number)
    #expect(again.json["score"] == coded.json["score"])
    #expect(try house.metrics().contains("bonitas_prospects_total 2\n"))
    // Told by number, wherever it came from; a slash in it is escaped.
    #expect(
      try house.ask("GET", "/v1/customers/NEW%2F1/rating").json["decision"]?.stringValue == named.decision)
    #expect(try house.audited("prospects").count == 2)
    try house.expectSound()
  }

  @Test func manyWhoAreNewAtOnceShareACommitAndNobodyIsEnteredTwice() throws {
    let house = try House()
    let wires = try (0..<8).map { _ in try house.wire() }
    for (place, wire) in wires.enumerated() {
      let body = House.body(#"{"scheme":"EE-PERSONAL","code":"16501170000"}"#, order: "O-\(place)")
      wire.send(house.request("POST", "/v1/decisions", Array(body.utf8)))
    }
    let answers = try wires.map { try $0.answer() }
    #expect(answers.allSatisfy { $0.status == 201 })
    #expect(Set(answers.map { $0.json["customer"]?.stringValue }).count == 1)
    #expect(Set(answers.map(\.decision)).count == 8)
    try house.expectSound()
  }

  @Test func aReferralNamesItsCaseAndIsSupersededByThePersonWhoDecides() throws {
    let house = try House()
    let bad = #"{"layout":"payments","record":{"payment":"P-Z","customer":"CAST-12"}}"#
    #expect(try house.ask("POST", "/v1/facts", bad).json["quarantined"] == 1)
    let referred = try house.decide("CAST-12", order: "O-7")
    #expect(referred.outcome == "refer")
    #expect(referred.json["held"]?["case"]?.stringValue == "R-1")
    #expect(referred.json["held"]?["answerBy"] == "2026-07-02")
    try house.follow()
    // Asked again about the same order, it is held where it is already.
    let again = try house.decide("CAST-12", order: "O-7", key: "again")
    #expect(again.json["held"]?["case"]?.stringValue == "R-1")
    #expect(again.decision == "D-2")
    #expect(try house.ask("GET", "/v1/decisions/D-1").json["supersededBy"] == "D-2")
    try house.add("janis", .reviewer)
    let janis = Actor(name: "janis", roles: [.reviewer])
    try house.follow()
    let desk = try house.desk()
    let id = try #require(CaseID("R-1"))
    let claimed = try desk.claim(id, by: janis, at: house.clock.now)
    _ = try desk.decide(
      id,
      JudgementDraft(
        .changed, scope: .order, outcome: .accept, reasons: ["J-EVIDENCE"],
        text: "The payment was found; it had been typed wrongly."),
      expecting: claimed.version, by: janis, on: House.day, at: house.clock.now)
    for decision in ["D-1", "D-2"] {
      #expect(try house.ask("GET", "/v1/decisions/\(decision)").json["supersededBy"] == "D-3")
    }
    let stands = try house.ask("GET", "/v1/decisions/D-3", token: house.issue([.read], sees: .all))
    #expect(stands.outcome == "accept")
    #expect(stands.json["kind"] == "human")
    // What was answered is answered again the same, whatever became of it since.
    #expect(try house.decide("CAST-12", order: "O-7", key: "again").body == again.body)
    try house.expectSound()
  }

  @Test func reasonsAreToldInTheLanguageThatIsAsked() throws {
    let house = try House()
    let texts = try ["en", "lv", "et"].map { language in
      try house.decide("CAST-14", language: language).json["reasons"]?[0]?["text"]?.stringValue
    }
    #expect(Set(texts).count == 3)
    // Read later in the language of the request, unless another is asked for.
    #expect(try house.ask("GET", "/v1/decisions/D-2").json["reasons"]?[0]?["text"]?.stringValue == texts[1])
    #expect(
      try house.ask("GET", "/v1/decisions/D-2?language=et").json["reasons"]?[0]?["text"]?.stringValue
        == texts[2])
  }

  @Test func aStopRefersUntilItIsLifted() throws {
    let house = try House()
    #expect(try house.decide(order: "O-1").outcome == "accept")
    try house.stopAutomation()
    let stopped = try house.decide(order: "O-2")
    #expect(stopped.outcome == "refer")
    #expect(stopped.json["bars"]?[0]?["code"] == "stop-switch")
    #expect(stopped.json["held"]?["case"]?.stringValue == "R-2")
    try house.add("liga", .senior)
    try house.stopAutomation(lifting: 1)
    #expect(try house.decide(order: "O-3").outcome == "accept")
    try house.expectSound()
  }

  @Test func anotherRuleSetDecidesFromTheNextRequestOn() throws {
    let house = try House()
    let before = try house.decide("CAST-14")
    let text = "are still open in the arrears register"
    house.rules.files.withLock {
      $0 = (try? House.rules("reasons/en.json", replacing: text, with: "ARE OPEN")) ?? $0
    }
    // The folder changes nothing before it is read again.
    #expect(try house.decide("CAST-14").json["ruleSet"] == before.json["ruleSet"])
    try house.reload()
    let reloaded = try house.decide("CAST-14")
    #expect(reloaded.json["ruleSet"] != before.json["ruleSet"])
    #expect(reloaded.text.contains("ARE OPEN"))
    // A folder with a fault decides nothing; what decided before goes on.
    house.rules.files.withLock { $0 = .init([:]) }
    #expect(throws: Problem.self) { try house.reload() }
    #expect(try house.decide("CAST-14").json["ruleSet"] == reloaded.json["ruleSet"])
    // What is activated needs no signal, and the folder counts no more.
    try house.activate(try House.rules("reasons/en.json", replacing: text, with: "STAND OPEN"))
    let activated = try house.decide("CAST-14")
    #expect(activated.text.contains("STAND OPEN"))
    // Old decisions keep the words of their rules.
    #expect(try house.ask("GET", "/v1/decisions/D-1").text.contains(text))
    #expect(try house.ask("GET", "/v1/decisions/D-1/explanation").status == 200)
    try house.expectSound()
  }
}
