import AuditLog
import SQLite
import Values

/// Decisions and the rule sets that made them, at rest.
///
/// Append-only: there is no function that changes a decision. The content lies as the bytes that were hashed;
/// outcome, rating and score stand beside it for lists and are never read back into a decision.
public enum DecisionStore {
  /// The steps that make this room's tables and those of the audit log, in which every decision is entered.
  ///
  /// They follow those of the facts, whose `write` table they refer to.
  ///
  /// Steps that came later stand at the end, since a database gets them in this order.
  public static let migrations =
    Array(ownMigrations.prefix(3)) + AuditLog.migrations + ownMigrations.dropFirst(3)

  private static let ownMigrations = [
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
      ]),
    Migration(
      room: "decisions", number: 2, name: "kind, purpose, legal basis, superseding chain, standing rating",
      statements: [
        "ALTER TABLE rule_set ADD COLUMN layout BLOB",
        "ALTER TABLE decision ADD COLUMN kind TEXT NOT NULL DEFAULT 'automated'",
        "ALTER TABLE decision ADD COLUMN purpose TEXT NOT NULL DEFAULT 'rating'",
        "ALTER TABLE decision ADD COLUMN legal_basis TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decision ADD COLUMN supersedes INTEGER REFERENCES decision (id)",
        // Decisions about one order supersede one another, and so do those about the customer, which name none.
        "ALTER TABLE decision ADD COLUMN order_reference TEXT",
        "ALTER TABLE decision ADD COLUMN rating_since INTEGER",
        "ALTER TABLE decision ADD COLUMN downgraded_on INTEGER",
        "ALTER TABLE decision ADD COLUMN valid_until INTEGER",
      ]),
    Migration(
      room: "decisions", number: 3, name: "which rule set is in force when",
      statements: ActivationStore.definition),
    Migration(
      room: "decisions", number: 4, name: "people's judgements and the stop switch",
      statements: [
        // Few decisions are people's: what stands of them is asked with every decision.
        "CREATE INDEX decision_by_person ON decision (customer) WHERE kind = 'human'"
      ] + StopSwitch.definition),
    Migration(
      room: "decisions", number: 5, name: "feature snapshots", statements: FeatureSnapshotStore.definition),
  ]

  /// Stores a decision, enters it in the audit log, and gives its number.
  ///
  /// While automated decisions are stopped, one is stored as a referral, whatever it was when it was made.
  ///
  /// The caller has begun the write transaction with this sequence number and stored the rule set in it or before.
  public static func append(
    _ draft: DecisionDraft, _ ruleSet: RuleSet, ruleSetKey: Int, sequence: Int, audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(SQLiteError) -> DecisionID {
    let draft = draft.obeying(try StopSwitch.inForce(in: transaction), ruleSet)
    let content = draft.content
    let standing = content.standing
    let statement = try transaction.prepare(
      """
      INSERT INTO decision (customer, sequence, read_sequence, known_at, business_date, rule_set, outcome, rating,
        score, content, content_hash, kind, purpose, legal_basis, order_reference, rating_since, downgraded_on,
        valid_until, supersedes)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
        (SELECT max(id) FROM decision WHERE customer = ?1 AND order_reference IS ?15))
      """)
    try statement.bindAll(
      draft.customerKey, sequence, draft.readSequence, draft.knownAt.microseconds,
      content.businessDate.dayNumber, ruleSetKey, content.outcome.rawValue, content.rating,
      content.score?.description, draft.bytes, SHA256.hash(draft.bytes).bytes, draft.kind.rawValue,
      draft.purpose.rawValue,
      ruleSet.law.legalBasis(draft.purpose, on: content.businessDate).joined(separator: " "),
      content.order?.reference, standing?.since.dayNumber, standing?.downgradedOn?.dayNumber,
      content.validUntil?.dayNumber)
    try statement.run()
    let id = DecisionID(transaction.lastRowID)
    try audit.append(
      AuditNote(.decision, customers: [draft.customerKey], rows: [AuditedRow(.decision, id.number)]),
      in: transaction)
    return id
  }

  /// The rating that stood before a business date, as far as a decision could know; nil where there was none.
  public static func previous(
    customerKey: Int, before businessDate: CivilDate, knownAt: Instant, sequence: Int, in reader: Reader
  ) throws(SQLiteError) -> PreviousRating? {
    try reader.first(
      """
      SELECT rating, rating_since, downgraded_on FROM decision
      WHERE customer = ? AND sequence <= ? AND business_date < ? AND known_at <= ? AND rating IS NOT NULL
        AND rating_since IS NOT NULL AND kind <> 'proposed'
      ORDER BY business_date DESC, id DESC LIMIT 1
      """, customerKey, sequence, businessDate.dayNumber, knownAt.microseconds
    ) { row throws(SQLiteError) in try previousRating(row) }
  }

  /// The ratings that stood before a business date of some customers, by their keys.
  ///
  /// One query for customers whose keys lie close together; what `previous(customerKey:)` tells of each.
  public static func previous(
    customerKeys keys: [Int], before businessDate: CivilDate, knownAt: Instant, sequence: Int,
    in reader: Reader
  ) throws(SQLiteError) -> [Int: PreviousRating] {
    guard let first = keys.min(), let last = keys.max() else { return [:] }
    var ratings: [Int: PreviousRating] = [:]
    guard last - first < 8 * keys.count else {
      for key in keys {
        ratings[key] = try previous(
          customerKey: key, before: businessDate, knownAt: knownAt, sequence: sequence, in: reader)
      }
      return ratings
    }
    let statement = try reader.prepare(
      """
      SELECT rating, rating_since, downgraded_on, customer FROM decision
      WHERE customer BETWEEN ? AND ? AND sequence <= ? AND business_date < ? AND known_at <= ?
        AND rating IS NOT NULL AND rating_since IS NOT NULL AND kind <> 'proposed'
      ORDER BY customer, business_date, id
      """)
    try statement.bindAll(first, last, sequence, businessDate.dayNumber, knownAt.microseconds)
    let row = statement.row
    while try statement.step() { ratings[try row.integer(3)] = try previousRating(row) }
    return ratings
  }

  private static func previousRating(_ row: Row) throws(SQLiteError) -> PreviousRating {
    PreviousRating(
      rating: try row.text(0), since: CivilDate(dayNumber: try row.integer(1)),
      downgradedOn: try row.optionalInteger(2).map(CivilDate.init(dayNumber:)))
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

  /// The newest decision about the same order as a decision, or about the same customer: itself where it stands.
  public static func newest(inPlaceOf record: DecisionRecord, in reader: Reader) throws(SQLiteError)
    -> DecisionID
  {
    let newest = try reader.integer(
      "SELECT max(id) FROM decision WHERE customer = ? AND order_reference IS ?", record.customerKey,
      record.content.order?.reference)
    return DecisionID(newest ?? record.id.number)
  }

  /// Up to `limit` decisions about a customer, the newest first.
  public static func newest(
    ofCustomer key: Int, limit: Int, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    try many("WHERE d.customer = ? ORDER BY d.id DESC LIMIT ?", key, limit, in: reader)
  }

  /// The newest decision about a customer that names no order, if its content has these very bytes.
  public static func latest(
    customerKey: Int, havingBytes bytes: [UInt8], in reader: Reader
  ) throws(SQLiteError) -> DecisionID? {
    let found = try reader.first(
      """
      SELECT id, content FROM decision WHERE customer = ? AND order_reference IS NULL ORDER BY id DESC LIMIT 1
      """, customerKey
    ) { row throws(SQLiteError) in
      try row.withBlob(1) { $0.elementsEqual(bytes) } ? DecisionID(try row.integer(0)) : nil
    }
    return found ?? nil
  }

  /// Up to `limit` decisions after a number, in the order of recording.
  public static func decisions(
    after id: DecisionID?, limit: Int, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    try many("WHERE d.id > ? ORDER BY d.id LIMIT ?", id?.number ?? 0, limit, in: reader)
  }

  /// The decisions with these numbers, in their order; those that do not exist are left out.
  public static func decisions(
    _ ids: [DecisionID], in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    let list = "[" + ids.map { "\($0.number)" }.joined(separator: ",") + "]"
    return try many("WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id", list, in: reader)
  }

  /// The columns of up to `limit` decisions after a number, in the order of recording, unchecked.
  static func stored(
    after id: DecisionID?, limit: Int, in reader: Reader
  ) throws(SQLiteError) -> [StoredDecision] {
    try reader.all(
      StoredDecision.selection + " WHERE d.id > ? ORDER BY d.id LIMIT ?", id?.number ?? 0, limit
    ) { row throws(SQLiteError) in try StoredDecision(row) }
  }

  /// The number of the decision before the first that was recorded at an instant or later.
  ///
  /// The number of the last decision where none was; nil where the first decision is meant.
  public static func last(before instant: Instant, in reader: Reader) throws(SQLiteError) -> DecisionID? {
    let first = try reader.integer(
      """
      SELECT min(id) FROM decision WHERE sequence IN (SELECT sequence FROM write WHERE at >= ?)
      """, instant.microseconds)
    let number = if let first { first - 1 } else { try reader.integer("SELECT max(id) FROM decision") ?? 0 }
    return number > 0 ? DecisionID(number) : nil
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

  private static func one<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value, in reader: Reader
  ) throws(DecisionStoreError) -> DecisionRecord? {
    try many(condition, repeat each values, in: reader).first
  }

  static func many<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    let rows = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try reader.all(StoredDecision.selection + " " + condition, repeat each values) {
        row throws(SQLiteError) in try StoredDecision(row)
      }
    }
    var records: [DecisionRecord] = []
    records.reserveCapacity(rows.count)
    var layouts: [Int: RecordLayout] = [:]
    for row in rows {
      if layouts[row.ruleSetKey] == nil {
        layouts[row.ruleSetKey] = try RuleSetStore.layout(row.ruleSetKey, in: reader)
      }
      guard let layout = layouts[row.ruleSetKey] else { throw .unreadable(row.id) }
      records.append(try row.record(layout))
    }
    return records
  }
}
