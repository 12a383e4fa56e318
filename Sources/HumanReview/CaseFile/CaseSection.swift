/// The parts of a case file, opened one by one: what a reviewer opened is recorded.
public enum CaseSection: String, CaseIterable, Hashable, Sendable {
  /// Outcome, rating, points and main reasons.
  case decision
  /// The features with their points and the records that they rest on.
  case features
  /// What is otherwise than in the decision before, and what became known since.
  case changes
  /// What would have given a better decision.
  case counterfactuals
  /// Invoices, payments and everything else by date.
  case timeline
  /// Open disputes, other cases about the customer, and what happened in this one.
  case history
  /// What was attached.
  case attachments
  /// The records in quarantine that are meant.
  case quarantine
}
