import Access
import Decisioning
import FactStore
import Formats
import PolicyChecks
import SQLite
import Values

extension Command {
  /// `bonitas rules activate`: puts a rule set in force.
  static let rulesActivate = Command(
    "rules activate",
    summary: "Put the rules of a folder in force from a day.",
    discussion: """
      Keeps the whole rule set in the database and lets it decide for business dates from that day. Refused where \
      'bonitas rules check' finds an error or 'bonitas rules test' does not pass, and for a day in the past. \
      From the first activation on, 'rate' and 'rerate' use what is in force and no other rules.
      """,
    positionals: [RulesOptions.folder], options: [RulesOptions.from],
    needs: .permission(.activate),
    examples: [
      Example("bonitas rules activate --from 2099-01-01", "Schedules the rules folder for that day."),
      Example("bonitas rules activate rules --actor anna", "Puts it in force from today, by name."),
    ]
  ) { arguments, edge throws(Failure) in
    let folder = arguments[RulesOptions.folder] ?? arguments.rules(edge)
    let today = arguments.today(edge)
    let day = arguments[RulesOptions.from] ?? today
    if day < today { throw Failure(ActivationError.pastDay(day, today: today)) }
    let ruleSet = try failing { try RuleSet(folder: folder) }
    try PublicationGate.pass(ruleSet)
    let store = try arguments.store(edge, .create)
    let audit = try edge.auditLog()
    let result = try failing {
      try store.write(actor: arguments.actor, at: edge.now, purpose: "rules activate") {
        transaction throws(ActivationError) in
        try ActivationStore.activate(
          ruleSet, from: day, today: today, sequence: transaction.sequence, audit: audit,
          in: transaction.sql)
      }
    }
    if arguments.wantsJSON {
      edge.output.json(describe(result, ruleSet, day))
    } else {
      edge.output.line(sentence(result, ruleSet, day, today))
    }
    return .done
  }

  private static func sentence(
    _ result: ActivationStore.Activated, _ ruleSet: RuleSet, _ day: CivilDate, _ today: CivilDate
  ) -> String {
    let version = ruleSet.version.short
    switch result {
    case .added:
      return day == today
        ? "Version \(version) is in force from today, \(day)."
        : "Version \(version) will be in force from \(day). 'bonitas rules rollback' takes that back."
    case .unchanged(let since):
      return "Version \(version) is in force on \(day) already, since \(since); nothing was changed."
    }
  }

  private static func describe(
    _ result: ActivationStore.Activated, _ ruleSet: RuleSet, _ day: CivilDate
  ) -> JSONValue {
    var json = JSONObject()
    json["version"] = .string(ruleSet.version.hexadecimal)
    switch result {
    case .added:
      json["activated"] = true
      json["from"] = .string(day.description)
    case .unchanged(let since):
      json["activated"] = false
      json["from"] = .string(since.description)
    }
    return .object(json)
  }
}

/// What a rule set has to pass before it decides about anybody.
private enum PublicationGate {
  /// Tells the first faults, and the command that tells them all.
  static func pass(_ ruleSet: RuleSet) throws(Failure) {
    let errors = PolicyChecks.findings(ruleSet.files).filter { $0.severity == .error }
    if !errors.isEmpty {
      throw refusal("checks", counted(errors.count, "error"), errors.map(\.sentence), "rules check")
    }
    let report = try failing { try PolicyChecks.test(ruleSet.files) }
    guard !report.passes else { return }
    let failures = report.failures.map { failure in
      let differences = failure.differences.map {
        "\($0.name) is \($0.actual.canonical), promised is \($0.expected.canonical)"
      }
      return "\(failure.example.name): \(differences.joined(separator: "; "))"
    }
    let sentences =
      report.errors.map(\.sentence) + failures
      + report.rulesNotMet.map { "\($0.table): no example meets \($0.rules.joined(separator: ", "))" }
    throw refusal("examples", "the examples do not hold", sentences, "rules test")
  }

  private static func refusal(
    _ code: String, _ count: String, _ sentences: [String], _ command: String
  ) -> Failure {
    let shown = sentences.prefix(5).map { "\n  " + visible($0) }.joined()
    let more = sentences.count > 5 ? "\n  and \(sentences.count - 5) more" : ""
    return Failure(
      "activation.\(code)",
      "The rules are not put in force: \(count).\(shown)\(more)\n'bonitas \(command)' tells all.")
  }
}

/// What the commands on rules take.
enum RulesOptions {
  static let folder = Positional(
    "FOLDER", .path("FOLDER"), "The rules folder (default that of --rules).", isRequired: false)
  static let from = Option("from", .date, "The first business date (default today in Riga).")
}
