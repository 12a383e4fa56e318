import Facts
import SQLite
import Values

extension FactReader {
  /// A customer whom a write has touched.
  public struct Change: Hashable, Sendable {
    /// The store's key of the customer, or of a code that nobody holds yet.
    public let customerKey: Int
    /// The number of the last write that touched them.
    public let sequence: Int

    /// A change that a follower kept.
    public init(customerKey: Int, sequence: Int) {
      self.customerKey = customerKey
      self.sequence = sequence
    }
  }

  /// The number of the last write that touched a customer: facts, corrections, records in quarantine, erasure.
  ///
  /// What was made of the customer's facts in a snapshot of this write or a later one still holds. 0 for a key that
  /// does not exist.
  public func lastChange(of key: Int) throws(SQLiteError) -> Int {
    try sql.integer("SELECT sequence FROM customer_change WHERE customer = ?", key) ?? 0
  }

  /// The number of the last write that touched any customer; 0 where none did.
  public func newestChange() throws(SQLiteError) -> Int {
    try sql.integer("SELECT max(sequence) FROM customer_change") ?? 0
  }

  /// Whether no write after one has touched a customer, so that what was made of their facts as of then still holds.
  public func isUntouched(_ key: Int, since sequence: Int) throws(SQLiteError) -> Bool {
    let tail = try changeTail()
    try tail.follow(self)
    if let known = tail.isUntouched(key, since: sequence) { return known }
    return try lastChange(of: key) <= sequence
  }

  /// Brings what is kept of the change feed with the connection up to this snapshot, for who passes changes in a later one.
  public func followChanges() throws(SQLiteError) { try changeTail().follow(self) }

  /// Says that no customer was touched since the snapshot in which the feed was followed last, so that it is not asked.
  public func passChanges() throws(SQLiteError) { try changeTail().pass(self) }

  /// The customers touched after a change, in the order of the writes that touched them last.
  ///
  /// A follower keeps the last change that it has seen; nil begins at the beginning. A customer who is touched again moves
  /// to the end, so one who is not seen now is seen later.
  public func changes(after last: Change? = nil, limit: Int) throws(SQLiteError) -> [Change] {
    try sql.all(
      """
      SELECT customer, sequence FROM customer_change WHERE (sequence, customer) > (?, ?)
      ORDER BY sequence, customer LIMIT ?
      """, last?.sequence ?? 0, last?.customerKey ?? 0, limit
    ) { row throws(SQLiteError) in Change(customerKey: try row.integer(0), sequence: try row.integer(1)) }
  }

  /// The codes that a customer holds at present.
  public func identifiers(of key: Int) throws(StoreError) -> [Identifier] {
    let codes = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.all(
        """
        SELECT i.scheme, i.code FROM claim AS c JOIN identifier AS i ON i.customer = c.identifier
        WHERE c.customer = ? ORDER BY i.scheme, i.code
        """, key
      ) { row throws(SQLiteError) in Identity(scheme: try row.text(0), code: try row.text(1)) }
    }
    var identifiers: [Identifier] = []
    for code in codes {
      if case .identifier(let identifier) = try code.reference() { identifiers.append(identifier) }
    }
    return identifiers
  }

  /// Whether a customer record has arrived for a key, which others may have named before.
  public func hasArrived(_ key: Int) throws(SQLiteError) -> Bool {
    try sql.integer("SELECT arrived IS NOT NULL FROM customer WHERE key = ?", key) == 1
  }

  /// Whether anything about a customer counts as known only after an instant: it appears by itself when that has come.
  ///
  /// - Parameter kinds: the kinds asked about; those that a rating reads where nothing is said.
  public func hasFacts(
    of key: Int, knownAfter instant: Instant, kinds: [FactKind] = FactKind.rating
  ) throws(SQLiteError) -> Bool {
    let keys = """
      SELECT ?1 UNION SELECT identifier FROM customer_fact WHERE customer = ?1 AND identifier IS NOT NULL
      """
    for table in kinds.map({ FactTable.of($0).name }) + ["departure"] {
      let found = try sql.integer(
        "SELECT 1 FROM \(table) WHERE customer IN (\(keys)) AND known_from > ?2 LIMIT 1", key,
        instant.microseconds)
      if found != nil { return true }
    }
    return false
  }
}
