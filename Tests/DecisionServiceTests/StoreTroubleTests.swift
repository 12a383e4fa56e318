import Decisioning
import Dispatch
import FactStore
import Formats
import Foundation
import SQLite
import Testing
import Values

@testable import DecisionService

/// What goes on while the store, the clock or the rules are in trouble, and afterwards.
@Suite struct StoreTroubleTests {
  @Test func aClockThatGoesBackDecidesNothingUntilItIsRight() throws {
    let house = try House()
    try house.decide(order: "O-1", key: "k")
    // A little is borne; time stands still then.
    house.clock.pass(seconds: -3)
    #expect(try house.decide(order: "O-2").status == 201)
    house.clock.pass(seconds: -10)
    for answer in [
      try house.decide(order: "O-3", key: "l"), try house.ask("GET", "/v1/decisions/D-1"),
      try house.decide(order: "O-1", key: "k"),
      try house.ask("POST", "/v1/facts", #"{"layout":"payments","record":{"payment":"A"}}"#),
      try house.ask("POST", "/v1/decisions/D-1/contest", "{}"),
    ] {
      #expect(answer.code == "clock-behind")
      #expect(answer["Retry-After"] == "10")
    }
    let readiness = try house.ask("GET", "/readyz", token: nil)
    #expect(readiness.status == 503)
    #expect(readiness.json["checks"]?["clock"] != "ok")
    #expect(readiness.json["checks"]?["store"] == "ok")
    house.clock.pass(seconds: 13)
    #expect(try house.decide(order: "O-3", key: "l").decision == "D-3")
    #expect(try house.ask("GET", "/readyz", token: nil).status == 200)
    // Instants of recording never go back.
    #expect(
      try house.integer(
        "SELECT count(*) FROM write AS a JOIN write AS b ON b.sequence = a.sequence + 1 AND b.at < a.at")
        == 0)
    try house.expectSound()
  }

  @Test func anotherProcessThatWritesDelaysAndLosesNothing() throws {
    let house = try House()
    let wires = try (0..<5).map { _ in try house.wire() }
    try House.open(house.path).database.write { _ throws(SQLiteError) in
      for (place, wire) in wires.enumerated() {
        let body = Array(House.body("CAST-12", order: "O-\(place)").utf8)
        wire.send(house.request("POST", "/v1/decisions", body))
      }
      // Who wants nothing recorded does not wait.
      #expect(((try? house.ask("GET", "/healthz", token: nil))?.status) == 200)
      #expect(((try? house.ask("GET", "/v1/sources"))?.status) == 200)
    }
    #expect(try wires.map { try $0.answer().status } == [201, 201, 201, 201, 201])
    try house.expectSound()
  }

