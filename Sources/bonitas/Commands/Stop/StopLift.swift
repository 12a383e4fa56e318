import Access
import Decisioning
import FactStore
import Formats
import Values

extension Command {
  /// `bonitas stop lift`: automated decisions again.
  static let stopLift = Command(
    "stop lift",
    summary: "Lift a stop; it takes another person than who stopped.",
    positionals: [number], options: [StopOptions.reason], needs: .signedIn(.lift),
    examples: [
      Example("BONITAS_TOKEN=$ANNA bonitas stop --all --reason \"a rehearsal\"", "Anna stops everything."),
      Example(
        "bonitas stop lift 1 --reason \"rehearsed\"", "Another than Anna lets it go on."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let number = try arguments.required(number)
    let reason = try StopOptions.reason(arguments)
    let audit = try edge.auditLog()
    let actor = arguments.actor
    try failing {
      try store.write(actor: actor, at: edge.now, purpose: "stop lift") { write throws(StopError) in
        try StopSwitch.lift(
          number, reason: reason, actor: actor, sequence: write.sequence, audit: audit, in: write.sql)
      }
    }
    if arguments.wantsJSON {
      edge.output.json(["stop": .number(Decimal(number)), "liftedBy": .string(actor)])
    } else {
      edge.output.line(
        "Stop \(number) is lifted. Orders that it held stay held until an employee has decided on them.")
    }
    return .done
  }

  private static let number = Positional(
    "NUMBER", .integer("NUMBER", in: 1...Int.max), "The number of the stop.")
}
