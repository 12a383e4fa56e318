public import FEEL
import Facts
import Values

/// The first half of a decision: what the facts come to, before anybody asks about an order.
///
/// A pure function of the facts as of a day and of the feature model; all that the second half needs of the customer.
public struct Assessment: Sendable {
  /// The supplier's customer number.
  public let number: String
  /// Household, business or prospect.
  public let kind: Customer.Kind
  /// Whose law applies where no order names another country.
  public let jurisdiction: Jurisdiction
  /// The currency whose amounts were rated; nil where there was no amount.
  public let currency: Currency?
  /// Whether something is open in another currency.
  public let hasOtherCurrencies: Bool
  /// What the law makes exceptions for.
  public let circumstances: Set<LawProvision.Circumstance>
  /// The features' values, in the order of the feature model.
  public internal(set) var values: [Value]
  /// The features as a decision keeps them.
  public let features: [FeatureValue]
  /// The warnings of the evaluation.
  public let problems: [EvaluationProblem]
}
