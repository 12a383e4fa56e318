import Decisioning
import Formats
import PolicyChecks
import Values

extension Command {
  /// `bonitas rules test`: whether the rules do what they promise.
  static let rulesTest = Command(
    "rules test",
    summary: "Run the examples of the rules, and tell what no example shows.",
    discussion: """
      Puts every example of examples/*.json to the rules: inputs of the rating model or of that of debts, and what \
      decisions, knock-outs and outcome are promised. Tells which rules no example meets and which boundaries none touches. Exit code 1 when an \
      example fails, cannot be read, or a rule is met by none. With --generate it writes examples below, at and above \
      every boundary of one model with what it answers now, of the rating if --model names no other; read them before they \
      are kept.
      """,
    positionals: [RulesTesting.version], options: [RulesTesting.generate, RulesTesting.model],
    needs: .anybody,
    examples: [
      Example("bonitas rules test", "The examples of the rules folder."),
      Example(
        "bonitas rules test rules --generate /tmp/boundaries.json", "Writes examples at every boundary."),
      Example(
        "bonitas rules test --generate /tmp/ladder.json --model service-restriction.dmn",
        "The same for the ladder of debts."),
    ], run: RulesTesting.run)
}

private enum RulesTesting {
  static let version = Positional(
    "FOLDER", .path("FOLDER"), "The rules folder (default that of --rules), or a kept version.",
    isRequired: false)
  static let generate = Option("generate", .path(), "Write examples at every boundary to this file.")
  static let model = Option(
    "model", .choice(ExampleModel.allCases.map(\.rawValue)),
    "What --generate is about (default \(ExampleModel.rating.rawValue)).")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let source = try RulesSource(named: arguments[version] ?? arguments.rules(edge), arguments, edge)
    if let path = arguments[generate] {
      let model = arguments[model].flatMap(ExampleModel.init(rawValue:)) ?? .rating
      try write(source.files, of: model, to: path, sparing: arguments.database(edge), edge)
      return .done
    }
    let report = try failing { try PolicyChecks.test(source.files) }
    if arguments.wantsJSON {
      edge.output.json(report.json)
    } else {
      write(report, source, edge.output)
    }
    return report.passes ? .done : .refused
  }

  private static func write(
    _ files: RuleSetFiles, of model: ExampleModel, to path: String, sparing database: String, _ edge: Edge
  ) throws(Failure) {
    guard let text = try failing({ try ExampleGenerator.text(files, of: model) }) else {
      throw Failure(
        "unsound-model",
        "\(model.rawValue) has errors, so nothing is generated: 'bonitas rules check' tells.")
    }
    let file = try OutputFile(path, sparing: database)
    try file.write(Array(text.utf8))
    try file.finish()
    edge.output.line("Written to \(visible(path)). Read what the examples promise before you keep them.")
  }

  private static func write(_ report: ExampleReport, _ source: RulesSource, _ output: TextStream) {
    for error in report.errors { output.line(output.style(.bad, "error: ") + visible(error.sentence)) }
    for failure in report.failures {
      output.line(
        output.style(.bad, "failed: ") + visible(failure.example.name)
          + output.style(.dim, " (\(visible(failure.example.file)), \(failure.example.pointer))"))
      var table = Table([.init("what"), .init("expected", .left, .wraps), .init("came out", .left, .wraps)])
      for difference in failure.differences {
        table.add([
          .init(difference.name), .init(words(difference.expected)), .init(words(difference.actual)),
        ])
      }
      table.write(to: output, indent: 2)
    }
    var table = Table([
      .init("table"), .init("rules", .right), .init("met", .right), .init("boundaries", .right),
      .init("touched", .right),
    ])
    for entry in report.coverage {
      table.add([
        .init(entry.table), .init(entry.rules), .init(entry.rules - entry.rulesNotMet.count),
        .init(entry.boundaries), .init(entry.boundaries - entry.boundariesNotTouched.count),
      ])
    }
    table.write(to: output)
    for (name, rules) in report.rulesNotMet {
      output.wrapped("\(visible(name)): no example meets \(visible(rules.joined(separator: ", "))).")
    }
    let boundaries = report.coverage.flatMap { entry in
      entry.boundariesNotTouched.map { "\(entry.table): \($0)" }
    }
    if !boundaries.isEmpty {
      output.line("No example lies at:")
      for text in boundaries.prefix(20) { output.line("  " + visible(text)) }
      if boundaries.count > 20 { output.line("  and \(boundaries.count - 20) more") }
    }
    let passed = report.count - report.failures.count
    let all = "\(grouped(passed)) of \(counted(report.count, "example")) hold"
    let errors = report.errors.isEmpty ? "" : ", \(counted(report.errors.count, "error"))"
    output.line("Rule set \(source.files.version.short) (\(source.origin)): \(all)\(errors).")
  }

  private static func words(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let items): items.isEmpty ? "none" : items.map(words).joined(separator: ", ")
    case .null: "nothing"
    default: value.canonical
    }
  }
}
