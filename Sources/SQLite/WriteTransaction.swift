/// The one write transaction that is open: a snapshot that may also change the database.
///
/// Store functions take it and never open one of their own, so that a caller decides what is one step.
public final class WriteTransaction: Reader {
  private(set) var isAbandoned = false

  /// Runs one statement with values for its parameters.
  @inlinable
  public func run<each Value: Bindable>(_ sql: String, _ values: repeat each Value) throws(SQLiteError) {
    let statement = try prepare(sql)
    try statement.bindAll(repeat each values)
    try statement.run()
  }

  /// Runs statements separated by semicolons that take no values.
  public func execute(_ script: String) throws(SQLiteError) {
    try live().execute(script)
  }

  /// Runs a body as one step inside the transaction: what it wrote is undone when it throws.
  public func step<Result, Failure: StorageFailure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Failure.wrapping { () throws(SQLiteError) in try live().run("SAVEPOINT step") }
    do {
      let result = try body()
      try Failure.wrapping { () throws(SQLiteError) in try live().run("RELEASE step") }
      return result
    } catch {
      // A full disk may have rolled back the whole transaction already; then there is no savepoint to undo.
      if let connection = try? live() {
        connection.dropAttachments()
        if connection.isInTransaction { try? connection.execute("ROLLBACK TO step; RELEASE step") }
      }
      throw error
    }
  }

  /// How many rows the connection has changed so far; only differences mean something.
  public var changeCount: Int {
    (try? live())?.changeCount ?? 0
  }

  /// The rowid of the row inserted last.
  public var lastRowID: Int {
    (try? live())?.lastRowID ?? 0
  }

  /// Lets the body end normally, but rolls back instead of committing.
  public func abandon() {
    isAbandoned = true
  }
}
