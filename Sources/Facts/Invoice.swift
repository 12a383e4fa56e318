public import Values

/// An amount billed; a negative one gives credit.
public struct Invoice: FactContent {
  /// The invoice number.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract billed, if the record names it.
  public var contract: String?
  /// The day of issue.
  public var issued: CivilDate
  /// The last day on which payment is in time.
  public var due: CivilDate
  /// What is to be paid.
  public var amount: Money

  /// An invoice as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String? = nil, issued: CivilDate, due: CivilDate,
    amount: Money
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.issued = issued
    self.due = due
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .invoice }
  /// The day of issue.
  public var trueFrom: CivilDate { issued }
}
