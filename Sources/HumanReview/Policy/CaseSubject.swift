import Decisioning
import Facts

/// What the policy of human review looks at to say how a case is treated.
public struct CaseSubject: Hashable, Sendable {
  /// Why a person has to look.
  public var kind: CaseKind
  /// The code of the reason.
  public var reason: String
  /// What the decision was asked for; nil for a data problem.
  public var purpose: DecisionPurpose?
  /// Whom it concerns; nil for a data problem.
  public var customerKind: Customer.Kind?
  /// Whether an order waits for it.
  public var hasOrder: Bool

  /// A subject.
  public init(
    kind: CaseKind, reason: String, purpose: DecisionPurpose? = nil, customerKind: Customer.Kind? = nil,
    hasOrder: Bool = false
  ) {
    self.kind = kind
    self.reason = reason
    self.purpose = purpose
    self.customerKind = customerKind
    self.hasOrder = hasOrder
  }
}

/// How the policy treats a case.
public struct Treatment: Hashable, Sendable {
  /// Whether a case is opened at all.
  public var opensCase: Bool
  /// From 1, the most urgent, to 5.
  public var priority: Int
  /// Within how many days it has to be decided.
  public var days: Int
  /// Whether only working days count.
  public var countsWorkingDays: Bool

  /// A treatment.
  public init(opensCase: Bool = true, priority: Int, days: Int, countsWorkingDays: Bool) {
    self.opensCase = opensCase
    self.priority = priority
    self.days = days
    self.countsWorkingDays = countsWorkingDays
  }
}

/// What a person makes of a decision, as far as it bears on whether a second person is needed.
public struct ChangeOfDecision: Hashable, Sendable {
  /// The kind of the case.
  public var kind: CaseKind
  /// Whom it concerns.
  public var customerKind: Customer.Kind
  /// By how many ratings the rating changes.
  public var ratingSteps: Int
  /// Whether a rating is set where there was none.
  public var setsMissingRating: Bool
  /// By how many outcomes the outcome changes, counted as `Outcome.rank` counts them.
  public var outcomeSteps: Int
  /// Whether the outcome is worse for the customer than it was.
  public var worsens: Bool
  /// What becomes of a proposed restriction.
  public var restriction: Judgement.Restriction?
  /// Whether the reviewer has decided about this customer before.
  public var hasOwnEarlierCase: Bool
  /// Whether the outcome is one that the law kept the engine from.
  public var isBarredByLaw: Bool
  /// Whether a person's decision is contested.
  public var contestsHumanDecision: Bool

  /// A change.
  public init(
    kind: CaseKind, customerKind: Customer.Kind, ratingSteps: Int = 0, setsMissingRating: Bool = false,
    outcomeSteps: Int = 0, worsens: Bool = false, restriction: Judgement.Restriction? = nil,
    hasOwnEarlierCase: Bool = false, isBarredByLaw: Bool = false, contestsHumanDecision: Bool = false
  ) {
    self.kind = kind
    self.customerKind = customerKind
    self.ratingSteps = ratingSteps
    self.setsMissingRating = setsMissingRating
    self.outcomeSteps = outcomeSteps
    self.worsens = worsens
    self.restriction = restriction
    self.hasOwnEarlierCase = hasOwnEarlierCase
    self.isBarredByLaw = isBarredByLaw
    self.contestsHumanDecision = contestsHumanDecision
  }
}
