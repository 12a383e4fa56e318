import Facts
import SQLite
import Values

/// Why something was not stored or read.
public enum StoreError: StorageFailure, Sendable, Equatable {
  /// The database failed.
  case storage(SQLiteError)
  /// The code belongs to another customer already.
  case identifierTaken(Identifier, holder: String)
  /// The same file has another record under the same id, and which of them is right nobody can tell.
  case contradiction(kind: FactKind, id: String, firstLine: Int?)
  /// A proof of delivery that is older than its notice.
  case proofBeforeSending(notice: String, sent: CivilDate)
  /// An amount beyond 10^13 or finer than five fraction digits.
  case amountNotStorable(String)
  /// A row that this program cannot have written.
  case damaged(table: String)
  /// There is no quarantined record with this number.
  case noSuchQuarantine(Int)

  /// Wraps a failure of the database.
  public init(_ error: SQLiteError) {
    self = .storage(error)
  }

  /// A stable name of the failure; for a refused record the rule that quarantine shows.
  public var code: String {
    switch self {
    case .storage: "storage"
    case .identifierTaken: "identifier-taken"
    case .contradiction: "contradicting-record"
    case .proofBeforeSending: "proof-before-sending"
    case .amountNotStorable: "amount-not-storable"
    case .damaged: "damaged"
    case .noSuchQuarantine: "no-such-quarantine"
    }
  }

  /// Whether the record is to blame, and the others of its file can still be stored.
  public var concernsRecord: Bool {
    switch self {
    case .identifierTaken, .contradiction, .proofBeforeSending, .amountNotStorable: true
    case .storage, .damaged, .noSuchQuarantine: false
    }
  }
}
