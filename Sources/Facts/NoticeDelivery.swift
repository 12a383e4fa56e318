public import Values

/// What became of a debt notice on its way to the customer: the proof of it.
public struct NoticeDelivery: FactContent {
  /// What happened to the notice.
  public enum Event: String, CaseIterable, Hashable, Sendable {
    /// It was handed to the carrier.
    case sent
    /// The carrier delivered it.
    case delivered
    /// The customer confirmed that it came.
    case received
    /// It came back.
    case returned
    /// It could not be delivered.
    case failed
  }

  /// The record id.
  public var id: String
  /// The customer.
  public var customer: CustomerReference
  /// The record id of the notice.
  public var notice: String
  /// What happened.
  public var event: Event
  /// The day on which it happened; never before the notice was sent.
  public var date: CivilDate
  /// The carrier's reference, such as the number of a registered letter.
  public var evidence: String?

  /// A delivery as one record states it.
  public init(
    id: String, customer: CustomerReference, notice: String, event: Event, date: CivilDate,
    evidence: String? = nil
  ) {
    self.id = id
    self.customer = customer
    self.notice = notice
    self.event = event
    self.date = date
    self.evidence = evidence
  }

  /// The kind of fact.
  public static var factKind: FactKind { .noticeDelivery }
  /// The day on which it happened.
  public var trueFrom: CivilDate { date }
}
