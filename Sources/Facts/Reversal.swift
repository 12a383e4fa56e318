public import Values

/// The return of a whole payment, as when a bank returns a direct debit.
public struct Reversal: FactContent {
  /// The reversal's record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The record id of the payment taken back.
  public var payment: String
  /// The day from which the payment no longer counts.
  public var date: CivilDate
  /// The reason that the bank gave, if any.
  public var reason: String?

  /// A reversal as one record states it.
  public init(
    id: String, customer: CustomerReference, payment: String, date: CivilDate, reason: String? = nil
  ) {
    self.id = id
    self.customer = customer
    self.payment = payment
    self.date = date
    self.reason = reason
  }

  /// The kind of fact.
  public static var factKind: FactKind { .reversal }
  /// The day from which the payment no longer counts.
  public var trueFrom: CivilDate { date }
}
