/// An error type that can carry a failure of the database.
///
/// Transactions are generic over the error of their body; what beginning and committing themselves throw
/// arrives in the same type, so that callers handle one typed error.
public protocol StorageFailure: Error {
  /// Wraps a failure of the database.
  init(_ error: SQLiteError)
}

extension StorageFailure {
  /// Runs database calls so that their failure arrives in this type.
  @inlinable
  public static func wrapping<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(Self) -> Result {
    do { return try body() } catch { throw Self(error) }
  }
}
