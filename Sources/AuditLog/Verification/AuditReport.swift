/// What came of verifying an audit log.
public struct AuditReport: Hashable, Sendable {
  /// How many entries are sound.
  public internal(set) var entries = 0
  /// How many of these have a payload that was lawfully erased.
  public internal(set) var erased = 0
  /// How many rows were compared with what an entry vouches for.
  public internal(set) var rows = 0
  /// How many audited rows are older than the log and so vouched for by nothing.
  public internal(set) var unaudited = 0
  /// The newest sound entry.
  public internal(set) var head: AuditHead?
  /// The stored head that the log was held against.
  public internal(set) var anchor: AuditHead?
  /// The first thing that is wrong; nil where all is well.
  public internal(set) var finding: AuditFinding?

  /// How many of the newest entries could have been cut off or rewritten unseen.
  public var unanchored: Int { entries - (anchor?.number ?? 0) }
}
