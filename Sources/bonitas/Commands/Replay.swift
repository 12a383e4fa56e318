import Decisioning
import Formats
import Values

extension Command {
  /// `bonitas replay`: decisions recomputed and compared.
  static let replay = Command(
    "replay",
    summary: "Recompute decisions from stored facts and rules; compare byte for byte.",
    discussion: """
      Each decision is recomputed from the facts it could see and the rule set it used, both as they are kept in the \
      database. Exit code 1 when any differs.
      """,
    positionals: [Replaying.decision], options: [Replaying.all, Replaying.jobs],
    examples: [
      Example("bonitas replay D-1", "Recomputes one decision."),
      Example("bonitas replay --all", "Recomputes every decision."),
      Example("bonitas replay --all --jobs 8", "The same on eight threads."),
    ], run: Replaying.run)
}

private enum Replaying {
  static let decision = Positional("DECISION", .decision, "The decision, as in D-17.", isRequired: false)
  static let all = Flag("all", "Every decision in the database.")
  static let jobs = Option(
    "jobs", .integer("N", in: 1...256), "How many threads decide at once (default 2).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let id = arguments[decision]
    if (id == nil) == !arguments[all] {
      throw Failure(
        usage: .conflict(
          id == nil ? "Name a decision, or all of them with --all." : "Name a decision or --all, not both."))
    }
    let store = try arguments.store(edge)
    var tally = ReplayTally()
    let replay = Replay(store, jobs: arguments[jobs] ?? 2)
    if let id {
      tally.add(try failing { try replay.replay(id) })
    } else {
      let progress = Progress("replay", unit: "decisions", on: edge.errors)
      defer { progress.finish() }
      try failing {
        try replay.replayAll { verdict in
          tally.add(verdict)
          progress.report(tally.replayed)
        }
      }
    }
    if arguments.wantsJSON { edge.output.json(tally.json) } else { tally.write(to: edge.output) }
    return tally.different.isEmpty ? .done : .refused
  }
}

/// What came of replaying some decisions.
struct ReplayTally {
  private(set) var replayed = 0
  private(set) var different: [Replay.Verdict] = []

  mutating func add(_ verdict: Replay.Verdict) {
    replayed += 1
    if !verdict.isIdentical { different.append(verdict) }
  }

  func write(to output: TextStream) {
    let identical = replayed - different.count
    if different.isEmpty {
      output.line(
        "\(counted(replayed, "decision")) recomputed: every byte is the same.")
      return
    }
    for verdict in different.prefix(20) {
      output.line(output.style(.bad, "\(verdict.id) differs:"))
      var table = Table([.init("field"), .init("stored", .left, .wraps), .init("recomputed")])
      for difference in verdict.differences.prefix(20) {
        table.add([
          .init(difference.field), .init(difference.stored ?? "-"), .init(difference.recomputed ?? "-"),
        ])
      }
      table.write(to: output, indent: 2)
    }
    if different.count > 20 { output.line("... and \(grouped(different.count - 20)) more.") }
    output.line(
      "\(grouped(identical)) of \(grouped(replayed)) decisions are the same, \(grouped(different.count)) differ."
    )
  }

  var json: JSONValue {
    [
      "replayed": .number(Decimal(replayed)), "identical": .number(Decimal(replayed - different.count)),
      "different": .array(
        different.map { verdict in
          [
            "decision": .string(verdict.id.description),
            "differences": .array(
              verdict.differences.map { difference in
                [
                  "field": .string(difference.field),
                  "stored": difference.stored.map(JSONValue.string) ?? .null,
                  "recomputed": difference.recomputed.map(JSONValue.string) ?? .null,
                ]
              }),
          ]
        }),
    ]
  }
}
