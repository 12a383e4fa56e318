public import Facts

/// A decision ready to be recorded, and the snapshot to keep with it.
public struct PreparedRating: Sendable {
  /// What the store records of the decision.
  public let entry: DecisionEntry
  /// What it says.
  public let summary: DecisionSummary
  /// All that it says and rests on; nil where it was put together from what had been rated before.
  public let content: DecisionContent?
  /// What the facts came to, where it was computed anew and can be kept.
  public let snapshot: FeatureSnapshot?
  /// Whose law the customer is under, whatever country an order names.
  public let jurisdiction: Jurisdiction

  init(_ draft: DecisionDraft, snapshot: FeatureSnapshot?, _ jurisdiction: Jurisdiction) {
    entry = draft.entry
    summary = DecisionSummary(draft.content)
    content = draft.content
    self.snapshot = snapshot
    self.jurisdiction = jurisdiction
  }

  init(
    _ decided: (entry: DecisionEntry, summary: DecisionSummary), _ jurisdiction: Jurisdiction
  ) {
    (entry, summary) = decided
    content = nil
    snapshot = nil
    self.jurisdiction = jurisdiction
  }
}
