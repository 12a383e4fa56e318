public import Values

/// A customer's objection to an invoice or to part of it.
public struct Dispute: FactContent {
  /// How a dispute ended.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// The customer was right.
    case upheld
    /// The customer was right in part.
    case partlyUpheld
    /// The invoice was right.
    case rejected
    /// The customer gave the dispute up.
    case withdrawn
  }

  /// The dispute's record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The invoice disputed.
  public var invoice: String
  /// The first day of the dispute.
  public var opened: CivilDate
  /// The amount disputed; nil when it is the whole invoice.
  public var amount: Money?
  /// The day from which the amount counts again; nil while the dispute is open.
  public var closed: CivilDate?
  /// How it ended, if it has and if that is known.
  public var outcome: Outcome?

  /// A dispute as one record states it.
  public init(
    id: String, customer: CustomerReference, invoice: String, opened: CivilDate, amount: Money? = nil,
    closed: CivilDate? = nil, outcome: Outcome? = nil
  ) {
    self.id = id
    self.customer = customer
    self.invoice = invoice
    self.opened = opened
    self.amount = amount
    self.closed = closed
    self.outcome = outcome
  }

  /// The kind of fact.
  public static var factKind: FactKind { .dispute }
  /// The first day of the dispute.
  public var trueFrom: CivilDate { opened }

  /// Whether the dispute is open at the end of this day.
  public func isOpen(on date: CivilDate) -> Bool {
    guard opened <= date else { return false }
    guard let closed else { return true }
    return date < closed
  }
}
