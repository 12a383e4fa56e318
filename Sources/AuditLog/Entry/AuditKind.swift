/// What an entry of the audit log is about.
public enum AuditKind: String, CaseIterable, Hashable, Sendable {
  /// A decision was recorded, automated, proposed or human.
  case decision
  /// Decisions were computed again and came out the same.
  case confirmation
  /// A person did something about a case: reviewed, commented, overruled.
  case humanAction
  /// A rule set was kept, activated or rolled back.
  case publication
  /// Personal data were read.
  case read
  /// Payloads of earlier entries were erased.
  case erasure
  /// Facts came in, or records in quarantine were settled.
  case ingestion
  /// Users, roles or tokens were changed, or somebody was not let in.
  case access
  /// Cases for people were opened, moved, woken, escalated or closed because of what has happened.
  case review
  /// Effects of the debt ladder were stored, sent, withdrawn or confirmed.
  case effect
}
