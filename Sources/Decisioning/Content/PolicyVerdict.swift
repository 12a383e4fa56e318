/// What the policy alone says about a customer: what a judgement that stands is measured against.
///
/// Points may move without a consequence; new facts are material where they change the rating or what stands outside
/// the scorecard.
public struct PolicyVerdict: Hashable, Sendable {
  /// The rating; nil where it could not be computed.
  public var rating: String?
  /// The reasons of the circumstances outside the scorecard.
  public var knockOuts: Set<String>

  /// What the policy alone said in a decision.
  public init(_ content: DecisionContent) {
    rating = content.policyRating
    knockOuts = Set(content.knockOuts.map(\.reason))
  }

  /// Whether a person who judged on `past` has seen all that is said now.
  ///
  /// - Parameter isOwnMatter: whether the same was asked; an order has circumstances that a rating has not.
  func isCovered(by past: PolicyVerdict, isOwnMatter: Bool) -> Bool {
    guard rating == past.rating else { return false }
    return isOwnMatter ? knockOuts == past.knockOuts : knockOuts.isSubset(of: past.knockOuts)
  }
}

/// A person's judgement as an input of a decision.
public enum GivenJudgement: Hashable, Sendable {
  /// The decision is the one by which it is made.
  case made(Judgement)
  /// It was made earlier, when the policy said this.
  case standing(Judgement, PolicyVerdict)
}
