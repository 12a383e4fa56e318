import Facts
import Values

/// The questions that a certificate has to answer, one function each.
struct CertificateCheck {
  let report: SafeguardReport
  let calendars: DebtCalendars?
  private var request: RestrictionRequest { report.request }

  init(_ report: SafeguardReport, _ calendars: DebtCalendars?) {
    self.report = report
    self.calendars = calendars
  }

  func run() throws(CertificateRejection) {
    try checkInvoices()
    try checkLaw()
    try checkHolidays()
    try checkNotices()
    try checkClocks()
    try checkDay()
    try checkBars()
    try checkAmounts()
  }

  private func reject(_ reason: CertificateRejection.Reason, _ place: String, _ detail: String)
    -> CertificateRejection
  {
    CertificateRejection(reason: reason, place: place, detail: detail)
  }

  /// The invoices named are those whose settlement is told, and each is past due and open.
  private func checkInvoices() throws(CertificateRejection) {
    guard !request.invoices.isEmpty, Set(request.invoices).count == request.invoices.count,
      request.invoices.sorted() == report.bills.map(\.id)
    else { throw reject(.invoices, "/invoices", "are not those that the request names") }
    for (place, bill) in report.bills.enumerated() {
      let isInTime = bill.settlements.allSatisfy { bill.issued <= $0.date && $0.date <= request.on }
      guard bill.due < request.on, bill.issued <= request.on, bill.outstanding > 0, isInTime,
        bill.subject == .supply || bill.subject == .network
      else { throw reject(.invoices, "/invoices/\(place)", "is no ground on \(request.on)") }
    }
  }

  /// The entries are about the claim, in force when it counts, and one of them allows the tool.
  private func checkLaw() throws(CertificateRejection) {
    guard let claim = report.claim else { throw reject(.foreignLaw, "/claim", "is missing") }
    let sent = Set(report.notices.map(\.sent))
    let used = DebtLaw(entries: report.law).measuring(claim, request.tool, on: request.on, noticesSent: sent)
    guard used == report.law else {
      throw reject(
        .foreignLaw, "/law/entries", "hold some that are not about this claim and tool on these days")
    }
    let allows = report.law.contains {
      if case .tool(let tools) = $0.rule { tools.contains(request.tool) } else { false }
    }
    guard allows else { throw reject(.toolNotAllowed, "/request/tool", "no entry allows it") }
  }

  /// Where working days are counted the holidays of all those days are there.
  private func checkHolidays() throws(CertificateRejection) {
    let isNeeded = report.law.contains(where: \.rule.countsWorkingDays)
    guard isNeeded == (report.holidays != nil) else {
      throw reject(.holidays, "/holidays", isNeeded ? "are missing" : "are not asked for")
    }
    guard let span = report.holidays else { return }
    let starts = report.notices.map(\.sent) + report.clocks.compactMap(\.startDay)
    let ends = report.notices.compactMap(\.deadline) + report.clocks.compactMap(\.earliest) + [request.on]
    guard span.from <= starts.min() ?? span.from, ends.max() ?? span.until <= span.until else {
      throw reject(.holidays, "/holidays", "do not reach over all days that were counted")
    }
    guard let calendars, let calendar = report.claim.flatMap({ calendars[$0.jurisdiction] }) else { return }
    let years = span.from.year...span.until.year
    guard years.count < 100 else { throw reject(.holidays, "/holidays", "are those of a century") }
    let days = years.flatMap { calendar.holidays(of: $0) }.filter { span.from <= $0 && $0 <= span.until }
    guard days.sorted() == span.days else {
      throw reject(.holidays, "/holidays/days", "are not those of the calendar")
    }
  }

  /// Each notice is one by the entries of the day on which it was sent.
  private func checkNotices() throws(CertificateRejection) {
    guard Set(report.notices.map(\.record)).count == report.notices.count else {
      throw reject(.notice, "/notices", "one stands there twice")
    }
    for (place, notice) in report.notices.enumerated() {
      func wrong(_ detail: String) -> CertificateRejection { reject(.notice, "/notices/\(place)", detail) }
      guard notice.sent <= request.on else { throw wrong("was sent after the request") }
      guard let proof = notice.proof else { continue }
      guard notice.contentHash != nil, let address = notice.address else {
        throw wrong("has no text or no address")
      }
      guard notice.sent <= proof.date, proof.date <= request.on else {
        throw wrong("is proven on a day that cannot be")
      }
      var received = proof.event == .sent ? nil : Optional(proof.date)
      var isProven = false
      for entry in report.law where entry.isInForce(on: notice.sent) {
        switch entry.rule {
        case .proof(let channels, let events) where channels.contains(notice.channel):
          isProven = isProven || proof.isAmong(events)
        case .deemedReceipt(let channels, let days) where channels.contains(notice.channel):
          received = notice.sent.adding(days: days)
        case .form(let form) where form.notice == notice.type:
          guard form.channels.contains(notice.channel), form.addresses.contains(address),
            !form.needsSplit || notice.split != nil, !form.needsDeadline || notice.deadline != nil
          else { throw wrong("is not of the form of \(entry.id)") }
        default: break
        }
      }
      guard isProven else { throw wrong("is not proven") }
      guard received == notice.received else { throw wrong("was not received on that day") }
    }
  }

