import Access
import FactStore
import Facts
import Formats
import Foundation
import HTTPClient
import Ingestion
import SQLite
import Synchronization
import Testing
import Values

@testable import DecisionService

/// Registers that are asked before a decision, and what becomes of it when they say nothing.
@Suite struct PullTests {
  /// A register that answers as the test says; it is asked by no network.
  private final class Register: Sendable {
    /// What it answers; nil for nothing, ever.
    let answer = Mutex<ClientResponse?>(nil)
    let asked = Mutex(0)

    func pulls() throws -> RegisterPulls {
      let declared = #"""
        {"sources": [{"name": "courts", "kinds": ["register-entries"], "schemes": ["LV-PERSONAL"],
          "url": "https://register.example/v1", "maximumAgeHours": 24, "timeoutMilliseconds": 2000,
          "purpose": "credit-rating", "legalGround": "contract"}]}
        """#
      return try RegisterPulls(
        try RegisterSources(Array(declared.utf8), file: "sources.json"),
        transport: { [self] _, _, completion in
          asked.withLock { $0 += 1 }
          if let answer = answer.withLock({ $0 }) { completion(.success(answer)) }
        }, credential: { _ in nil }, chance: { $0.lowerBound })
    }

    func say(_ entries: String) {
      let body =
        #"{"subject":{"scheme":"LV-PERSONAL","code":"29025208107"},"state":"answered","entries":[\#(entries)]}"#
      answer.withLock {
        $0 = ClientResponse(status: 200, fields: ["content-type": "application/json"], body: Array(body.utf8))
      }
    }
  }

  @Test func aRegisterThatSaysNothingInTimeRefers() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    let body = #"{"customer":{"number":"CAST-12"},"deadlineMilliseconds":3000}"#
    let answer = try house.ask("POST", "/v1/decisions", body)
    #expect(answer.status == 201)
    #expect(answer.outcome == "refer")
    #expect(answer.json["bars"]?[0]?["code"] == "silent-source:courts")
    #expect(answer.json["held"] != .null)
    // Who has no code of its scheme is not asked about.
    #expect(try house.decide("CAST-05").status == 201)
    #expect(register.asked.withLock { $0 } >= 1)
    let sources = try house.ask("GET", "/v1/sources").json["sources"]
    #expect(sources?[0]?["source"] == "courts")
    #expect(sources?[0]?["breaker"] == "closed")
    #expect(try house.metrics().contains(#"bonitas_source_breaker_open{source="courts"} 0"#))
    try house.expectSound()
  }

  @Test func whatARegisterSaysIsInTheDecisionAndNotAskedAgain() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    register.say("")
    let first = try house.decide("CAST-12", key: "k")
    #expect(first.outcome == "accept")
    #expect(try house.decide("CAST-12", order: "O-2").outcome == "accept")
    #expect(try house.decide("CAST-12", key: "k").body == first.body)
    #expect(register.asked.withLock { $0 } == 1)
    register.say(
      #"{"kind":"register-entries","id":"R1","register":"courts","type":"insolvency","since":"2026-01-02"}"#)
    #expect(try house.decide("CAST-12", order: "O-3").outcome == "accept")
    house.clock.pass(seconds: 25 * 3600)
    #expect(try house.decide("CAST-12", order: "O-4").outcome != "accept")
    #expect(register.asked.withLock { $0 } == 2)
    try house.expectSound()
  }

  @Test func anAnswerThatBreaksItsContractRefersAndIsNoFact() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    register.say(#"{"kind":"rumour"}"#)
    let answer = try house.decide("CAST-12")
    #expect(answer.outcome == "refer")
    #expect(answer.json["bars"]?[0]?["code"] == "silent-source:courts")
    register.say("")
    #expect(try house.decide("CAST-12", order: "O-2").outcome == "accept")
    try house.expectSound()
  }

  @Test func nobodyIsAskedAboutACustomerOfAnotherCountry() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    let estonian = try house.issue(jurisdictions: [.estonia])
    let body = House.body("CAST-12").replacing(#""jurisdiction":"LV""#, with: #""jurisdiction":"EE""#)
    #expect(try house.ask("POST", "/v1/decisions", body, token: estonian).code == "out-of-scope")
    #expect(register.asked.withLock { $0 } == 0)
  }

  @Test func whatOneFindsOutAtTheSameTimeIsNotInTheOthersDecision() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    let (first, silent, told) = (try house.wire(), try house.wire(), try house.wire())
    let body = Array(#"{"customer":{"number":"CAST-12"},"deadlineMilliseconds":100}"#.utf8)
    // While another process writes, the first waits for its turn, and the two behind it share the next commit.
    try House.open(house.path).database.write { _ throws(SQLiteError) in
      first.send(house.request("POST", "/v1/decisions", Array(House.body("CAST-05").utf8)))
      silent.send(house.request("POST", "/v1/decisions", body))
      usleep(300_000)
      register.say(
        #"{"kind":"register-entries","id":"R1","register":"courts","type":"insolvency","since":"2026-01-02"}"#
      )
      told.send(house.request("POST", "/v1/decisions", Array(House.body("CAST-12").utf8)))
      _ = try? house.ask("GET", "/healthz", token: nil)
    }
    #expect(try first.answer().status == 201)
    #expect(try silent.answer().status == 503)
    #expect(try told.answer().status == 201)
    try house.expectSound()
  }

  @Test func somebodyNewIsAskedAboutByTheirCode() throws {
    let register = Register()
    let house = try House(registers: register.pulls())
    let body = #"{"customer":{"scheme":"LV-PERSONAL","code":"070921-00000"},"deadlineMilliseconds":3000}"#
    let answer = try house.ask("POST", "/v1/decisions", body)
    #expect(answer.outcome == "refer")
    #expect(register.asked.withLock { $0 } >= 1)
    try house.expectSound()
  }
}
