/// One snapshot of the database: everything read through it is of the same instant.
///
/// Valid only inside the body that it was handed to; using it later throws. Keep it short: an open snapshot holds
/// back checkpoints.
public class Reader {
  private let connection: Connection
  private(set) var isOver = false

  init(_ connection: Connection) {
    self.connection = connection
    connection.beginSnapshot()
  }

  func end() {
    isOver = true
  }

  /// A prepared statement from the connection's cache.
  public final func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try live().prepare(sql)
  }

  /// The first row of a query, made into a value; nil when there is none.
  @inlinable
  public final func first<Result, each Value: Bindable>(
    _ sql: String, _ values: repeat each Value, row: (Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    let statement = try prepare(sql)
    try statement.bindAll(repeat each values)
    return try statement.step() ? try row(statement.row) : nil
  }

  /// All rows of a query, each made into a value.
  @inlinable
  public final func all<Result, each Value: Bindable>(
    _ sql: String, _ values: repeat each Value, row: (Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> [Result] {
    let statement = try prepare(sql)
    try statement.bindAll(repeat each values)
    var results: [Result] = []
    while try statement.step() { results.append(try row(statement.row)) }
    return results
  }

  /// The integer in the first column of the first row; nil when there is no row or it is null.
  @inlinable
  public final func integer<each Value: Bindable>(
    _ sql: String, _ values: repeat each Value
  ) throws(SQLiteError) -> Int? {
    let statement = try prepare(sql)
    try statement.bindAll(repeat each values)
    return try statement.step() ? try statement.row.optionalInteger(0) : nil
  }

  /// The object of a type that a room keeps with the connection, to know in the next snapshot what it found in this one;
  /// made where there is none.
  ///
  /// It is dropped when anything is rolled back. Like the reader it must not leave the body.
  public final func attachment<Value: AnyObject>(_ make: () -> Value) throws(SQLiteError) -> Value {
    try live().attachment(make)
  }

  /// Tells apart what can be seen: while the stamp is the same, so are all rows, unless something was rolled back.
  public final var stamp: Stamp {
    Stamp(snapshot: connection.snapshot, changes: connection.changeCount)
  }

  /// The state of a connection's snapshot; only equality means something.
  public struct Stamp: Hashable, Sendable {
    fileprivate let snapshot: Int
    fileprivate let changes: Int
  }

  /// The path of the database file, for messages.
  public final var path: String { connection.path }

  final func live() throws(SQLiteError) -> Connection {
    if isOver {
      throw SQLiteError(.misuse, message: "the transaction is over", path: connection.path)
    }
    return connection
  }
}
