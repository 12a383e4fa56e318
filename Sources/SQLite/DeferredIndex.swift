/// An index that is filled behind the rows it is about, so that storing a row only appends to its table.
///
/// An entry of a scattered index costs its writer a page of 4 KiB: written to the log, summed, and copied into the file
/// later. Filled for many rows at once in the order of the index, a page takes several entries at that price.
///
/// `deferred_index` holds a mark: every row with a key up to it has its entries. The rows after it are the *tail*, and
/// whoever looks something up looks at both. Entries of rows after the mark may be there already; they are as true as
/// the others. Rows are only appended, with ascending keys, all of one key in one transaction, and are never changed;
/// when one is deleted, a trigger takes its entries away, and the
/// mark back where its key could be given again.
public struct DeferredIndex: Sendable {
  /// The index's table; its last column is the key.
  public let name: String
  /// The columns of the index without the key, with their types.
  let columns: [(name: String, type: String)]
  /// The table that the index is about.
  let source: String
  /// The source's ascending integer column, with which the entries end.
  let key: String
  /// How many keys may be behind before an ordinary write fills.
  let slack: Int
  /// About how many rows a key has where many are stored at once.
  let rowsPerKey: Int
  let selections: [Selection]
  /// The columns and the key, for lists.
  let names: String
  /// The rows with keys from above ?1 up to ?2, read once for all selections: for each selection whether it has an entry and
  /// its values, then the key.
  let rows: String
  /// The entries of these rows, in no certain order.
  let entries: String
  /// The same in the order of the index.
  private let orderedEntries: String
  /// Stores an entry, which may be there already.
  let insertion: String
  /// Stores `batch` entries: to begin and to end a statement takes half as long as to store an entry.
  let batchInsertion: String
  private let storing: String
  private let marking: String

  /// Which entries a row has.
  public struct Selection: Sendable {
    let values: [String]
    let condition: String

    /// One entry of every row, or of those for which a condition holds.
    ///
    /// - Parameters:
    ///   - values: an SQL expression for each column of the index; the source's columns are written `row.column`.
    ///   - condition: an SQL condition of the same form.
    public init(_ values: [String], where condition: String = "true") {
      self.values = values
      self.condition = condition
    }

    /// The values of an entry, for lists.
    func entry(_ key: String) -> String { (values + ["row.\(key)"]).joined(separator: ", ") }
  }

  /// How far the index is filled.
  public struct Mark: Hashable, Sendable {
    /// The last key up to which every row has its entries.
    public let filled: Int
    /// Grows with every deletion from the source.
    public let generation: Int
    /// The last key in the source; 0 where there is none.
    public let newest: Int
  }

  /// Entries that one statement stores where there are many.
  static let batch = 16
  /// Rows that an ordinary write fills at most: a millisecond or two, which others wait.
  private static let catchUpRows = 2000

  /// Describes an index.
  ///
  /// - Parameters:
  ///   - name: the table to be made for it.
  ///   - columns: names and types of its columns; the key follows by itself.
  ///   - source: the table that it is about.
  ///   - key: the source's integer column that ascends as rows are appended, and starts above 0.
  ///   - selections: the entries of a row.
  ///   - slack: how many keys may be behind before an ordinary write fills.
  ///   - rowsPerKey: about how many rows a key has where many are stored at once.
  public init(
    _ name: String, columns: [(name: String, type: String)], source: String, key: String,
    selections: [Selection], slack: Int, rowsPerKey: Int = 1
  ) {
    self.name = name
    self.columns = columns
    self.source = source
    self.key = key
    self.selections = selections
    self.slack = slack
    self.rowsPerKey = rowsPerKey
    let width = columns.count + 1
    names = (columns.map(\.name) + [key]).joined(separator: ", ")
    rows =
      "SELECT "
      + selections.map { "(\($0.condition)), \($0.values.joined(separator: ", "))" }.joined(separator: ", ")
      + ", row.\(key) FROM \(source) AS row WHERE row.\(key) > ?1 AND row.\(key) <= ?2"
    entries =
      selections.map { selection in
        """
        SELECT \(selection.entry(key)) FROM \(source) AS row
        WHERE row.\(key) > ?1 AND row.\(key) <= ?2 AND (\(selection.condition))
        """
      }.joined(separator: "\nUNION ALL ")
    orderedEntries = entries + "\nORDER BY " + (1...width).map(String.init).joined(separator: ", ")
    marking = """
      SELECT filled, generation, ifnull((SELECT max(\(key)) FROM \(source)), 0) FROM deferred_index WHERE name = ?
      """
    storing = "INSERT OR IGNORE INTO \(name) (\(names))"
    let entry = "(" + repeatElement("?", count: width).joined(separator: ", ") + ")"
    insertion = storing + " VALUES " + entry
    batchInsertion = storing + " VALUES " + repeatElement(entry, count: Self.batch).joined(separator: ", ")
  }

