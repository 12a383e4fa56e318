import Values

/// What one characteristic of the scorecard added to the score.
public struct ScoredCharacteristic: Hashable, Sendable {
  /// The characteristic: the name of the feature that it scores.
  public var name: String
  /// The id of the scorecard's rule that applied.
  public var rule: String
  /// The reason that stands for points lost here; a missing value has a reason of its own (AD-27).
  public var reason: String
  /// The points that the rule gave.
  public var points: Decimal
  /// The points of the characteristic's best rule.
  public var best: Decimal

  /// Points lost against the declared reference, the characteristic's best rule.
  public var loss: Decimal { best - points }

  /// A characteristic as it was scored.
  public init(name: String, rule: String, reason: String, points: Decimal, best: Decimal) {
    self.name = name
    self.rule = rule
    self.reason = reason
    self.points = points
    self.best = best
  }
}
