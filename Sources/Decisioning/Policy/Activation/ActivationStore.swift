import AuditLog
import Formats
import SQLite
import Values

/// The record of activations at rest: which rule set decides from when.
public enum ActivationStore {
  /// The table's definition, a step of the schema of decisions.
  static let definition = [
    """
    CREATE TABLE rule_set_activation (
      number INTEGER PRIMARY KEY,
      rule_set INTEGER NOT NULL REFERENCES rule_set (key),
      from_date INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('activation', 'rollback', 'withdrawal')),
      withdraws INTEGER UNIQUE REFERENCES rule_set_activation (number),
      sequence INTEGER NOT NULL REFERENCES write (sequence),
      CHECK ((kind = 'withdrawal') = (withdraws IS NOT NULL))
    ) STRICT
    """
  ]

  /// Every line of the record, in the order of recording.
  public static func activations(in reader: Reader) throws(ActivationError) -> [Activation] {
    let rows = try ActivationError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT a.number, a.kind, r.version, a.from_date, a.withdraws, a.sequence, w.actor, w.at
        FROM rule_set_activation AS a JOIN rule_set AS r ON r.key = a.rule_set
        JOIN write AS w ON w.sequence = a.sequence ORDER BY a.number
        """
      ) { row throws(SQLiteError) -> Activation? in
        guard let kind = Activation.Kind(rawValue: try row.text(1)),
          let version = Digest(bytes: try row.blob(2))
        else { return nil }
        return Activation(
          number: try row.integer(0), kind: kind, version: version,
          from: CivilDate(dayNumber: try row.integer(3)), withdraws: try row.optionalInteger(4),
          sequence: try row.integer(5), actor: try row.text(6),
          at: Instant(microseconds: try row.integer(7)))
      }
    }
    var activations: [Activation] = []
    for row in rows {
      // The table admits nothing else; a file that was changed beside it decides nothing.
      guard let row else { throw .store(.ruleSet(.zero)) }
      activations.append(row)
    }
    return activations
  }

  /// Which rule set is in force on which business date.
  public static func timeline(in reader: Reader) throws(ActivationError) -> ActivationTimeline {
    ActivationTimeline(try activations(in: reader))
  }

  /// The rule set that decides on a business date, read from the store; nil where none was ever activated.
  ///
  /// - Throws: `.beforeFirst`, and `.store` where the rule set is not in the store as it was activated.
  public static func files(on day: CivilDate, in reader: Reader) throws(ActivationError) -> RuleSetFiles? {
    let timeline = try timeline(in: reader)
    guard let first = timeline.firstDay else { return nil }
    guard let version = timeline.version(on: day) else { throw .beforeFirst(day, first: first) }
    return try stored { () throws(DecisionStoreError) in try RuleSetStore.files(version, in: reader) }
  }

  /// What came of asking for an activation.
  public enum Activated: Hashable, Sendable {
    /// A line was added.
    case added(Activation.Kind, number: Int, ruleSetKey: Int)
    /// The version is in force on that day already; nothing was added.
    case unchanged(since: CivilDate)
  }

  /// Keeps a rule set and puts it in force from a day.
  ///
  /// - Parameters:
  ///   - today: the day before which nothing may be changed any more.
  ///   - sequence: the number of the write that the caller has begun.
  public static func activate(
    _ ruleSet: RuleSet, from day: CivilDate, today: CivilDate, sequence: Int, audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(ActivationError) -> Activated {
    guard day >= today else { throw .pastDay(day, today: today) }
    let timeline = try timeline(in: transaction)
    if let period = timeline.period(on: day), period.version == ruleSet.version {
      return .unchanged(since: period.from)
    }
    return try ActivationError.wrapping { () throws(SQLiteError) in
      let key = try RuleSetStore.keep(ruleSet, sequence: sequence, audit: audit, in: transaction)
      let added = try add(.activation, key, from: day, sequence: sequence, in: transaction)
      try enter(.activation, ruleSet.version, from: day, audit, in: transaction)
      return added
    }
  }

  /// What came of a rollback.
  public struct RolledBack: Hashable, Sendable {
    /// The scheduled line that was taken back; nil where an earlier version was put back in force.
    public var withdrawn: Activation?
    /// The version that is in force today, now.
    public var inForce: Digest?
    /// The line that was added.
    public var number: Int
  }

  /// Takes back what is scheduled, or puts the version before the one in force back from today.
  public static func rollBack(
    today: CivilDate, sequence: Int, audit: AuditLog, in transaction: WriteTransaction
  ) throws(ActivationError) -> RolledBack {
    let timeline = try timeline(in: transaction)
    if let scheduled = timeline.scheduled(after: today) {
      let key = try key(scheduled.version, in: transaction)
      let number = try ActivationError.wrapping { () throws(SQLiteError) in
        try transaction.run(
          """
          INSERT INTO rule_set_activation (rule_set, from_date, kind, withdraws, sequence)
          VALUES (?, ?, 'withdrawal', ?, ?)
          """, key, scheduled.from.dayNumber, scheduled.number, sequence)
        let number = transaction.lastRowID
        try enter(.withdrawal, scheduled.version, from: scheduled.from, audit, in: transaction)
        return number
      }
      return RolledBack(withdrawn: scheduled, inForce: timeline.version(on: today), number: number)
    }
    guard let version = timeline.before(today) else { throw .nothingBefore }
    // What is put back has to be there as it was.
    _ = try stored { () throws(DecisionStoreError) in try RuleSetStore.files(version, in: transaction) }
    let key = try key(version, in: transaction)
    let added = try ActivationError.wrapping { () throws(SQLiteError) in
      let added = try add(.rollback, key, from: today, sequence: sequence, in: transaction)
      try enter(.rollback, version, from: today, audit, in: transaction)
      return added
    }
    guard case .added(_, let number, _) = added else { throw .nothingBefore }
    return RolledBack(withdrawn: nil, inForce: version, number: number)
  }

  private static func add(
    _ kind: Activation.Kind, _ key: Int, from day: CivilDate, sequence: Int, in transaction: WriteTransaction
  ) throws(SQLiteError) -> Activated {
    try transaction.run(
      "INSERT INTO rule_set_activation (rule_set, from_date, kind, sequence) VALUES (?, ?, ?, ?)", key,
      day.dayNumber, kind.rawValue, sequence)
    return .added(kind, number: transaction.lastRowID, ruleSetKey: key)
  }

  /// Enters the line that was added last in the audit log.
  private static func enter(
    _ kind: Activation.Kind, _ version: Digest, from day: CivilDate, _ audit: AuditLog,
    in transaction: WriteTransaction
  ) throws(SQLiteError) {
    var about = JSONObject()
    about["activation"] = .string(kind.rawValue)
    about["version"] = .string(version.hexadecimal)
    about["from"] = .string(day.description)
    let number = try transaction.integer("SELECT max(number) FROM rule_set_activation") ?? 0
    try audit.append(
      AuditNote(.publication, rows: [AuditedRow(.activation, number)], about: about), in: transaction)
  }

  private static func key(_ version: Digest, in reader: Reader) throws(ActivationError) -> Int {
    let key = try ActivationError.wrapping { () throws(SQLiteError) in
      try RuleSetStore.key(version, in: reader)
    }
    guard let key else { throw .store(.ruleSet(version)) }
    return key
  }

  private static func stored<Result>(
    _ body: () throws(DecisionStoreError) -> Result
  ) throws(ActivationError) -> Result {
    do { return try body() } catch { throw .store(error) }
  }
}
