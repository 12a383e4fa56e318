import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas replay`: decisions recomputed and compared.
  static let replay = Command(
    "replay",
    summary: "Recompute decisions from stored facts and rules; compare byte for byte.",
    discussion: """
      Each decision is recomputed from the facts it could see and the rule set it used, both as they are kept in the \
      database. Exit code 1 when any differs. A decision whose facts were erased since cannot be recomputed: it is told \
      with what remains provable, and is no difference.
      """,
    positionals: [Replaying.decision], options: [Replaying.all, Replaying.since, Replaying.jobs],
    needs: .anybody,
    examples: [
      Example("bonitas replay D-1", "Recomputes one decision."),
      Example("bonitas replay --all", "Recomputes every decision."),
      Example("bonitas replay --since 2026-01-01", "Those recorded on that day or later."),
      Example("bonitas replay --all --jobs 8", "The same on eight threads."),
    ], run: Replaying.run)
}

private enum Replaying {
  static let decision = Positional("DECISION", .decision, "The decision, as in D-17.", isRequired: false)
  static let all = Flag("all", "Every decision in the database.")
  static let since = Option(
    "since", .date, "Every decision that was recorded on this day in Riga or later.")
  static let jobs = Option(
    "jobs", .integer("N", in: 1...256), "How many threads decide at once (default 2).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let id = arguments[decision]
    let day = arguments[since]
    let wishes = [id != nil, arguments[all], day != nil].count { $0 }
    if wishes != 1 {
      throw Failure(
        usage: .conflict(
          wishes == 0
            ? "Name a decision, a day with --since, or all decisions with --all."
            : "Name a decision, --since or --all: one of the three."))
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
        let first = try day.map { day in
          try store.read { reader throws(SQLiteError) in
            try DecisionStore.last(before: RigaTime.start(of: day), in: reader.sql)
          }
        }
        try replay.replayAll(after: first ?? nil) { verdict in
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
  /// Those that cannot be recomputed any more.
  private(set) var erased: [(id: DecisionID, remains: Replay.Remains)] = []

  mutating func add(_ verdict: Replay.Verdict) {
    replayed += 1
    if let remains = verdict.erased {
      erased.append((verdict.id, remains))
    } else if !verdict.isIdentical {
      different.append(verdict)
    }
  }

  private var identical: Int { replayed - different.count - erased.count }

  func write(to output: TextStream) {
    for (id, remains) in erased.prefix(20) { write(id, remains, to: output) }
    if erased.count > 20 { output.line("... and \(grouped(erased.count - 20)) more.") }
    if different.isEmpty {
      if identical > 0 || erased.isEmpty {
        output.line("\(counted(identical, "decision")) recomputed: every byte is the same.")
      }
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

  private func write(_ id: DecisionID, _ remains: Replay.Remains, to output: TextStream) {
    for erasure in remains.erasures {
      output.wrapped(
        "\(id) cannot be recomputed: \(counted(erasure.facts, "fact")) of the customer "
          + "\(erasure.facts == 1 ? "was" : "were") erased by \(visible(erasure.actor)) at \(erasure.at) under rule "
          + "\(visible(erasure.rule)), in write \(erasure.sequence).")
    }
    let entry =
      remains.auditEntry.map { "audit entry \($0) vouches for the record" }
      ?? "no audit entry vouches for the record any more"
    output.wrapped(
      "What remains: the stored bytes match their hash \(remains.contentHash.short), rule set "
        + "\(remains.ruleSet.short) is whole, \(entry).", indent: 2)
  }

  private static func json(_ id: DecisionID, _ remains: Replay.Remains) -> JSONValue {
    [
      "decision": .string(id.description),
      "erasures": .array(
        remains.erasures.map { erasure in
          [
            "rule": .string(erasure.rule), "dataClass": erasure.dataClass.map(JSONValue.string) ?? .null,
            "facts": .number(Decimal(erasure.facts)), "sequence": .number(Decimal(erasure.sequence)),
            "actor": .string(erasure.actor), "at": .string(erasure.at.description),
          ]
        }),
      "contentHash": .string(remains.contentHash.hexadecimal),
      "ruleSet": .string(remains.ruleSet.hexadecimal),
      "auditEntry": remains.auditEntry.map { .number(Decimal($0)) } ?? .null,
    ]
  }

  var json: JSONValue {
    [
      "replayed": .number(Decimal(replayed)), "identical": .number(Decimal(identical)),
      "erased": .array(erased.map { Self.json($0.id, $0.remains) }),
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
