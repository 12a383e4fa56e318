import Facts
import SQLite
import Values

/// What is in the store, in numbers.
public struct StoreFigures: Sendable, Hashable {
  /// Stored versions of each kind.
  public let facts: [FactKind: Int]
  /// Customers whose customer fact has come.
  public let customers: Int
  /// Numbers and codes that facts wait for.
  public let waitingStubs: Int
  /// Records in quarantine that wait.
  public let openQuarantine: Int
  /// Files that were read to the end.
  public let completeBatches: Int
  /// Files whose reading was broken off.
  public let incompleteBatches: Int
  /// The number of the last write.
  public let lastSequence: Int
}

extension FactReader {
  /// Counts what is in the store.
  public func figures() throws(SQLiteError) -> StoreFigures {
    var facts: [FactKind: Int] = [:]
    for table in FactTable.all { facts[table.kind] = try count("SELECT count(*) FROM \(table.name)") }
    return StoreFigures(
      facts: facts,
      customers: try count("SELECT count(*) FROM customer WHERE arrived IS NOT NULL"),
      waitingStubs: try waitingStubs(),
      openQuarantine: try count("SELECT count(*) FROM quarantine WHERE state = 'open'"),
      completeBatches: try count("SELECT count(*) FROM batch WHERE complete = 1"),
      incompleteBatches: try count("SELECT count(*) FROM batch WHERE complete = 0"),
      lastSequence: try lastSequence())
  }

  /// Numbers and codes that facts wait for.
  public func waitingCustomers() throws(StoreError) -> Int {
    try StoreError.wrapping { () throws(SQLiteError) in try waitingStubs() }
  }

  private func waitingStubs() throws(SQLiteError) -> Int {
    try count(
      """
      SELECT count(*) FROM customer c JOIN identifier i ON i.customer = c.key
      WHERE c.arrived IS NULL AND (i.scheme = '\(Identity.numberScheme)' OR (
        NOT EXISTS (SELECT 1 FROM claim WHERE identifier = c.key)
        AND (EXISTS (SELECT 1 FROM register_entry WHERE customer = c.key)
          OR EXISTS (SELECT 1 FROM arrears_entry WHERE customer = c.key))))
      """)
  }

  /// A digest of what is known, over the content of all facts in all versions.
  ///
  /// Not over batch, file, line, source, instants or order: content that was stored in several versions or batches
  /// counts once, so the digest is the same however, whenever and how often the same records were loaded.
  public func storeHash() throws(SQLiteError) -> Digest {
    var hash = SHA256()
    let statement = try sql.prepare("SELECT DISTINCT hash FROM version ORDER BY hash")
    while try statement.step() {
      try statement.row.withBlob(0) { bytes in hash.update(bytes) }
    }
    return hash.finish()
  }

  /// What does not fit together in the tables of this room; empty when all is well.
  public func inconsistencies() throws(SQLiteError) -> [String] {
    var problems: [String] = []
    let writes = try count("SELECT count(*) FROM write")
    let last = try lastSequence()
    if writes != last { problems.append("\(last - writes) write numbers are missing") }
    for table in FactTable.all {
      // Both indexes tell the same facts: each version found by record lies with its customer, and no other does.
      let facts = try count("SELECT count(*) FROM \(table.name)")
      let versions = try count(
        """
        SELECT count(*) FROM version v JOIN \(table.name) f ON f.customer = v.customer AND f.fact = v.fact
          AND f.id = v.id AND f.hash = v.hash AND f.known_from = v.known_from AND f.sequence = v.sequence
        WHERE v.kind = \(table.number)
        """)
      let recorded = try count("SELECT count(*) FROM version WHERE kind = \(table.number)")
      if facts != versions || recorded != versions {
        problems.append(
          "\(table.name) has \(facts) facts and \(recorded) records, of which \(versions) agree")
      }
    }
    return problems
  }

  private func count(_ query: String) throws(SQLiteError) -> Int {
    try sql.integer(query) ?? 0
  }
}
