/// What the policy alone says about a customer: what a judgement that stands is measured against.
///
/// Points may move without a consequence; new facts are material where they change the rating or what stands outside
/// the scorecard.
public struct PolicyVerdict: Hashable, Sendable {
  /// The rating; nil where it could not be computed.
  public var rating: String?
  /// The reasons of the circumstances outside the scorecard.
  public var knockOuts: Set<String>
  /// The reference of the order that was asked about; nil where it was the customer.
  var order: String?
  /// The provisions in spite of which the person decided, and which stand back for that later, too.
  ///
  /// A refusal that the law speaks against never goes on by itself: a person looks each time.
  var overruled: Set<String>

  /// What the policy alone said in a decision.
  public init(_ content: DecisionContent) {
    rating = content.policyRating
    knockOuts = Set(content.knockOuts.map(\.reason))
    order = content.order?.reference
    overruled = Set(content.bars.filter { $0.isOverruled && $0.barred != .decline }.map(\.provision))
  }

  /// Whether a person who judged on `past` has seen all that is said now.
  ///
  /// An order has circumstances that a rating or another order has not.
  func isCovered(by past: PolicyVerdict) -> Bool {
    guard rating == past.rating else { return false }
    return order == past.order ? knockOuts == past.knockOuts : knockOuts.isSubset(of: past.knockOuts)
  }
}

/// A person's judgement as an input of a decision.
public enum GivenJudgement: Hashable, Sendable {
  /// The decision is the one by which it is made.
  case made(Judgement)
  /// It was made earlier, when the policy said this.
  case standing(Judgement, PolicyVerdict)
}
