import Decisioning
import Values

/// What a reviewer decides, before it is checked.
public struct JudgementDraft: Hashable, Sendable {
  /// What came of looking at the decision.
  public var resolution: Judgement.Resolution
  /// What it holds for.
  public var scope: Judgement.Scope
  /// The rating that is set.
  public var rating: String?
  /// The outcome that is set; nil where it follows from the rating.
  public var outcome: Outcome?
  /// What becomes of a proposed restriction.
  public var restriction: Judgement.Restriction?
  /// The last day on which it stands; nil for as long as the policy says.
  public var until: CivilDate?
  /// The codes of the reasons, the most important first.
  public var reasons: [String]
  /// The reasons in the reviewer's own words.
  public var text: String

  /// A draft.
  public init(
    _ resolution: Judgement.Resolution, scope: Judgement.Scope, rating: String? = nil,
    outcome: Outcome? = nil, restriction: Judgement.Restriction? = nil, until: CivilDate? = nil,
    reasons: [String], text: String
  ) {
    self.resolution = resolution
    self.scope = scope
    self.rating = rating
    self.outcome = outcome
    self.restriction = restriction
    self.until = until
    self.reasons = reasons
    self.text = text
  }
}

extension JudgementDraft {
  /// The judgement that the draft makes about a decision, as far as it can be told before the decision is computed.
  func judgement(
    of found: ReviewCase, about basis: DecisionRecord, by reviewer: String, on day: CivilDate,
    _ policy: ReviewPolicy
  ) throws(ReviewError) -> Judgement {
    func refusal(_ fault: ReviewError.DraftFault) -> ReviewError { .draft(found.id, fault) }
    guard !reasons.isEmpty else { throw refusal(.noReasons) }
    for code in reasons where !policy.reasonCodes.contains(code) {
      throw refusal(.unknownReason(code, known: policy.reasonCodes))
    }
    try ReviewDesk.require(text, .judgement, of: found.id)
    if resolution != .changed, rating != nil || outcome != nil { throw refusal(.setsSomething(resolution)) }
    if outcome == .refer { throw refusal(.refers) }
    if scope == .order, basis.content.order == nil { throw refusal(.noOrder) }
    if found.id.kind == .approval {
      // To withdraw is to say that the proposal has lapsed by itself.
      if restriction == nil, resolution != .withdrawn { throw refusal(.noRestriction) }
    } else if restriction != nil {
      throw refusal(.unexpectedRestriction)
    }
    if resolution == .confirmed, basis.content.outcome == .refer, found.awaitsOutcome(basis) {
      throw refusal(.referralConfirmed)
    }
    let latest = day.adding(days: policy.longestValidityDays) ?? .latest
    let until = self.until ?? day.adding(days: policy.validityDays) ?? .latest
    if until < day { throw refusal(.untilPast(until, on: day)) }
    if until > latest { throw refusal(.untilTooFar(until, latest: latest)) }
    return Judgement(
      caseName: found.id.description, basis: basis.id, resolution: resolution, scope: scope, rating: rating,
      outcome: outcome, restriction: restriction, on: day, until: until, reasons: reasons, text: text,
      reviewer: reviewer)
  }
}

extension ReviewCase {
  /// Whether the case has to end with an outcome: a referral is there for one, and an order waits for one.
  func awaitsOutcome(_ basis: DecisionRecord) -> Bool {
    id.kind == .referral || id.kind == .contest && basis.content.order != nil
  }
}
