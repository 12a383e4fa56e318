import FactStore
import SQLite
import Values

/// Feature snapshots at rest: one a customer, replaced by the next.
///
/// Nothing rests on them: they can be made again from the facts at any time, and are no part of the audit log.
public enum FeatureSnapshotStore {
  /// The table's definition, a step of the schema of decisions.
  ///
  /// The triggers take away what a fact of another kind puts out of date: a decision for an earlier day may be the rating
  /// that stood before (`outdate` since a later step), and what was erased must not live on in what was made of it.
  static let definition = [
    """
    CREATE TABLE feature_snapshot (
      customer INTEGER PRIMARY KEY REFERENCES customer (key),
      rule_set INTEGER NOT NULL REFERENCES rule_set (key),
      business_date INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      basis BLOB NOT NULL,
      features BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER feature_snapshot_after_decision AFTER INSERT ON decision BEGIN
      DELETE FROM feature_snapshot WHERE customer = NEW.customer AND business_date > NEW.business_date;
    END
    """,
    """
    CREATE TRIGGER feature_snapshot_after_erasure AFTER INSERT ON erasure BEGIN
      DELETE FROM feature_snapshot WHERE customer = NEW.customer;
    END
    """,
  ]

  /// A later step: the latest day that any snapshot is for.
  ///
  /// With it a decision looks for snapshots that it puts out of date only where there can be one; to look each time took 3 %
  /// of a decision of order intake.
  static let horizon = [
    "CREATE TABLE feature_snapshot_horizon (business_date INTEGER NOT NULL) STRICT",
    """
    INSERT INTO feature_snapshot_horizon SELECT ifnull(max(business_date), -1000000) FROM feature_snapshot
    """,
    "DROP TRIGGER feature_snapshot_after_decision",
    """
    CREATE TRIGGER feature_snapshot_after_decision AFTER INSERT ON decision
    WHEN NEW.business_date < (SELECT business_date FROM feature_snapshot_horizon) BEGIN
      DELETE FROM feature_snapshot WHERE customer = NEW.customer AND business_date > NEW.business_date;
    END
    """,
  ]

  /// A later step: a number that grows with whatever may take snapshots away apart from the change feed.
  ///
  /// It is for those who keep snapshots in memory. What the trigger on decisions did is done by `outdate` once for all decisions of a write: a trigger is
  /// run with each row, though hardly any concerns it.
  static let generations = [
    "ALTER TABLE feature_snapshot_horizon ADD COLUMN generation INTEGER NOT NULL DEFAULT 0",
    "DROP TRIGGER feature_snapshot_after_decision",
    "DROP TRIGGER feature_snapshot_after_erasure",
    """
    CREATE TRIGGER feature_snapshot_after_erasure AFTER INSERT ON erasure BEGIN
      DELETE FROM feature_snapshot WHERE customer = NEW.customer;
      UPDATE feature_snapshot_horizon SET generation = generation + 1;
    END
    """,
  ]

  /// A later step: what the rating model says of a snapshot; null where that is found out with each decision.
  static let ratings = ["ALTER TABLE feature_snapshot ADD COLUMN rated BLOB"]

  /// Takes away the snapshots for later days of customers about whom decisions are being stored: one for an earlier day may be
  /// the rating that stood before.
  static func outdate(by entries: [DecisionEntry], in transaction: WriteTransaction) throws(SQLiteError) {
    guard let latest = try transaction.integer("SELECT business_date FROM feature_snapshot_horizon") else {
      return
    }
    let earlier = entries.filter { $0.businessDate.dayNumber < latest }
    if earlier.isEmpty { return }
    for entry in earlier {
      try transaction.run(
        "DELETE FROM feature_snapshot WHERE customer = ? AND business_date > ?", entry.customerKey,
        entry.businessDate.dayNumber)
    }
    try transaction.run("UPDATE feature_snapshot_horizon SET generation = generation + 1")
  }

  /// The generation that a snapshot of the database shows.
  static func generation(in reader: Reader) throws(SQLiteError) -> Int {
    try reader.integer("SELECT generation FROM feature_snapshot_horizon") ?? 0
  }

  /// A snapshot as it is kept.
  struct Stored: Sendable {
    /// The number of the last write that it could see.
    let sequence: Int
    /// Everything in one piece: it is kept for 100,000 customers, and each piece is fetched from far memory apart.
    private let bytes: [UInt8]
    private let ends: (basis: Int32, features: Int32)

