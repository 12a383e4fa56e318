/// Where a case stands.
public enum CaseState: String, CaseIterable, Hashable, Sendable {
  /// It waits for somebody to claim it.
  case open
  /// Somebody works on it.
  case claimed
  /// It is put off until a day.
  case snoozed
  /// It is decided by one person and waits for the second.
  case secondPerson = "second person"
  /// Nothing is left to do.
  case closed
}
