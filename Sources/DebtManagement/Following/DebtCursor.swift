public import FactStore
public import SQLite
import Values

/// How far debt management has followed the changes of customers.
///
/// Kept with what was done about them in one write, so that a change is either seen and answered, or not seen yet. As long as
/// a change of a customer is not seen, no restriction of theirs leaves the outbox.
public enum DebtCursor {
  /// The step that makes the table; it follows those of the facts.
  public static let migrations = [
    Migration(
      room: "debt", number: 1, name: "how far changes of customers were followed",
      statements: [
        """
        CREATE TABLE debt_cursor (
          one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, customer INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO debt_cursor VALUES (1, 0, 0)",
      ])
  ]

  /// The last change that was followed.
  public static func last(in reader: Reader) throws(SQLiteError) -> FactReader.Change {
    try reader.first("SELECT customer, sequence FROM debt_cursor") { row throws(SQLiteError) in
      FactReader.Change(customerKey: try row.integer(0), sequence: try row.integer(1))
    } ?? FactReader.Change(customerKey: 0, sequence: 0)
  }

  /// Whether the last change of a customer has been followed.
  public static func hasSeen(_ customerKey: Int, in reader: FactReader) throws(SQLiteError) -> Bool {
    let change = try reader.lastChange(of: customerKey)
    let last = try last(in: reader.sql)
    return (change, customerKey) <= (last.sequence, last.customerKey)
  }

  /// Notes that changes up to this one have been followed; never goes back behind what another follower has seen.
  static func move(to change: FactReader.Change, in transaction: WriteTransaction) throws(SQLiteError) {
    try transaction.run(
      "UPDATE debt_cursor SET sequence = ?1, customer = ?2 WHERE (sequence, customer) < (?1, ?2)",
      change.sequence, change.customerKey)
  }
}
