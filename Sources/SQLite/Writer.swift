/// The connection that writes and its place in the queue of all writers.
///
/// One thread at a time.
final class Writer {
  let connection: Connection
  private let turn: WriteTurn
  /// From how many pages on the log is finished in a turn; more after a reader stood in the way, so that one that stays
  /// does not hold up every write.
  private var finishAt = Writer.usualFinish

  private static let usualFinish = 4 * DatabaseOptions.usualLogPages

  init(_ connection: Connection) {
    self.connection = connection
    turn = WriteTurn(database: connection.resolvedPath)
  }

  /// Runs a body in the turn of this writer.
  func inTurn<Result, Failure: StorageFailure>(
    within milliseconds: Int = Int(Connection.busyMilliseconds),
    _ body: (Connection) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do {
      try turn.take(milliseconds: milliseconds)
    } catch {
      throw Failure(error)
    }
    defer { turn.giveUp() }
    return try body(connection)
  }

  /// Runs a body in one transaction: committed when it returns, rolled back when it throws.
  ///
  /// - Parameter indexes: those that are filled with it where they have fallen behind.
  func write<Result, Failure: StorageFailure>(
    filling indexes: [DeferredIndex] = [], _ body: (WriteTransaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try inTurn { connection throws(Failure) in
      try Failure.wrapping { () throws(SQLiteError) in try connection.run("BEGIN IMMEDIATE") }
      let transaction = WriteTransaction(connection)
      do throws(Failure) {
        let result = try body(transaction)
        if !transaction.isAbandoned {
          try Failure.wrapping { () throws(SQLiteError) in
            for index in indexes { try index.catchUp(in: transaction) }
          }
        }
        transaction.end()
        if transaction.isAbandoned {
          rollBack()
        } else {
          try Failure.wrapping { () throws(SQLiteError) in try connection.run("COMMIT") }
        }
        return result
      } catch {
        transaction.end()
        rollBack()
        throw error
      }
    }
  }

  /// Checkpoints after a turn as SQLite would, and where that does not catch up with other writers, in a turn.
  ///
  /// The write has been done: a failure here is left to the next write, which meets it again if it lasts.
  func checkpoint(_ pages: Int) {
    let checkpoint = Checkpoint(connection: connection)
    guard (try? checkpoint.move()) != nil else { return }
    if pages < Self.usualFinish { finishAt = Self.usualFinish }
    guard pages >= finishAt else { return }
    let progress = try? inTurn { _ throws(SQLiteError) in try checkpoint.finish() }
    finishAt = progress?.isFinished == true ? Self.usualFinish : 2 * pages
  }

  private func rollBack() {
    connection.dropAttachments()
    // SQLite rolls back by itself after some errors (a full disk); a second ROLLBACK would fail.
    if connection.isInTransaction { try? connection.run("ROLLBACK") }
  }
}
