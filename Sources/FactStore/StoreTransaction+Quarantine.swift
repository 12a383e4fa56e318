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
      guard sql.changeCount > before else { return false }
      if let identity, let key = try key(of: identity) { touch(key) }
      return true
    }
  }

  /// Closes an open record as retried or discarded; false when it is closed already.
  @discardableResult
  public func settleQuarantine(
    _ key: Int, as state: QuarantinedRecord.State
  ) throws(StoreError) -> Bool {
    guard try reader.quarantined(key) != nil else { throw .noSuchQuarantine(key) }
    return try StoreError.wrapping { () throws(SQLiteError) in
      try settle("UPDATE quarantine SET state = ?, settled = ? WHERE key = ?", state.rawValue, sequence, key)
    }
  }

  /// Closes what lies in quarantine for a line that has now been read with success.
  public func settleQuarantine(line: Int, of batch: Batch) throws(StoreError) {
    _ = try StoreError.wrapping { () throws(SQLiteError) in
      try settle(
        "UPDATE quarantine SET state = 'retried', settled = ? WHERE batch = ? AND line = ?", sequence,
        batch.key, line)
    }
  }

  /// Closes open records, touches the customers whom they name, and tells whether there was one.
  private func settle<each Value: Bindable>(
    _ update: String, _ values: repeat each Value
  ) throws(SQLiteError) -> Bool {
    let settled = try sql.all(update + " AND state = 'open' RETURNING scheme, code", repeat each values) {
      row throws(SQLiteError) in (scheme: try row.optionalText(0), code: try row.optionalText(1))
    }
    for named in settled {
      if let scheme = named.scheme, let code = named.code,
        let key = try key(of: Identity(scheme: scheme, code: code))
      {
        touch(key)
      }
    }
    return !settled.isEmpty
  }
}
