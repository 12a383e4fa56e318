import Formats

/// One feature of a customer as a decision used it.
public struct FeatureValue: Hashable, Sendable {
  /// The feature's name: that of the decision in `features.dmn` and of the input in `credit-rating.dmn`.
  public var name: String
  /// What the feature model gave; null where the feature is not known.
  public var value: JSONValue
  /// The records that the value rests on, as `kind:record`, in the order of the model's answer.
  public var evidence: [String]

  /// A feature and what it rests on.
  public init(name: String, value: JSONValue, evidence: [String]) {
    self.name = name
    self.value = value
    self.evidence = evidence
  }
}
