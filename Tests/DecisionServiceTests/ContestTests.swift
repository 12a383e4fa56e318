import Access
import Formats
import Testing
import Values

@testable import DecisionService

/// What customers say against decisions, passed on by a company's portal.
@Suite struct ContestTests {
  @Test func aContestOpensACaseAndTheNextOnesJoinIt() throws {
    let house = try House()
    let decision = try house.decide("CAST-14", order: "O-1").decision
    let target = "/v1/decisions/\(decision)/contest"
    let opened = try house.ask(
      "POST", target, #"{"text":"I paid.","channel":"portal","customer":"CAST-14"}"#)
    #expect(opened.status == 201)
    #expect(opened.json["case"] == "C-1")
    #expect(opened.json["joined"] == false)
    let joined = try house.ask("POST", target, #"{"text":"Look again."}"#)
    #expect(joined.status == 200)
    #expect(joined.json["case"] == "C-1")
    #expect(joined.json["joined"] == true)
    #expect(try house.ask("GET", "/v1/decisions/\(decision)").json["contested"] == "C-1")
    // The newest decision about the same order is contested, whichever is named.
    let newer = try house.decide("CAST-14", order: "O-1").decision
    let moved = try house.ask("POST", target, "{}")
    #expect(moved.json["decision"]?.stringValue == newer)
    #expect(try house.ask("GET", "/v1/decisions/\(newer)").json["contested"] == "C-1")
    // One about another order is another matter.
    let other = try house.decide("CAST-14", order: "O-2").decision
    #expect(try house.ask("GET", "/v1/decisions/\(other)").json["contested"] == .null)
    try house.expectSound()
  }

  @Test func whatCannotBeContestedIsRefused() throws {
    let house = try House()
    let decision = try house.decide("CAST-14").decision
    let target = "/v1/decisions/\(decision)/contest"
    let other = try house.ask("POST", target, #"{"customer":"CAST-12"}"#)
    #expect(other.code == "other-customer")
    #expect(other.json["pointer"] == "/customer")
    #expect(try house.ask("POST", target, #"{"channel":"pigeon"}"#).json["pointer"] == "/channel")
    #expect(try house.ask("POST", target, #"{"text":7}"#).json["pointer"] == "/text")
    #expect(try house.ask("POST", target, #"{"why":"x"}"#).json["pointer"] == "/why")
    let book = String(repeating: "no ", count: 5000)
    #expect(try house.ask("POST", target, #"{"text":"\#(book)"}"#).json["pointer"] == "/text")
    #expect(try house.ask("POST", target, "[]").code == "invalid-member")
    #expect(try house.ask("POST", "/v1/decisions/D-77/contest", "{}").code == "unknown-decision")
    #expect(try house.ask("POST", target, "{}", token: house.issue([.decide, .read])).code == "out-of-scope")
    #expect(try house.integer("SELECT count(*) FROM review_case WHERE kind = 'C'") == 0)
  }
}
