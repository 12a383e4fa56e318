import Decisioning
import Values

/// A decision that a person makes, computed and not yet recorded.
struct PreparedDecision: Sendable {
  let basis: DecisionRecord
  let judgement: Judgement
  let draft: DecisionDraft
  let ruleSet: RuleSet

  /// What it changes, as far as it bears on whether a second person is needed.
  func change(in found: ReviewCase, hasOwnEarlierCase: Bool) -> ChangeOfDecision {
    let (old, new) = (basis.content, draft.content)
    let isBarred = new.bars.contains(where: \.isOverruled)
    return ChangeOfDecision(
      kind: found.id.kind, customerKind: old.customerKind,
      ratingSteps: Self.steps(from: old.rating, to: new.rating),
      setsMissingRating: old.rating == nil && judgement.rating != nil,
      outcomeSteps: new.outcome == old.outcome ? 0 : Self.steps(from: old, to: new.outcome),
      worsens: old.outcome != .refer && Self.burden(new.outcome) > Self.burden(old.outcome),
      restriction: judgement.restriction, hasOwnEarlierCase: hasOwnEarlierCase, isBarredByLaw: isBarred,
      contestsHumanDecision: found.id.kind == .contest
        && (basis.kind == .human || old.judgement?.effect.decides ?? false))
  }

  /// Refuses what changes nothing, and what leaves an order undecided.
  func check(in found: ReviewCase) throws(ReviewError) {
    let (old, new) = (basis.content, draft.content)
    if let rating = judgement.rating, !ruleSet.knows(rating: rating) {
      throw .draft(found.id, .unknownRating(rating))
    }
    if judgement.resolution == .changed, judgement.restriction == nil, new.rating == old.rating,
      new.outcome == old.outcome
    {
      throw .draft(found.id, .nothingChanged)
    }
    if found.awaitsOutcome(basis), new.outcome == .refer, judgement.resolution != .withdrawn {
      throw .draft(found.id, .refers)
    }
  }

  /// Ratings are letters from `A`.
  private static func steps(from old: String?, to new: String?) -> Int {
    guard let old, let new, old != new else { return 0 }
    guard let first = old.utf8.first, let second = new.utf8.first, old.utf8.count == 1, new.utf8.count == 1
    else { return 1 }
    return abs(Int(first) - Int(second))
  }

  /// By how much an outcome leaves what was decided, or what the policy alone said, whichever is more.
  ///
  /// Where the policy left the outcome to people, what the rating would allow is what it said. To refer says nothing.
  private static func steps(from old: DecisionContent, to new: Outcome) -> Int {
    var policy = old.policyOutcome
    if policy == .refer { policy = old.orderOutcome }
    return [old.outcome, policy].compactMap(\.self).filter { $0 != .refer && new != .refer }
      .map { abs($0.rank - new.rank) }.max() ?? 0
  }

  /// How much an outcome burdens the customer.
  private static func burden(_ outcome: Outcome) -> Int {
    switch outcome {
    case .accept: 0
    case .acceptWithDeposit: 1
    case .prepayment: 2
    case .refer: 3
    case .decline: 4
    }
  }
}
