import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import HumanReview
import SQLite
import Values

extension Command {
  /// `bonitas doctor`: is this installation healthy.
  static let doctor = Command(
    "doctor",
    summary: "Check the database and count what is stored.",
    discussion: """
      Runs SQLite's own checks, compares the tables with each other, verifies the audit log and compiles the rules, if \
      the rules folder is there. Customers that records wait for and rows in \
      quarantine are told, but are no fault. Exit code 1 when something is wrong.

      storeHash is over the content of all facts, not over files, lines, order or instants: two databases with the \
      same hash know the same. decisionHash is over the content of all decisions, not over their numbers or instants.
      """,
    needs: .anybody,
    examples: [
      Example("bonitas doctor", "Checks the database bonitas.db of this folder."),
      Example("bonitas doctor --json", "The same for a program, with the hashes."),
    ]
  ) { arguments, edge throws(Failure) in
    let store = try arguments.store(edge)
    let health = try failing { try Health(store, rules: arguments.rules(edge)) }
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
  let decisions: Int
  let decisionHash: Digest
  let schemaVersion: Int
  let audit: AuditReport
  /// The version of the rules folder; nil where there is none, or it has a fault.
  var ruleSet: Digest?
  var problems: [String]

  init(_ store: FactStore, rules: String) throws {
    problems = try store.database.integrityProblems()
    schemaVersion = try store.database.version()
    let inconsistencies: [String]
    (figures, storeHash, decisions, decisionHash, audit, inconsistencies) = try store.read {
      reader throws(SQLiteError) in
      (
        try reader.figures(), try reader.storeHash(), try DecisionStore.count(in: reader.sql),
        try DecisionStore.decisionHash(in: reader.sql),
        try AuditVerifier(Audit.tables).verify(in: reader.sql), try reader.inconsistencies()
      )
    }
    problems += inconsistencies
    problems += try store.read { reader throws(ReviewError) in
      try ReviewStore.inconsistencies(in: reader.sql)
    }
    if let finding = audit.finding { problems.append("Audit log: \(finding.sentence)") }
    do throws(RuleSetError) {
      ruleSet = try RuleSet(folder: rules).version
    } catch {
      // A database is looked after where no rules lie, too.
      if case .noFolder = error {} else { problems.append(error.sentence) }
    }
  }

  func write(to output: TextStream, path: String) {
    var table = Table([.init("stored"), .init("count", .right)])
    for kind in FactKind.allCases { table.add([.init(kind.layout), .init(figures.facts[kind] ?? 0)]) }
    table.write(to: output)
    output.line()
    let lines: [(String, String)] = [
      ("database", "\(path), schema \(schemaVersion)"),
      ("customers", grouped(figures.customers)),
      ("waiting", "\(counted(figures.waitingStubs, "customer")) named by records, not arrived yet"),
      ("quarantine", counted(figures.openQuarantine, "open row")),
      (
        "files",
        "\(grouped(figures.completeBatches)) read to the end, \(grouped(figures.incompleteBatches)) broken off"
      ),
      ("writes", grouped(figures.lastSequence)),
      ("decisions", grouped(decisions)),
      (
        "audit log",
        "\(counted(audit.entries, "entry", "entries"))"
          + (audit.finding == nil ? ", as they were written" : " up to the first bad one")
      ),
      ("rules", ruleSet.map(\.hexadecimal) ?? "none checked"),
      ("storeHash", storeHash.hexadecimal), ("decisionHash", decisionHash.hexadecimal),
    ]
    for (head, body) in lines {
      output.line("\(head)\(String(repeating: " ", count: 14 - head.count))\(visible(body))")
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
      "storeHash": .string(storeHash.hexadecimal), "decisionHash": .string(decisionHash.hexadecimal),
      "decisions": .number(Decimal(decisions)), "ruleSet": ruleSet.map { .string($0.hexadecimal) } ?? .null,
      "auditEntries": .number(Decimal(audit.entries)), "facts": .object(facts),
      "customers": .number(Decimal(figures.customers)),
      "waitingCustomers": .number(Decimal(figures.waitingStubs)),
      "openQuarantine": .number(Decimal(figures.openQuarantine)),
      "completeFiles": .number(Decimal(figures.completeBatches)),
      "incompleteFiles": .number(Decimal(figures.incompleteBatches)),
      "lastSequence": .number(Decimal(figures.lastSequence)),
    ]
  }
}
