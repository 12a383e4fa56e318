/// Who an explanation is written for.
public enum Audience: String, CaseIterable, Hashable, Sendable {
  /// The person concerned: plain words, the data used, how to contest; no codes (GDPR articles 13 to 15 and 22).
  case customer
  /// An employee who reviews the decision: every number, rule and problem behind it.
  case reviewer
  /// Who verifies the decision years later: hashes, sequence numbers and where each record came from as well.
  case auditor
}
