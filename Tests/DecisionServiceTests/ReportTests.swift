import Decisioning
import Foundation
import HTTPServer
import SQLite
import TestSupport
import Testing
import Values

@testable import DecisionService

/// Problems, figures and log lines as they go out.
@Suite struct ReportTests {
  @Test func aProblemIsWrittenAsTheStandardHasIt() {
    let problem = Problem(.methodNotAllowed, "This \"address\" takes POST.", allow: ["POST"])
    let response = problem.response("r-1")
    #expect(response.status == 405)
    #expect(
      String(decoding: response.body, as: UTF8.self)
        == #"{"type":"urn:bonitas:problem:method-not-allowed","title":"This method is not taken at this address.","#
        + #""status":405,"detail":"This \"address\" takes POST.","code":"method-not-allowed","requestId":"r-1"}"#
    )
    #expect(response.fields["Allow"] == "POST")
    #expect(response.fields["Content-Type"] == "application/problem+json")
    let busy = Problem(.invalidMember, "x", pointer: "/a", retryAfterSeconds: 3).response("r-2")
    #expect(busy.fields["Retry-After"] == "3")
    #expect(String(decoding: busy.body, as: UTF8.self).contains(#""pointer":"/a","retryAfterSeconds":3,"#))
  }

  @Test func everyProblemSaysWhatAndHowToMendIt() {
    #expect(Set(ProblemKind.allCases.map(\.title)).count == ProblemKind.allCases.count)
    for kind in ProblemKind.allCases {
      #expect(kind.title.hasSuffix("."))
      #expect(kind.remedy.hasSuffix("."))
      // What is the caller's to mend is not to be tried again unchanged; what is the service's, is.
      #expect(
        (kind.retryAfterSeconds != nil) == (kind.status == 503 || [.inFlight, .rateLimited].contains(kind)))
    }
    #expect(Set(ProblemKind.allCases.map(\.rawValue)).isDisjoint(with: HTTPRefusal.allCases.map(\.code)))
  }

  @Test func faultsOfTheDatabaseNameNoFile() {
    for (kind, problem): (SQLiteError.Kind, ProblemKind) in [
      (.full, .storeFull), (.locked, .storeBusy), (.corrupt, .storeFailed),
    ] {
      let made = Problem(SQLiteError(kind, message: "secret", path: "/var/lib/x.db"))
      #expect(made.kind == problem)
      #expect(!made.detail.contains("secret") && !made.detail.contains("x.db"))
    }
  }

  @Test func durationsFallIntoTheirBuckets() {
    var histogram = Histogram()
    for microseconds in [0, 250, 251, 5_000_000, 5_000_001, .max, -1] {
      histogram.record(microseconds: microseconds)
    }
    #expect(histogram.counts.first == 3)
    #expect(histogram.counts[1] == 1)
    #expect(histogram.counts.suffix(2) == [1, 2])
    #expect(histogram.count == 7)
    #expect(histogram.counts.count == Histogram.bounds.count + 1)
    #expect(Histogram.bounds == Histogram.bounds.sorted())
  }

  @Test func metricsAreWrittenAsPrometheusReadsThem() throws {
    let house = try House()
    try house.decide("CAST-12", key: "k")
    try house.decide("CAST-14", key: "l")
    try house.decide("CAST-12", key: "k")
    try house.decide(#"{"number":"NEW"}"#)
    try house.ask("GET", "/nowhere")
    try house.ask("GET", "/v1/sources", token: "x")
    let lines = try house.metrics().split(separator: "\n").map(String.init)
    for line in [
      #"bonitas_http_requests_total{route="decide",status="201"} 4"#,
      #"bonitas_http_requests_total{route="none",status="404"} 1"#,
      #"bonitas_http_requests_total{route="sources",status="401"} 1"#,
      #"bonitas_http_request_duration_seconds_count{route="decide"} 4"#,
      #"bonitas_decisions_total{outcome="accept"} 2"#, #"bonitas_decisions_total{outcome="refer"} 1"#,
      #"bonitas_decisions_total{outcome="accept with deposit"} 0"#,
      #"bonitas_problems_total{code="unknown-route"} 1"#, "bonitas_idempotent_replays_total 1",
      "bonitas_decisions_from_facts_total 2", "bonitas_prospects_total 1",
      #"bonitas_commit_duration_seconds_bucket{le="+Inf"} 4"#, "bonitas_committed_jobs_total 4",
      "bonitas_failed_commits_total 0", #"bonitas_commit_queue_depth{of="now"} 0"#,
      "bonitas_largest_commit 1",
      "bonitas_idempotency_keys 2",
    ] { #expect(lines.contains(line), "\(line)") }
    var helped: Set<Substring> = []
    for line in lines {
      let words = line.split(separator: " ")
      if line.hasPrefix("# HELP") { #expect(helped.insert(words[2]).inserted) }
      if line.hasPrefix("#") { continue }
      let name = (words[0].split(separator: "{").first ?? "")
      let family = ["_bucket", "_sum", "_count"].reduce(String(name)) { name, part in
        name.hasSuffix(part) ? String(name.dropLast(part.count)) : name
      }
      #expect(helped.contains(Substring(family)), "\(line)")
      #expect(Double(words.last ?? "") != nil, "\(line)")
    }
    // docs/service.md names every figure.
    let text = try String(
      contentsOf: Repository.root.appending(path: "docs/service.md"), encoding: .utf8)
    for name in helped { #expect(text.contains("`\(name)"), "\(name)") }
  }

  @Test(arguments: [
    (RequestLog.Level.faults, [503]), (.problems, [404, 503]), (.requests, [201, 404, 503]),
  ])
  func theLogTellsWhatItsLevelAsksFor(_ level: RequestLog.Level, _ told: [Int]) {
    let lines = House.Log()
    let log = RequestLog(level, now: { Instant(microseconds: 0) }, write: { lines.take($0) })
    for status in [201, 404, 503] {
      log.request(
        "r", route: "decide", status: status, problem: status == 404 ? .unknownRoute : nil, microseconds: 5,
        token: 1,
        decision: { .init(text: "D-1") })
    }
    #expect(lines.all.count == told.count)
    for (line, status) in zip(lines.all, told) {
      #expect(line.contains("\"status\":\(status),"))
      #expect(line.hasSuffix("}\n") && line.filter { $0 == "\n" }.count == 1)
    }
    log.event("x", ["cause": "a\nb\"c"])
    #expect(
      lines.all.last == "{\"at\":\"1970-01-01T00:00:00.000000Z\",\"event\":\"x\",\"cause\":\"a\\nb\\\"c\"}\n")
  }

  @Test func everyProblemIsDocumented() throws {
    let text = try String(contentsOf: Repository.root.appending(path: "docs/problems.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let kinds = ProblemKind.allCases.map { kind in
      [
        "`\(kind.rawValue)`", String(kind.status), kind.title,
        kind.remedy, kind.retryAfterSeconds.map { "after \($0) s" } ?? "no",
      ]
    }
    let refusals = HTTPRefusal.allCases.map { refusal in
      ["`\(refusal.code)`", String(refusal.status), refusal.sentence]
    }
    #expect(rows == kinds + refusals)
  }
}
