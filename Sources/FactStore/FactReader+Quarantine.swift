import Facts
import SQLite
import Values

extension FactReader {
  private static let quarantineColumns = """
    SELECT q.key, s.name, b.file, b.layout, q.line, q.column_name, q.rule, q.scheme, q.code, q.raw, q.hint,
      q.at, q.state
    FROM quarantine q JOIN batch b ON b.key = q.batch JOIN source s ON s.key = b.source
    """

  /// The records in quarantine, the oldest first; only those in one state, if one is named.
  public func quarantine(
    state: QuarantinedRecord.State? = .open, after key: Int = 0, limit: Int = 1000
  ) throws(StoreError) -> [QuarantinedRecord] {
    try quarantined(
      " WHERE q.key > ?1 AND (?2 IS NULL OR q.state = ?2) ORDER BY q.key LIMIT ?3", key, state?.rawValue,
      limit)
  }

  private func quarantined<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value
  ) throws(StoreError) -> [QuarantinedRecord] {
    let statement = try StoreError.wrapping { () throws(SQLiteError) in
      let statement = try sql.prepare(Self.quarantineColumns + condition)
      try statement.bindAll(repeat each values)
      return statement
    }
    var records: [QuarantinedRecord] = []
    while try StoreError.wrapping({ () throws(SQLiteError) in try statement.step() }) {
      records.append(try Self.quarantined(statement.row))
    }
    return records
  }

  /// The records of one file that are or were in quarantine, by the number of its batch, the oldest first.
  public func quarantine(ofBatch batch: Int, limit: Int) throws(StoreError) -> [QuarantinedRecord] {
    try quarantined(" WHERE q.batch = ?1 ORDER BY q.key LIMIT ?2", batch, limit)
  }

  /// The records in quarantine that name a customer so, the oldest first.
  public func openQuarantine(
    naming reference: CustomerReference, limit: Int
  ) throws(StoreError) -> [QuarantinedRecord] {
    let identity = Identity(reference)
    return try quarantined(
      " WHERE q.scheme = ?1 AND q.code = ?2 AND q.state = 'open' ORDER BY q.key LIMIT ?3", identity.scheme,
      identity.code, limit)
  }

  /// One record in quarantine.
  public func quarantined(_ key: Int) throws(StoreError) -> QuarantinedRecord? {
    let statement = try StoreError.wrapping { () throws(SQLiteError) in
      let statement = try sql.prepare(Self.quarantineColumns + " WHERE q.key = ?")
      try statement.bind(1, key)
      return statement
    }
    guard try StoreError.wrapping({ () throws(SQLiteError) in try statement.step() }) else { return nil }
    return try Self.quarantined(statement.row)
  }

  /// How many records that name the customer, by number or code, were in quarantine as of a write.
  public func openQuarantine(of customer: Customer, asOf: AsOf) throws(StoreError) -> Int {
    var count = try openQuarantine(naming: .number(customer.number), asOf: asOf)
    if let identifier = customer.identifier {
      count += try openQuarantine(naming: .identifier(identifier), asOf: asOf)
    }
    return count
  }

  /// How many records that name a customer so were in quarantine as of a write.
  public func openQuarantine(naming reference: CustomerReference, asOf: AsOf) throws(StoreError) -> Int {
    let identity = Identity(reference)
    return try StoreError.wrapping { () throws(SQLiteError) in
      try sql.integer(
        """
        SELECT count(*) FROM quarantine WHERE scheme = ?1 AND code = ?2 AND sequence <= ?3
          AND (settled IS NULL OR settled > ?3)
        """, identity.scheme, identity.code, asOf.lastSequence) ?? 0
    }
  }

  /// Whether any record that names a customer was in quarantine as of a write.
  func anyOpenQuarantine(_ asOf: AsOf) throws(StoreError) -> Bool {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.integer(
        """
        SELECT 1 FROM quarantine WHERE scheme IS NOT NULL AND sequence <= ?1
          AND (settled IS NULL OR settled > ?1) LIMIT 1
        """, asOf.lastSequence) != nil
    }
  }

  private static func quarantined(_ row: Row) throws(StoreError) -> QuarantinedRecord {
    let (scheme, code, state) = try StoreError.wrapping { () throws(SQLiteError) in
      (try row.optionalText(7), try row.optionalText(8), try row.text(12))
    }
    var customer: CustomerReference?
    if let scheme, let code { customer = try Identity(scheme: scheme, code: code).reference() }
    guard let state = QuarantinedRecord.State(rawValue: state) else { throw .damaged(table: "quarantine") }
    return try StoreError.wrapping { () throws(SQLiteError) in
      QuarantinedRecord(
        key: try row.integer(0), source: try row.text(1), file: try row.optionalText(2),
        layout: try row.text(3),
        rejection: Rejection(
          line: try row.integer(4), column: try row.optionalText(5), rule: try row.text(6),
          customer: customer, raw: try row.text(9), hint: try row.text(10)),
        at: Instant(microseconds: try row.integer(11)), state: state)
    }
  }
}
