import Values

/// What would have given a better decision, and what would give one from when (AD-18).
///
/// Everything in it has been put through the live rules; nothing rests on an estimate.
public struct Counterfactuals: Hashable, Sendable {
  /// What is better than the decision explained.
  public enum Goal: Hashable, Sendable {
    /// A better outcome than this one.
    case outcome(betterThan: Outcome)
    /// The order is accepted already; a better rating than this one.
    case rating(betterThan: String)
  }

  /// What was looked for; nil where there is nothing better than the decision.
  public var goal: Goal?
  /// The reason codes of the circumstances that the customer cannot change and that stand in the way, in policy order.
  ///
  /// Where there is one, nothing else is proposed: a promise that a circumstance breaks is none.
  public var blockedBy: [String] = []
  /// The reason codes of the circumstances that stand in the way and that the customer can change, in policy order.
  public var changeable: [String] = []
  /// What the customer can do and from when the better decision would be given: fewest kinds of action first, and
  /// each further one only because it leads there earlier.
  public var recourses: [Recourse] = []
  /// Which other values would have given the next better class.
  ///
  /// Fewest characteristics first, then the fewest steps of the scorecard; all change the same number of them.
  public var variations: [Variation] = []
  /// How many characteristics the variations change: 1 or 2; nil where not even two are enough.
  public var changesNeeded: Int? { variations.first?.changes.count }
  /// Whether no single change of a characteristic would have been enough (AD-18); false where the scorecard did not
  /// decide.
  public var noSingleChange: Bool {
    goal != nil && blockedBy.isEmpty && changeable.isEmpty && changesNeeded != 1
  }
  /// Whether no single kind of action leads to the goal within the limits.
  public var noSingleAction: Bool { goal != nil && blockedBy.isEmpty && recourses.first?.levers.count != 1 }
  /// Whether the search ended before everything had been tried, because of the limits of runs or facts.
  public var isCutShort = false
  /// How often the rules were run to find all this.
  public var runs = 0

  /// Counterfactuals of a decision with this goal.
  public init(goal: Goal?) { self.goal = goal }
}
