import Access
import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas quarantine show`: one row that was not taken, whole.
  static let quarantineShow = Command(
    "quarantine show",
    summary: "Show one row in quarantine with its text and what to do.",
    positionals: [number],
    needs: .permission(.readPersonalData),
    examples: [Example("bonitas quarantine show 1", "The first row that was ever put aside.")]
  ) { arguments, edge throws(Failure) in
    let key = try arguments.required(number)
    let store = try arguments.store(edge)
    let (found, customer) = try failing {
      try store.read { reader throws(StoreError) in
        let found = try reader.quarantined(key)
        return (found, try Quarantine.keys(of: found.map { [$0] } ?? [], reader))
      }
    }
    guard let record = found else { throw Failure(StoreError.noSuchQuarantine(key)) }
    try arguments.recordRead(
      by: "quarantine show", of: customer, about: ["number": .number(Decimal(key))], in: store, edge)
    if arguments.wantsJSON {
      edge.output.json(Quarantine.describe(record))
      return .done
    }
    let rejection = record.rejection
    let lines: [(String, String)] = [
      ("number", "\(record.key)"), ("state", record.state.rawValue),
      ("file", "\(record.file ?? "(standard input)"), line \(rejection.line)"),
      ("source", record.source), ("layout", record.layout), ("read at", record.at.description),
      ("customer", rejection.customer?.description ?? "cannot be told"),
      ("column", rejection.column ?? "the whole row"), ("rule", rejection.rule), ("hint", rejection.hint),
      ("row", rejection.raw),
    ]
    for (head, body) in lines {
      edge.output.hanging(indent: 0, head: head, headWidth: 8, body: visible(body))
    }
    return .done
  }

  private static let number = Positional(
    "NUMBER", .integer("NUMBER", in: 1...Int.max), "The row's number in 'quarantine list'.")
}
