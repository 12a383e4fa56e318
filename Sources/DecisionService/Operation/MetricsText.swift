import Decisioning
import FactStore
import HTTPClient
import Ingestion
import SQLite

/// The figures of the service as Prometheus reads them.
struct MetricsText {
  private(set) var text = ""

  init(_ core: ServiceCore) {
    let figures = core.metrics.now
    counters(
      "bonitas_http_requests_total", "Answers by route and status.",
      figures.answers.map { ([("route", $0.key.route), ("status", String($0.key.status))], $0.value) })
    header("bonitas_http_request_duration_seconds", "histogram", "From a request's first byte to its answer.")
    for route in Route.names + ["none"] {
      guard let histogram = figures.latencies[route] else { continue }
      write(histogram, "bonitas_http_request_duration_seconds", [("route", route)])
    }
    counters(
      "bonitas_decisions_total", "Decisions recorded, by outcome.",
      Outcome.allCases.map { ([("outcome", $0.rawValue)], figures.outcomes[$0] ?? 0) })
    counters(
      "bonitas_problems_total", "Problems answered, by code.",
      figures.problems.map { ([("code", $0.key)], $0.value) })
    counters("bonitas_idempotent_replays_total", "Retries answered from the store.", [([], figures.replays)])
    counters(
      "bonitas_decisions_from_facts_total", "Decisions for which no kept features held.",
      [([], figures.fromFacts)])
    counters("bonitas_prospects_total", "Customers entered by order intake.", [([], figures.prospects)])
    counters(
      "bonitas_refused_sign_ins_total", "Tokens that were not let in, by code.",
      figures.refusedSignIns.map { ([("code", $0.key)], $0.value) })
    header("bonitas_commit_duration_seconds", "histogram", "Commits, from the first job to the disk.")
    write(figures.commits, "bonitas_commit_duration_seconds", [])
    counters("bonitas_committed_jobs_total", "Jobs that were committed.", [([], figures.committedJobs)])
    counters("bonitas_failed_commits_total", "Commits that failed.", [([], figures.failedCommits)])
    let depth = core.queueDepth()
    gauges(
      "bonitas_commit_queue_depth", "Jobs that wait for their commit.",
      [([("of", "now")], depth.now), ([("of", "most since the last look")], depth.largest)])
    gauges("bonitas_largest_commit", "Jobs of the largest commit.", [([], figures.largestCommit)])
    gauges("bonitas_idempotency_keys", "Keys that are held in memory.", [([], core.retries.count)])
    let sources = core.pulls?.figures ?? []
    counters(
      "bonitas_source_pulls_total", "Pulls from registers, by what came of them.",
      sources.flatMap { source in
        source.pulls.map { ([("source", source.source), ("state", $0.key.rawValue)], $0.value) }
      })
    gauges(
      "bonitas_source_breaker_open", "1 while a register is not asked because it failed too often.",
      sources.map { ([("source", $0.source)], $0.calls.breaker.rawValue == "closed" ? 0 : 1) })
    let checkpoints = core.checkpointer.figures
    counters(
      "bonitas_checkpoints_total", "Checkpoints of the write-ahead log, by whether it began anew.",
      [([("result", "restarted")], checkpoints.restarts), ([("result", "held up")], checkpoints.refusals)])
    gauges("bonitas_log_pages", "Pages in the write-ahead log.", [([], core.store.database.logPages)])
    gauges(
      "bonitas_checkpoint_turn_microseconds", "How long checkpoints have held the writers' turn.",
      [([("of", "last")], checkpoints.lastTurnMicroseconds), ([("of", "longest")], checkpoints.longestTurnMicroseconds)])
    gauges(
      "bonitas_disk_free_bytes", "Free space of the disk of the database.",
      [([], (try? core.store.database.freeBytes()) ?? -1)])
  }

  private mutating func header(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func counters(
    _ name: String, _ help: String, _ values: [(labels: [(String, String)], value: Int)]
  ) {
    header(name, "counter", help)
    write(name, values)
  }

  private mutating func gauges(
    _ name: String, _ help: String, _ values: [(labels: [(String, String)], value: Int)]
  ) {
    header(name, "gauge", help)
    write(name, values)
  }

  private mutating func write(_ name: String, _ values: [(labels: [(String, String)], value: Int)]) {
    let lines = values.map { "\(name)\(Self.written($0.labels)) \($0.value)\n" }
    for line in lines.sorted() { text += line }
  }

  private mutating func write(_ histogram: Histogram, _ name: String, _ labels: [(String, String)]) {
    var sum = 0
    for (place, bound) in Histogram.bounds.enumerated() {
      sum += histogram.counts[place]
      text += "\(name)_bucket\(Self.written(labels + [("le", Self.seconds(bound))])) \(sum)\n"
    }
    text += "\(name)_bucket\(Self.written(labels + [("le", "+Inf")])) \(histogram.count)\n"
    text += "\(name)_sum\(Self.written(labels)) \(Self.seconds(histogram.sumMicroseconds))\n"
    text += "\(name)_count\(Self.written(labels)) \(histogram.count)\n"
  }

  /// Labels hold words of ours alone, so nothing has to be escaped.
  private static func written(_ labels: [(String, String)]) -> String {
    labels.isEmpty ? "" : "{" + labels.map { #"\#($0.0)="\#($0.1)""# }.joined(separator: ",") + "}"
  }

  private static func seconds(_ microseconds: Int) -> String {
    let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    if rest == 0 { return String(whole) }
    let digits = String(rest)
    var fraction = String(repeating: "0", count: 6 - digits.count) + digits
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(whole).\(fraction)"
  }
}
