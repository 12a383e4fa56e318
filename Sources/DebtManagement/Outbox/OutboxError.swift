public import FactStore
public import SQLite

/// Why the outbox could not do what it was asked.
public enum OutboxError: Error, Equatable, Sendable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// A notice that was sent could not be entered as a fact.
  case facts(StoreError)
  /// There is no such effect.
  case unknown(id: String)
  /// In its state that cannot be done with the effect.
  case notPossible(id: String, state: EffectState, wanted: EffectState)
  /// Another effect has the same run, customer, contract and step, and says something else.
  case contradiction(id: String)
  /// An effect of a customer who is to be erased is on its way, or has still to give supply back.
  case notErasable(id: String)
  /// Events cannot be sent to such an endpoint: its `address` or the `key` will not do.
  case endpoint(fault: String)
  /// A row that this program cannot have written.
  case damaged(number: Int)

  /// A failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "database"
    case .facts(let error): error.code
    case .unknown: "outbox.unknown-effect"
    case .notPossible: "outbox.not-possible"
    case .contradiction: "outbox.contradiction"
    case .notErasable: "outbox.not-erasable"
    case .endpoint: "outbox.endpoint"
    case .damaged: "outbox.damaged"
    }
  }
}
