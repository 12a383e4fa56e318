import Decisioning
import FactStore
import Formats
import Values

extension Command {
  /// `bonitas rules versions`: what the database keeps of rules.
  static let rulesVersions = Command(
    "rules versions",
    summary: "List every version of the rules that is kept, and when it is in force.",
    discussion: """
      A version is kept when it is put in force or makes its first decision, and stays as long as the database. Its name \
      is the hash of its files; the first letters are enough wherever a version is named.
      """,
    needs: .anybody,
    examples: [
      Example("bonitas rules versions", "What is kept, in force and scheduled."),
      Example("bonitas rules versions --json", "The same for programs."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let today = arguments.today(edge)
    let versions = try failing {
      try store.read { reader throws(ActivationError) in
        try RuleSetStore.versions(today: today, in: reader.sql)
      }
    }
    if arguments.wantsJSON {
      edge.output.json(.array(versions.map(describe)))
    } else {
      write(versions, edge.output)
    }
    return .done
  }

  private static func write(_ versions: [KeptVersion], _ output: TextStream) {
    if versions.isEmpty {
      output.line("No version is kept yet: 'bonitas rules activate' puts one in force.")
      return
    }
    var table = Table([
      .init("version"), .init("kept since"), .init("state"), .init("in force", .left, .wraps),
      .init("decisions", .right),
    ])
    for version in versions {
      table.add([
        .init(version.version.short, .emphasis), .init(RigaTime.date(at: version.keptAt).description),
        .init(version.state.rawValue, version.state == .inForce ? .good : .plain),
        .init(version.periods.map(words).joined(separator: ", ")), .init(version.decisions),
      ])
    }
    table.write(to: output)
    if versions.allSatisfy({ $0.state == .neverActivated }) {
      output.line(
        "None was put in force, so the rules folder decides; 'bonitas rules activate' changes that.")
    }
  }

  private static func words(_ period: ActivationTimeline.Period) -> String {
    "from \(period.from)" + (period.until.map { " to \($0)" } ?? "")
  }

  private static func describe(_ version: KeptVersion) -> JSONValue {
    [
      "version": .string(version.version.hexadecimal), "keptAt": .string(version.keptAt.description),
      "state": .string(version.state.rawValue), "decisions": .number(Decimal(version.decisions)),
      "inForce": .array(
        version.periods.map { period in
          [
            "from": .string(period.from.description),
            "until": period.until.map { .string($0.description) } ?? .null,
          ]
        }),
    ]
  }
}