  @Test func aFullDiskLosesNothingAndNeedsNoRestart() throws {
    let house = try House()
    try house.fill()
    var stored: [String: Answer] = [:]
    var refused: [String] = []
    for place in 0..<200 where refused.count < 3 {
      let key = "k-\(place)"
      let answer = try house.decide("CAST-14", order: "O-\(place)", key: key)
      if answer.status == 201 { stored[key] = answer } else { refused.append(key) }
      if answer.status != 201 { #expect(answer.code == "store-full") }
    }
    #expect(refused.count == 3)
    #expect(try house.integer("SELECT count(*) FROM decision") == stored.count)
    try house.fill(pages: 1_000_000)
    // The same keys as before: what was refused is decided now, what was answered is answered again.
    for key in refused {
      #expect(try house.decide("CAST-14", order: "O-\(key.dropFirst(2))", key: key).status == 201)
    }
    for (key, answer) in stored {
      #expect(try house.decide("CAST-14", order: "O-\(key.dropFirst(2))", key: key).body == answer.body)
    }
    #expect(house.log.all.contains { $0.contains("commit-failed") })
    try house.expectSound()
  }

  @Test func moreThanCanWaitIsRefusedAndTheRestAnswered() throws {
    var options = House.options
    options.queueLimit = 2
    options.batchLimit = 1
    let house = try House(options)
    let wires = try (0..<6).map { _ in try house.wire() }
    let second = try House.open(house.path)
    second.database.write(waitingFor: { house.log.all.count { $0.contains("overloaded") } >= 3 }) {
      for (place, wire) in wires.enumerated() {
        let body = Array(House.body("CAST-12", order: "O-\(place)").utf8)
        wire.send(house.request("POST", "/v1/decisions", body))
      }
    }
    let answers = try wires.map { try $0.answer() }
    let decided = answers.count { $0.status == 201 }
    #expect(answers.allSatisfy { $0.status == 201 || $0.code == "overloaded" && $0["Retry-After"] == "1" })
    #expect(decided >= 2)
    #expect(try house.integer("SELECT count(*) FROM decision") == decided)
    try house.expectSound()
  }

  @Test func whatWasAskedIsAnsweredBeforeTheEnd() throws {
    let house = try House()
    let wires = try (0..<4).map { _ in try house.wire() }
    let ended = DispatchSemaphore(value: 0)
    try House.open(house.path).database.write { _ throws(SQLiteError) in
      for (place, wire) in wires.enumerated() {
        let body = Array(House.body("CAST-12", order: "O-\(place)").utf8)
        wire.send(house.request("POST", "/v1/decisions", body, headers: ["Idempotency-Key: k-\(place)"]))
      }
      // Everything before it on the one loop has been read when this is answered.
      _ = try? house.ask("GET", "/healthz", token: nil)
      DispatchQueue.global().async {
        #expect(house.stop() == 0)
        ended.signal()
      }
    }
    let answers = try wires.map { try $0.answer() }
    #expect(answers.allSatisfy { $0.status == 201 })
    ended.wait()
    #expect(throws: Wire.Failure.self) { try house.ask("GET", "/healthz", token: nil) }
    try house.start()
    for (place, answer) in answers.enumerated() {
      #expect(try house.decide("CAST-12", order: "O-\(place)", key: "k-\(place)").body == answer.body)
    }
    try house.expectSound()
  }

  @Test func withoutRulesInForceNothingIsDecided() throws {
    let house = try House()
    try house.decide(order: "O-1")
    try house.activate(try House.rules.get(), inDays: 1)
    #expect(try house.decide(order: "O-2").code == "no-rules")
    #expect(try house.ask("POST", "/v1/decisions/D-1/contest", "{}").code == "no-rules")
    #expect(try house.ask("GET", "/readyz", token: nil).json["checks"]?["rules"] != "ok")
    // What was decided is still told.
    #expect(try house.ask("GET", "/v1/decisions/D-1").status == 200)
    try house.expectSound()
  }

  @Test func aDiskThatIsNearlyFullIsToldBeforeItIs() throws {
    var options = House.options
    options.leastFreeBytes = Int.max
    let house = try House(options)
    let readiness = try house.ask("GET", "/readyz", token: nil)
    #expect(readiness.status == 503)
    #expect(readiness.json["checks"]?["disk"]?.stringValue?.contains("are free") == true)
    #expect(try house.decide().status == 201)
  }

  @Test func aReferralIsACaseWhenItIsAnswered() throws {
    let house = try House()
    #expect(try house.decide("CAST-14", order: "O-1").outcome == "refer")
    #expect(try house.integer("SELECT number FROM review_case WHERE kind = 'R' AND decision = 1") == 1)
    #expect(try house.decide("CAST-14", order: "O-1", key: "again").outcome == "refer")
    #expect(try house.integer("SELECT number FROM review_case WHERE kind = 'R' AND decision = 2") == 1)
    let events = try house.integer("SELECT count(*) FROM review_event")
    try house.follow()
    #expect(try house.integer("SELECT count(*) FROM review_event") == events)
    try house.expectSound()
  }

  @Test func whatIsNotDecidedHereBecomesACaseByItself() throws {
    let house = try House()
    let bad = #"{"layout":"payments","record":{"payment":"P-Z","customer":"CAST-12"}}"#
    #expect(try house.ask("POST", "/v1/facts", bad).json["quarantined"] == 1)
    var tries = 0
    while try house.integer("SELECT count(*) FROM review_case") == 0, tries < 200 {
      usleep(50_000)
      tries += 1
    }
    #expect(try house.integer("SELECT count(*) FROM review_case WHERE kind = 'Q'") == 1)
  }
}

extension Database {
  /// Holds the write lock while something is done, and until something else has come about.
  fileprivate func write(waitingFor condition: () -> Bool, _ body: () -> Void) {
    try? write { _ throws(SQLiteError) in
      body()
      var tries = 0
      while !condition(), tries < 400 {
        usleep(50_000)
        tries += 1
      }
    }
  }
}
