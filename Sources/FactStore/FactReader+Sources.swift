import Facts
import SQLite
import Values

extension FactReader {
  /// Whether records of a kind had been loaded at all as of a point in time.
  ///
  /// Where they had not, that a customer has none is not knowledge. A complete batch of the kind's canonical layout
  /// counts although it had no row: somebody looked, and there was nothing.
  /// So do facts that have been erased since: they were there. What a register answered about one customer does not: it
  /// says nothing about the others.
  public func hasLoaded(_ kind: FactKind, asOf: AsOf) throws(SQLiteError) -> Bool {
    try sql.integer(
      """
      SELECT EXISTS (
          SELECT 1 FROM version AS v JOIN batch AS b ON b.key = v.batch
          WHERE v.kind = ?1 AND v.known_from <= ?3 AND v.sequence <= ?4 AND b.layout <> ?5)
        OR EXISTS (SELECT 1 FROM erased_fact WHERE kind = ?1 AND known_from <= ?3 AND sequence <= ?4)
        OR EXISTS (SELECT 1 FROM batch WHERE layout = ?2 AND complete = 1 AND known_from <= ?3 AND sequence <= ?4)
      """, FactTable.of(kind).number, kind.layout, asOf.knownAt.microseconds, asOf.lastSequence,
      FactStore.registerAnswerLayout) == 1
  }

  /// The names of the sources whose files were read, those that were broken off among them.
  public func sources() throws(SQLiteError) -> [String] {
    try sql.all("SELECT DISTINCT s.name FROM batch b JOIN source s ON s.key = b.source ORDER BY s.name") {
      row throws(SQLiteError) in try row.text(0)
    }
  }
}
