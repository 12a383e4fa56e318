import Access
import FactStore
import Formats
import SQLite
import Testing
import Values

@testable import DecisionService

/// Requests that are sent again.
@Suite struct RetryTests {
  @Test func aRetryGetsTheFirstAnswerByteForByteAlsoAfterARestart() throws {
    let house = try House()
    let first = try house.decide("CAST-14", key: "k-1", language: "lv")
    #expect(first["Idempotency-Replayed"] == nil)
    let other = try house.decide("CAST-14", key: "k-2", language: "lv")
    #expect(other.decision == "D-2")
    for key in ["k-1", "\"k-1\""] {
      let again = try house.decide("CAST-14", key: key, language: "lv")
      #expect(again.status == 201)
      #expect(again.body == first.body)
      #expect(again["Idempotency-Replayed"] == "true")
      #expect(again["Location"] == first["Location"])
    }
    try house.start()
    let late = try house.decide("CAST-14", key: "k-1", language: "lv")
    #expect(late.body == first.body)
    #expect(late["Idempotency-Replayed"] == "true")
    #expect(try house.integer("SELECT count(*) FROM decision") == 2)
    #expect(try house.metrics().contains("bonitas_idempotency_keys 2\n"))
    // Each of them told something, which is in the audit log.
    #expect(try house.told().count == 3)
    try house.expectSound()
  }

  @Test func aKeyIsForOneContent() throws {
    let house = try House()
    try house.decide("CAST-14", key: "k")
    let other = try house.decide("CAST-12", key: "k")
    #expect(other.code == "idempotency-other-body")
    #expect(other.json["detail"]?.stringValue?.contains("D-1") == true)
    // What was refused holds no key.
    #expect(try house.decide("CAST-12", order: "", key: "l").code == "invalid-member")
    #expect(try house.decide("CAST-12", key: "l").status == 201)
  }

  @Test func aKeyCountsForAUserAndACompany() throws {
    let house = try House()
    let first = try house.decide(key: "k")
    #expect(try house.decide(key: "k", token: house.issue()).body == first.body)
    #expect(try house.decide(key: "k", token: house.issue(company: "Another")).decision == "D-2")
    try house.add("portal", .service)
    #expect(try house.decide(key: "k", token: house.issue(to: "portal")).decision == "D-3")
    #expect(try house.decide(key: "k").body == first.body)
  }

  @Test func aKeyIsForgottenWhenItsTimeIsOver() throws {
    var options = House.options
    options.idempotencyHours = 2
    let house = try House(options)
    try house.decide(key: "k")
    house.clock.pass(seconds: 7_100)
    #expect(try house.decide(key: "k").decision == "D-1")
    house.clock.pass(seconds: 200)
    #expect(try house.decide(key: "k").decision == "D-2")
    #expect(try house.decide(key: "k").decision == "D-2")
    try house.start(options)
    #expect(try house.decide(key: "k").decision == "D-2")
    house.clock.pass(seconds: 8_000)
    try house.start(options)
    #expect(try house.metrics().contains("bonitas_idempotency_keys 0\n"))
  }

  @Test func theSecondOfTwoAtOnceIsToldToWait() throws {
    let house = try House()
    let second = try House.open(house.path)
    let (body, other) = (Array(House.body("CAST-12").utf8), Array(House.body("CAST-14").utf8))
    let (waiting, late, wrong) = (try house.wire(), try house.wire(), try house.wire())
    let key = ["Idempotency-Key: k"]
    // While another process writes, the first waits for its turn.
    try second.database.write { _ throws(SQLiteError) in
      do {
        waiting.send(house.request("POST", "/v1/decisions", body, headers: key))
        late.send(house.request("POST", "/v1/decisions", body, headers: key))
        let inFlight = try late.answer()
        #expect(inFlight.code == "idempotency-in-flight")
        #expect(inFlight["Retry-After"] == "1")
        Contract.check(inFlight, to: "POST", "/v1/decisions")
        wrong.send(house.request("POST", "/v1/decisions", other, headers: key))
        #expect(try wrong.answer().code == "idempotency-other-body")
      } catch {
        Issue.record(error)
      }
    }
    let first = try waiting.answer()
    #expect(first.status == 201)
    #expect(try house.decide(key: "k").body == first.body)
    try house.expectSound()
  }

  @Test(arguments: ["", "\"\"", "a b", String(repeating: "k", count: 256), "ķ"])
  func aKeyIsPrintableAndNotTooLong(_ key: String) throws {
    let house = try Shared.house.get()
    #expect(try house.decide(key: key).code == "invalid-idempotency-key")
  }
}
