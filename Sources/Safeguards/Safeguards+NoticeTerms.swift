public import Facts
public import Values

/// What a notice has to state because of the law.
public struct NoticeTerms: Hashable, Sendable {
  /// The first day on which the notice would allow each tool, if nothing else stood against it.
  public internal(set) var earliest: [Tool: CivilDate] = [:]
  /// The first last day to pay that it may state; nil where the law leaves it open.
  public internal(set) var leastDeadline: CivilDate?
  /// How long the customer may object, in days from receipt; nil where the law knows no such time.
  public internal(set) var objectionDays: Int?
  /// The last day on which the customer may object.
  public internal(set) var objectionUntil: CivilDate?
  /// The first day on which the warning would allow the debt to be reported; nil for another notice.
  public internal(set) var reporting: CivilDate?
}

extension Safeguards {
  /// What a notice has to state that is sent on a day: the letters tell customers what the certificates are measured by.
  public func terms(
    of notice: DebtNotice.NoticeType, _ claim: ClaimSubject, by channel: DebtNotice.Channel,
    sent day: CivilDate
  ) -> NoticeTerms {
    var terms = NoticeTerms()
    let entries = law.entries(claim, on: day)
    var received = day
    for entry in entries {
      if case .deemedReceipt(let channels, let days) = entry.rule, channels.contains(channel) {
        received = max(received, day.adding(days: days) ?? day)
      }
    }
    let calendar = calendars[claim.jurisdiction]
    func first(_ count: DayCount, after event: CivilDate) -> CivilDate? {
      count.earliest(after: event) { calendar?.holidays(of: $0.year).contains($0) ?? false }
    }
    func note(_ clock: LawClock) {
      guard let date = first(clock.count, after: clock.start == .sent ? day : received) else { return }
      for tool in clock.tools { terms.earliest[tool] = max(terms.earliest[tool] ?? date, date) }
    }
    for entry in entries {
      switch entry.rule {
      // A longer time for some dwellings is told in words; which of them it is, is proven when the time has come.
      case .clock(let clock) where clock.notice == notice && clock.when == nil: note(clock)
      case .objection(let clock, let barsRequest) where clock.notice == notice:
        terms.objectionDays = clock.count.days
        terms.objectionUntil = (clock.start == .sent ? day : received).adding(days: clock.count.days)
        if barsRequest { note(clock) }
      case .statedDeadline(let deadline) where deadline.notice == notice:
        if let minimum = deadline.minimum, let date = first(minimum, after: day) {
          terms.leastDeadline = max(terms.leastDeadline ?? date, date)
        }
      case .reporting(let reporting):
        guard let warning = reporting.warning, warning.notice == notice else { break }
        terms.reporting = day.adding(days: warning.days)
      default: break
      }
    }
    return terms
  }
}
