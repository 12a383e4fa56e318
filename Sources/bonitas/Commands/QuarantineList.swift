import Access
import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas quarantine list`: the rows that were not taken.
  static let quarantineList = Command(
    "quarantine list",
    summary: "List the rows that were not stored, and why.",
    discussion: """
      A row in quarantine is stored by reading a corrected file; it then leaves the list by itself. A row \
      that nobody will mend is settled by 'bonitas quarantine discard'. A customer named \
      by an open row is referred to a person until then.
      """,
    options: [Quarantine.state, Quarantine.after, Quarantine.limit],
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas quarantine list", "The open rows with file, line, column, rule and hint."),
      Example("bonitas quarantine list --state all --json", "Every row ever put aside, for a program."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let word = arguments[Quarantine.state] ?? "open"
    let state = QuarantinedRecord.State(rawValue: word)
    let limit = arguments[Quarantine.limit] ?? 200
    let after = arguments[Quarantine.after] ?? 0
    let (records, customers) = try failing {
      try store.read { reader throws(StoreError) in
        let records = try reader.quarantine(state: state, after: after, limit: limit)
        return (records, try Quarantine.keys(of: records, reader))
      }
    }
    if !records.isEmpty {
      try arguments.recordRead(
        by: "quarantine list", of: customers,
        about: ["state": .string(word), "rows": .number(Decimal(records.count))], in: store, edge)
    }
    if arguments.wantsJSON {
      edge.output.json(.array(records.map(Quarantine.describe)))
      return .done
    }
    if records.isEmpty {
      edge.output.line(word == "open" ? "Nothing is in quarantine." : "There are no such rows.")
      return .done
    }
    Quarantine.table(records, showsState: word != "open").write(to: edge.output)
    if records.count == limit, let last = records.last {
      edge.output.line("There may be more: 'bonitas quarantine list --after \(last.key)'.")
    }
    return .done
  }
}

/// What the commands on quarantine share.
enum Quarantine {
  static let state = Option(
    "state", .choice(QuarantinedRecord.State.allCases.map(\.rawValue) + ["all"]),
    "Which rows (default open).")
  static let after = Option("after", .integer("NUMBER", in: 0...Int.max), "Only rows after this number.")
  static let limit = Option("limit", .integer("N", in: 1...1_000_000), "At most so many (default 200).")

  /// The keys of the customers whom the rows name, as far as they are known.
  static func keys(
    of records: [QuarantinedRecord], _ reader: FactReader
  ) throws(StoreError) -> [Int] {
    var keys: Set<Int> = []
    for customer in Set(records.compactMap(\.rejection.customer)) {
      let key = try StoreError.wrapping { () throws(SQLiteError) in try reader.key(of: customer) }
      if let key { keys.insert(key) }
    }
    return keys.sorted()
  }

  /// The rows with the reason and the hint of each.
  static func table(_ records: [QuarantinedRecord], showsState: Bool = false) -> Table {
    var columns: [Table.Column] = [
      .init("number", .right), .init("file"), .init("line", .right), .init("column"), .init("rule"),
      .init("customer"), .init("hint", .left, .wraps),
    ]
    if showsState { columns.append(.init("state")) }
    var table = Table(columns)
    for record in records {
      let rejection = record.rejection
      table.add([
        .init(record.key), .init(fileName(record.file)), .init(rejection.line),
        .init(rejection.column ?? ""), .init(rejection.rule, .warning),
        .init(rejection.customer?.description ?? ""), .init(rejection.hint), .init(record.state.rawValue),
      ])
    }
    return table
  }

  static func describe(_ record: QuarantinedRecord) -> JSONValue {
    let rejection = record.rejection
    return [
      "number": .number(Decimal(record.key)), "source": .string(record.source),
      "file": text(record.file), "layout": .string(record.layout),
      "line": .number(Decimal(rejection.line)), "column": text(rejection.column),
      "rule": .string(rejection.rule), "customer": text(rejection.customer?.description),
      "hint": .string(rejection.hint), "raw": .string(rejection.raw), "at": .string(record.at.description),
      "state": .string(record.state.rawValue),
    ]
  }

  /// The last component: the folder is in `quarantine show`.
  static func fileName(_ path: String?) -> String {
    path?.split(separator: "/").last.map(String.init) ?? "(standard input)"
  }

  private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
