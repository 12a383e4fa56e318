import AuditLog
import Formats
import SQLite
import Values

/// Stops automated decisions, all or those of one rule set: from that moment on they refer (AD-23).
///
/// A stop is a line of an append-only record; a lift names the stop that it ends. What is in force is asked inside the
/// write that records a decision, so that no decision slips past a stop that was recorded before it.
public enum StopSwitch {
  /// A stop with what has become of it.
  public struct Stop: Hashable, Sendable {
    /// Its number in the record.
    public let number: Int
    /// The only rule set whose decisions it stops; nil for all.
    public let ruleSet: Digest?
    /// Why.
    public let reason: String
    /// Who stopped.
    public let actor: String
    /// When.
    public let at: Instant
    /// The number of the write that recorded it.
    public let sequence: Int
    /// Who lifted it, when, why, and in which write; nil while it is in force.
    public let lift: Lift?

    /// The end of a stop.
    public struct Lift: Hashable, Sendable {
      /// Who lifted it: another than who stopped.
      public let actor: String
      /// When.
      public let at: Instant
      /// Why.
      public let reason: String
      /// The number of the write that recorded it.
      public let sequence: Int
    }

    /// Whether decisions of a rule set are stopped by it.
    public func concerns(_ version: Digest) -> Bool { ruleSet == nil || ruleSet == version }
  }

  /// Whether stops make a referral of what a rule set has decided by itself.
  static func refers(_ outcome: Outcome, of ruleSet: Digest, by stops: [Stop]) -> Bool {
    outcome != .refer && stops.contains { $0.concerns(ruleSet) }
  }

  /// The table's definition, a step of the schema of decisions.
  static let definition = [
    """
    CREATE TABLE stop_switch (
      number INTEGER PRIMARY KEY,
      rule_set BLOB CHECK (length(rule_set) = 32),
      lifts INTEGER UNIQUE REFERENCES stop_switch (number),
      reason TEXT NOT NULL,
      sequence INTEGER NOT NULL REFERENCES write (sequence)
    ) STRICT
    """
  ]

  /// Every stop with its end, in the order of recording.
  public static func record(in reader: Reader) throws(SQLiteError) -> [Stop] {
    try reader.all(
      """
      SELECT s.number, s.rule_set, s.reason, w.actor, w.at, s.sequence, l.reason, v.actor, v.at, l.sequence
      FROM stop_switch AS s JOIN write AS w ON w.sequence = s.sequence
      LEFT JOIN stop_switch AS l ON l.lifts = s.number LEFT JOIN write AS v ON v.sequence = l.sequence
      WHERE s.lifts IS NULL ORDER BY s.number
      """
    ) { row throws(SQLiteError) in
      var lift: Stop.Lift?
      if let reason = try row.optionalText(6) {
        lift = Stop.Lift(
          actor: try row.text(7), at: Instant(microseconds: try row.integer(8)), reason: reason,
          sequence: try row.integer(9))
      }
      return Stop(
        number: try row.integer(0), ruleSet: try row.optionalBlob(1).flatMap { Digest(bytes: $0) },
        reason: try row.text(2), actor: try row.text(3), at: Instant(microseconds: try row.integer(4)),
        sequence: try row.integer(5), lift: lift)
    }
  }

  /// The stops that are in force, or were when a write was made.
  ///
  /// - Parameter sequence: the number of that write; nil for now.
  public static func inForce(at sequence: Int? = nil, in reader: Reader) throws(SQLiteError) -> [Stop] {
    // Asked with every decision: mostly there has never been a stop.
    guard try reader.integer("SELECT 1 FROM stop_switch LIMIT 1") != nil else { return [] }
    return try record(in: reader).filter { stop in
      guard let sequence else { return stop.lift == nil }
      return stop.sequence <= sequence && (stop.lift.map { $0.sequence > sequence } ?? true)
    }
  }

  /// Stops automated decisions, of one rule set or all.
  ///
  /// - Throws: `.stopped` where this very stop is in force already.
  @discardableResult
  public static func stop(
    _ ruleSet: Digest?, reason: String, sequence: Int, audit: AuditLog, in transaction: WriteTransaction
  ) throws(StopError) -> Int {
    let stops = try StopError.wrapping { () throws(SQLiteError) in try inForce(in: transaction) }
    if let same = stops.first(where: { $0.ruleSet == ruleSet }) { throw .stopped(same) }
    return try StopError.wrapping { () throws(SQLiteError) in
      try enter(ruleSet, lifting: nil, reason: reason, sequence: sequence, audit, in: transaction)
    }
  }

  /// Ends a stop; it takes another person than the one who stopped.
  ///
  /// - Parameter actor: who lifts it.
  public static func lift(
    _ number: Int, reason: String, actor: String, sequence: Int, audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(StopError) {
    let stops = try StopError.wrapping { () throws(SQLiteError) in try record(in: transaction) }
    guard let stop = stops.first(where: { $0.number == number }) else {
      throw .unknown(number, inForce: stops.filter { $0.lift == nil }.map(\.number))
    }
    if let lift = stop.lift { throw .lifted(number, lift) }
    guard stop.actor != actor else { throw .samePerson(number, actor: actor) }
    try StopError.wrapping { () throws(SQLiteError) in
      _ = try enter(
        stop.ruleSet, lifting: number, reason: reason, sequence: sequence, audit, in: transaction)
    }
  }

  private static func enter(
    _ ruleSet: Digest?, lifting: Int?, reason: String, sequence: Int, _ audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(SQLiteError) -> Int {
    try transaction.run(
      "INSERT INTO stop_switch (rule_set, lifts, reason, sequence) VALUES (?, ?, ?, ?)",
      ruleSet?.bytes, lifting, reason, sequence)
    let number = transaction.lastRowID
    var about = JSONObject()
    about["stopSwitch"] = .string(lifting == nil ? "stop" : "lift")
    about["stop"] = .number(Decimal(lifting ?? number))
    about["ruleSet"] = .text(ruleSet?.hexadecimal)
    about["reason"] = .string(reason)
    try audit.append(
      AuditNote(.humanAction, rows: [AuditedRow(.stopSwitch, number)], about: about), in: transaction)
    return number
  }
}

extension AuditedTable {
  /// Stops of automated decisions, and their ends.
  public static let stopSwitch = AuditedTable(
    "stop_switch", key: "number", columns: ["number", "rule_set", "lifts", "reason", "sequence"])
}
