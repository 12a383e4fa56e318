import Facts
import Values

/// All that a decision says and rests on: a pure function of the facts as of a date and the rule set.
///
/// Ids, instants of recording and the store's sequence numbers are not part of it, so that the same facts and
/// rules give the same bytes however and whenever they were loaded. A replay compares exactly these bytes.
public struct DecisionContent: Hashable, Sendable {
  /// The version of what the engine computes; it changes when the same model gives other results.
  public static let engineVersion = "1"

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
  /// The features, in the order of the feature model.
  public var features: [FeatureValue]
  /// The sum of the points; nil where it could not be computed.
  public var score: Decimal?
  /// The rating; nil where it could not be computed.
  public var rating: String?
  /// What the rating alone would allow; nil where it could not be computed.
  public var orderOutcome: Outcome?
  /// What the decision means for an order.
  public var outcome: Outcome
  /// The circumstances that took the decision out of the scorecard's hands, in policy order.
  public var knockOuts: [KnockOut]
  /// What each characteristic added to the score, in the scorecard's order.
  public var characteristics: [ScoredCharacteristic]
  /// The rules that matched, for each decision table in the order of evaluation.
  public var matchedRules: [MatchedRules]
  /// The warnings of the evaluation.
  public var problems: [EvaluationProblem]

  /// The rules of one table that matched.
  public struct MatchedRules: Hashable, Sendable {
    /// The decision whose table it is.
    public var decision: String
    /// The ids of the rules, in table order.
    public var rules: [String]

    /// The matched rules of one decision's table.
    public init(decision: String, rules: [String]) {
      self.decision = decision
      self.rules = rules
    }
  }

  /// The most points that the scorecard could have given.
  public var bestScore: Decimal { characteristics.reduce(Decimal.zero) { $0 + $1.best } }

  /// The decision's content.
  public init(
    customer: String, businessDate: CivilDate, currency: Currency?, ruleSet: Digest,
    engine: String = DecisionContent.engineVersion, features: [FeatureValue], score: Decimal?,
    rating: String?,
    orderOutcome: Outcome?, outcome: Outcome, knockOuts: [KnockOut], characteristics: [ScoredCharacteristic],
    matchedRules: [MatchedRules], problems: [EvaluationProblem]
  ) {
    self.customer = customer
    self.businessDate = businessDate
    self.currency = currency
    self.ruleSet = ruleSet
    self.engine = engine
    self.features = features
    self.score = score
    self.rating = rating
    self.orderOutcome = orderOutcome
    self.outcome = outcome
    self.knockOuts = knockOuts
    self.characteristics = characteristics
    self.matchedRules = matchedRules
    self.problems = problems
  }
}