  /// Every clock of the law is there for every invoice, none else is, and each was counted rightly.
  private func checkClocks() throws(CertificateRejection) {
    for (place, clock) in report.clocks.enumerated() {
      func wrong(_ reason: CertificateRejection.Reason, _ detail: String) -> CertificateRejection {
        reject(reason, "/clocks/\(place)", detail)
      }
      guard !clock.invoices.isEmpty, Set(clock.invoices).isSubset(of: request.invoices),
        report.law.contains(where: { asks($0, for: clock) })
      else { throw wrong(.clocks, "no entry of the law asks for it") }
      guard let day = clock.startDay, let earliest = count(clock.count, from: day), earliest == clock.earliest
      else {
        throw wrong(.clockCount, "does not end on that day")
      }
      for invoice in clock.invoices where !starts(clock, on: day, invoice) {
        throw wrong(.notice, "did not start on \(day) for \(invoice)")
      }
      if clock.kind == .noticeClock, let notice = notice(clock.notice), notice.sent < earliest {
        throw wrong(.tooEarly, "the notice went out before \(earliest)")
      }
    }
    for entry in report.law {
      for invoice in request.invoices where isMissing(entry, invoice) {
        throw reject(.clocks, "/clocks", "\(entry.id) (\(entry.kind)) is missing for \(invoice)")
      }
    }
  }

  private func notice(_ record: String?) -> NoticeEvidence? { report.notices.first { $0.record == record } }

  private func count(_ count: DayCount, from day: CivilDate) -> CivilDate? {
    let holidays = Set(report.holidays?.days ?? [])
    return count.earliest(after: day) { holidays.contains($0) }
  }

  /// Whether a clock is the one that an entry asks for.
  private func asks(_ entry: DebtLawEntry, for clock: ClockFinding) -> Bool {
    guard entry.id == clock.rule else { return false }
    let type = notice(clock.notice)?.type
    switch (entry.rule, clock.kind) {
    case (.clock(let law), .clock), (.objection(let law, true), .objection):
      return law.notice == type && law.count == clock.count && law.season == clock.season
        && clock.start == (law.start == .sent ? .sent : .received) && holds(law.when)
    case (.noticeClock(let notice, let count), .noticeClock):
      return notice == type && count == clock.count && clock.start == .due && clock.season == nil
    case (.statedDeadline(let law), .statedDeadline):
      return law.notice == type && clock.count == .dayAfter && clock.start == .deadline && clock.season == nil
    case (.interruption(let count, _), .interruption):
      return count == clock.count && clock.start == .disconnected && clock.season == nil
        && !clock.evidence.isEmpty
    default: return false
    }
  }

  private func holds(_ circumstance: ClockCircumstance?) -> Bool {
    guard let circumstance else { return true }
    return report.circumstances.contains { $0.circumstance == circumstance && $0.holds }
  }

  /// Whether what the clock says started it happened on that day, for an invoice.
  private func starts(_ clock: ClockFinding, on day: CivilDate, _ invoice: String) -> Bool {
    guard let bill = report.bills.first(where: { $0.id == invoice }) else { return false }
    if clock.kind == .interruption { return day <= request.on }
    guard let notice = notice(clock.notice), (notice.invoice ?? invoice) == invoice, notice.sent > bill.due
    else {
      return false
    }
    switch clock.start {
    case .due: return day == bill.due
    case .sent: return notice.proof != nil && day == notice.sent
    case .received: return notice.proof != nil && day == notice.received
    case .deadline: return day == notice.deadline
    case .disconnected: return false
    }
  }

