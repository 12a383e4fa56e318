import DMN
import Decisioning
import Facts
import Formats
import Values

extension Command {
  /// `bonitas rules show`: what a version of the rules holds.
  static let rulesShow = Command(
    "rules show",
    summary: "Show a version of the rules: files, decisions, points, thresholds, law.",
    discussion: """
      Without a name it shows what decides today. A version is named by the first letters of its hash. With --output its \
      files are written to a new folder byte for byte, to be looked at, compared or put in force again.
      """,
    positionals: [RulesShowing.version], options: [RulesShowing.output],
    needs: .anybody,
    examples: [
      Example("bonitas rules show", "What decides today."),
      Example("bonitas rules show rules --json", "A folder, for programs."),
    ], run: RulesShowing.run)
}

private enum RulesShowing {
  static let version = Positional(
    "VERSION", .path("VERSION"), "The first letters of a kept version, or a rules folder.", isRequired: false)
  static let output = Option("output", .path("FOLDER"), "Write the files to this new folder.")

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let source =
      if let name = arguments[version] {
        try RulesSource(named: name, arguments, edge)
      } else {
        try RulesSource(decidingToday: arguments, edge)
      }
    if let folder = arguments[output] {
      try source.write(to: folder, sparing: arguments.database(edge))
      if arguments.wantsJSON {
        edge.output.json([
          "version": .string(source.files.version.hexadecimal), "folder": .string(folder),
          "files": .number(Decimal(source.files.paths.count)),
        ])
      } else {
        edge.output.line(
          "Version \(source.files.version.short): \(counted(source.files.paths.count, "file")) written to "
            + "\(visible(folder)).")
      }
      return .done
    }
    let ruleSet = try failing { try RuleSet(source.files) }
    if arguments.wantsJSON {
      edge.output.json(json(ruleSet))
    } else {
      write(ruleSet, source, edge.output)
    }
    return .done
  }

  // MARK: - For people

  private static func write(_ ruleSet: RuleSet, _ source: RulesSource, _ output: TextStream) {
    output.line(output.style(.heading, "Version \(ruleSet.version.short)") + " (\(source.origin))")
    output.line(output.style(.dim, ruleSet.version.hexadecimal))
    section("Files", output)
    var files = Table([.init("file"), .init("bytes", .right), .init("hash")])
    for path in ruleSet.files.paths {
      let bytes = ruleSet.files[path] ?? []
      files.add([.init(path), .init(bytes.count), .init(SHA256.hash(bytes).short, .dim)])
    }
    files.write(to: output, indent: 2)
    section("Decisions", output)
    var decisions = Table([.init("decision"), .init("made by", .left, .wraps)])
    for decision in ruleSet.decisions { decisions.add([.init(decision.name), .init(decision.words)]) }
    decisions.write(to: output, indent: 2)
    section("Points", output)
    var points = Table([.init("characteristic"), .init("best", .right)])
    for characteristic in ruleSet.layout.characteristics {
      points.add([.init(characteristic.name), .init(characteristic.best.description)])
    }
    let best = ruleSet.layout.characteristics.reduce(Decimal.zero) { $0 + $1.best }
    points.add([.init("all", .emphasis), .init(best.description, .emphasis)])
    points.write(to: output, indent: 2)
    if let thresholds = ruleSet.thresholds {
      section("Thresholds", output)
      var table = Table(thresholds.columns.map { .init($0) })
      for row in thresholds.rows { table.add(row.map { .init($0) }) }
      table.write(to: output, indent: 2)
    }
    if let days = ruleSet.validityText {
      output.line("  A rating is valid for \(visible(days)) days.")
    }
    section("Law", output)
    var law = Table([
      .init("provision"), .init("country"), .init("says", .left, .wraps), .init("in force"), .init("known"),
      .init("source", .left, .shortens),
    ])
    for provision in ruleSet.law.provisions {
      law.add([
        .init(provision.id), .init(provision.jurisdiction), .init(provision.note),
        .init("from \(provision.from)" + (provision.until.map { " to \($0)" } ?? "")),
        .init(provision.confidence.rawValue, provision.confidence == .memory ? .warning : .plain),
        .init(provision.source),
      ])
    }
    law.write(to: output, indent: 2)
  }

  private static func section(_ title: String, _ output: TextStream) {
    output.line()
    output.line(output.style(.heading, title))
  }

  // MARK: - For programs

  private static func json(_ ruleSet: RuleSet) -> JSONValue {
    [
      "version": .string(ruleSet.version.hexadecimal),
      "files": .array(
        ruleSet.files.paths.map { path in
          let bytes = ruleSet.files[path] ?? []
          return [
            "path": .string(path), "bytes": .number(Decimal(bytes.count)),
            "hash": .string(SHA256.hash(bytes).hexadecimal),
          ]
        }),
      "decisions": .array(
        ruleSet.decisions.map { decision in
          [
            "name": .string(decision.name),
            "hitPolicy": decision.hitPolicy.map(JSONValue.string) ?? .null,
            "rules": decision.rules.map { .number(Decimal($0)) } ?? .null,
            "expression": decision.text.map(JSONValue.string) ?? .null,
          ]
        }),
      "characteristics": .array(
        ruleSet.layout.characteristics.map { ["name": .string($0.name), "best": .number($0.best)] }),
      "thresholds": ruleSet.thresholds.map { thresholds in
        .array(
          thresholds.rows.map { row in
            var object = JSONObject()
            for (column, cell) in zip(thresholds.columns, row) { object[column] = .string(cell) }
            return .object(object)
          })
      } ?? .null,
      "validityInDays": ruleSet.validityText.map(JSONValue.string) ?? .null,
      "law": .array(ruleSet.law.provisions.map(json)),
    ]
  }

  private static func json(_ provision: LawProvision) -> JSONValue {
    [
      "id": .string(provision.id), "jurisdiction": .string(provision.jurisdiction),
      "from": .string(provision.from.description),
      "until": provision.until.map { .string($0.description) } ?? .null,
      "commodities": provision.commodities.map { words($0.map(\.rawValue)) } ?? .null,
      "customers": provision.customers.map { words($0.map(\.rawValue)) } ?? .null,
      "source": .string(provision.source), "confidence": .string(provision.confidence.rawValue),
      "note": .string(provision.note),
    ]
  }

  private static func words(_ words: [String]) -> JSONValue { .array(words.sorted().map(JSONValue.string)) }
}

