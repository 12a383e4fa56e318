public import AuditLog
public import FactStore
import Formats
import SQLite

extension StoreTransaction {
  /// Erases that registers were asked about a customer, and what they said, with the audit entries about it.
  ///
  /// To be called beside the erasure of the facts: without their answers, that they were asked would pass for knowledge of
  /// somebody who comes again.
  ///
  /// - Parameters:
  ///   - dataClass: only of sources of this class; nil for all.
  ///   - rule: the id of the rule that asks for it.
  ///   - tables: every audited table.
  /// - Returns: how many were erased.
  @discardableResult
  public func erasePulls(
    of key: Int, dataClass: String? = nil, rule: String, tables: [AuditedTable], audit: AuditLog
  ) throws(AuditError) -> Int {
    let numbers = try AuditError.wrapping { () throws(SQLiteError) in
      let numbers = try sql.all(
        """
        SELECT p.number FROM source_pull AS p JOIN source AS s ON s.key = p.source
        WHERE p.customer = ?1 AND (?2 IS NULL OR s.data_class = ?2) ORDER BY p.number
        """, key, dataClass
      ) { row throws(SQLiteError) in try row.integer(0) }
      for number in numbers { try sql.run("DELETE FROM source_pull WHERE number = ?", number) }
      return numbers
    }
    if numbers.isEmpty { return 0 }
    var about = JSONObject()
    about["rule"] = .string(rule)
    try audit.erase(
      numbers.map { AuditedRow(.sourcePull, $0) }, of: key, tables: tables, about: about, in: sql)
    return numbers.count
  }
}
