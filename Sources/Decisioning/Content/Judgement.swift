import Values

/// What a person decided about a decision, and why.
///
/// Part of the content of the decision record that it makes, hashed and replayed with it. It overrules the policy only
/// where it sets something: a confirmation says that a person looked and agrees.
public struct Judgement: Hashable, Sendable {
  /// What came of looking at the decision (AD-29).
  public enum Resolution: String, CaseIterable, Hashable, Sendable {
    /// The decision was right.
    case confirmed
    /// Something else is decided.
    case changed
    /// Inputs were wrong and have been corrected; the rules decided again.
    case corrected
    /// The contest, the order or the proposal was taken back.
    case withdrawn
  }

  /// What a change holds for.
  public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// The one order that was decided on.
    case order
    /// The customer's rating, and every order.
    case customer
  }

  /// What becomes of a proposed restriction of service.
  public enum Restriction: String, CaseIterable, Hashable, Sendable {
    /// It may go ahead as proposed.
    case approved
    /// It must not.
    case lifted
  }

  /// The review case in which it was made, as people write it: `C-17`.
  public var caseName: String
  /// The decision that was looked at.
  public var basis: DecisionID
  /// The outcome of that decision: what is confirmed, and what stays where the matter is withdrawn.
  public var basisOutcome: Outcome?
  /// What came of it.
  public var resolution: Resolution
  /// What it holds for.
  public var scope: Scope
  /// The rating that is set; nil where the policy's stays.
  public var rating: String?
  /// The outcome that is set; nil where it follows from the rating.
  public var outcome: Outcome?
  /// What becomes of the proposed restriction; nil where none was proposed.
  public var restriction: Restriction?
  /// The day on which it was made.
  public var on: CivilDate
  /// The last day on which it stands against the policy.
  public var until: CivilDate
  /// The codes of the reasons, the most important first; the texts turn them into sentences.
  public var reasons: [String]
  /// The reasons in the reviewer's own words.
  public var text: String
  /// Who decided.
  public var reviewer: String
  /// The second person, where one was needed.
  public var approver: String?

  /// A judgement.
  public init(
    caseName: String, basis: DecisionID, resolution: Resolution, scope: Scope, rating: String? = nil,
    outcome: Outcome? = nil, restriction: Restriction? = nil, on: CivilDate, until: CivilDate,
    reasons: [String], text: String, reviewer: String, approver: String? = nil
  ) {
    self.caseName = caseName
    self.basis = basis
    self.resolution = resolution
    self.scope = scope
    self.rating = rating
    self.outcome = outcome
    self.restriction = restriction
    self.on = on
    self.until = until
    self.reasons = reasons
    self.text = text
    self.reviewer = reviewer
    self.approver = approver
  }

  /// Whether it sets a rating or an outcome, so that it stands against what the policy says later.
  public var overrules: Bool { rating != nil || outcome != nil }
}

/// A judgement and what it means for the decision that carries it.
public struct AppliedJudgement: Hashable, Sendable {
  /// What a judgement means for a decision.
  public enum Effect: String, CaseIterable, Hashable, Sendable {
    /// This is the decision by which it was made.
    case made
    /// It was made earlier and stands against what the policy says now.
    case stands
    /// It was made earlier and its time has run out: a person looks again.
    case expired
    /// It was made earlier, and the policy says something else than it did then: a person looks again.
    case newFacts = "new facts"

    /// Whether the decision has the rating and the outcome of the judgement.
    public var decides: Bool { self == .made || self == .stands }
  }

  /// The judgement.
  public var judgement: Judgement
  /// What it means for the decision.
  public var effect: Effect

  /// A judgement with its effect.
  public init(_ judgement: Judgement, _ effect: Effect) {
    self.judgement = judgement
    self.effect = effect
  }
}

extension DecisionContent {
  /// The judgement by which this very decision was made; nil where it is no person's.
  var ownJudgement: Judgement? { judgement?.effect == .made ? judgement?.judgement : nil }
}
