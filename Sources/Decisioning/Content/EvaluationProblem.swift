/// A warning of the evaluation: a value that became null because of an error.
///
/// It belongs to the decision, never only to a log, and refers it (no silent null).
public struct EvaluationProblem: Hashable, Sendable {
  /// Which model: `features` or `credit-rating`.
  public var model: String
  /// The decision in whose logic it arose.
  public var decision: String
  /// The warning's stable code.
  public var code: String
  /// The sentence for an analyst.
  public var message: String

  /// A problem and its place.
  public init(model: String, decision: String, code: String, message: String) {
    self.model = model
    self.decision = decision
    self.code = code
    self.message = message
  }
}
