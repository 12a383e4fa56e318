public import Facts
public import Values

/// A notice as a clock rests on it: what was sent, how, and what proves that it came.
public struct NoticeEvidence: Hashable, Sendable {
  /// What proves the delivery.
  public struct Proof: Hashable, Sendable {
    /// The record.
    public let record: String
    /// What happened.
    public let event: NoticeDelivery.Event
    /// When.
    public let date: CivilDate
    /// The carrier's reference.
    public let reference: String?

    /// Whether it is an event of those that prove something.
    func isAmong(_ events: Set<ProofEvent>) -> Bool {
      switch event {
      case .sent: events.contains(.sentWithEvidence) && reference != nil
      case .delivered: events.contains(.delivered)
      case .received: events.contains(.received)
      case .returned, .failed: false
      }
    }
  }

  /// The record.
  public let record: String
  /// What it is.
  public let type: DebtNotice.NoticeType
  /// The invoice that it is about; nil for all that was overdue.
  public let invoice: String?
  /// The hash of the text as it was sent.
  public let contentHash: Digest?
  /// Name and version of the template.
  public let template: String?
  /// How it was sent.
  public let channel: DebtNotice.Channel
  /// What kind of address it went to.
  public let address: DebtNotice.AddressKind?
  /// The day of sending.
  public let sent: CivilDate
  /// The day of receipt, or the one that the law deems it.
  public internal(set) var received: CivilDate?
  /// The last day to pay that it states.
  public let deadline: CivilDate?
  /// Its amount in parts.
  public let split: Split?
  /// What proves the delivery; nil where nothing does or the notice counts for nothing, and then it starts no clock.
  public internal(set) var proof: Proof?

  /// The amount of a notice in parts (R4).
  public struct Split: Hashable, Sendable {
    /// The principal.
    public let principal: Decimal
    /// Interest.
    public let interest: Decimal
    /// Contractual penalty.
    public let penalty: Decimal
    /// Costs of recovery.
    public let costs: Decimal
    /// All of them.
    public let total: Decimal
  }
}

/// Why a notice counts for nothing; the raw value is the stable code.
public enum NoticeRefusal: String, CaseIterable, Hashable, Sendable {
  /// Its text was not kept.
  case noContent
  /// It is not known where it went.
  case noAddress
  /// It went in a way that the law does not accept.
  case wrongChannel
  /// It went to an address that the law does not accept.
  case wrongAddress
  /// Its amount is not split, or the parts do not make the whole.
  case noSplit
  /// Its amount is of another currency than the claim.
  case otherCurrency
  /// It states no last day to pay.
  case noDeadline
  /// The last day to pay that it states comes too soon.
  case shortDeadline
  /// It went out too soon after the due date, or before it.
  case tooSoon
  /// Nothing proves that it came.
  case notProven
  /// It came back or could not be delivered.
  case cameBack
  /// What proves it is dated before it was sent.
  case provenBeforeSent
}
