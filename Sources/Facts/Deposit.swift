public import Values

/// Security that a customer gave, or got back.
///
/// It is never a payment: the ledger does not see it.
public struct Deposit: FactContent {
  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract that it secures.
  public var contract: String
  /// The day on which it was given or given back.
  public var date: CivilDate
  /// What was given; negative where it was given back, never zero.
  public var amount: Money

  /// A deposit as one record states it.
  public init(id: String, customer: CustomerReference, contract: String, date: CivilDate, amount: Money) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.date = date
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .deposit }
  /// The day on which it was given or given back.
  public var trueFrom: CivilDate { date }
}
