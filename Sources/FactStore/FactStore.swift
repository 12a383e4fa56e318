import SQLite
import Values

/// The facts at rest: append-only, on two time axes, every write numbered.
///
/// Other rooms keep tables of their own in the same file: the program opens one `Database` with the migrations of all
/// rooms and hands it to each; what they write inside `write` shares the transaction and its number.
public final class FactStore: Sendable {
  /// The database file.
  public let database: Database

  /// The mark of a bonitas database in the file header: "boni".
  public static let applicationID: Int32 = 0x626F_6E69

  /// Takes over a database that was opened with at least `FactStore.migrations`.
  public init(_ database: Database) {
    self.database = database
  }

  /// Opens a file with the tables of this room and those of the rooms that contribute theirs.
  public convenience init(
    path: String, mode: Database.Mode = .create, contributed: [Migration] = [],
    options: DatabaseOptions = DatabaseOptions()
  ) throws(SQLiteError) {
    self.init(
      try Database(
        path: path, schema: Self.schema(contributed: contributed), mode: mode, options: options))
  }

  /// What makes a file a bonitas database.
  public static func schema(contributed: [Migration] = []) -> Schema {
    Schema(product: "bonitas", applicationID: applicationID, migrations: migrations + contributed)
  }

  /// Reads in one snapshot; keep it short.
  ///
  /// Write the body's error type out: `{ reader throws(StoreError) in ... }`.
  public func read<Result: Sendable, Failure: StorageFailure>(
    _ body: (FactReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try database.read { reader throws(Failure) in try body(FactReader(reader)) }
  }

  /// Writes in one numbered transaction: committed when the body returns, undone when it throws.
  ///
  /// The number is the last one plus one, taken under the write lock of all processes. A body that changed nothing
  /// leaves nothing, not even a number.
  public func write<Result: Sendable, Failure: StorageFailure>(
    actor: String, at: Instant, purpose: String,
    _ body: (StoreTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try database.write { transaction throws(Failure) in
      let (result, _, isKept) = try Self.numbered(actor, at, purpose, in: transaction, body)
      if !isKept { transaction.abandon() }
      return result
    }
  }

  /// Writes one numbered write among others in a transaction that is committed as a whole: those of several callers share
  /// one commit so.
  ///
  /// A body that changed nothing leaves no number.
  public static func write<Result, Failure: StorageFailure>(
    actor: String, at: Instant, purpose: String, in transaction: WriteTransaction,
    _ body: (StoreTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (result, store, isKept) = try numbered(actor, at, purpose, in: transaction, body)
    if !isKept { try Failure.wrapping { () throws(SQLiteError) in try store.giveBack() } }
    return result
  }

  private static func numbered<Result, Failure: StorageFailure>(
    _ actor: String, _ at: Instant, _ purpose: String, in transaction: WriteTransaction,
    _ body: (StoreTransaction) throws(Failure) -> Result
  ) throws(Failure) -> (result: Result, store: StoreTransaction, isKept: Bool) {
    let store = try Failure.wrapping { () throws(SQLiteError) in
      try StoreTransaction(transaction, actor: actor, at: at, purpose: purpose)
    }
    let result = try body(store)
    return (result, store, try Failure.wrapping { () throws(SQLiteError) in try store.finish() })
  }
}
