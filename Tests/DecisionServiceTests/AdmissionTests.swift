import Access
import FactStore
import Formats
import Testing
import Values

@testable import DecisionService

/// Who is let in, and what becomes of those who are not.
@Suite struct AdmissionTests {
  private static let targets = [
    ("POST", "/v1/decisions", Scope.decide), ("GET", "/v1/decisions/D-1", .read),
    ("GET", "/v1/decisions/D-1/explanation", .read), ("POST", "/v1/decisions/D-1/contest", .contest),
    ("GET", "/v1/customers/CAST-12/rating", .read), ("POST", "/v1/facts", .facts),
    ("GET", "/v1/sources", .read),
    ("GET", "/metrics", .metrics),
  ]

  @Test func everyAddressAsksForATokenWithItsScope() throws {
    let house = try Shared.house.get()
    for (method, target, scope) in Self.targets {
      let body = method == "POST" ? "{}" : nil
      let missing = try house.ask(method, target, body, token: nil)
      #expect(missing.code == "missing-token")
      #expect(missing["WWW-Authenticate"] == #"Bearer realm="bonitas""#)
      let others = try house.issue(Set(Scope.allCases).subtracting([scope]))
      let refused = try house.ask(method, target, body, token: others)
      #expect(refused.status == 403)
      #expect(refused.json["detail"]?.stringValue?.contains(scope.rawValue) == true)
    }
  }

  @Test func whatIsNoTokenIsRefusedAlike() throws {
    let house = try Shared.house.get()
    let (number, secret) = (house.token.split(separator: "_")[1], house.token.split(separator: "_")[2])
    let flipped = secret.first == "0" ? "1" : "0"
    for value in [
      "", "Bearer", "Bearer ", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer  \(house.token)", house.token,
      "Bearer bonitas_\(number)_\(flipped)\(secret.dropFirst())", "Bearer bonitas_9999_\(secret)",
      "Bearer bonitas_0\(number)_\(secret)", "Bearer \(house.token.uppercased())",
      "Bearer bonitas_99999999999999999999999_\(secret)", "Bearer \(house.token)x",
    ] {
      let answer = try house.ask(
        "GET", "/v1/sources", token: nil, headers: ["Authorization: " + value])
      #expect(answer.code == "invalid-token", "\(value)")
      #expect(!answer.text.contains(secret))
    }
    // Two could be seen differently by a proxy and by the service.
    let twice = try house.ask("GET", "/v1/sources", headers: ["Authorization: Bearer \(house.token)"])
    #expect(twice.code == "invalid-token")
    #expect(
      try house.ask("GET", "/v1/sources", token: nil, headers: ["authorization: bEARER \(house.token)"])
        .status
        == 200)
  }

  @Test func aTokenCountsNoMoreAtOnceWhenItIsTakenAway() throws {
    let house = try House()
    let anna = Actor(name: "anna", roles: [.administrator])
    let (revoked, short) = (try house.issue(), try house.issue(days: 1))
    let ask = { try house.ask("GET", "/v1/sources", token: $0).code }
    for token in [revoked, short, house.token] { #expect(try ask(token) == nil) }
    let number = try #require(Int(revoked.split(separator: "_")[1]))
    _ = try house.write { write throws(AccessError) in
      try AccessStore.revoke(number, reason: "lost", by: anna, audit: House.audit, in: write)
    }
    #expect(try ask(revoked) == "invalid-token")
    #expect(try ask(house.token) == nil)
    house.clock.pass(seconds: 86_500)
    #expect(try ask(short) == "invalid-token")
    #expect(try ask(house.token) == nil)
    _ = try house.write { write throws(AccessError) in
      try AccessStore.disable("intake", reason: "left", by: anna, audit: House.audit, in: write)
    }
    #expect(try ask(house.token) == "invalid-token")
    #expect(try house.decide().code == "invalid-token")
    let metrics = house.log.all.filter { $0.contains("invalid-token") }
    #expect(metrics.count == 4)
  }

  @Test func refusedTriesAreInTheAuditLogCountedAndWithoutWhatWasTried() throws {
    let house = try House()
    let guess = "bonitas_1_" + String(repeating: "ab", count: 32)
    for _ in 0..<40 { try house.ask("GET", "/v1/sources", token: guess) }
    try house.ask("POST", "/v1/facts", "{}", token: house.issue([.read]))
    try house.ask("GET", "/v1/sources", token: nil)
    house.stop()
    let refused = try house.audited("refused")
    // The first at once, the rest as one sum; who shows nothing is nobody.
    #expect(refused.count == 3)
    #expect(refused.reduce(0) { $0 + ($1["count"]?.integerValue ?? 1) } == 41)
    #expect(refused.allSatisfy { $0["command"] == "serve" })
    #expect(!refused.contains { "\($0)".contains("abab") })
    try house.expectSound()
  }

  @Test func aTokenAsksAsOftenAsItMay() throws {
    let house = try House()
    let token = try house.issue(rate: 1, burst: 3)
    let codes = try (0..<4).map { _ in try house.ask("GET", "/v1/sources", token: token).code }
    #expect(codes == [nil, nil, nil, "rate-limited"])
    let refused = try house.ask("GET", "/v1/sources", token: token)
    #expect(refused.status == 429)
    #expect(refused["Retry-After"] == "1")
    // Others are not touched, and what asks for no token is not counted.
    #expect(try house.ask("GET", "/v1/sources").status == 200)
    #expect(try house.ask("GET", "/healthz", token: token).status == 200)
  }
}
