import Decisioning
import FactStore
import Formats
import Rerating
import SQLite
import Values

extension Command {
  /// `bonitas features refresh`: everybody's features, ready for order intake.
  static let featuresRefresh = Command(
    "features refresh",
    summary: "Keep everybody's features for a day, so that order intake finds them ready.",
    discussion: """
      The service makes what is missing itself, when a customer is asked about; this makes it ahead, as a nightly timer does \
      (deploy/). Features that are kept and still hold are left; it may be killed and run again. They change no decision: \
      what is decided from them has the bytes that the facts would have given.
      """,
    options: [jobs], takesTimes: .businessDate, needs: .anybody,
    examples: [
      Example("bonitas features refresh --business-date 2026-06-30", "For orders of that day.")
    ]
  ) { arguments, edge throws(Failure) in
    let date = arguments.businessDate(edge)
    let rater = try arguments.rater(edge, on: date)
    let key = try failing {
      try rater.store.write(actor: arguments.actor, at: edge.now, purpose: "features refresh") {
        write throws(SQLiteError) in
        try RuleSetStore.keep(rater.ruleSet, sequence: write.sequence, audit: rater.audit, in: write.sql)
      }
    }
    let progress = Progress("features", unit: "customers", on: edge.errors)
    defer { progress.finish() }
    let report = try failing {
      try SnapshotRefresh(
        rater.store, OnlineRater(rater.ruleSet, key: key), jobs: arguments[Command.jobs] ?? 2
      ).run(businessDate: date, knownAt: edge.now) { progress.report($0.seen, of: $0.portfolio) }
    }
    if arguments.wantsJSON {
      edge.output.json([
        "customers": .number(Decimal(report.seen)), "made": .number(Decimal(report.made)),
        "without": .number(Decimal(report.without)),
      ])
    } else {
      let held = report.seen - report.made - report.without
      edge.output.line(
        "\(counted(report.seen, "customer")): \(grouped(report.made)) made anew, \(grouped(held)) still held"
          + (report.without > 0 ? ", \(grouped(report.without)) cannot be kept." : "."))
    }
    return .done
  }

  private static let jobs = Option(
    "jobs", .integer("N", in: 1...256), "How many threads work at once (default 2).")
}
