import Access
import Decisioning
import FactStore
import SQLite
import Values

extension Command {
  /// `bonitas stop`: automated decisions refer from now on.
  static let stop = Command(
    "stop",
    summary: "Stop automated decisions: from now on they refer to an employee.",
    discussion: """
      Takes effect with the next decision that is recorded, in every process: what would have been accepted, declined \
      or burdened is held for an employee, and says so. Decisions of people are not touched. Lifting it takes another \
      person: 'bonitas stop lift'. Every command tells while a stop is in force.
      """,
    options: [StopOptions.all, StopOptions.policy, StopOptions.version, StopOptions.reason],
    needs: .permission(.stop),
    examples: [
      Example(
        "bonitas stop --all --reason \"odd scores since this morning\"", "No automated decision any more."),
      Example(
        "bonitas stop --policy --reason \"wrong threshold\"", "Only those of the rules in force today."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let ruleSet = try ruleSet(arguments, edge, store)
    let reason = try StopOptions.reason(arguments)
    let audit = try edge.auditLog()
    let number = try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "stop") { write throws(StopError) in
        try StopSwitch.stop(
          ruleSet, reason: reason, sequence: write.sequence, audit: audit, in: write.sql)
      }
    }
    let stops = try failing {
      try store.read { reader throws(SQLiteError) in try StopSwitch.record(in: reader.sql) }
    }
    guard let stop = stops.first(where: { $0.number == number }) else { return .done }
    if arguments.wantsJSON {
      edge.output.json(stop.json)
    } else {
      edge.output.line("\(stop.words) From now on these decisions refer to an employee.")
      edge.output.line("Another person lifts it: 'bonitas stop lift \(number) --reason TEXT'.")
    }
    return .done
  }

  /// The only rule set to stop; nil for all.
  private static func ruleSet(
    _ arguments: Arguments, _ edge: Edge, _ store: FactStore
  ) throws(Failure) -> Digest? {
    let version = arguments[StopOptions.version]
    let chosen = [arguments[StopOptions.all], arguments[StopOptions.policy], version != nil]
    guard chosen.filter(\.self).count == 1 else {
      throw Failure(
        usage: .conflict(
          "Say what to stop: --all, --policy for the rules in force today, or --version VERSION."))
    }
    if arguments[StopOptions.all] { return nil }
    guard let version else { return try RulesSource(decidingToday: arguments, edge).files.version }
    return try failing {
      try store.read { reader throws(ActivationError) in
        try RuleSetStore.version(beginning: version, in: reader.sql)
      }
    }
  }
}

/// What the commands on the stop switch take.
enum StopOptions {
  static let all = Flag("all", "Every automated decision.")
  static let policy = Flag("policy", "Decisions by the rules in force today.")
  static let version = Option("version", .name("VERSION"), "Decisions by this version of the rules.")
  static let reason = Option("reason", .text("TEXT"), "Why; kept and told with every stop.", isRequired: true)

  /// The reason, which says something.
  static func reason(_ arguments: Arguments) throws(Failure) -> String {
    let reason = try arguments.required(reason)
    guard reason.contains(where: \.isLetter) else {
      throw Failure("no-reason", "A reason in words is needed: --reason \"what was seen\".")
    }
    return reason
  }
}
