public import Values

/// A notice that told the customer of a debt.
public struct DebtNotice: FactContent {
  /// How a notice was sent.
  public enum Channel: String, CaseIterable, Hashable, Sendable {
    /// Ordinary letter.
    case letter
    /// Registered letter.
    case registeredLetter
    /// Electronic mail.
    case email
    /// Text message.
    case sms
    /// The supplier's self-service portal.
    case portal
    /// Telephone call.
    case phone
    /// Any other way.
    case other
  }

  /// The notice's record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The invoice that it is about; nil when it is about the whole debt.
  public var invoice: String?
  /// The day of sending.
  public var sent: CivilDate
  /// How it was sent.
  public var channel: Channel
  /// The debt that it names, if it names an amount.
  public var amount: Money?

  /// A notice as one record states it.
  public init(
    id: String, customer: CustomerReference, invoice: String? = nil, sent: CivilDate, channel: Channel,
    amount: Money? = nil
  ) {
    self.id = id
    self.customer = customer
    self.invoice = invoice
    self.sent = sent
    self.channel = channel
    self.amount = amount
  }

  /// The kind of fact.
  public static var factKind: FactKind { .debtNotice }
  /// The day of sending.
  public var trueFrom: CivilDate { sent }
}
