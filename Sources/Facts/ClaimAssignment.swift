public import Values

/// The handing over of the claims of a contract to a collector.
public struct ClaimAssignment: FactContent {
  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract whose claims were handed over.
  public var contract: String
  /// The day of it.
  public var date: CivilDate
  /// Who has the claims now.
  public var collector: String
  /// The day on which the claims came back; nil where they have not.
  public var returned: CivilDate?

  /// An assignment as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String, date: CivilDate, collector: String,
    returned: CivilDate? = nil
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.date = date
    self.collector = collector
    self.returned = returned
  }

  /// The kind of fact.
  public static var factKind: FactKind { .claimAssignment }
  /// The day of the handing over.
  public var trueFrom: CivilDate { date }

  /// Whether the collector has the claims on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard self.date <= date else { return false }
    guard let returned else { return true }
    return date < returned
  }
}
