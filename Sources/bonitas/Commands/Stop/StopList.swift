import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas stop list`: every stop there was.
  static let stopList = Command(
    "stop list",
    summary: "List the stops of automated decisions, and who lifted them.", needs: .anybody,
    examples: [Example("bonitas stop list", "What is stopped now, and was.")]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let stops = try failing {
      try store.read { reader throws(SQLiteError) in try StopSwitch.record(in: reader.sql) }
    }
    if arguments.wantsJSON {
      edge.output.json(.array(stops.map(\.json)))
      return .done
    }
    if stops.isEmpty {
      edge.output.line("Automated decisions have never been stopped.")
      return .done
    }
    var table = Table([
      .init("stop", .right), .init("of"), .init("by"), .init("since"), .init("reason", .left, .wraps),
      .init("lifted", .left, .wraps),
    ])
    for stop in stops {
      table.add([
        .init(stop.number), .init(stop.object), .init(visible(stop.actor)),
        .init(RigaTime.minute(at: stop.at)),
        .init(visible(stop.reason)),
        .init(
          stop.lift.map {
            visible("by \($0.actor) at \(RigaTime.minute(at: $0.at)): \($0.reason)")
          } ?? "in force", stop.lift == nil ? .bad : .plain),
      ])
    }
    table.write(to: edge.output)
    return .done
  }
}

extension StopSwitch.Stop {
  /// What is stopped, in two words.
  var object: String { ruleSet.map { "rules \($0.short)" } ?? "everything" }

  /// The stop in one sentence.
  var words: String {
    let what =
      ruleSet.map { "Automated decisions by the rules \($0.short) are" } ?? "Automated decisions are"
    return visible(
      "\(what) stopped since \(RigaTime.minute(at: at)) by \(actor): \(reason) (stop \(number)).")
  }

  /// The stop for machines.
  var json: JSONValue {
    [
      "stop": .number(Decimal(number)), "ruleSet": ruleSet.map { .string($0.hexadecimal) } ?? .null,
      "reason": .string(reason), "actor": .string(actor), "at": .string(at.description),
      "lifted": lift.map {
        ["actor": .string($0.actor), "at": .string($0.at.description), "reason": .string($0.reason)]
      } ?? .null,
    ]
  }
}
