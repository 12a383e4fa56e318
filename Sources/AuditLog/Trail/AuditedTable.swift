import SQLite
import Values

/// A table whose rows the log vouches for, described by the room that owns it.
///
/// A row is hashed as it lies in the file, column by column, type and length before each value; so whatever is changed,
/// if only the type of a value, is found. Rows in other tables that belong to it (the files of a rule set) are hashed
/// with it. When a later schema adds columns, a layout is added: entries name the layout they hashed.
public struct AuditedTable: Sendable {
  /// The name in payloads and findings.
  public let name: String
  /// What is hashed, the newest way last.
  let layouts: [[Part]]

  /// One table that makes up a row.
  public struct Part: Sendable {
    let table: String
    let columns: [String]
    /// For each column, whether the SHA-256 of its blob stands in its place.
    let isDigested: [Bool]
    /// What is hashed of one key; made once, since it is asked for with every row.
    let selection: String
    /// Every key with the number of the write that made the row, or null.
    let keys: String

    /// Describes a part.
    ///
    /// - Parameters:
    ///   - table: the table's name in SQL.
    ///   - key: its column with the integer key.
    ///   - columns: what is hashed; where several rows have the key, they are ordered by the first of these.
    ///   - digested: those of them whose blob is hashed by itself first, so that who has that digest need not hash it again.
    ///   - condition: an SQL condition, where only some rows are audited.
    ///   - sequence: the column with the number of the write that made the row, in the first part of a row.
    public init(
      _ table: String, key: String, columns: [String], digested: Set<String> = [],
      where condition: String? = nil, sequence: String? = "sequence"
    ) {
      self.table = table
      self.columns = columns
      isDigested = columns.map(digested.contains)
      let names = columns.map(Self.quoted).joined(separator: ", ")
      selection =
        "SELECT \(names) FROM \(Self.quoted(table)) WHERE \(Self.quoted(key)) = ?"
        + (condition.map { " AND (\($0))" } ?? "") + " ORDER BY \(columns.first.map(Self.quoted) ?? "1")"
      keys =
        "SELECT \(Self.quoted(key)), \(sequence.map(Self.quoted) ?? "NULL") FROM \(Self.quoted(table))"
        + (condition.map { " WHERE \($0)" } ?? "") + " ORDER BY 1"
    }

    private static func quoted(_ name: String) -> String {
      "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
  }

  /// A table with its layouts, the oldest first.
  public init(_ name: String, layouts: [[Part]]) {
    self.name = name
    self.layouts = layouts
  }

  /// A table of one part with one layout.
  public init(
    _ name: String, table: String? = nil, key: String, columns: [String], where condition: String? = nil
  ) {
    self.init(name, layouts: [[Part(table ?? name, key: key, columns: columns, where: condition)]])
  }

  /// The number of the newest layout, from 1.
  var newestLayout: Int { layouts.count }

  /// The columns that the newest layout hashes, by table.
  public var hashedColumns: [(table: String, columns: [String])] {
    layouts.last?.map { ($0.table, $0.columns) } ?? []
  }

  /// The digest of a row as it lies in the database; nil where it is not there or the layout is unknown.
  func digest(_ key: Int, layout: Int, in reader: Reader) throws(SQLiteError) -> Digest? {
    guard layouts.indices.contains(layout - 1) else { return nil }
    var image = AuditedRowImage(self, key: key, layout: layout)
    for (place, part) in layouts[layout - 1].enumerated() {
      let statement = try reader.prepare(part.selection)
      try statement.bind(1, key)
      var count = 0
      while try statement.step() {
        try image.add(statement.row, isDigested: part.isDigested)
        count += 1
      }
      if place == 0, count == 0 { return nil }
      image.endPart(rows: count)
    }
    return image.hash
  }
}
