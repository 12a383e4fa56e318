import Facts
import Formats
import Values

/// What a decision says to who asked for it, without what it rests on.
public struct DecisionSummary: Hashable, Sendable {
  /// A main reason, and the value that its sentence names.
  public struct Reason: Hashable, Sendable {
    /// The reason code.
    public var code: String
    /// The characteristic whose value the sentence names; nil for a knock-out.
    public var characteristic: String?
    /// That value.
    public var value: JSONValue?
  }

  /// The supplier's customer number.
  public var customer: String
  /// The day that the decision holds for.
  public var businessDate: CivilDate
  /// The version of the rule set.
  public var ruleSet: Digest
  /// The reference of the order; nil where the customer alone was rated.
  public var orderReference: String?
  /// What the decision means for an order.
  public var outcome: Outcome
  /// The rating; nil where there is none.
  public var rating: String?
  /// The sum of the points; nil where it could not be computed.
  public var score: Decimal?
  /// The main reasons of the rules, best first.
  public var reasons: [Reason]
  /// What kept the decision from the outcome that it would have had.
  public var bars: [OrderBar]
  /// The last day on which the rating is valid.
  public var validUntil: CivilDate?
  /// Whom the decision is about.
  public var customerKind: Customer.Kind
  /// The country whose law and calendar count.
  public var jurisdiction: Jurisdiction
  /// Why the engine would refer: what stood against the policy's outcome, else the first circumstance outside the scorecard, else
  /// the rating itself.
  public var referralReason: String
}

extension DecisionSummary {
  /// What a content says.
  public init(_ content: DecisionContent) {
    self.init(
      customer: content.customer, businessDate: content.businessDate, ruleSet: content.ruleSet,
      orderReference: content.order?.reference, outcome: content.outcome, rating: content.rating,
      score: content.score,
      reasons: content.principalReasons.map {
        Reason(code: $0.code, characteristic: $0.characteristic, value: content.value(of: $0))
      },
      bars: content.bars, validUntil: content.validUntil, customerKind: content.customerKind,
      jurisdiction: content.jurisdiction, referralReason: content.referralReason)
  }
}

extension DecisionContent {
  /// Whom the decision is about.
  public var customerKind: Customer.Kind {
    given(RatingModel.Given.customerKind).flatMap(Customer.Kind.init(rawValue:)) ?? .household
  }

  /// The country whose law and calendar count.
  public var jurisdiction: Jurisdiction {
    order?.jurisdiction ?? given(RatingModel.Given.jurisdiction).flatMap { Jurisdiction($0) } ?? .latvia
  }

  fileprivate var referralReason: String {
    bars.first?.provision ?? knockOuts.first { $0.outcome == .refer }?.reason ?? knockOuts.first?.reason
      ?? "rating"
  }

  fileprivate func given(_ input: RatingModel.Given) -> String? {
    given.first { $0.name == input.rawValue }?.value.stringValue
  }
}
