import SQLite
import Values

/// A version of the rules that the store keeps.
public struct KeptVersion: Hashable, Sendable {
  /// Where a version stands in the course of things.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// It decides today.
    case inForce = "in force"
    /// It will decide from a later day.
    case scheduled
    /// It has decided, and does not any more.
    case earlier
    /// It was used or kept without being put in force.
    case neverActivated = "never activated"
  }

  /// The version.
  public var version: Digest
  /// When it was kept first.
  public var keptAt: Instant
  /// How many decisions it has made.
  public var decisions: Int
  /// Where it stands.
  public var state: State
  /// The days on which it is in force.
  public var periods: [ActivationTimeline.Period]
}

extension RuleSetStore {
  /// Every kept version, in the order in which they were kept.
  public static func versions(today: CivilDate, in reader: Reader) throws(ActivationError) -> [KeptVersion] {
    let timeline = try ActivationStore.timeline(in: reader)
    let inForce = timeline.version(on: today)
    return try ActivationError.wrapping { () throws(SQLiteError) in
      let rows = try reader.all(
        """
        SELECT r.version, w.at, ifnull(d.decisions, 0) FROM rule_set AS r
        JOIN write AS w ON w.sequence = r.sequence
        LEFT JOIN (SELECT rule_set, count(*) AS decisions FROM decision GROUP BY rule_set) AS d ON d.rule_set = r.key
        ORDER BY r.key
        """
      ) { row throws(SQLiteError) in (try row.blob(0), try row.integer(1), try row.integer(2)) }
      return rows.compactMap { bytes, at, decisions -> KeptVersion? in
        guard let version = Digest(bytes: bytes) else { return nil }
        let periods = timeline.periods(of: version)
        let state: KeptVersion.State =
          if version == inForce {
            .inForce
          } else if periods.contains(where: { $0.from > today }) {
            .scheduled
          } else {
            timeline.hasActivated(version) ? .earlier : .neverActivated
          }
        return KeptVersion(
          version: version, keptAt: Instant(microseconds: at), decisions: decisions, state: state,
          periods: periods)
      }
    }
  }

  /// The kept version whose hash begins with these letters.
  ///
  /// - Throws: `.unknownVersion`, `.ambiguousVersion`.
  public static func version(beginning prefix: String, in reader: Reader) throws(ActivationError) -> Digest {
    let lower = prefix.lowercased()
    let versions = try ActivationError.wrapping { () throws(SQLiteError) in
      try reader.all("SELECT version FROM rule_set ORDER BY key") { row throws(SQLiteError) in
        Digest(bytes: try row.blob(0))
      }
    }
    let found = versions.compactMap { $0 }.filter { $0.hexadecimal.hasPrefix(lower) }
    guard !lower.isEmpty, let first = found.first else { throw .unknownVersion(prefix) }
    guard found.count == 1 else { throw .ambiguousVersion(prefix, found) }
    return first
  }
}
