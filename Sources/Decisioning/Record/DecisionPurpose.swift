/// What a decision was asked for.
public enum DecisionPurpose: String, CaseIterable, Hashable, Sendable {
  /// An order: may this customer be sold this product, and on what terms.
  case order
  /// The customer's rating by itself.
  case rating
  /// The periodic pass over the portfolio.
  case rerating = "re-rating"
  /// A step of debt management: may this supply be restricted.
  case restriction
}
