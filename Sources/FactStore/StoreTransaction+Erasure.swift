import Facts
import SQLite
import Values

extension StoreTransaction {
  /// Erases the facts of a customer, with the names, addresses and codes that they hold, and leaves that it was done.
  ///
  /// Facts that hang on a code go with the customer who holds the code now, or held it last. The content is overwritten
  /// in the file (`secure_delete`); what stays says which kinds were known from when and how many facts there were, so
  /// that what else was known at the time can still be told. Decisions stay as they are.
  ///
  /// - Parameters:
  ///   - key: the customer's key.
  ///   - dataClass: only facts of sources of this class; nil for all.
  ///   - rule: the id of the rule that asks for it.
  @discardableResult
  public func erase(customerKey key: Int, dataClass: String? = nil, rule: String) throws(StoreError)
    -> Erasure
  {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.run(
        "INSERT INTO erasure (customer, data_class, rule, sequence) VALUES (?, ?, ?, ?)", key, dataClass,
        rule, sequence)
      let erasure = sql.lastRowID
      let codes = try sql.all(
        """
        SELECT DISTINCT f.identifier FROM customer_fact AS f LEFT JOIN claim AS c ON c.identifier = f.identifier
        WHERE f.customer = ?1 AND f.identifier IS NOT NULL AND ifnull(c.customer, ?1) = ?1
        """, key
      ) { row throws(SQLiteError) in try row.integer(0) }
      for owner in [key] + codes { touch(owner) }
      for table in FactTable.all {
        for owner in FactTable.isNamedByCode(table) ? [key] + codes : [key] {
          try erase(table, of: owner, dataClass, erasure)
        }
      }
      try renewClaims(of: key)
      if dataClass == nil {
        try sql.run("DELETE FROM departure WHERE customer = ?", key)
        for code in codes {
          try sql.run("DELETE FROM departure WHERE customer = ?", code)
          try sql.run("DELETE FROM identifier WHERE customer = ?", code)
        }
      }
    }
    let made = try reader.erasures(of: key, after: sequence - 1).last
    guard let made else { throw .damaged(table: "erasure") }
    return made
  }

  /// Erases the facts of one kind that hang on a key.
  private func erase(
    _ table: FactTable, of owner: Int, _ dataClass: String?, _ erasure: Int
  ) throws(SQLiteError) {
    let condition = """
      customer = ?1 AND batch IN (
        SELECT b.key FROM batch AS b JOIN source AS s ON s.key = b.source WHERE ?2 IS NULL OR s.data_class = ?2)
      """
    try sql.run(
      """
      INSERT INTO erased_fact (erasure, kind, known_from, sequence, facts)
      SELECT ?3, ?4, known_from, sequence, count(*) FROM \(table.name) WHERE \(condition)
      GROUP BY known_from, sequence
      ON CONFLICT DO UPDATE SET facts = facts + excluded.facts
      """, owner, dataClass, erasure, table.number)
    try sql.run(
      """
      DELETE FROM version WHERE (kind, source, id, fact) IN (
        SELECT ?3, (SELECT b.source FROM batch AS b WHERE b.key = f.batch), f.id, f.fact FROM \(table.name) AS f
        WHERE \(condition))
      """, owner, dataClass, table.number)
    if table.kind == .customer {
      for part in ["customer_name", "customer_address"] {
        try sql.run(
          """
          DELETE FROM \(part) WHERE customer = ?1 AND fact IN (
            SELECT fact FROM \(table.name) WHERE \(condition))
          """, owner, dataClass)
      }
    }
    try sql.run("DELETE FROM \(table.name) WHERE \(condition)", owner, dataClass)
  }
}
