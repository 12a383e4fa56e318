public import Values

/// What the policy says about circumstances.
public struct LadderAnswer: Hashable, Sendable {
  /// The step that comes next on the ladder, whether it has to wait or not; nil where there is none.
  public var step: LadderStep?
  /// The code of why it is that one.
  public var reason: String
  /// The id of the rule that gave it.
  public var rule: String?
  /// The codes of what it has to wait for, each once, in the order of the policy.
  public var waits: [String]
  /// The ids of the rules that make it wait.
  public var waitRules: [String]
  /// Whether a person has to approve it.
  public var needsApproval: Bool
  /// How much has to be overdue for more than a reminder.
  public var minimum: Decimal?

  /// Whether the step is taken now.
  public var isDue: Bool { step != nil && waits.isEmpty }

  /// The code where the policy has no usable answer: then nothing is done, and a person would have to be asked.
  public static let noAnswer = "D-NO-ANSWER"

  /// The answer of a policy that cannot say anything.
  static let unanswered = LadderAnswer(
    step: nil, reason: noAnswer, rule: nil, waits: [noAnswer], waitRules: [], needsApproval: true,
    minimum: nil)
}
