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

  /// A contract as one record states it.
  public init(
    id: String, customer: CustomerReference, commodity: Commodity, deliveryPoint: String? = nil,
    start: CivilDate, end: CivilDate? = nil
  ) {
    self.id = id
    self.customer = customer
    self.commodity = commodity
    self.deliveryPoint = deliveryPoint
    self.start = start
    self.end = end
  }

  /// The kind of fact.
  public static var factKind: FactKind { .contract }
  /// The first day of supply.
  public var trueFrom: CivilDate { start }
}
