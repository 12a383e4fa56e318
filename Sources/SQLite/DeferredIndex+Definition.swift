extension DeferredIndex {
  /// The statements that make the index and fill it with the rows that are there.
  var definition: [String] {
    let deletions = selections.map { selection in
      "DELETE FROM \(name) WHERE (\(names)) = (\(selection.entry(key))) AND (\(selection.condition));"
        .replacing("row.", with: "OLD.")
    }
    let all = entries.replacing("?1", with: "0").replacing("?2", with: "\(Int.max)")
    return [
      """
      CREATE TABLE IF NOT EXISTS deferred_index (
        name TEXT PRIMARY KEY, filled INTEGER NOT NULL, generation INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE \(name) (
        \(columns.map { "\($0.name) \($0.type) NOT NULL" }.joined(separator: ", ")), \(key) INTEGER NOT NULL,
        PRIMARY KEY (\(names))
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TRIGGER \(name)_forgets AFTER DELETE ON \(source) BEGIN
        \(deletions.joined(separator: "\n  "))
        UPDATE deferred_index SET generation = generation + 1,
          filled = min(filled, ifnull((SELECT max(\(key)) FROM \(source)), 0)) WHERE name = '\(name)';
      END
      """,
      "INSERT INTO deferred_index VALUES ('\(name)', ifnull((SELECT max(\(key)) FROM \(source)), 0), 0)",
      "INSERT INTO \(name) (\(names))\n\(all)",
    ]
  }
}
