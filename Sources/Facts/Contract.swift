public import Values

/// A supply contract.
public struct Contract: FactContent {
  /// What is supplied.
  public enum Commodity: String, CaseIterable, Hashable, Sendable {
    /// Electricity.
    case electricity
    /// Natural gas.
    case gas
    /// District heat.
    case heat
    /// Telecommunication.
    case telecom
    /// Anything else.
    case other
  }

  /// What the customer is under a contract.
  public enum CustomerType: String, CaseIterable, Hashable, Sendable {
    /// A natural person supplied at home.
    case household
    /// A company or sole trader.
    case business
  }

  /// Whose claims are billed under a contract.
  public enum Claimant: String, CaseIterable, Hashable, Sendable {
    /// The supplier's, for what was supplied.
    case supplier
    /// The network operator's own.
    case networkOperator
  }

  /// The contract number.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// What is supplied.
  public var commodity: Commodity
  /// Where it is supplied.
  public var deliveryPoint: String?
  /// The first day of supply.
  public var start: CivilDate
  /// The day on which supply ended or will end; nil while open.
  public var end: CivilDate?
  /// Whose law applies at the delivery point; nil where it is the customer's.
  public var jurisdiction: Jurisdiction?
  /// What the customer is under this contract; nil where the kind of customer says it.
  public var customerType: CustomerType?
  /// Whose claims are billed; nil where they are the supplier's.
  public var claimant: Claimant?

  /// A contract as one record states it.
  public init(
    id: String, customer: CustomerReference, commodity: Commodity, deliveryPoint: String? = nil,
    start: CivilDate, end: CivilDate? = nil, jurisdiction: Jurisdiction? = nil,
    customerType: CustomerType? = nil, claimant: Claimant? = nil
  ) {
    self.id = id
    self.customer = customer
    self.commodity = commodity
    self.deliveryPoint = deliveryPoint
    self.start = start
    self.end = end
    self.jurisdiction = jurisdiction
    self.customerType = customerType
    self.claimant = claimant
  }

  /// The kind of fact.
  public static var factKind: FactKind { .contract }
  /// The first day of supply.
  public var trueFrom: CivilDate { start }
}
