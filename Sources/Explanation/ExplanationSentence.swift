/// A sentence and what of the decision it is about.
public struct ExplanationSentence: Hashable, Sendable {
  /// The words.
  public let text: String
  /// What it rests on: `decision/Score/tenure_3` for a rule that matched, `law/LV-E-10`, `record`, `counterfactual/0`.
  public let node: String

  init(_ text: String, _ node: String) {
    self.text = text
    self.node = node
  }
}
