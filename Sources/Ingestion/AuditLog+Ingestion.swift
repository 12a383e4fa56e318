import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension AuditLog {
  /// Enters what one write of a file has stored, and vouches for the batch once it is complete.
  func enter(
    _ batch: Batch, of description: BatchDescription, isLast: Bool, since before: FileReport,
    until after: FileReport, _ write: StoreTransaction
  ) throws(StoreError) {
    func number(_ value: Int) -> JSONValue { .number(Decimal(value)) }
    var about = JSONObject()
    about["source"] = .string(description.source)
    about["file"] = description.file.map(JSONValue.string)
    about["layout"] = .string(description.layout)
    about["digest"] = description.digest.map { .string($0.hexadecimal) }
    about["stored"] = number(after.storedTotal - before.storedTotal)
    about["corrections"] = number(after.correctionsTotal - before.correctionsTotal)
    about["quarantined"] = number(
      after.quarantinedTotal - after.quarantinedBefore - before.quarantinedTotal + before.quarantinedBefore)
    // A batch that was complete before has its entry already.
    let rows = isLast && !batch.isComplete ? [AuditedRow(.batch, batch.key)] : []
    if rows.isEmpty { about["batch"] = number(batch.key) }
    try StoreError.wrapping { () throws(SQLiteError) in
      _ = try append(AuditNote(.ingestion, rows: rows, about: about), in: write.sql)
    }
  }
}