/// One decision of the rating model as the outline shows it.
private struct DecisionOutline {
  let name: String
  let hitPolicy: String?
  let rules: Int?
  let text: String?

  var words: String {
    if let hitPolicy, let rules { return "a table of \(counted(rules, "rule")), \(hitPolicy)" }
    return text ?? "its own logic"
  }
}

extension RuleSet {
  fileprivate var decisions: [DecisionOutline] {
    ratingModel.decisions.map { decision in
      let table = ratingModel.table(of: decision)
      return DecisionOutline(
        name: ratingModel.name(of: decision), hitPolicy: table?.hitPolicyText, rules: table?.ruleCount,
        text: ratingModel.text(of: decision).map(onOneLine))
    }
  }

  /// The rows of the table that makes a rating of the score.
  fileprivate var thresholds: (columns: [String], rows: [[String]])? {
    guard let decision = ratingModel.decision(named: PolicyName.bandedRating),
      let table = ratingModel.table(of: decision)
    else { return nil }
    let rows = (0..<table.ruleCount).map { rule in
      table.inputNames.indices.map { onOneLine(table.inputText(rule: rule, column: $0)) }
        + table.outputNames.indices.map { onOneLine(table.outputText(rule: rule, column: $0)) }
    }
    return (table.inputNames + table.outputNames, rows)
  }

  fileprivate var validityText: String? {
    ratingModel.decision(named: PolicyName.validityInDays).flatMap { ratingModel.text(of: $0) }
      .map(onOneLine)
  }
}

private func onOneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
