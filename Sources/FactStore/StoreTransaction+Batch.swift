import Facts
import SQLite
import Values

extension StoreTransaction {
  /// The number of a source, which is made when it is new.
  ///
  /// Purpose and data class belong to the source; those of a known source stay as they are.
  @discardableResult
  public func source(
    named name: String, purpose: String = "credit-rating", dataClass: String = "personal"
  ) throws(StoreError) -> Int {
    try StoreError.wrapping { () throws(SQLiteError) in
      if let key = try sql.integer("SELECT key FROM source WHERE name = ?", name) { return key }
      try sql.run("INSERT INTO source (name, purpose, data_class) VALUES (?, ?, ?)", name, purpose, dataClass)
      return sql.lastRowID
    }
  }

  /// The batch of a file: the one that an earlier reading of the same bytes made, or a new one.
  public func openBatch(_ description: BatchDescription) throws(StoreError) -> Batch {
    let source = try source(named: description.source)
    return try StoreError.wrapping { () throws(SQLiteError) in
      let found = try description.digest.flatMap { digest throws(SQLiteError) in
        try sql.first(
          "SELECT key, complete FROM batch WHERE digest = ? AND source = ? AND layout = ?", digest.bytes,
          source, description.layout
        ) { row throws(SQLiteError) in (key: try row.integer(0), complete: try row.integer(1)) }
      }
      if let found {
        return Batch(
          key: found.key, source: source, digest: description.digest, knownFrom: description.knownFrom,
          isComplete: found.complete == 1, isKnown: true)
      }
      try sql.run(
        """
        INSERT INTO batch (source, file, digest, layout, known_from, sequence, complete, rows)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0)
        """, source, description.file, description.digest?.bytes, description.layout,
        description.knownFrom.microseconds, sequence)
      return Batch(
        key: sql.lastRowID, source: source, digest: description.digest, knownFrom: description.knownFrom,
        isComplete: false, isKnown: false)
    }
  }

  /// Notes that a file was read to its end.
  public func complete(_ batch: Batch, rows: Int) throws(StoreError) {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.run("UPDATE batch SET complete = 1, rows = ? WHERE key = ? AND complete = 0", rows, batch.key)
    }
  }
}
