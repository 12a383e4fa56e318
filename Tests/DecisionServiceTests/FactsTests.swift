import Access
import Facts
import Formats
import Testing
import Values

@testable import DecisionService

/// Facts that are posted.
@Suite struct FactsTests {
  static func line(_ layout: String, _ members: String) -> String {
    #"{"layout":"\#(layout)","record":{\#(members)}}"#
  }

  static let payment = line(
    "payments",
    #""payment":"P-X","customer":"CAST-02","date":"2026-06-29","amount":56.50,"currency":"EUR""#)

  /// So many payments, one a line.
  static func many(_ count: Int) -> String {
    (1...count).map { payment.replacing("P-X", with: "P-\($0)") }.joined(separator: "\n")
  }

  @Test func factsAreStoredOnceCorrectedAndKnownAgain() throws {
    let house = try House()
    for (body, result) in [
      (Self.payment, "stored"), (Self.payment, "known"),
      (Self.payment.replacing("56.50", with: "56.40"), "corrected"),
    ] {
      let answer = try house.ask("POST", "/v1/facts", body)
      #expect(answer.json["records"]?[0]?["result"]?.stringValue == result)
      #expect(answer.json[result] == 1)
    }
    try house.expectSound()
  }

  /// Who speaks for a register could put anybody into insolvency.
  @Test func aTokenSpeaksForItsSourcesAlone() throws {
    let house = try House()
    let entry =
      #"{"layout":"register-entries","source":"register","record":{"entry":"R-X","customer":"CAST-12","#
      + #""register":"register","type":"insolvency","since":"2026-06-01"}}"#
    let refused = try house.ask(
      "POST", "/v1/facts", Self.payment + "\n" + entry, type: "application/x-ndjson")
    #expect(refused.status == 403 && refused.code == "out-of-scope")
    #expect(refused.json["detail"]?.stringValue?.contains("source 'register'") == true)
    // Nothing of it was stored, the line before it neither.
    #expect(try house.ask("POST", "/v1/facts", Self.payment).json["stored"] == 1)
    #expect(try house.decide("CAST-12", order: "O-1").outcome == "accept")
    let register = try house.issue([.facts], sources: ["register"])
    #expect(try house.ask("POST", "/v1/facts", entry, token: register).json["stored"] == 1)
    #expect(try house.ask("POST", "/v1/facts", Self.payment, token: register).code == "out-of-scope")
    #expect(try house.decide("CAST-12", order: "O-2").outcome != "accept")
    try house.expectSound()
  }

  /// A record in quarantine would have its customer referred, so that one is refused too.
  @Test func aTokenDeliversFactsAboutCustomersOfItsCountriesAlone() throws {
    let house = try House()
    let estonian = try house.issue([.facts], jurisdictions: [.estonia])
    let broken = Self.payment.replacing("2026-06-29", with: "soon")
    let latvian = Self.line(
      "customers",
      #""customer":"NEW-1","kind":"household","jurisdiction":"LV","language":"lv","customer_since":"2026-06-01""#
    )
    for body in [Self.payment, broken, latvian] {
      #expect(try house.ask("POST", "/v1/facts", body, token: estonian).code == "out-of-scope", "\(body)")
    }
    for body in [latvian.replacing("LV", with: "EE"), Self.payment.replacing("CAST-02", with: "NEW-2")] {
      let answer = try house.ask("POST", "/v1/facts", body, token: estonian)
      #expect(answer.json["stored"] == 1, "\(answer.text)")
    }
    #expect(try house.ask("POST", "/v1/facts", broken).json["quarantined"] == 1)
    try house.expectSound()
  }

  @Test func aDecisionRightAfterPostedFactsSeesThem() throws {
    let house = try House()
    let before = try house.decide("CAST-14", order: "O-1")
    let notice = Self.line(
      "register-entries",
      #""entry":"R-X","customer":"CAST-12","register":"register","type":"insolvency","since":"2026-06-01""#)
    #expect(try house.decide("CAST-12", order: "O-2").outcome == "accept")
    #expect(try house.ask("POST", "/v1/facts", notice).json["stored"] == 1)
    #expect(try house.decide("CAST-12", order: "O-3").outcome != "accept")
    #expect(try house.decide("CAST-14", order: "O-4").json["score"] == before.json["score"])
    try house.expectSound()
  }

  @Test func whatIsDoneAboutADebtIsPostedToo() throws {
    let house = try House()
    let delivery =
      #""delivery":"V-X","customer":"CAST-14","notice":"N-X","event":"delivered","date":"2026-05-0"#
    let lines = [
      Self.line(
        "debt-notices",
        #""notice":"N-X","customer":"CAST-14","sent":"2026-05-04","channel":"letter","type":"debtNotice""#),
      Self.line("notice-deliveries", delivery + #"3""#),
      Self.line("notice-deliveries", delivery + #"8""#),
      Self.line(
        "dwellings",
        #""dwelling":"W-X","customer":"CAST-14","delivery_point":"T","from":"2020-01-01","permanent_home":true,"#
          + #""needs_electricity_to_heat":"no""#),
      Self.line(
        "complaints",
        #""complaint":"O-X","customer":"CAST-14","kind":"objection","opened":"2026-05-09","written":1"#),
    ]
    let answer = try house.ask(
      "POST", "/v1/facts", lines.joined(separator: "\n"), type: "application/x-ndjson")
    let results = (answer.json["records"]?.arrayValue ?? []).map {
      "\($0["result"]?.stringValue ?? "") \($0["rule"]?.stringValue ?? "")"
    }
    #expect(
      results == [
        "stored ", "quarantined proof-before-sending", "stored ", "stored ", "quarantined unknown-word",
      ])
    try house.expectSound()
  }

  @Test func linesAreTakenOneByOneAndBadOnesGoIntoQuarantine() throws {
    let house = try House()
    let lines = [
      Self.payment, "", Self.payment,
      Self.payment.replacing("P-X", with: "P-Y").replacing("56.50", with: "-1"),
      Self.line("payments", #""payment":"P-Z","customer":"CAST-12","weight":3"#),
      Self.line("payments", #""payment":"P-Z","customer":"CAST-12","amount":true"#),
      Self.line("disputes", #""dispute":"D-X""#) + "\r",
    ]
    let body = lines.joined(separator: "\n")
    let answer = try house.ask("POST", "/v1/facts", body, type: "application/x-ndjson")
    let results = (answer.json["records"]?.arrayValue ?? []).map {
      "\($0["line"]?.integerValue ?? 0) \($0["result"]?.stringValue ?? "") \($0["rule"]?.stringValue ?? "")"
    }
    #expect(
      results == [
        "1 stored ", "3 known ", "4 quarantined amount-not-positive", "5 quarantined unknown-column",
        "6 quarantined wrong-type", "7 quarantined missing-value",
      ])
    #expect(answer.json["quarantined"] == 4)
    // Who is named in quarantine is referred until it is settled.
    #expect(try house.decide("CAST-12").outcome == "refer")
    // Sent again, nothing is taken twice.
    let again = try house.ask("POST", "/v1/facts", body, type: "application/jsonl")
    #expect(again.json["stored"] == 0)
    try house.expectSound()
  }

  @Test func contentThatCannotBeReadStoresNothing() throws {
    let house = try House()
    let post = { (body: String) in
      try house.ask("POST", "/v1/facts", body, type: "application/x-ndjson")
    }
    let broken = try post(Self.payment + "\n{\"layout\":")
    #expect(broken.code == "malformed-json")
    #expect(broken.json["detail"]?.stringValue?.contains("Record 2") == true)
    #expect(try post("\n \n").code == "malformed-json")
    #expect(try post(Self.payment + "\n{}").json["pointer"] == "/2/layout")
    #expect(try post(#"{"layout":"payments"}"# + "\n" + Self.payment).json["pointer"] == "/1/record")
    #expect(try post(#"{"layout":"payments","record":[]}"#).json["pointer"] == "/record")
    #expect(try post(#"{"layout":"rumours","record":{}}"#).json["pointer"] == "/layout")
    #expect(try post(#"{"layout":"payments","record":{},"x":1}"#).json["pointer"] == "/x")
    #expect(try post(String(repeating: "{}\n", count: 10_001)).status == 422)
    #expect(
      try house.ask("POST", "/v1/facts", Self.payment, type: "text/csv").code == "unsupported-media-type")
    #expect(try house.ask("POST", "/v1/facts", Self.payment, type: nil).code == "unsupported-media-type")
    #expect(try house.integer("SELECT count(*) FROM quarantine") == 0)
    #expect(try house.ask("POST", "/v1/facts", Self.payment).json["stored"] == 1)
  }

  @Test func tooManyLinesAreRefusedBeforeTheFirstIsStored() throws {
    let house = try House()
    let line = Self.line("payments", #""payment":"A""#) + "\n"
    let answer = try house.ask(
      "POST", "/v1/facts", String(repeating: line, count: 10_001), type: "application/x-ndjson")
    #expect(answer.code == "body-too-large")
    #expect(try house.integer("SELECT count(*) FROM quarantine") == 0)
  }

  @Test func moreLinesThanOneWriteTakesAreAllStored() throws {
    let house = try House()
    let answer = try house.ask("POST", "/v1/facts", Self.many(120), type: "application/x-ndjson")
    #expect(answer.json["stored"] == 120)
    #expect(try house.audited("posted").map { $0["lines"]?.integerValue } == [50, 50, 20])
    try house.expectSound()
  }
}
