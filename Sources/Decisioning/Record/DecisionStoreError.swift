import SQLite
import Values

/// Why a stored decision or rule set cannot be had.
public enum DecisionStoreError: Error, Sendable, Equatable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// The stored content of a decision does not match its hash or cannot be read.
  case unreadable(DecisionID)
  /// The store keeps no rule set of this version, or its files do not give the version they are stored under.
  case ruleSet(Digest)
  /// The layout kept with a rule set is not there or was changed, so that its decisions cannot be read.
  case layout(Digest)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "decisions.storage"
    case .unreadable: "decisions.unreadable"
    case .ruleSet: "decisions.rule-set"
    case .layout: "decisions.layout"
    }
  }

  /// What is wrong, and how to mend it.
  public var sentence: String {
    switch self {
    case .storage(let error): error.sentence
    case .unreadable(let id):
      "The stored content of decision \(id) does not match its hash: the database was changed or is damaged. "
        + "Restore it from a backup; 'bonitas doctor' checks the whole file."
    case .ruleSet(let version):
      "The rule set \(version.hexadecimal.prefix(12)) is not in the database as it was used: it is missing or was "
        + "changed. Restore the database from a backup."
    case .layout(let version):
      "The decisions of rule set \(version.hexadecimal.prefix(12)) cannot be read: the layout kept with it is missing "
        + "or was changed. Restore the database from a backup, or rate anew with this version of bonitas."
    }
  }
}
