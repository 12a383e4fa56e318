public import Formats
public import SQLite

extension AuditLog {
  /// Erases the payloads of all entries that vouch for rows of one customer which are deleted, and releases these rows.
  ///
  /// A digest is not salted: as long as it lies there, somebody who guesses a letter could see that it was this one. What an
  /// earlier erasure vouches for is released only, since an erasure cannot be erased.
  ///
  /// - Parameters:
  ///   - rows: the rows; they may be gone already.
  ///   - customer: whose they are; others whom the entries name are named by the new one.
  ///   - tables: every audited table.
  ///   - about: why, without what is being erased.
  @discardableResult
  public func erase(
    _ rows: [AuditedRow], of customer: Int, tables: [AuditedTable], about: JSONObject,
    in transaction: WriteTransaction
  ) throws(AuditError) -> Int {
    let names = Set(rows.map { AuditPayload.RowName(table: $0.table.name, key: $0.key) })
    let entries = try Self.entries(Query(customer: customer, since: 1, limit: Int.max), in: transaction)
    let vouching = entries.filter { entry in
      entry.kind != .erasure && entry.payload?.rows.contains { names.contains($0.name) } ?? false
    }
    return try erase(
      vouching.map { $0.number...$0.number }, of: customer, releasing: rows, tables: tables, about: about,
      in: transaction)
  }
}
