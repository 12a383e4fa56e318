public import AuditLog
import FactStore
import Facts
import Formats
public import SQLite
import Values

/// What a bureau was told, decision by decision: append-only, and vouched for by the audit log.
///
/// What becomes of a report is told from the decisions before: its refreshing, correction and end.
public enum ReportingStore {
  /// The step that makes the table; it follows those of the facts, to which it refers.
  public static let migrations = [
    Migration(
      room: "reporting", number: 1, name: "decisions about reports to credit bureaus",
      statements: [
        """
        CREATE TABLE reporting_decision (
          number INTEGER PRIMARY KEY,
          customer INTEGER NOT NULL REFERENCES customer (key),
          content TEXT NOT NULL,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        "CREATE INDEX reporting_decision_customer ON reporting_decision (customer)",
      ])
  ]

  /// The tables whose rows the audit log vouches for.
  public static let auditedTables: [AuditedTable] = [.reportingDecision]

  /// The debts of a customer that the bureau knows of at the end of a day, in order.
  static func told(of key: Int, until day: CivilDate, in reader: Reader) throws(DebtError) -> [ToldDebt] {
    let rows = try DebtError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT number, content FROM reporting_decision
        WHERE customer = ? AND content ->> '$.businessDate' <= ? ORDER BY number
        """, key, day.description
      ) { row throws(SQLiteError) in (number: try row.integer(0), content: try row.text(1)) }
    }
    var told: [ToldDebt.Claim: ToldDebt] = [:]
    for row in rows {
      guard let debt = ToldDebt(row.content, after: told) else {
        throw .damagedReport(number: row.number)
      }
      told[debt.claim] = debt.hasEnded ? nil : debt
    }
    return told.values.sorted { $0.claim < $1.claim }
  }

  /// Keeps decisions by which a bureau is told something, with an entry of the audit log.
  static func append(
    _ decisions: [(key: Int, decision: ReportingDecision)], in write: StoreTransaction, audit: AuditLog
  ) throws(SQLiteError) {
    if decisions.isEmpty { return }
    var rows: [AuditedRow] = []
    for (key, decision) in decisions {
      try write.sql.run(
        "INSERT INTO reporting_decision (customer, content, sequence) VALUES (?, ?, ?)", key,
        JSONValue.object(decision.json).canonical, write.sequence)
      rows.append(AuditedRow(.reportingDecision, write.sql.lastRowID))
    }
    var about = JSONObject()
    about["reporting"] = .string("told")
    _ = try audit.append(
      AuditNote(.decision, customers: Set(decisions.map(\.key)).sorted(), rows: rows, about: about),
      in: write.sql)
  }

  /// Deletes what a bureau was told about a customer; gives the rows that are gone.
  static func erase(customerKey key: Int, in write: StoreTransaction) throws(SQLiteError) -> [AuditedRow] {
    let numbers = try write.sql.all("SELECT number FROM reporting_decision WHERE customer = ?", key) {
      row throws(SQLiteError) in try row.integer(0)
    }
    try write.sql.run("DELETE FROM reporting_decision WHERE customer = ?", key)
    return numbers.map { AuditedRow(.reportingDecision, $0) }
  }

  /// Whether something about a customer was told after a write, or for a later day.
  static func isNewer(
    than sequence: Int, _ day: CivilDate, of key: Int, in reader: Reader
  ) throws(SQLiteError) -> Bool {
    try reader.integer(
      """
      SELECT 1 FROM reporting_decision
      WHERE customer = ? AND (sequence > ? OR content ->> '$.businessDate' > ?) LIMIT 1
      """, key, sequence, day.description) != nil
  }
}

extension AuditedTable {
  /// What a bureau was told.
  public static let reportingDecision = AuditedTable(
    "reporting_decision", key: "number", columns: ["number", "customer", "content", "sequence"])
}
