import Decisioning
import Formats
import PolicyChecks
import Values

extension Command {
  /// `bonitas rules diff`: what a changed policy decides otherwise.
  static let rulesDiff = Command(
    "rules diff",
    summary: "Say in words where two rule sets decide differently.",
    discussion: """
      Tells for which regions of input a table, a scorecard or a rating band gives something else, which characteristics \
      came or went, which expressions, texts and provisions changed; each with an invented customer and what both rule \
      sets decide about it. A rule set is a rules folder, or the beginning of a version that the database keeps.
      """,
    positionals: [before, after],
    needs: .anybody,
    examples: [
      Example("bonitas rules diff rules rules --json", "A rule set compared with itself.")
    ]
  ) { arguments, edge throws(Failure) in
    let old = try RulesSource(named: try arguments.required(before), arguments, edge).files
    let new = try RulesSource(named: try arguments.required(after), arguments, edge).files
    let changes = PolicyDifference.changes(from: old, to: new)
    if arguments.wantsJSON {
      edge.output.json([
        "before": .string(old.version.hexadecimal), "after": .string(new.version.hexadecimal),
        "changes": .array(changes.map(\.json)),
      ])
      return .done
    }
    for change in changes { write(change, to: edge.output) }
    edge.output.line(
      "Rule set \(old.version.hexadecimal.prefix(12)) to \(new.version.hexadecimal.prefix(12)): "
        + counted(changes.count, "change"))
    return .done
  }

  private static let before = Positional(
    "BEFORE", .path("RULES"), "The rule set to compare with: a folder or a version.")
  private static let after = Positional(
    "AFTER", .path("RULES"), "The rule set that is compared: a folder or a version.")

  private static func write(_ change: PolicyChange, to output: TextStream) {
    output.wrapped(visible(change.sentence))
    if let texts = change.texts {
      output.wrapped("before: \(texts.before.map(visible) ?? "-")", indent: 4)
      output.wrapped("now:    \(texts.after.map(visible) ?? "-")", indent: 4)
    }
    if let example = change.example {
      output.wrapped("For example: \(visible(example.words))", indent: 4)
    }
    output.line()
  }
}
