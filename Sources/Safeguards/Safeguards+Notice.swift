public import Facts
public import Values

/// What the law says of a notice that is about to go out.
public struct NoticeReport: Hashable, Sendable {
  /// What forbids a notice; the raw value is the stable code.
  public enum Bar: String, CaseIterable, Hashable, Sendable {
    /// The contract is not known, so neither is whose law counts.
    case unknownContract
    /// No invoice was named that is open and past due.
    case notOverdue
    /// No provision lets such a customer be asked for security or prepayment.
    case notPermitted
    /// The law does not accept the channel.
    case wrongChannel
    /// The law does not accept the kind of address.
    case wrongAddress
    /// The day to pay that it states is missing, or comes before the law lets it.
    case shortDeadline
    /// The processing of the data about the debt is restricted.
    case dataRestricted
    /// The debtor has died.
    case deceased
    /// The customer is insolvent: claims go to the administrator.
    case insolvency
    /// The claim was sold or given to a collector.
    case sold
    /// Somebody placed a hold.
    case hold
  }

  /// A bar, the rule behind it (`-` for none) and the records.
  public struct Finding: Hashable, Sendable {
    /// What forbids.
    public let bar: Bar
    /// The rule.
    public let rule: String
    /// The records.
    public let evidence: [String]
  }

  /// The notice.
  public let type: DebtNotice.NoticeType
  /// The day asked about.
  public let day: CivilDate
  /// When it may go out at the earliest, clock by clock.
  public let clocks: [ClockFinding]
  /// The first day that all of them allow; nil where nothing is past due.
  public let earliest: CivilDate?
  /// The least last day to pay that it may state, when sent on the day; nil where the law sets none.
  public let leastDeadline: CivilDate?
  /// The bars that stand.
  public let bars: [Finding]

  /// Whether it may go out on the day.
  public var isLawful: Bool { bars.isEmpty && (earliest.map { $0 <= day } ?? false) }
}

/// What a notice that is about to go out is like.
public struct NoticeForm: Hashable, Sendable {
  /// How it is sent.
  public var channel: DebtNotice.Channel
  /// To what kind of address.
  public var address: DebtNotice.AddressKind
  /// The last day to pay that it states; nil where it states none.
  public var deadline: CivilDate?

  /// A form from its parts.
  public init(channel: DebtNotice.Channel, address: DebtNotice.AddressKind, deadline: CivilDate?) {
    self.channel = channel
    self.address = address
    self.deadline = deadline
  }
}

extension Safeguards {
  /// When a notice may go out by law (LV-E-1's 10 days), in which form, and what forbids it.
  ///
  /// The hours of contact are `mayContact`'s. Where no form is given it is not looked at.
  public func examineNotice(
    _ type: DebtNotice.NoticeType, contract: String, invoices: [String], on day: CivilDate,
    facts: CustomerFacts, form given: NoticeForm? = nil
  ) -> NoticeReport {
    guard let claim = ClaimSubject(contract: contract, facts) else {
      let unknown = NoticeReport.Finding(bar: .unknownContract, rule: BarFinding.always, evidence: [contract])
      return NoticeReport(
        type: type, day: day, clocks: [], earliest: nil, leastDeadline: nil, bars: [unknown])
    }
    let today = law.entries(claim, on: day)
    let overdue = openBills(invoices, on: day, facts).filter { $0.due < day }
    var bars: [NoticeReport.Finding] = []
    func bar(_ bar: NoticeReport.Bar, _ rule: String = BarFinding.always, _ evidence: [String] = []) {
      bars.append(NoticeReport.Finding(bar: bar, rule: rule, evidence: evidence))
    }
    if overdue.count < max(1, Set(invoices).count) { bar(.notOverdue, BarFinding.always, invoices) }
    if type == .prepaymentOffer || type == .depositRequest {
      let permits = today.contains {
        if case .demand(let types) = $0.rule { types.contains(type) } else { false }
      }
      if !permits { bar(.notPermitted) }
    }
    var clocks: [ClockFinding] = []
    var least: CivilDate?
    for entry in today {
      switch entry.rule {
      case .noticeClock(type, let count):
        clocks += overdue.map { bill in
          ClockFinding(
            rule: entry.id, kind: .noticeClock, invoices: [bill.id], notice: nil, start: .due,
            startDay: bill.due,
            count: count, season: nil, earliest: self.day(count, after: bill.due, claim), evidence: [bill.id])
        }
      case .form(let form) where form.notice == type:
        guard let given else { continue }
        if !form.channels.contains(given.channel) {
          bar(.wrongChannel, entry.id, [given.channel.rawValue])
        }
        if !form.addresses.contains(given.address) {
          bar(.wrongAddress, entry.id, [given.address.rawValue])
        }
        if form.needsDeadline, given.deadline == nil { bar(.shortDeadline, entry.id) }
      case .statedDeadline(let stated) where stated.notice == type:
        if stated.isRequired, let given, given.deadline == nil { bar(.shortDeadline, entry.id) }
        guard let minimum = stated.minimum, let first = self.day(minimum, after: day, claim) else { continue }
        least = max(least ?? first, first)
        if let deadline = given?.deadline, deadline < first {
          bar(.shortDeadline, entry.id, [deadline.description])
        }
      default: break
      }
    }
    for found in personal(contract, invoices, day, facts) {
      bar(found.bar, BarFinding.always, found.evidence)
    }
    let firsts = overdue.compactMap { $0.due.adding(days: 1) } + clocks.compactMap(\.earliest)
    return NoticeReport(
      type: type, day: day, clocks: clocks, earliest: overdue.isEmpty ? nil : firsts.max(),
      leastDeadline: least,
      bars: bars)
  }

  /// What keeps any notice about a debt from a customer.
  private func personal(
    _ contract: String, _ invoices: [String], _ day: CivilDate, _ facts: CustomerFacts
  ) -> [(bar: NoticeReport.Bar, evidence: [String])] {
    let records = BarRecords(facts: facts, contract: contract, invoices: invoices, day: day)
    let pairs: [(NoticeReport.Bar, BarCode)] = [
      (.dataRestricted, .dataRestricted), (.deceased, .deceased), (.insolvency, .insolvency), (.sold, .sold),
      (.hold, .hold),
    ]
    return pairs.map { ($0.0, records.evidence($0.1)) }.filter { !$0.evidence.isEmpty }
  }

  /// The bills of these invoices of which something is open, each in its own currency.
  func openBills(_ invoices: [String], on day: CivilDate, _ facts: CustomerFacts) -> [ClaimBill] {
    let named = facts.invoices.map(\.fact).filter { invoices.contains($0.id) }
    return Set(named.map(\.amount.currency)).sorted().flatMap { currency in
      ClaimReplay(facts, until: day, currency: currency).bills.filter {
        invoices.contains($0.id) && $0.outstanding > 0
      }
    }
  }

  /// The first day after a count; nil where working days cannot be counted.
  func day(_ count: DayCount, after start: CivilDate, _ claim: ClaimSubject) -> CivilDate? {
    let calendar = calendars[claim.jurisdiction]
    if count.unit == .working, calendar == nil { return nil }
    return count.earliest(after: start) { calendar?.holidays(of: $0.year).contains($0) ?? false }
  }
}
