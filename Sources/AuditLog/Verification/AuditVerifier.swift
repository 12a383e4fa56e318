import SQLite
import Values

/// Goes through an audit log from its first entry, and names the first bad one and what is wrong with it.
///
/// Every entry's hash is computed again and compared with what the next names; payloads with their commitments; the
/// writes and rows that an entry vouches for with how they lie in the database now; and at the end, whether there are
/// rows that no entry knows. One pass, in memory that does not grow with the log.
public struct AuditVerifier: Sendable {
  private let tables: [AuditedTable]

  /// Verifies with the audited tables of every room; entries of the log may name no other.
  public init(_ tables: [AuditedTable]) { self.tables = tables }

  /// Verifies the log that a snapshot holds.
  ///
  /// - Parameter anchor: a head that was stored elsewhere; without one, entries cut off at the end are not missed.
  public func verify(anchor: AuditHead? = nil, in reader: Reader) throws(SQLiteError) -> AuditReport {
    var pass = try AuditPass(tables, anchor: anchor, reader)
    let finding = try pass.finding()
    var report = pass.report
    report.finding = finding
    return report
  }
}
