/// A circumstance that takes the decision out of the scorecard's hands.
public struct KnockOut: Hashable, Sendable {
  /// What it makes of the order: refer or decline.
  public var outcome: Outcome
  /// The reason code, for the texts.
  public var reason: String
  /// The id of the rule, or nil where the pipeline itself found the circumstance.
  public var rule: String?

  /// The reason code of a decision in which a value could not be computed; it can only refer.
  public static let evaluationReason = "K-EVALUATION"

  /// A circumstance and what it makes of the order.
  public init(outcome: Outcome, reason: String, rule: String? = nil) {
    self.outcome = outcome
    self.reason = reason
    self.rule = rule
  }
}
