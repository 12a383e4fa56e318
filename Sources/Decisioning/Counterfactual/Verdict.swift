import Values

/// What a decision came to: the part of it that a counterfactual changes.
public struct Verdict: Hashable, Sendable {
  /// The score; nil where it could not be computed.
  public var score: Decimal?
  /// The rating; nil where it could not be computed.
  public var rating: String?
  /// What it means for an order.
  public var outcome: Outcome

  /// A verdict.
  public init(score: Decimal?, rating: String?, outcome: Outcome) {
    self.score = score
    self.rating = rating
    self.outcome = outcome
  }

  /// The verdict of a decision.
  public init(_ content: DecisionContent) {
    self.init(score: content.score, rating: content.rating, outcome: content.outcome)
  }
}

extension Outcome {
  /// How good an outcome is for the customer: 0 is the best.
  public var rank: Int { Outcome.allCases.firstIndex(of: self) ?? Outcome.allCases.count }
}

extension Verdict {
  /// Whether this is better for the customer than a decision.
  ///
  /// A better outcome; where the decision accepts already, a better rating. Ratings are letters from `A`, the best.
  public func isBetter(than explained: DecisionContent) -> Bool {
    guard explained.outcome == .accept else { return outcome.rank < explained.outcome.rank }
    guard outcome == .accept, let rating, let past = explained.rating else { return false }
    return rating < past
  }
}

extension DecisionContent {
  /// Whether this decision is better for the customer than another.
  public func isBetter(than explained: DecisionContent) -> Bool { Verdict(self).isBetter(than: explained) }

  /// What would be better than this decision; nil where nothing is.
  var goal: Counterfactuals.Goal? {
    guard outcome == .accept else { return .outcome(betterThan: outcome) }
    guard let rating, rating > "A" else { return nil }
    return .rating(betterThan: rating)
  }
}
