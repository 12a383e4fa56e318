import SQLite
import Values

extension FactReader {
  /// The erasures of a customer's facts after a write, in order: what a read up to that write would have found.
  public func erasures(of key: Int, after sequence: Int = 0) throws(StoreError) -> [Erasure] {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.all(
        """
        SELECT e.customer, e.data_class, e.rule, e.sequence, w.actor, w.at,
          (SELECT ifnull(sum(facts), 0) FROM erased_fact AS f WHERE f.erasure = e.key)
        FROM erasure AS e JOIN write AS w ON w.sequence = e.sequence
        WHERE e.customer = ? AND e.sequence > ? ORDER BY e.key
        """, key, sequence
      ) { row throws(SQLiteError) in
        Erasure(
          customerKey: try row.integer(0), dataClass: try row.optionalText(1), rule: try row.text(2),
          facts: try row.integer(6), sequence: try row.integer(3), actor: try row.text(4),
          at: Instant(microseconds: try row.integer(5)))
      }
    }
  }
}
