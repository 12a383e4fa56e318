import Facts
import Formats
import Values

/// All that a decision says and rests on: a pure function of the facts as of a date and the rule set.
///
/// Ids, instants of recording and the store's sequence numbers are not part of it, so that the same facts and
/// rules give the same bytes however and whenever they were loaded. A replay compares exactly these bytes.
public struct DecisionContent: Hashable, Sendable {
  /// The version of what the engine computes; it changes when the same model gives other results.
  public static let engineVersion = "2"

  /// The supplier's customer number.
  public var customer: String
  /// The day that the decision holds for.
  public var businessDate: CivilDate
  /// The currency whose amounts were rated; nil where there was no amount.
  public var currency: Currency?
  /// The version of the rule set.
  public var ruleSet: Digest
  /// The version of the engine's results.
  public var engine: String
  /// The order that was asked about; nil where the customer alone was rated.
  public var order: Order?
  /// The rating that stood before; nil where there was none.
  public var previous: PreviousRating?
  /// What the pipeline gave the rating model beside the features, in the order of the model's inputs.
  public var given: [DecidedValue]
  /// The features, in the order of the feature model.
  public var features: [FeatureValue]
  /// What every decision of the rating model came to, apart from the knock-outs, in the order of the model.
  public var values: [DecidedValue]
  /// The circumstances that took the decision out of the scorecard's hands, in policy order.
  public var knockOuts: [KnockOut]
  /// What each characteristic added to the score, in the scorecard's order.
  public var characteristics: [ScoredCharacteristic]
  /// The rules that matched, for each decision table in the order of the model.
  public var matchedRules: [MatchedRules]
  /// The warnings of the evaluation.
  public var problems: [EvaluationProblem]
  /// What kept the decision from the outcome that it would have had: provisions of the law, a stop.
  public var bars: [OrderBar]
  /// What the decision means for an order: the policy's outcome where no bar stands against it.
  public var outcome: Outcome
  /// The last day on which the rating is valid; nil where there is none.
  public var validUntil: CivilDate?
  /// What a person decided, and what that means here; nil where nobody has.
  public var judgement: AppliedJudgement?
  /// The step of debt management that is proposed; nil where the decision proposes none.
  public var proposal: ServiceProposal?

  /// The sum of the points; nil where it could not be computed.
  public var score: Decimal? { value(PolicyName.score)?.numberValue }

  /// The rating: the person's where one is set, else the policy's; nil where it could not be computed.
  public var rating: String? {
    if let judgement, judgement.effect.decides, let rating = judgement.judgement.rating { return rating }
    return policyRating
  }

  /// What the policy alone rates; nil where it could not be computed.
  public var policyRating: String? { value(PolicyName.rating)?.stringValue }

  /// What the policy alone says for an order, before law and people; nil where it could not be computed.
  public var policyOutcome: Outcome? {
    value(PolicyName.outcome)?.stringValue.flatMap(Outcome.init(rawValue:))
  }

  /// Whether a stop made a referral of it.
  public var isStopped: Bool { bars.contains { $0.provision == OrderBar.stopSwitch } }

  /// What the rating alone would allow; nil where it could not be computed.
  public var orderOutcome: Outcome? {
    value(PolicyName.orderOutcome)?.stringValue.flatMap(Outcome.init(rawValue:))
  }

  /// The most points that the scorecard could have given.
  public var bestScore: Decimal { characteristics.reduce(Decimal.zero) { $0 + $1.best } }

  /// The rating as it stands after this decision, with its memory.
  public var standing: PreviousRating? {
    PreviousRating.standing(after: previous, rating: rating, on: businessDate)
  }

  /// What a decision of the rating model came to; nil where the model has none of this name.
  public func value(_ decision: String) -> JSONValue? {
    values.first { $0.name == decision }?.value
  }

  /// The decision's content.
  public init(
    customer: String, businessDate: CivilDate, currency: Currency?, ruleSet: Digest,
    engine: String = DecisionContent.engineVersion, order: Order? = nil, previous: PreviousRating? = nil,
    given: [DecidedValue] = [], features: [FeatureValue], values: [DecidedValue], knockOuts: [KnockOut],
    characteristics: [ScoredCharacteristic], matchedRules: [MatchedRules], problems: [EvaluationProblem],
    bars: [OrderBar] = [], outcome: Outcome, validUntil: CivilDate? = nil,
    judgement: AppliedJudgement? = nil, proposal: ServiceProposal? = nil
  ) {
    self.customer = customer
    self.businessDate = businessDate
    self.currency = currency
    self.ruleSet = ruleSet
    self.engine = engine
    self.order = order
    self.previous = previous
    self.given = given
    self.features = features
    self.values = values
    self.knockOuts = knockOuts
    self.characteristics = characteristics
    self.matchedRules = matchedRules
    self.problems = problems
    self.bars = bars
    self.outcome = outcome
    self.validUntil = validUntil
    self.judgement = judgement
    self.proposal = proposal
  }
}
