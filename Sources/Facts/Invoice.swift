public import Values

/// An amount billed; a negative one gives credit.
public struct Invoice: FactContent {
  /// What an invoice bills.
  public enum Subject: String, CaseIterable, Hashable, Sendable {
    /// What was supplied.
    case supply
    /// Network services.
    case network
    /// A contractual penalty.
    case penalty
    /// The cost of recovering a debt.
    case recoveryCost
    /// The cost of interrupting and restoring supply.
    case restorationCost
  }

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
  /// What it bills; nil where it is what was supplied.
  public var subject: Subject?

  /// An invoice as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String? = nil, issued: CivilDate, due: CivilDate,
    amount: Money, subject: Subject? = nil
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.issued = issued
    self.due = due
    self.amount = amount
    self.subject = subject
  }

  /// The kind of fact.
  public static var factKind: FactKind { .invoice }
  /// The day of issue.
  public var trueFrom: CivilDate { issued }
}
