import Formats
import SQLite
import Values

/// Why something is not attached to a case, or cannot be read back.
public enum EvidenceError: Error, Sendable, Equatable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// The rule set in force has no `evidence.json`.
  case noRules
  /// `evidence.json` is not as it should be.
  case rules(place: String, fault: String)
  /// A kind that is refused.
  case forbiddenKind(String, because: String)
  /// A kind that is none of those taken.
  case unknownKind(String, known: [String])
  /// A text that is no address.
  case address(String, EvidenceAddress.Fault)
  /// The address leads to a social network.
  case blockedHost(String)
  /// The address does not tell where it leads.
  case hiddenTarget(String)
  /// What this kind cannot do without was not given.
  case missing(EvidenceRules.Kind.Need, kind: String)
  /// Neither file nor address nor note.
  case nothing
  /// The date lies after the day of attaching.
  case dateAhead(CivilDate, today: CivilDate)
  /// The note is longer than so many characters.
  case noteTooLong(limit: Int)
  /// The file cannot be read, is too large, or changed meanwhile.
  case file(ByteSourceError)
  /// The file holds nothing.
  case emptyFile(String)
  /// The same file or address is attached to the case already.
  case known(EvidenceID)
  /// The case has as many attachments as it may have.
  case tooMany(limit: Int)
  /// There is no attachment with this number.
  case unknown(EvidenceID)
  /// The attachment has no file: it is an address with a note.
  case noFile(EvidenceID)
  /// The stored bytes are not those that were hashed.
  case damaged(EvidenceID)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "evidence.storage"
    case .noRules: "evidence.no-rules"
    case .rules: "evidence.rules"
    case .forbiddenKind: "evidence.forbidden-kind"
    case .unknownKind: "evidence.unknown-kind"
    case .address: "evidence.address"
    case .blockedHost: "evidence.blocked-host"
    case .hiddenTarget: "evidence.hidden-target"
    case .missing: "evidence.missing"
    case .nothing: "evidence.nothing"
    case .dateAhead: "evidence.date-ahead"
    case .noteTooLong: "evidence.note-too-long"
    case .file(let error): error.code
    case .emptyFile: "evidence.empty-file"
    case .known: "evidence.known"
    case .tooMany: "evidence.too-many"
    case .unknown: "evidence.unknown"
    case .noFile: "evidence.no-file"
    case .damaged: "evidence.damaged"
    }
  }
}
