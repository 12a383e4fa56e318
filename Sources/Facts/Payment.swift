public import Values

/// Money received from a customer.
public struct Payment: FactContent {
  /// The payment's record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The day on which the money counts.
  public var date: CivilDate
  /// What was paid, above zero.
  public var amount: Money
  /// The invoice that the payer referred to, if any.
  public var invoice: String?

  /// A payment as one record states it.
  public init(
    id: String, customer: CustomerReference, date: CivilDate, amount: Money, invoice: String? = nil
  ) {
    self.id = id
    self.customer = customer
    self.date = date
    self.amount = amount
    self.invoice = invoice
  }

  /// The kind of fact.
  public static var factKind: FactKind { .payment }
  /// The day on which the money counts.
  public var trueFrom: CivilDate { date }
}
