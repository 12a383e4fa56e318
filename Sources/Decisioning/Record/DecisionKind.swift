/// How a decision came about; all kinds are records of one form.
public enum DecisionKind: String, CaseIterable, Hashable, Sendable {
  /// By the engine alone (GDPR article 22).
  case automated
  /// By the engine, as a proposal that has no effect until a person has decided.
  case proposed
  /// By a person, on an automated or proposed decision that it supersedes.
  case human
}
