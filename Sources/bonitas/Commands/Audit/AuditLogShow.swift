import Access
import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas audit log`: who did what.
  static let auditLog = Command(
    "audit log",
    summary: "Show the audit log: who did what, and whose data were read.",
    discussion: """
      Each decision, human action, publication, file read in, erasure and read of personal data is an entry. Without \
      --since the newest are shown. An entry whose payload was erased shows only when it was made and of what kind it is. \
      Showing the log is a read of personal data and so an entry itself.

      With --customer, reads of everybody's data such as exports are shown as well; a confirmation that many decisions \
      came out the same again names the decisions and no customers.
      """,
    options: [Entries.customer, Entries.kind, Entries.since, Entries.limit],
    needs: .permission(.readPersonalData),
    examples: [
      Example("bonitas audit log", "The newest entries."),
      Example("bonitas audit log --customer CAST-14", "What was decided about a customer, and who looked."),
      Example("bonitas audit log --kind ingestion --json", "Which files were read, for a program."),
    ], run: Entries.run)
}

private enum Entries {
  static let customer = Option(
    "customer", .name("CUSTOMER"), "Only entries that concern this customer.")
  static let kind = Option(
    "kind", .choice(AuditKind.allCases.map(\.rawValue)), "Only entries of this kind.")
  static let since = Option(
    "since", .integer("NUMBER", in: 1...Int.max), "Only entries from this number on.")
  static let limit = Option("limit", .integer("N", in: 1...1_000_000), "At most so many (default 50).")

  /// An entry with the numbers of the customers whom it concerns.
  struct Line: Sendable {
    let entry: AuditEntry
    let customers: [String]
  }

  static func run(_ arguments: Arguments, _ edge: Edge) throws(Failure) -> ExitStatus {
    let store = try arguments.store(edge)
    var query = AuditLog.Query(limit: arguments[limit] ?? 50)
    query.kind = arguments[kind].flatMap(AuditKind.init(rawValue:))
    query.since = arguments[since]
    if let number = arguments[customer] {
      query.customer = try key(of: number, store)
    }
    try arguments.recordRead(
      by: "audit log", of: query.customer.map { [$0] } ?? [],
      about: [
        "kind": query.kind.map { .string($0.rawValue) }, "since": query.since.map { .number(Decimal($0)) },
      ], in: store, edge)
    let asked = query
    let lines = try failing {
      try store.read { reader throws(AuditError) -> [Line] in
        var lines: [Line] = []
        for entry in try AuditLog.entries(asked, in: reader.sql) {
          let keys = entry.payload?.customers ?? []
          lines.append(Line(entry: entry, customers: try names(keys, reader)))
        }
        return lines
      }
    }
    if arguments.wantsJSON {
      edge.output.json(.array(lines.map(describe)))
    } else {
      write(lines, edge.output)
      if query.since != nil, lines.count == query.limit, let last = lines.last {
        edge.output.line("There may be more: --since \(last.entry.number + 1) shows them.")
      }
    }
    return .done
  }

  private static func key(of number: String, _ store: FactStore) throws(Failure) -> Int {
    let found = try failing {
      try store.read { reader throws(SQLiteError) in try reader.key(of: .number(number)) }
    }
    guard let found else {
      throw Failure(
        "no-such-customer",
        "There is no customer '\(visible(number))'. 'bonitas customers find' looks for a part of a name, number or code."
      )
    }
    return found
  }

  /// The numbers of the first few customers; an erased one is a key without a number.
  private static func names(_ keys: [Int], _ reader: FactReader) throws(AuditError) -> [String] {
    var names: [String] = []
    for key in keys {
      if key == AuditNote.everybody {
        names.append("everybody")
        continue
      }
      do throws(StoreError) {
        names.append(try reader.reference(of: key)?.description ?? "#\(key)")
      } catch {
        if case .storage(let error) = error { throw .storage(error) }
        names.append("#\(key)")
      }
    }
    return names
  }

  private static func write(_ lines: [Line], _ output: TextStream) {
    if lines.isEmpty {
      output.line("There are no such entries.")
      return
    }
    var table = Table([
      .init("number", .right), .init("at"), .init("kind"), .init("actor"), .init("purpose", .left, .wraps),
      .init("customers"), .init("about", .left, .wraps),
    ])
    for line in lines {
      let payload = line.entry.payload
      let more = line.customers.count - 3
      table.add([
        .init(line.entry.number), .init(line.entry.at.description),
        .init(line.entry.kind.rawValue, .emphasis),
        payload.map { .init($0.actor) } ?? .init("(erased)", .dim), .init(payload?.purpose ?? ""),
        .init(line.customers.prefix(3).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")),
        .init(payload.map(about) ?? ""),
      ])
    }
    table.write(to: output)
  }

  /// The details and the rows vouched for in a few words.
  private static func about(_ payload: AuditPayload) -> String {
    var words = payload.rows.prefix(3).map { "\($0.name.table) \($0.name.key)" }
    if payload.rows.count > 3 { words.append("and \(payload.rows.count - 3) more rows") }
    words += payload.erased.map { "erased \($0.lowerBound)" + ($0.count > 1 ? " to \($0.upperBound)" : "") }
    for (name, value) in payload.about.members {
      let text = value.stringValue ?? value.canonical
      words.append("\(name) \(text.count > 40 ? text.prefix(40) + "…" : text)")
    }
    return words.joined(separator: ", ")
  }

  private static func describe(_ line: Line) -> JSONValue {
    let entry = line.entry
    return [
      "number": .number(Decimal(entry.number)), "sequence": .number(Decimal(entry.sequence)),
      "at": .string(entry.at.description), "kind": .string(entry.kind.rawValue),
      "previous": .string(entry.previous.hexadecimal), "commitment": .string(entry.commitment.hexadecimal),
      "hash": .string(entry.hash.hexadecimal),
      "customers": .array(line.customers.map(JSONValue.string)), "payload": entry.payload?.json ?? .null,
    ]
  }
}
