import SQLite
import Values

/// Decisions and the rule sets that made them, at rest.
///
/// Append-only: there is no function that changes a decision. The content lies as the bytes that were hashed;
/// outcome, rating and score stand beside it for lists and are never read back into a decision.
public enum DecisionStore {
  /// The steps that make this room's tables; they follow those of the facts, whose `write` table they refer to.
  public static let migrations = [
    Migration(
      room: "decisions", number: 1, name: "decisions and rule sets",
      statements: [
        """
        CREATE TABLE rule_set (
          key INTEGER PRIMARY KEY,
          version BLOB NOT NULL UNIQUE CHECK (length(version) = 32),
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        """
        CREATE TABLE rule_set_file (
          rule_set INTEGER NOT NULL REFERENCES rule_set (key),
          path TEXT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (rule_set, path)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE decision (
          id INTEGER PRIMARY KEY,
          customer INTEGER NOT NULL REFERENCES customer (key),
          sequence INTEGER NOT NULL REFERENCES write (sequence),
          read_sequence INTEGER NOT NULL,
          known_at INTEGER NOT NULL,
          business_date INTEGER NOT NULL,
          rule_set INTEGER NOT NULL REFERENCES rule_set (key),
          outcome TEXT NOT NULL,
          rating TEXT,
          score TEXT,
          content BLOB NOT NULL,
          content_hash BLOB NOT NULL CHECK (length(content_hash) = 32)
        ) STRICT
        """,
        // Decisions are read newest first of one customer; the index ends in the rowid by itself.
        "CREATE INDEX decision_of_customer ON decision (customer)",
      ])
  ]

  /// Stores a decision and gives its number.
  ///
  /// The caller has begun the write transaction with this sequence number and stored the rule set in it or before.
  public static func append(
    _ content: DecisionContent, bytes: [UInt8], customerKey: Int, readSequence: Int, knownAt: Instant,
    ruleSetKey: Int, sequence: Int, in transaction: WriteTransaction
  ) throws(SQLiteError) -> DecisionID {
    let statement = try transaction.prepare(
      """
      INSERT INTO decision (customer, sequence, read_sequence, known_at, business_date, rule_set, outcome, rating,
        score, content, content_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    try statement.bind(1, customerKey)
    try statement.bind(2, sequence)
    try statement.bind(3, readSequence)
    try statement.bind(4, knownAt.microseconds)
    try statement.bind(5, content.businessDate.dayNumber)
    try statement.bind(6, ruleSetKey)
    try statement.bind(7, content.outcome.rawValue)
    try statement.bind(8, content.rating)
    try statement.bind(9, content.score?.description)
    try statement.bind(10, bytes)
    try statement.bind(11, SHA256.hash(bytes).bytes)
    try statement.run()
    return DecisionID(transaction.lastRowID)
  }

  /// The decision with this number, or nil.
  public static func decision(_ id: DecisionID, in reader: Reader) throws(DecisionStoreError)
    -> DecisionRecord?
  {
    try one("WHERE d.id = ?", id.number, in: reader)
  }

  /// The newest decision about a customer, or nil where there is none.
  public static func latest(customerKey: Int, in reader: Reader) throws(DecisionStoreError) -> DecisionRecord?
  {
    try one("WHERE d.customer = ? ORDER BY d.id DESC LIMIT 1", customerKey, in: reader)
  }

  /// The content bytes of the newest decision about a customer, or nil where there is none.
  public static func latestBytes(customerKey: Int, in reader: Reader) throws(SQLiteError) -> [UInt8]? {
    try reader.first(
      "SELECT content FROM decision WHERE customer = ? ORDER BY id DESC LIMIT 1", customerKey
    ) { row throws(SQLiteError) in try row.blob(0) }
  }

  /// Up to `limit` decisions after a number, in the order of recording.
  public static func decisions(
    after id: DecisionID?, limit: Int, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    try many("WHERE d.id > ? ORDER BY d.id LIMIT ?", id?.number ?? 0, limit, in: reader)
  }

  /// How many decisions there are.
  public static func count(in reader: Reader) throws(SQLiteError) -> Int {
    try reader.integer("SELECT count(*) FROM decision") ?? 0
  }

  /// SHA-256 over the content hashes of all decisions, sorted.
  ///
  /// Ids, recorded instants and sequence numbers are not in it: the same decisions give the same hash in any order.
  public static func decisionHash(in reader: Reader) throws(SQLiteError) -> Digest {
    var hash = SHA256()
    let statement = try reader.prepare("SELECT content_hash FROM decision ORDER BY content_hash")
    while try statement.step() {
      try statement.row.withBlob(0) { hash.update($0) }
    }
    return hash.finish()
  }

  private static let columns = """
    SELECT d.id, d.customer, d.sequence, d.read_sequence, d.known_at, d.content, d.content_hash, w.actor, w.at
    FROM decision AS d JOIN write AS w ON w.sequence = d.sequence
    """

  private static func one<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value, in reader: Reader
  ) throws(DecisionStoreError) -> DecisionRecord? {
    try many(condition, repeat each values, in: reader).first
  }

  private static func many<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    let rows = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.all(columns + " " + condition, repeat each values) { row throws(SQLiteError) in
        try StoredDecision(row)
      }
    }
    var records: [DecisionRecord] = []
    records.reserveCapacity(rows.count)
    for row in rows { records.append(try row.record()) }
    return records
  }
}

/// The columns of a decision before its content is checked and read.
private struct StoredDecision {
  let id: DecisionID
  let customerKey, sequence, readSequence: Int
  let knownAt, recordedAt: Instant
  let bytes, hash: [UInt8]
  let actor: String

  init(_ row: Row) throws(SQLiteError) {
    id = DecisionID(try row.integer(0))
    customerKey = try row.integer(1)
    sequence = try row.integer(2)
    readSequence = try row.integer(3)
    knownAt = Instant(microseconds: try row.integer(4))
    bytes = try row.blob(5)
    hash = try row.blob(6)
    actor = try row.text(7)
    recordedAt = Instant(microseconds: try row.integer(8))
  }

  func record() throws(DecisionStoreError) -> DecisionRecord {
    guard let hash = Digest(bytes: hash), SHA256.hash(bytes) == hash,
      let content = DecisionContent(bytes: bytes)
    else { throw .unreadable(id) }
    return DecisionRecord(
      id: id, customerKey: customerKey, sequence: sequence, readSequence: readSequence, knownAt: knownAt,
      content: content, contentHash: hash, actor: actor, recordedAt: recordedAt)
  }
}
