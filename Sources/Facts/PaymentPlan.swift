public import Values

/// An agreement to pay the debt of a contract by instalments.
public struct PaymentPlan: FactContent {
  /// How a plan ended.
  public enum EndReason: String, CaseIterable, Hashable, Sendable {
    /// All was paid.
    case fulfilled
    /// The customer did not pay as agreed.
    case broken
    /// It was given up by agreement.
    case cancelled
  }

  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract whose debt is paid so.
  public var contract: String
  /// The day of the agreement.
  public var agreed: CivilDate
  /// The day from which it holds no longer; nil while it does.
  public var ended: CivilDate?
  /// How it ended, if it has and if that is known.
  public var endReason: EndReason?

  /// A plan as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String, agreed: CivilDate, ended: CivilDate? = nil,
    endReason: EndReason? = nil
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.agreed = agreed
    self.ended = ended
    self.endReason = endReason
  }

  /// The kind of fact.
  public static var factKind: FactKind { .paymentPlan }
  /// The day of the agreement.
  public var trueFrom: CivilDate { agreed }

  /// Whether the plan holds on this day.
  public func isInForce(on date: CivilDate) -> Bool {
    guard agreed <= date else { return false }
    guard let ended else { return true }
    return date < ended
  }
}
