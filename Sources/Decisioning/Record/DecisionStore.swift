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
    Migration(
      room: "decisions", number: 6, name: "decisions by customer, filled behind",
      statements: ["DROP INDEX decision_of_customer"], indexes: [byCustomer]),
    Migration(
      room: "decisions", number: 7, name: "the latest day of feature snapshots",
      statements: FeatureSnapshotStore.horizon),
    Migration(
      room: "decisions", number: 8, name: "generations of feature snapshots",
      statements: FeatureSnapshotStore.generations),
    Migration(
      room: "decisions", number: 9, name: "what the rating model says of feature snapshots",
      statements: FeatureSnapshotStore.ratings),
    Migration(
      room: "decisions", number: 10, name: "people's decisions by number",
      statements: JudgedCustomers.definition),
  ]

  /// The rating that stood before a business date, as far as a decision could know; nil where there was none.
  public static func previous(
    customerKey: Int, before businessDate: CivilDate, knownAt: Instant, sequence: Int, in reader: Reader
  ) throws(SQLiteError) -> PreviousRating? {
    try DecisionIndex(reader).previous(
      customerKey, before: businessDate.dayNumber, knownAt: knownAt.microseconds, sequence: sequence)
  }

  /// The ratings that stood before a business date of some customers, by their keys.
  public static func previous(
    customerKeys keys: [Int], before businessDate: CivilDate, knownAt: Instant, sequence: Int,
    in reader: Reader
  ) throws(SQLiteError) -> [Int: PreviousRating] {
    let index = try DecisionIndex(reader)
    var ratings: [Int: PreviousRating] = [:]
    for key in keys {
      ratings[key] = try index.previous(
        key, before: businessDate.dayNumber, knownAt: knownAt.microseconds, sequence: sequence)
    }
    return ratings
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
    try newest(ofCustomer: customerKey, limit: 1, in: reader).first
  }

  /// The newest decision about the same order as a decision, or about the same customer: itself where it stands.
  public static func newest(inPlaceOf record: DecisionRecord, in reader: Reader) throws(SQLiteError)
    -> DecisionID
  {
    let matter = DecisionMatter(customer: record.customerKey, order: record.content.matterReference)
    return DecisionID(try DecisionIndex(reader).newest(matter) ?? record.id.number)
  }

  /// The newest decision about a proposal, or nil where it was never made.
  public static func newest(
    about reference: String, customerKey: Int, in reader: Reader
  ) throws(DecisionStoreError) -> DecisionRecord? {
    let id = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try DecisionIndex(reader).newest(DecisionMatter(customer: customerKey, order: reference))
    }
    guard let id else { return nil }
    return try decision(DecisionID(id), in: reader)
  }

  /// Up to `limit` decisions about a customer, the newest first.
  public static func newest(
    ofCustomer key: Int, limit: Int, in reader: Reader
  ) throws(DecisionStoreError) -> [DecisionRecord] {
    let ids = try DecisionStoreError.wrapping { () throws(SQLiteError) in
      try DecisionIndex(reader).newest(ofCustomer: key, limit: limit)
    }
    return try decisions(ids.map(DecisionID.init), in: reader).reversed()
  }

  /// The newest decision about a customer that names no order, if its content has these very bytes.
  public static func latest(
    customerKey: Int, havingBytes bytes: [UInt8], in reader: Reader
  ) throws(SQLiteError) -> DecisionID? {
    guard let id = try DecisionIndex(reader).newest(DecisionMatter(customer: customerKey, order: nil)),
      try reader.first(
        "SELECT content FROM decision WHERE id = ?", id,
        row: { row throws(SQLiteError) in
          try row.withBlob(0) { $0.elementsEqual(bytes) }
        }) == true
    else { return nil }
    return DecisionID(id)
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
