import Glibc
import SHA256Instructions

/// Measures the building blocks: `Benchmarks [--json] [SUITE...]`, all suites where none is named.
///
/// `Benchmarks counterfactuals DATABASE BUSINESS-DATE` checks and times the counterfactuals of a database instead,
/// `Benchmarks review-queue` the queue of cases, `Benchmarks review-screen` the way from a key to the screen, and
/// `Benchmarks review-concurrency` many reviewers at once, `Benchmarks write-turns` writers of several
/// processes, `Benchmarks decision-append` what it costs to store a decision. `Benchmarks service-load`,
/// `service-check`, `service-idle` and `service-pulls` put load on a running service, `http-constant` serves a constant answer; the scripts `benchmark-…` make
/// use of them. `Benchmarks debt-year`, `debt-histories`, `debt-kill` and `debt-mutations` let invented debtors live and
/// judge what debt management did to them; `debt-world` tells more of what they found.
/// A new suite is one file with one `BenchmarkSuite` and one line in `suites`.
@main
struct Benchmarks {
  static let suites: [BenchmarkSuite] = [.decimal, .dates, .digest, .facts, .decide]

  static func main() {
    SHA256Instructions.use()
    var names = Array(CommandLine.arguments.dropFirst())
    let checks: [String: ([String]) -> Bool] = [
      "decision-append": DecisionAppendBenchmark.run, "http-constant": HTTPConstant.run,
      "counterfactuals": CounterfactualCheck.run, "review-queue": ReviewQueueBenchmark.run,
      "review-screen": ReviewScreenBenchmark.run,
      "review-concurrency": ReviewConcurrency.run, "review-worker": ReviewWorker.run,
      "service-load": ServiceLoad.run, "service-check": ServiceCheck.run, "service-idle": ServiceIdle.run,
      "service-pulls": ServicePulls.run,
      "write-turns": WriteTurnsBenchmark.run, "debt-year": DebtYear.run,
      "debt-histories": DebtHistories.run, "debt-kill": DebtKill.run, "debt-kill-worker": DebtKillWorker.run,
      "debt-mutations": DebtMutations.run, "debt-world": DebtWorldAgain.run,
    ]
    if let check = names.first.flatMap({ checks[$0] }) {
      exit(check(Array(names.dropFirst())) ? 0 : 1)
    }
    let json = names.contains("--json")
    names.removeAll { $0 == "--json" }
    for name in names where !suites.contains(where: { $0.name == name }) {
      print("There is no suite \(name). The suites are:")
      for suite in suites { print("  \(suite.name): \(suite.summary)") }
      return
    }
    let chosen = names.isEmpty ? suites : suites.filter { names.contains($0.name) }
    var reports: [String] = []
    for suite in chosen {
      let benchmark = Benchmark()
      suite.run(benchmark)
      let report = BenchmarkReport(suite: suite, measurements: benchmark.measurements)
      if json { reports.append(report.json) } else { print(report.table) }
    }
    if json { print("[" + reports.joined(separator: ",\n") + "]") }
  }
}
