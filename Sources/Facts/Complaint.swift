public import Values

/// A customer's complaint, written objection to a debt, or case before another body, about a claim.
///
/// A `Dispute` takes an amount out of what is owed; a complaint stands against acting on the claim (Directive (EU) 2019/944,
/// art. 28a(2)) and is answered (Latvian Law on Extrajudicial Recovery of Debt, s. 8(4)).
public struct Complaint: FactContent {
  /// What kind of complaint it is.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A complaint to the supplier.
    case complaint
    /// An objection to the existence or amount of the debt.
    case objection
    /// A case before a body of out-of-court settlement.
    case outOfCourt
    /// A case before a court.
    case court
  }

  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The contract that it is about; nil where it is about an invoice, or about all claims.
  public var contract: String?
  /// The invoice that it is about; nil where it is about the contract, or about all claims.
  public var invoice: String?
  /// What kind of complaint it is.
  public var kind: Kind
  /// The day on which it came.
  public var opened: CivilDate
  /// The day from which it stands no longer; nil while open.
  public var closed: CivilDate?
  /// Whether it came in writing.
  public var isWritten: Bool
  /// The day of a reasoned reply with copies of the documents; nil where none was sent.
  public var repliedOn: CivilDate?
  /// How it ended, if it has and if that is known.
  public var outcome: Dispute.Outcome?

  /// A complaint as one record states it.
  public init(
    id: String, customer: CustomerReference, contract: String? = nil, invoice: String? = nil, kind: Kind,
    opened: CivilDate, closed: CivilDate? = nil, isWritten: Bool, repliedOn: CivilDate? = nil,
    outcome: Dispute.Outcome? = nil
  ) {
    self.id = id
    self.customer = customer
    self.contract = contract
    self.invoice = invoice
    self.kind = kind
    self.opened = opened
    self.closed = closed
    self.isWritten = isWritten
    self.repliedOn = repliedOn
    self.outcome = outcome
  }

  /// The kind of fact.
  public static var factKind: FactKind { .complaint }
  /// The day on which it came.
  public var trueFrom: CivilDate { opened }

  /// Whether it is open at the end of this day.
  public func isOpen(on date: CivilDate) -> Bool {
    guard opened <= date else { return false }
    guard let closed else { return true }
    return date < closed
  }
}