    /// Reads it from four columns of a row.
    init(_ row: Row, from column: Int) throws(SQLiteError) {
      sequence = try row.integer(column)
      let (basis, features) = (try row.blob(column + 1), try row.blob(column + 2))
      let rated = try row.optionalBlob(column + 3) ?? []
      var bytes: [UInt8] = []
      bytes.reserveCapacity(basis.count + features.count + rated.count)
      bytes += basis
      bytes += features
      bytes += rated
      self.bytes = bytes
      // A row holds at most 64 MiB.
      ends = (
        Int32(truncatingIfNeeded: basis.count), Int32(truncatingIfNeeded: basis.count + features.count)
      )
    }

    private init(sequence: Int, bytes: [UInt8], ends: (basis: Int32, features: Int32)) {
      self.sequence = sequence
      self.bytes = bytes
      self.ends = ends
    }

    /// Without the basis, where what the rating model says of it is there: few decisions ask for both, and 100,000 are kept.
    var withoutBasis: Stored {
      if rated.isEmpty { return self }
      return Stored(
        sequence: sequence, bytes: Array(bytes[Int(ends.basis)...]),
        ends: (basis: 0, features: ends.features - ends.basis))
    }

    /// What to decide from, without the evidence; empty where it was left out.
    var basis: ArraySlice<UInt8> { bytes[..<Int(ends.basis)] }

    /// The features with their evidence, as a decision stores them.
    var features: ArraySlice<UInt8> { bytes[Int(ends.basis)..<Int(ends.features)] }

    /// What the rating model says of it (`RatedSnapshot`); empty where that is not kept.
    var rated: ArraySlice<UInt8> { bytes[Int(ends.features)...] }
  }

  /// What is kept of a customer for a day; nil where there is nothing, or it is out of date.
  static func stored(
    of customerKey: Int, for businessDate: CivilDate, ruleSetKey: Int, in reader: FactReader
  ) throws(SQLiteError) -> Stored? {
    let found = try reader.sql.first(
      """
      SELECT sequence, basis, features, rated FROM feature_snapshot
      WHERE customer = ? AND business_date = ? AND rule_set = ?
      """, customerKey, businessDate.dayNumber, ruleSetKey
    ) { row throws(SQLiteError) -> Stored? in
      let sequence = try row.integer(0)
      guard try reader.isUntouched(customerKey, since: sequence) else { return nil }
      return try Stored(row, from: 0)
    }
    return found ?? nil
  }

  /// What is kept for a day of the customers with the lowest keys, out of date or not.
  static func each(
    for businessDate: CivilDate, ruleSetKey: Int, atMost limit: Int, in reader: Reader,
    _ body: (_ customerKey: Int, Stored) -> Void
  ) throws(SQLiteError) {
    let statement = try reader.prepare(
      """
      SELECT customer, sequence, basis, features, rated FROM feature_snapshot
      WHERE business_date = ? AND rule_set = ? ORDER BY customer LIMIT ?
      """)
    try statement.bindAll(businessDate.dayNumber, ruleSetKey, limit)
    while try statement.step() {
      let row = statement.row
      body(try row.integer(0), try Stored(row, from: 1))
    }
  }

  /// Keeps a snapshot in the place of the customer's last one.
  ///
  /// It is not kept where a decision for an earlier day has come since it was made: the rating that stood before may be
  /// another one now. Facts that came since are no matter: it is out of date then, and known to be.
  public static func keep(
    _ snapshot: FeatureSnapshot, ruleSetKey: Int, in transaction: WriteTransaction
  ) throws(SQLiteError) {
    let previous = try DecisionStore.previous(
      customerKey: snapshot.customerKey, before: snapshot.businessDate,
      knownAt: Instant(microseconds: Int.max), sequence: Int.max, in: transaction)
    guard previous == snapshot.standing.previous else { return }
    let day = snapshot.businessDate.dayNumber
    if try transaction.integer(
      "SELECT business_date FROM feature_snapshot_horizon WHERE business_date >= ?", day) == nil
    {
      try transaction.run("UPDATE feature_snapshot_horizon SET business_date = ?", day)
    }
    try transaction.run(
      """
      INSERT INTO feature_snapshot (customer, rule_set, business_date, sequence, basis, features, rated)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET rule_set = excluded.rule_set, business_date = excluded.business_date,
        sequence = excluded.sequence, basis = excluded.basis, features = excluded.features, rated = excluded.rated
      """, snapshot.customerKey, ruleSetKey, day, snapshot.sequence, snapshot.basis, snapshot.encodedFeatures,
      snapshot.rated.isEmpty ? nil : snapshot.rated)
  }
}
