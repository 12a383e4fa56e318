import AuditLog
import FactStore
import SQLite
import Values

extension OutboxStore {
  /// Deletes the effects of a customer; a restriction that may have left stays where it has to prove something.
  ///
  /// - Returns: the rows that are gone, for the audit log to release.
  /// - Throws: `.notErasable`.
  static func erase(
    customerKey key: Int, keepsProof: Bool, in write: StoreTransaction, audit: AuditLog
  ) throws(OutboxError) -> ([AuditedRow], DebtErasure.Report) {
    // Whoever hands it over notes it afterwards, and nobody may be left in the dark.
    let unfinished = try OutboxError.wrapping { () throws(SQLiteError) in
      try write.sql.first(
        """
        SELECT e.id FROM effect_standing AS s JOIN effect AS e ON e.number = s.effect
        WHERE s.customer = ? AND (s.busy > ? OR s.relief = 1 AND s.state IN ('pending', 'held', 'failed'))
        ORDER BY s.effect LIMIT 1
        """, key, write.at.microseconds
      ) { row throws(SQLiteError) in try row.text(0) }
    }
    if let unfinished { throw .notErasable(id: unfinished) }
    var report = DebtErasure.Report()
    var rows: [AuditedRow] = []
    for found in try effects("WHERE s.customer = ?1 ORDER BY s.effect", key, in: write.sql) {
      if keepsProof, found.effect.certificate != nil, found.mayHaveLeft {
        report.kept.append(found.effect.id)
        if found.state.isOpen {
          try set(.withdrawn, [found.effect.id], reason: "erased", in: write, audit: audit)
        }
        continue
      }
      report.effects += 1
      rows.append(AuditedRow(.effect, found.number))
      rows += try OutboxError.wrapping { () throws(SQLiteError) in
        let events = try write.sql.all(
          "SELECT number FROM effect_event WHERE effect = ?", found.number
        ) { row throws(SQLiteError) in try row.integer(0) }
        for table in ["effect_event", "effect_standing"] {
          try write.sql.run("DELETE FROM \(table) WHERE effect = ?", found.number)
        }
        try write.sql.run("DELETE FROM effect WHERE number = ?", found.number)
        return events.map { AuditedRow(.effectEvent, $0) }
      }
    }
    return (rows, report)
  }
}
