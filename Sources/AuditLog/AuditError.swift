import SQLite
import Values

/// Why the audit log could not be written or asked.
public enum AuditError: Error, Sendable, Equatable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// A line is not the head of an audit log.
  case malformedHead(HeadPart)
  /// The log has no entry yet.
  case empty
  /// An entry that this program cannot have written.
  case unreadable(number: Int)
  /// The payloads of these entries may not be erased: there is no such entry, or it is an erasure itself.
  case notErasable(number: Int)
  /// A row was changed since it was vouched for, so an erasure may not vouch for it anew.
  case rowChanged(table: String, key: Int)

  /// What of a head line is wrong.
  public enum HeadPart: Sendable, Equatable {
    case mark
    case version
    case parts(Int)
    case number
    case hash
    case at
  }

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "database"
    case .malformedHead: "audit.malformed-head"
    case .empty: "audit.empty"
    case .unreadable: "audit.unreadable"
    case .notErasable: "audit.not-erasable"
    case .rowChanged: "audit.row-changed"
    }
  }
}