  /// How far the index is filled, in this snapshot.
  public func mark(in reader: Reader) throws(SQLiteError) -> Mark {
    let found = try reader.first(marking, name) { row throws(SQLiteError) in
      Mark(filled: try row.integer(0), generation: try row.integer(1), newest: try row.integer(2))
    }
    guard let found else {
      throw SQLiteError(.corrupt, message: "no mark of index \(name)", path: reader.path)
    }
    return found
  }

  /// Fills the index for some rows of the tail, or all, in the transaction under way.
  public func fill(atMost rows: Int = Int.max, in transaction: WriteTransaction) throws(SQLiteError) {
    try fill(atMost: rows, from: try mark(in: transaction), in: transaction)
  }

  private func fill(atMost rows: Int, from mark: Mark, in transaction: WriteTransaction) throws(SQLiteError) {
    guard mark.newest > mark.filled else { return }
    let last = rows == Int.max ? mark.newest : try last(of: rows, after: mark, in: transaction)
    try transaction.run(storing + "\n" + orderedEntries, mark.filled, last)
    try move(to: last, in: transaction)
  }

  /// The key of the last of so many rows of the tail.
  func last(of rows: Int, after mark: Mark, in reader: Reader) throws(SQLiteError) -> Int {
    try reader.integer(
      "SELECT max(\(key)) FROM (SELECT \(key) FROM \(source) WHERE \(key) > ? ORDER BY \(key) LIMIT ?)",
      mark.filled, rows) ?? mark.filled
  }

  /// Whether about so many rows, at least one, are in the tail.
  public func isBehind(_ mark: Mark, by rows: Int) -> Bool {
    mark.newest - mark.filled >= max(1, rows / rowsPerKey)
  }

  /// Fills what has fallen behind, in the measure that a write may bear.
  func catchUp(in transaction: WriteTransaction) throws(SQLiteError) {
    let mark = try mark(in: transaction)
    if mark.newest - mark.filled > slack {
      try fill(atMost: Self.catchUpRows, from: mark, in: transaction)
    }
  }

  /// Moves the mark on; never back.
  func move(to key: Int, in transaction: WriteTransaction) throws(SQLiteError) {
    try transaction.run(
      "UPDATE deferred_index SET filled = ?1 WHERE name = ?2 AND filled < ?1", key, name)
  }

  /// How the index disagrees with the rows up to the mark; nil where it does not.
  public func problem(in reader: Reader) throws(SQLiteError) -> String? {
    let mark = try mark(in: reader)
    var rows = 0
    for selection in selections {
      let counted = try reader.first(
        """
        SELECT count(*), ifnull(sum(NOT EXISTS (SELECT 1 FROM \(name) WHERE (\(names)) = (\(selection.entry(key))))), 0)
        FROM \(source) AS row WHERE row.\(key) <= ? AND (\(selection.condition))
        """, mark.filled
      ) { row throws(SQLiteError) in (rows: try row.integer(0), missing: try row.integer(1)) }
      if let counted, counted.missing > 0 { return disagreement("lacks \(counted.missing) entries of") }
      rows += counted?.rows ?? 0
    }
    let entries = try reader.integer("SELECT count(*) FROM \(name) WHERE \(key) <= ?", mark.filled) ?? 0
    let beyond = try reader.integer("SELECT count(*) FROM \(name) WHERE \(key) > ?", mark.newest) ?? 0
    if entries != rows || beyond > 0 || mark.filled > mark.newest {
      return disagreement("has \(entries - rows + beyond) entries too many for")
    }
    return nil
  }

  private func disagreement(_ what: String) -> String {
    """
    index \(name) \(what) the table \(source): make it anew with sqlite3 FILE "DELETE FROM \(name); \
    UPDATE deferred_index SET filled = 0 WHERE name = '\(name)'"
    """
  }
}
