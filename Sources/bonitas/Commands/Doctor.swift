import FactStore
import Facts
import Formats
import SQLite
import Values

extension Command {
  /// `bonitas doctor`: is this installation healthy.
  static let doctor = Command(
    "doctor",
    summary: "Check the database and count what is stored.",
    discussion: """
      Runs SQLite's own checks and compares the tables with each other. Customers that records wait for and rows in \
      quarantine are told, but are no fault. Exit code 1 when something is wrong.

      storeHash is over the content of all facts, not over files, lines, order or instants: two databases with the \
      same hash know the same.
      """,
    examples: [
      Example("bonitas doctor", "Checks the database bonitas.db of this folder."),
      Example("bonitas doctor --json", "The same for a program, with the hashes."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let health = try failing { try Health(store) }
    if arguments.wantsJSON {
      edge.output.json(health.json(arguments.database(edge)))
    } else {
      health.write(to: edge.output, path: arguments.database(edge))
    }
    return health.problems.isEmpty ? .done : .refused
  }
}

/// What the doctor found.
private struct Health {
  let figures: StoreFigures
  let storeHash: Digest
  let schemaVersion: Int
  var problems: [String]

  init(_ store: FactStore) throws {
    problems = try store.database.integrityProblems()
    schemaVersion = try store.database.version()
    (figures, storeHash) = try store.read { reader throws(SQLiteError) in
      (try reader.figures(), try reader.storeHash())
    }
    problems += try store.read { reader throws(SQLiteError) in try reader.inconsistencies() }
  }

  func write(to output: TextStream, path: String) {
    var table = Table([.init("stored"), .init("count", .right)])
    for kind in FactKind.allCases { table.add([.init(kind.layout), .init(figures.facts[kind] ?? 0)]) }
    table.write(to: output)
    output.line()
    let lines: [(String, String)] = [
      ("database", "\(path), schema \(schemaVersion)"),
      ("customers", grouped(figures.customers)),
      ("waiting", "\(grouped(figures.waitingStubs)) customers are named by records and have not come"),
      ("quarantine", "\(grouped(figures.openQuarantine)) open rows"),
      (
        "files",
        "\(grouped(figures.completeBatches)) read to the end, \(grouped(figures.incompleteBatches)) broken off"
      ),
      ("writes", grouped(figures.lastSequence)),
      ("storeHash", storeHash.hexadecimal),
    ]
    for (head, body) in lines {
      output.line("\(head)\(String(repeating: " ", count: 12 - head.count))\(visible(body))")
    }
    output.line()
    if problems.isEmpty {
      output.line(output.style(.good, "All is well."))
    } else {
      for problem in problems { output.line(output.style(.bad, "problem: ") + visible(problem)) }
    }
  }

  func json(_ path: String) -> JSONValue {
    var facts = JSONObject()
    for kind in FactKind.allCases { facts[kind.layout] = .number(Decimal(figures.facts[kind] ?? 0)) }
    return [
      "healthy": .bool(problems.isEmpty), "problems": .array(problems.map(JSONValue.string)),
      "database": .string(path), "schemaVersion": .number(Decimal(schemaVersion)),
      "storeHash": .string(storeHash.hexadecimal), "facts": .object(facts),
      "customers": .number(Decimal(figures.customers)),
      "waitingCustomers": .number(Decimal(figures.waitingStubs)),
      "openQuarantine": .number(Decimal(figures.openQuarantine)),
      "completeFiles": .number(Decimal(figures.completeBatches)),
      "incompleteFiles": .number(Decimal(figures.incompleteBatches)),
      "lastSequence": .number(Decimal(figures.lastSequence)),
    ]
  }
}
