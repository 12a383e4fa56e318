import Decisioning
import Explanation
import SQLite
import Values

/// Which request of order intake each decision answered: by whose token, with which key, in which language.
///
/// Rows are only appended, in the order of the decisions. Keys have no index here: `IdempotencyTable` is theirs.
public enum IntakeStore {
  /// The steps that make this room's tables; they follow those of the decisions and of the access.
  public static let migrations = [
    Migration(
      room: "service", number: 1, name: "requests of order intake",
      statements: [
        """
        CREATE TABLE intake (
          decision INTEGER PRIMARY KEY REFERENCES decision (id),
          token INTEGER NOT NULL,
          language TEXT NOT NULL,
          at INTEGER NOT NULL,
          held INTEGER,
          key BLOB CHECK (length(key) = 16),
          body BLOB CHECK (length(body) = 16)
        ) STRICT
        """
      ])
  ]

  /// One request and the decision that answered it.
  struct Entry: Sendable {
    var decision: DecisionID
    /// The number of the token.
    var token: Int
    var language: Language
    /// When it was answered.
    var at: Instant
    /// The number of the open case of an earlier referral in which the order is held; nil where it opens its own.
    var held: Int?
    /// The digests of key and content; nil where no key was sent.
    var key: (key: HalfDigest, body: HalfDigest)?
  }

  /// Stores requests in the write that records their decisions.
  struct Appender {
    private let statement: Statement

    init(_ transaction: WriteTransaction) throws(SQLiteError) {
      statement = try transaction.prepare(
        "INSERT INTO intake (decision, token, language, at, held, key, body) VALUES (?, ?, ?, ?, ?, ?, ?)")
    }

    func append(_ entry: Entry) throws(SQLiteError) {
      try statement.bindAll(
        entry.decision.number, entry.token, entry.language.rawValue, entry.at.microseconds, entry.held,
        entry.key?.key, entry.key?.body)
      try statement.run()
    }
  }

  /// The request that a decision answered; nil where none did.
  static func entry(of decision: DecisionID, in reader: Reader) throws(SQLiteError) -> Entry? {
    try reader.first(
      "SELECT token, language, at, held, key, body FROM intake WHERE decision = ?", decision.number
    ) { row throws(SQLiteError) in
      let (key, body) = (try row.optionalBlob(4), try row.optionalBlob(5))
      return Entry(
        decision: decision, token: try row.integer(0),
        language: Language(rawValue: try row.text(1)) ?? .english,
        at: Instant(microseconds: try row.integer(2)), held: try row.optionalInteger(3),
        key: key.flatMap { key in body.map { (HalfDigest(key), HalfDigest($0)) } })
    }
  }

  /// Which company asked for a decision; nil where no service did.
  static func company(of decision: DecisionID, in reader: Reader) throws(SQLiteError) -> String? {
    let found = try reader.first(
      """
      SELECT t.company FROM intake AS i JOIN access_service_token AS t ON t.token = i.token WHERE i.decision = ?
      """, decision.number
    ) { row throws(SQLiteError) in try row.text(0) }
    return found
  }

  /// The first decision that answered a request at an instant or later; nil where none did.
  ///
  /// Rows lie in the order of their instants, so it is found by halving.
  static func first(since instant: Instant, in reader: Reader) throws(SQLiteError) -> Int? {
    guard var low = try reader.integer("SELECT min(decision) FROM intake"),
      var high = try reader.integer("SELECT max(decision) FROM intake")
    else { return nil }
    while low < high {
      let middle = low + (high - low) / 2
      let at = try reader.first(
        "SELECT decision, at FROM intake WHERE decision >= ? ORDER BY decision LIMIT 1", middle
      ) { row throws(SQLiteError) in (decision: try row.integer(0), at: try row.integer(1)) }
      if let at, at.at < instant.microseconds { low = at.decision + 1 } else { high = middle }
    }
    return try reader.integer(
      "SELECT min(decision) FROM intake WHERE decision >= ? AND at >= ?", low, instant.microseconds)
  }

  /// Hands over the keys of requests from a decision on, in the order of the decisions.
  static func eachKey(
    from decision: Int, in reader: Reader, _ body: (_ key: IdempotencyKey, _ decision: Int) -> Void
  ) throws(SQLiteError) {
    let statement = try reader.prepare(
      "SELECT decision, key FROM intake WHERE decision >= ? AND key IS NOT NULL ORDER BY decision")
    try statement.bind(1, decision)
    while try statement.step() {
      body(IdempotencyKey(HalfDigest(try statement.row.blob(1))), try statement.row.integer(0))
    }
  }
}

extension IdempotencyKey {
  /// A key as it was stored.
  init(_ digest: HalfDigest) { self.digest = digest }
}
