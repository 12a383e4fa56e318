import AuditLog
import Decisioning
import FactStore
import SQLite
import Testing
import Values

/// Decisions and rule sets are entered in the audit log, which vouches for every column of them.
@Suite struct AuditTests {
  private func verify(_ reader: Reader) throws(SQLiteError) -> AuditFinding? {
    try AuditVerifier(DecisionStore.auditedTables).verify(in: reader).finding
  }

  private func entries(_ portfolio: Portfolio) throws -> [AuditEntry] {
    try portfolio.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(limit: 100), in: reader.sql)
    }
  }

  @Test func aRuleSetIsEnteredOnceAndEveryDecision() throws {
    let portfolio = try Portfolio.punctual()
    let first = try portfolio.rate()
    let second = try portfolio.rate()
    let entries = try entries(portfolio)
    #expect(entries.map(\.kind) == [.publication, .decision, .decision])
    #expect(entries.map { $0.payload?.rows.first?.name.table } == ["rule_set", "decision", "decision"])
    #expect(
      entries.compactMap { $0.payload?.rows.first?.name.key } == [1, first.id.number, second.id.number])
    #expect(entries.map(\.sequence) == [first.sequence, first.sequence, second.sequence])
    #expect(entries.last?.payload?.customers == [first.customerKey])
    #expect(entries.last?.payload?.actor == "tester")
    #expect(try portfolio.store.read { reader throws(SQLiteError) in try verify(reader.sql) } == nil)
  }

  /// A column that a later schema adds has to be in the newest layout.
  @Test func everyColumnIsVouchedFor() throws {
    let portfolio = try Portfolio.punctual()
    for (table, columns) in DecisionStore.auditedTables.flatMap(\.hashedColumns) {
      let there = try portfolio.store.read { reader throws(SQLiteError) in
        try reader.sql.all("SELECT name FROM pragma_table_info(?)", table) { row throws(SQLiteError) in
          try row.text(0)
        }
      }
      // The key of the whole is hashed with it in any case.
      #expect(Set(columns).union(["rule_set"]) == Set(there).union(["rule_set"]), "\(table)")
    }
  }

  @Test func aChangeOfAnyColumnIsFound() throws {
    let portfolio = try Portfolio.punctual()
    _ = try portfolio.rate()
    _ = try portfolio.rate()
    let rules = try Portfolio.rules.get()
    _ = try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(ActivationError) in
      try ActivationStore.activate(
        rules, from: Portfolio.businessDate, today: Portfolio.businessDate, sequence: transaction.sequence,
        audit: Portfolio.audit, in: transaction.sql)
    }
    _ = try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
      transaction throws(StopError) in
      try StopSwitch.stop(
        rules.version, reason: "test", sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
    for (table, columns) in DecisionStore.auditedTables.flatMap(\.hashedColumns) {
      for column in columns {
        let finding = try portfolio.store.database.write { transaction throws(SQLiteError) in
          transaction.abandon()
          try transaction.execute(
            """
            PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON;
            UPDATE \(table) SET \(column) = CASE typeof(\(column))
              WHEN 'integer' THEN \(column) + 1000000 WHEN 'blob' THEN CAST(\(column) || 'x' AS BLOB)
              WHEN 'text' THEN \(column) || 'x' END
            WHERE rowid = (SELECT max(rowid) FROM \(table)) AND \(column) IS NOT NULL
            """.replacing("rowid", with: table == "rule_set_file" ? "path" : "rowid"))
          try transaction.execute(
            """
            UPDATE \(table) SET \(column) = \(Self.isInteger(column) ? "7" : "'x'")
            WHERE \(column) IS NULL
            """)
          return try verify(transaction)
        }
        #expect(finding != nil, "a changed \(column) of \(table) is not found")
      }
    }
  }

  private static func isInteger(_ column: String) -> Bool {
    ["supersedes", "withdraws", "lifts", "rating_since", "downgraded_on", "valid_until"].contains(column)
  }

  @Test func whatWasNotDecidedIsNotEntered() throws {
    let portfolio = try Portfolio.punctual()
    #expect(throws: RatingError.self) { try portfolio.rate("NOBODY") }
    #expect(try entries(portfolio).isEmpty)
  }
}
