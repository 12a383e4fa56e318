import Decisioning
import Formats
import PolicyChecks
import Values

extension Command {
  /// `bonitas rules check`: whether a policy is whole.
  static let rulesCheck = Command(
    "rules check",
    summary: "Prove the rules complete and free of contradiction.",
    discussion: """
      Proves every decision table complete and free of unintended overlap over the declared values, also across \
      tables; finds rules that can never apply, constants outside allowed values, reasons without text, inputs that may \
      not decide about anybody, letters that leave out what the law has them say. Each finding shows an invented customer, evaluated by the model. Exit code 1 when there \
      is an error.
      """,
    positionals: [rules],
    needs: .anybody,
    examples: [
      Example("bonitas rules check", "Checks the rules folder."),
      Example("bonitas rules check rules --json", "The same for programs."),
    ]
  ) { arguments, edge throws(Failure) in
    let files = try RulesSource(named: arguments[rules] ?? arguments.rules(edge), arguments, edge).files
    let findings = PolicyChecks.findings(files)
    let errors = findings.count { $0.severity == .error }
    if arguments.wantsJSON {
      edge.output.json([
        "ruleSet": .string(files.version.hexadecimal), "errors": .number(Decimal(errors)),
        "warnings": .number(Decimal(findings.count - errors)), "findings": .array(findings.map(\.json)),
      ])
    } else {
      for finding in findings { write(finding, to: edge.output) }
      edge.output.line(
        "Rule set \(files.version.hexadecimal.prefix(12)): \(counted(errors, "error")), "
          + "\(counted(findings.count - errors, "warning"))")
    }
    return errors == 0 ? .done : .refused
  }

  private static let rules = Positional(
    "RULES", .path("RULES"), "A rules folder or a kept version (default the folder of --rules).",
    isRequired: false)

  private static func write(_ finding: PolicyFinding, to output: TextStream) {
    let word =
      finding.severity == .error ? output.style(.bad, "error") : output.style(.warning, "warning")
    output.line("\(word) \(output.style(.dim, finding.code))")
    output.wrapped(visible(finding.sentence), indent: 2)
    if let example = finding.example {
      output.wrapped("For example: \(visible(example.words))", indent: 4)
    }
  }
}
