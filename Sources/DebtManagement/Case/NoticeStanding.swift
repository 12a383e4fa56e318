public import Facts
public import Values

/// A notice of a case, and how far it is proven that it came.
public struct NoticeStanding: Hashable, Sendable {
  /// The notice's record id.
  public var id: String
  /// The step that it is.
  public var step: LadderStep
  /// The day of sending.
  public var sent: CivilDate
  /// The invoices that it names; nil where it is about all that were past due when it was sent.
  public var invoices: [String]?
  /// How it was sent.
  public var channel: DebtNotice.Channel
  /// The last day to pay that it states.
  public var deadline: CivilDate?
  /// The day on which its delivery was complete, which may lie ahead for a letter; nil where nothing proves it.
  public var provenOn: CivilDate?
  /// The day on which it counts as received; nil where nothing proves it.
  public var receivedOn: CivilDate?
  /// Whether it came back or failed: it proves nothing, and another way is taken next.
  public var hasFailed: Bool
  /// The records that prove it, as `kind:id`.
  public var evidence: [String]

  /// Whether it is about an invoice.
  func names(_ invoice: ClaimInvoice) -> Bool {
    invoices?.contains(invoice.id) ?? (invoice.due < sent)
  }
}

extension LadderStep {
  /// The type of notice that the step sends; nil for a step that is no notice.
  public var noticeType: DebtNotice.NoticeType? {
    switch self {
    case .reminder: .reminder
    case .debtNotice: .debtNotice
    case .restrictionWarning: .restrictionWarning
    case .planOffer: .planOffer
    case .prepaymentOffer: .prepaymentOffer
    case .depositRequest: .depositRequest
    case .terminationNotice: .terminationNotice
    case .noNewOrders, .powerLimit, .disconnectionRequest, .contractTermination, .release, .withdrawal: nil
    }
  }

  /// The step that a notice of a type is; nil for one that is no step of the ladder.
  init?(_ type: DebtNotice.NoticeType) {
    guard let step = LadderStep.allCases.first(where: { $0.noticeType == type }) else { return nil }
    self = step
  }
}

extension NoticeStanding {
  /// A letter is deemed received on the seventh day after posting, even where it came earlier (LV-D-3).
  private static let daysOfPost = 7

  /// The standing of a notice; nil for one of no stated type, without its text's hash, or of another kind.
  ///
  /// A letter is proven by its posting with the carrier's evidence, or by its delivery; anything else by delivery alone.
  ///
  /// - Parameter named: the invoices that its letter names; nil where no letter of ours is known.
  init?(_ notice: DebtNotice, naming named: [String]?, _ facts: CustomerFacts, on day: CivilDate) {
    guard let step = notice.type.flatMap({ LadderStep($0) }), notice.contentHash != nil, notice.sent <= day
    else { return nil }
    let isLetter = notice.channel == .letter || notice.channel == .registeredLetter
    let events = facts.noticeDeliveries.map(\.fact)
      // Proof dated before its notice proves nothing.
      .filter { $0.notice == notice.id && $0.date >= notice.sent && $0.date <= day }
      .sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    let delivered = events.first { $0.event == .delivered || $0.event == .received }
    let posted = isLetter ? events.first { $0.event == .sent && $0.evidence != nil } : nil
    let failed = events.last { $0.event == .returned || $0.event == .failed }
    let deemed = notice.sent.adding(days: Self.daysOfPost)
    self.init(
      id: notice.id, step: step, sent: notice.sent, invoices: named ?? notice.invoice.map { [$0] },
      channel: notice.channel, deadline: notice.deadline,
      provenOn: nil, receivedOn: nil, hasFailed: failed != nil, evidence: ["debtNotice:\(notice.id)"])
    // What came back did not come, whatever was said before; what came after it did.
    if let failed,
      events.last(where: { $0.event == .received || $0.event == .delivered })
        .map({ $0.date <= failed.date }) ?? true
    {
      evidence.append("noticeDelivery:\(failed.id)")
      return
    }
    guard let proof = delivered ?? posted else { return }
    hasFailed = false
    evidence.append("noticeDelivery:\(proof.id)")
    provenOn = delivered?.date ?? deemed
    receivedOn = isLetter ? [deemed, delivered?.date].compactMap(\.self).max() : delivered?.date
  }
}
