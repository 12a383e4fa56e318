import FEEL
import Facts
import Formats
import Values

extension RuleSet {
  /// The outcome that the policy gives a kind of customer for a rating, whatever rating the score would give.
  ///
  /// Nil where the policy has no such rating.
  public func terms(for kind: Customer.Kind) -> (String) -> Outcome? {
    { rating in self.rating.terms(of: rating, customerKind: kind.rawValue) }
  }

  /// Whether the policy knows a rating.
  public func knows(rating: String) -> Bool {
    self.rating.terms(of: rating, customerKind: Customer.Kind.household.rawValue) != nil
  }
}

extension DecisionContent {
  /// What a person's judgement makes of what the policy says.
  ///
  /// - Parameter terms: the outcome that the policy gives for a rating.
  mutating func apply(_ given: GivenJudgement, terms: (String) -> Outcome?) {
    switch given {
    case .made(let judgement):
      self.judgement = AppliedJudgement(judgement, .made)
      overrule(judgement, terms)
    case .standing(let judgement, let past):
      guard judgement.overrules else { return }
      let isUnchanged = PolicyVerdict(self).isCovered(by: past)
      if isUnchanged, businessDate <= judgement.until {
        self.judgement = AppliedJudgement(judgement, .stands)
        overrule(judgement, terms)
      } else if !agrees(with: judgement, terms) {
        self.judgement = AppliedJudgement(judgement, isUnchanged ? .expired : .newFacts)
      }
    }
  }

  /// Whether the policy has come to say what the person said, so that there is nothing to look at.
  private func agrees(with judgement: Judgement, _ terms: (String) -> Outcome?) -> Bool {
    if let rating = judgement.rating, rating != policyRating { return false }
    guard let wanted = judgement.outcome ?? judgement.rating.flatMap(terms) else { return true }
    return wanted == outcome
  }

  private mutating func overrule(_ judgement: Judgement, _ terms: (String) -> Outcome?) {
    guard judgement.overrules else { return }
    validUntil = judgement.until
    outcome = judgement.outcome ?? judgement.rating.flatMap(terms) ?? outcome
  }

  /// Turns the outcome into a referral, and says by what.
  mutating func refer(by provision: String) {
    bars.append(OrderBar(provision: provision, barred: outcome, instead: .refer))
    outcome = .refer
  }
}
