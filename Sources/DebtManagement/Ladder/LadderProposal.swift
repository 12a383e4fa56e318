public import Values

/// What the policy proposes for a case on a day: a step, or why there is none.
public struct LadderProposal: Hashable, Sendable {
  /// The day.
  public var day: CivilDate
  /// The last step that is proven complete; nil where none is.
  public var stage: LadderStep?
  /// The day on which it was complete.
  public var stageOn: CivilDate?
  /// The step that is to be taken now; nil where there is none or it has to wait.
  public var step: LadderStep?
  /// The step that comes next on the ladder, whether it has to wait or not.
  public var next: LadderStep?
  /// The code of why it is that one.
  public var reason: String
  /// What it has to wait for, by codes.
  public var waits: [String]
  /// The rule of the ladder, and those that make it wait.
  public var rules: [String]
  /// Whether a person has to approve the step.
  public var needsApproval: Bool
  /// The next day on which the answer can be another while the facts stay as they are; nil where time changes nothing.
  public var lookAgainOn: CivilDate?
  /// The invoices that the step is about.
  public var invoices: [ClaimInvoice]
  /// The claim that the step is about.
  public var amount: ClaimAmount
  /// The circumstances that the policy was asked about.
  public var circumstances: LadderCircumstances
}
