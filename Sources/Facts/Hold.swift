public import Values

/// That nothing is to be done about a debt for now: about an invoice, a contract, or all that a customer owes.
public struct Hold: FactContent {
  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract held; nil where it is an invoice, or everything.
  public var contract: String?
  /// The invoice held; nil where it is a contract, or everything.
  public var invoice: String?
  /// From when.
  public var from: CivilDate
  /// The day from which it holds no longer, which may lie ahead; nil where that is open.
  public var until: CivilDate?
  /// Why: a code of the house, such as `bereavement`.
  public var reason: String
  /// Who placed it.
  public var placedBy: String

  /// A hold as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String? = nil, invoice: String? = nil, from: CivilDate,
    until: CivilDate? = nil, reason: String, placedBy: String
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.invoice = invoice
    self.from = from
    self.until = until
    self.reason = reason
    self.placedBy = placedBy
  }

  /// The kind of fact.
  public static var factKind: FactKind { .hold }
  /// From when it holds.
  public var trueFrom: CivilDate { from }

  /// Whether it holds on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard from <= date else { return false }
    guard let until else { return true }
    return date < until
  }
}
