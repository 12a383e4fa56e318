/// What a run of load has measured.
struct LoadFigures {
  /// CPU time and memory at one moment.
  struct Usage {
    let at: Int
    let own: Int
    let service: ProcessFigures?

    init(of process: Int?) {
      at = monotonicNanoseconds()
      own = ProcessFigures.ownCPUMicroseconds()
      service = process.flatMap { ProcessFigures(of: $0) }
    }
  }

  let asked: Double
  let seconds: Double
  let deadlineMilliseconds: Int
  let sendsDuplicates: Bool
  var begun: Usage?
  var ended: Usage?
  /// Requests whose connection ended before they were answered.
  var lost = 0
  /// Connections that ended in use.
  var broken = 0
  /// Requests that were due in the time that is measured, sent or not.
  var due: Int { sent + unsent }
  /// Those for which there was no place on any connection until the end.
  var unsent = 0
  private var sent = 0
  private var statuses = [Int](repeating: 0, count: 600)
  private var outcomes: [String: Int] = [:]
  private var replayed = 0
  private var latencies = LatencyHistogram()
  private var lateness = LatencyHistogram()
  private var lastAnswer = 0

  init(asked: Double, seconds: Double, deadlineMilliseconds: Int, sendsDuplicates: Bool) {
    self.asked = asked
    self.seconds = seconds
    self.deadlineMilliseconds = deadlineMilliseconds
    self.sendsDuplicates = sendsDuplicates
  }

  mutating func sent(late: Int) {
    sent += 1
    lateness.record(late)
  }

  mutating func answered(_ answer: ServiceAnswer, after latency: Int, at now: Int) {
    statuses[answer.status] += 1
    lastAnswer = now
    if answer.isReplayed { replayed += 1 }
    guard answer.status < 300 else { return }
    latencies.record(latency)
    if deadlineMilliseconds > 0 {
      outcomes[AnswerScanner.member("\"outcome\":", in: answer.body) ?? "none", default: 0] += 1
    }
  }

  var answered: Int { statuses.reduce(0, +) }
  private var decided: Int { latencies.count }
  private var unanswered: Int { max(0, sent - answered - lost) }

  /// Whether every request was answered with a decision; where keys were sent twice on purpose, also with 409, which says
  /// that the first one with the key is being answered.
  var isClean: Bool { due > 0 && decided + (sendsDuplicates ? statuses[409] : 0) == due }

  /// Answers that came later than the deadline and the 50 ms that are allowed beyond it.
  var isInTime: Bool { latencies.greatest <= (deadlineMilliseconds + 50) * 1_000_000 }

  /// How many decisions were not `refer`.
  var notReferred: Int { decided - (outcomes["refer"] ?? 0) }

  private var reached: Double {
    guard let begun, lastAnswer > begun.at else { return 0 }
    // To the end of the run at least: a run that ends with a pause did not go faster for it.
    return Double(decided) / max(seconds, Double(lastAnswer - begun.at) / 1e9)
  }

  /// The figures by name, in the order they are shown in.
  private var lines: [(name: String, value: String)] {
    func microseconds(_ value: Int) -> String { "\(value / 1000)" }
    func each(_ total: Int) -> String { rounded(Double(total) / Double(max(1, answered)), 2) }
    var lines: [(name: String, value: String)] = [
      ("askedPerSecond", rounded(asked, 1)), ("reachedPerSecond", rounded(reached, 1)),
      ("due", "\(due)"), ("unsent", "\(unsent)"), ("decided", "\(decided)"), ("replayed", "\(replayed)"),
      ("lost", "\(lost)"), ("unanswered", "\(unanswered)"), ("connectionsBroken", "\(broken)"),
      ("p50Microseconds", microseconds(latencies.quantile(0.5))),
      ("p90Microseconds", microseconds(latencies.quantile(0.9))),
      ("p99Microseconds", microseconds(latencies.quantile(0.99))),
      ("p999Microseconds", microseconds(latencies.quantile(0.999))),
      ("maxMicroseconds", microseconds(latencies.greatest)),
      ("sentLateP99Microseconds", microseconds(lateness.quantile(0.99))),
    ]
    for (status, count) in statuses.enumerated() where count > 0 {
      lines.append(("status\(status)", "\(count)"))
    }
    if deadlineMilliseconds > 0 {
      let late = latencies.greatest / 1000 - deadlineMilliseconds * 1000
      lines.append(("beyondDeadlineMicroseconds", "\(max(0, late))"))
    }
    for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) {
      lines.append(("outcome \(outcome)", "\(count)"))
    }
    if let begun, let ended {
      lines.append(("generatorCPUMicroseconds", each(ended.own - begun.own)))
      if let before = begun.service, let after = ended.service {
        lines.append(("serviceCPUMicroseconds", each(after.cpuMicroseconds - before.cpuMicroseconds)))
        lines.append(("serviceResidentKibibytes", "\(after.residentKibibytes)"))
        lines.append(("servicePeakKibibytes", "\(after.peakResidentKibibytes)"))
      }
    }
    return lines
  }

  var table: String {
    let width = lines.reduce(0) { max($0, $1.name.count) }
    return lines.map { $0.name + String(repeating: " ", count: width + 2 - $0.name.count) + $0.value }
      .joined(separator: "\n")
  }

  var json: String { "{" + lines.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}" }

  private func rounded(_ value: Double, _ places: Int) -> String {
    let factor = places == 1 ? 10.0 : 100.0
    return "\((value * factor).rounded() / factor)"
  }
}
