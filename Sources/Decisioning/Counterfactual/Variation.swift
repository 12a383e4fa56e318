import Values

/// Other values of one or two characteristics with which the decision would have been better (C-203/22).
///
/// "With at most 14 days late at worst (yours: 35) the rating would have been B." Verified by running the live rating
/// model with these values in the place of the customer's. The values of other characteristics stay as they are, so a
/// variation says how far one value was from the next better class, not that it could have changed alone.
public struct Variation: Hashable, Sendable {
  /// The changed characteristics, in the scorecard's order.
  public var changes: [CharacteristicChange]
  /// What the rules would have given.
  public var verdict: Verdict
  /// How many steps of the scorecard the changes go, all together.
  public var steps: Int { changes.reduce(0) { $0 + $1.steps } }
}

/// Another value of one characteristic.
public struct CharacteristicChange: Hashable, Sendable {
  /// From which side a value has to reach the better step of the scorecard.
  public enum Direction: String, Hashable, Sendable {
    /// The value would have had to be this or more.
    case atLeast
    /// The value would have had to be this or less.
    case atMost
    /// The value was not known; any value of the step would have done.
    case known
  }

  /// The characteristic.
  public var name: String
  /// The customer's value; nil where it is not known.
  public var value: Decimal?
  /// The value of the better step that is nearest to the customer's.
  public var target: Decimal
  /// From which side the better step has to be reached.
  public var direction: Direction
  /// The id of the scorecard's rule that applied.
  public var rule: String
  /// The id of the rule that would have applied.
  public var targetRule: String
  /// The step that applied, as the scorecard has it: `[31..61)`.
  public var step: String
  /// The better step, as the scorecard has it.
  public var targetStep: String
  /// The points that more would have been given.
  public var gain: Decimal
  /// How many steps of the scorecard the change goes.
  public var steps: Int
  /// The ways in which the policy says that a customer can change it.
  public var levers: Set<Lever>
}
