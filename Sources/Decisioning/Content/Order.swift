import Facts
import Values

/// The order that a decision is asked about.
///
/// Without one a decision rates the customer, and says what it would mean for an order of any commodity.
public struct Order: Hashable, Sendable {
  /// The caller's reference; decisions about the same order supersede one another.
  public var reference: String
  /// What is ordered, in the caller's words.
  public var product: String
  /// What is to be supplied.
  public var commodity: Contract.Commodity
  /// The country whose law applies to the supply.
  public var jurisdiction: Jurisdiction
  /// What is expected to be billed a month; nil where it is not known.
  public var expectedMonthlyAmount: Money?
  /// Where it is to be supplied.
  public var deliveryPoint: String?

  /// An order.
  public init(
    reference: String, product: String, commodity: Contract.Commodity, jurisdiction: Jurisdiction,
    expectedMonthlyAmount: Money? = nil, deliveryPoint: String? = nil
  ) {
    self.reference = reference
    self.product = product
    self.commodity = commodity
    self.jurisdiction = jurisdiction
    self.expectedMonthlyAmount = expectedMonthlyAmount
    self.deliveryPoint = deliveryPoint
  }
}
