public import Decisioning
public import Safeguards

/// What is to be done about one case on one day, by the policy, the law and people.
public struct CaseFinding: Sendable {
  /// What comes of it.
  public enum Verdict: Sendable {
    /// The step is taken; where the policy wants it, by way of a person.
    case act
    /// Nothing today: the policy waits, or has nothing more.
    case wait
    /// The law does not allow what the policy proposes.
    case barred(SafeguardReport)
    /// A person has still to decide about the proposal.
    case awaitsApproval(DecisionID)
    /// A person has approved the proposal.
    case approved(DecisionID)
    /// A person has said no; the same is not proposed again.
    case lifted(DecisionID)
  }

  /// The case.
  public let debt: DebtCase
  /// What the policy says.
  public let proposal: LadderProposal
  /// What comes of it.
  public let verdict: Verdict
}
