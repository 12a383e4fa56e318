import Facts
import SQLite
public import Values

extension FactStore {
  /// The layout of batches that hold what a register answered about one customer.
  public static let registerAnswerLayout = "register-answer"

  /// Pulls, append-only; read by customer, newest first.
  static let sourcePulls = [
    """
    CREATE TABLE source_pull (
      number INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (key),
      source INTEGER NOT NULL REFERENCES source (key), at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN (
        'present', 'absent', 'disputed', 'withheld', 'erased', 'unavailable', 'malformed')),
      kinds TEXT NOT NULL, cause TEXT, purpose TEXT NOT NULL, legal_ground TEXT NOT NULL,
      sequence INTEGER NOT NULL REFERENCES write (sequence)
    ) STRICT
    """,
    "CREATE INDEX source_pull_customer ON source_pull (customer, source, number)",
  ]
}

extension StoreTransaction {
  /// Records that a source was asked about a customer; gives the number of the row, which an audit entry vouches for.
  public func record(_ pull: SourcePull, customerKey: Int, source: Int) throws(StoreError) -> Int {
    try StoreError.wrapping { () throws(SQLiteError) in
      try sql.run(
        """
        INSERT INTO source_pull (customer, source, at, state, kinds, cause, purpose, legal_ground, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, customerKey, source, pull.at.microseconds, pull.state.rawValue,
        pull.kinds.map(\.layout).sorted().joined(separator: " "), pull.cause, pull.purpose,
        pull.legalGround, sequence)
      return sql.lastRowID
    }
  }
}

extension FactReader {
  /// The newest pulls about a customer by the name of the source, as known at an instant and up to a write.
  ///
  /// The newest is the one written last: the wall clock of the other writer may have been set.
  public func newestPulls(
    of customerKey: Int, knownAt: Instant, sequence: Int? = nil
  ) throws(StoreError) -> [String: NewestPulls] {
    let rows = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.all(
        """
        SELECT s.name, p.at, p.state, p.cause, p.purpose, p.legal_ground, p.kinds
        FROM source_pull AS p JOIN source AS s ON s.key = p.source
        WHERE p.number IN (
          SELECT max(number) FROM source_pull WHERE customer = ?1 AND at <= ?2 AND sequence <= ?3
          GROUP BY source, state IN ('unavailable', 'malformed'))
        ORDER BY p.number DESC
        """, customerKey, knownAt.microseconds, sequence ?? Int.max
      ) { row throws(SQLiteError) in
        (
          source: try row.text(0), at: Instant(microseconds: try row.integer(1)), state: try row.text(2),
          cause: try row.optionalText(3), purpose: try row.text(4), legalGround: try row.text(5),
          kinds: try row.text(6)
        )
      }
    }
    var newest: [String: NewestPulls] = [:]
    for row in rows {
      guard let state = SourcePull.State(rawValue: row.state) else { throw .damaged(table: "source_pull") }
      let pull = SourcePull(
        source: row.source, at: row.at, state: state,
        kinds: Set(FactKind.allCases.filter { row.kinds.split(separator: " ").contains($0.layout[...]) }),
        cause: row.cause, purpose: row.purpose, legalGround: row.legalGround)
      var pulls = newest[row.source] ?? NewestPulls(last: pull)
      if state.isConclusive { pulls.lastConclusive = pull }
      newest[row.source] = pulls
    }
    return newest
  }
}