  /// Whether a clock that an entry asks for is not there for an invoice.
  private func isMissing(_ entry: DebtLawEntry, _ invoice: String) -> Bool {
    func runs(_ kind: ClockFinding.Kind, _ notice: String? = nil) -> Bool {
      report.clocks.contains {
        $0.kind == kind && $0.invoices.contains(invoice) && (notice == nil || $0.notice == notice)
          && asks(entry, for: $0)
      }
    }
    func about(_ type: DebtNotice.NoticeType) -> [NoticeEvidence] {
      report.notices.filter { $0.type == type && ($0.invoice ?? invoice) == invoice }
    }
    switch entry.rule {
    case .clock(let clock):
      let isKnown =
        clock.when.map { when in report.circumstances.contains { $0.circumstance == when } } ?? true
      return !isKnown || holds(clock.when) && !runs(.clock)
    case .objection(_, let barsRequest): return barsRequest && !runs(.objection)
    case .interruption: return !runs(.interruption)
    case .noticeClock(let type, _):
      // A notice started a clock for the invoice, so its own clock was looked at, by the law of its day.
      let started = about(type).filter { notice in
        entry.isInForce(on: notice.sent)
          && report.clocks.contains {
            $0.kind != .noticeClock && $0.kind != .statedDeadline && $0.notice == notice.record
              && $0.invoices.contains(invoice)
          }
      }
      return !started.allSatisfy { runs(.noticeClock, $0.record) }
    case .statedDeadline(let deadline):
      let stated = about(deadline.notice).filter { $0.deadline != nil }
      if let latest = stated.compactMap(\.deadline).max() {
        let counts = report.clocks.contains {
          asks(entry, for: $0) && $0.invoices.contains(invoice) && ($0.startDay ?? .earliest) >= latest
        }
        guard counts else { return true }
      }
      guard deadline.isRequired else { return false }
      return !stated.contains { isLongEnough($0, deadline) && $0.proof != nil }
    default: return false
    }
  }

  private func isLongEnough(_ notice: NoticeEvidence, _ deadline: LawDeadline) -> Bool {
    guard let minimum = deadline.minimum else { return true }
    guard let stated = notice.deadline, let least = count(minimum, from: notice.sent) else { return false }
    return least <= stated
  }

  /// The earliest day is the one that the clocks give, and it has come.
  private func checkDay() throws(CertificateRejection) {
    let earliest = Examination.earliest(report.clocks, report.law)
    guard let earliest, earliest == report.earliest else {
      throw reject(.clockCount, "/earliest", "the clocks give \(earliest?.description ?? "no day")")
    }
    guard earliest <= request.on, report.clocks.allSatisfy({ $0.permits(request.on) }),
      !report.law.noCutDays.contains(where: { $0.contains(request.on) })
    else { throw reject(.tooEarly, "/request/on", "the earliest lawful day is \(earliest)") }
  }

  /// Every bar of the law and every one that is always checked is there, and none stands.
  private func checkBars() throws(CertificateRejection) {
    if let place = report.bars.firstIndex(where: \.stands) {
      throw reject(.barStands, "/bars/\(place)", report.bars[place].code.rawValue)
    }
    for entry in report.law {
      guard case .bar(let code, _) = entry.rule else { continue }
      guard report.bars.contains(where: { $0.code == code && $0.rule == entry.id }) else {
        throw reject(.barMissing, "/bars", "\(code.rawValue) of \(entry.id) was not checked")
      }
    }
    for code in BarCode.allCases where !BarCode.ofLaw.contains(code) {
      guard report.bars.contains(where: { $0.code == code }) else {
        throw reject(.barMissing, "/bars", "\(code.rawValue) was not checked")
      }
    }
  }

  /// The limits are those that the bills and the law give, and the claim keeps to them.
  private func checkAmounts() throws(CertificateRejection) {
    let limits = ClaimLimits(report.bills, on: request.on, notices: report.noticesSent, law: report.law)
    guard limits == report.limits else { throw reject(.amounts, "/limits", "are not those of the law") }
    let floor = report.law.reduce(Decimal.zero) { most, entry in
      if case .floor(let amount, _) = entry.rule { max(most, amount) } else { most }
    }
    let principal = request.amount.amount
    guard principal > 0, principal <= limits.outstanding, principal >= floor,
      request.interest <= limits.interest ?? request.interest,
      request.penalty <= limits.penalty ?? request.penalty,
      request.costs <= limits.costs ?? request.costs
    else { throw reject(.amounts, "/request", "claims more than the law allows, or too little") }
    for entry in report.law {
      guard case .limitation(let years, _) = entry.rule else { continue }
      for (place, bill) in report.bills.enumerated() {
        guard let end = bill.due.adding(months: 12 * years), end >= request.on else {
          throw reject(.amounts, "/invoices/\(place)", "ended with time (\(entry.id))")
        }
      }
    }
  }
}
