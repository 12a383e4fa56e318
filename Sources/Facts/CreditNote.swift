public import Values

/// An amount given back: it settles the invoice that it names, else it becomes credit.
public struct CreditNote: FactContent {
  /// The number of the credit note.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The invoice that it corrects, if it names one.
  public var invoice: String?
  /// The day of issue.
  public var issued: CivilDate
  /// What is given back, above zero.
  public var amount: Money

  /// A credit note as one record states it.
  public init(
    id: String, customer: CustomerReference, invoice: String? = nil, issued: CivilDate, amount: Money
  ) {
    self.id = id
    self.customer = customer
    self.invoice = invoice
    self.issued = issued
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .creditNote }
  /// The day of issue.
  public var trueFrom: CivilDate { issued }
}
