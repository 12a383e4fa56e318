import Facts
import SQLite
import Values

extension StoreTransaction {
  /// Puts a record aside; false when this line of this file lies there already, in whatever state.
  @discardableResult
  public func quarantine(_ rejection: Rejection, in batch: Batch) throws(StoreError) -> Bool {
    let identity = rejection.customer.map { Identity($0) }
    return try StoreError.wrapping { () throws(SQLiteError) in
      let before = sql.changeCount
      try sql.run(
        """
        INSERT INTO quarantine
          (batch, line, column_name, rule, scheme, code, raw, hint, at, sequence, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT (batch, line) DO NOTHING
        """, batch.key, rejection.line, rejection.column, rejection.rule, identity?.scheme, identity?.code,
        rejection.raw, rejection.hint, at.microseconds, sequence)
      return sql.changeCount > before
    }
  }

  /// Closes an open record as retried or discarded; false when it is closed already.
  @discardableResult
  public func settleQuarantine(
    _ key: Int, as state: QuarantinedRecord.State
  ) throws(StoreError) -> Bool {
    guard try reader.quarantined(key) != nil else { throw .noSuchQuarantine(key) }
    return try StoreError.wrapping { () throws(SQLiteError) in
      let before = sql.changeCount
      try sql.run(
        "UPDATE quarantine SET state = ?, settled = ? WHERE key = ? AND state = 'open'", state.rawValue,
        sequence, key)
      return sql.changeCount > before
    }
  }

  /// Closes what lies in quarantine for a line that has now been read with success.
  public func settleQuarantine(line: Int, of batch: Batch) throws(StoreError) {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.run(
        """
        UPDATE quarantine SET state = 'retried', settled = ?
        WHERE batch = ? AND line = ? AND state = 'open'
        """, sequence, batch.key, line)
    }
  }
}
