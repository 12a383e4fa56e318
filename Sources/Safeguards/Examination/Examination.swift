import Facts
import Values

/// One request measured by the law: gathers what the report tells.
struct Examination {
  let request: RestrictionRequest
  let facts: CustomerFacts
  let law: DebtLaw
  let calendars: DebtCalendars
  let pendingReview: Bool

  func report() -> SafeguardReport {
    let replay = ClaimReplay(facts, until: request.on, currency: request.amount.currency)
    let bills = Set(request.invoices).sorted().compactMap(replay.bill)
    guard let claim = claim() else { return withoutLaw(bills) }
    let today = law.entries(claim, on: request.on).filter { $0.rule.tools?.contains(request.tool) ?? true }
    let judge = NoticeJudge(
      facts: facts, claim: claim, law: law, currency: request.amount.currency, day: request.on,
      calendar: calendars[claim.jurisdiction],
      deadlines: today.compactMap {
        if case .statedDeadline(let deadline) = $0.rule { deadline } else { nil }
      })
    var clocks = ClockSearch(request: request, bills: bills, judge: judge, today: today)
    clocks.run()
    let noticesSent = Self.noticesSent(request.contract, request.on, facts)
    let limits = ClaimLimits(bills, on: request.on, notices: noticesSent, law: today)
    let used = law.measuring(
      claim, request.tool, on: request.on, noticesSent: Set(clocks.notices.map(\.sent)))
    let bars = BarSearch(
      request: request, facts: facts,
      records: BarRecords(
        facts: facts, contract: request.contract, invoices: request.invoices, day: request.on,
        isReviewPending: pendingReview), bills: bills, limits: limits, today: today)
    return SafeguardReport(
      request: request, claim: claim, clocks: clocks.findings, bars: bars.findings(),
      circumstances: clocks.circumstances, notices: clocks.notices, refused: clocks.refused, bills: bills,
      noticesSent: noticesSent, limits: limits,
      holidays: holidays(clocks, used, calendars[claim.jurisdiction]), law: used, lawVersion: law.version,
      earliest: bars.isToolAllowed ? Self.earliest(clocks.findings, used) : nil)
  }

  /// How many notices of the debt were sent by a day; a reminder is none.
  static func noticesSent(_ contract: String, _ day: CivilDate, _ facts: CustomerFacts) -> Int {
    facts.debtNotices.count { notice in
      notice.fact.contract == contract && notice.fact.sent <= day
        && notice.fact.type.map { $0 != .reminder } ?? false
    }
  }

  /// The claim under the contract, if the facts are the customer's.
  private func claim() -> ClaimSubject? {
    if let number = facts.customer?.fact.number, number != request.customer { return nil }
    return ClaimSubject(contract: request.contract, facts)
  }

  /// Of a contract that is not known it is not known either what forbids, so that alone is told.
  private func withoutLaw(_ bills: [ClaimBill]) -> SafeguardReport {
    SafeguardReport(
      request: request, claim: nil, clocks: [],
      bars: [
        BarFinding(
          code: .unknownContract, rule: BarFinding.always, stands: true, evidence: [request.contract])
      ],
      circumstances: [], notices: [], refused: [], bills: bills, noticesSent: 0,
      limits: ClaimLimits(bills, on: request.on, notices: 0, law: []), holidays: nil, law: [],
      lawVersion: law.version, earliest: nil)
  }

  /// The first day that every clock allows and on which somebody may be cut off; nil where a clock has not begun, or
  /// there is none: what nothing makes wait is not known to be lawful.
  static func earliest(_ clocks: [ClockFinding], _ law: [DebtLawEntry]) -> CivilDate? {
    let binding = clocks.filter { $0.kind != .noticeClock }
    let firsts = binding.compactMap(\.earliest)
    guard firsts.count == binding.count else { return nil }
    let plain = binding.filter { $0.season == nil }.compactMap(\.earliest)
    guard var day = plain.max() else { return nil }
    let noCut = law.noCutDays
    // Seasons and days without cuts end within a year; what lasts longer leaves no day.
    for _ in 0...800 {
      if binding.allSatisfy({ $0.permits(day) }), !noCut.contains(where: { $0.contains(day) }) { return day }
      guard let next = day.adding(days: 1) else { return nil }
      day = next
    }
    return nil
  }

  private func holidays(
    _ clocks: ClockSearch, _ law: [DebtLawEntry], _ calendar: DebtCalendar?
  ) -> SafeguardReport.HolidaySpan? {
    guard let calendar, law.contains(where: \.rule.countsWorkingDays) else { return nil }
    let starts = clocks.notices.map(\.sent) + clocks.findings.compactMap(\.startDay)
    let ends = clocks.notices.compactMap(\.deadline) + clocks.findings.compactMap(\.earliest) + [request.on]
    guard let from = starts.min(), let until = ends.max(), from <= until else { return nil }
    let days = (from.year...until.year).flatMap { calendar.holidays(of: $0) }
    return SafeguardReport.HolidaySpan(
      from: from, until: until, days: days.filter { from <= $0 && $0 <= until }.sorted())
  }
}

extension BarFinding {
  /// Stands for a rule where something is checked whatever the law data say.
  static let always = "-"
}

extension [DebtLawEntry] {
  var noCutDays: [LawNoCutDays] {
    compactMap { if case .noCutDays(let days) = $0.rule { days } else { nil } }
  }
}

extension DebtLawRule {
  /// Whether working days are counted for it.
  var countsWorkingDays: Bool {
    switch self {
    case .clock(let clock), .objection(let clock, _): clock.count.unit == .working
    case .noticeClock(_, let count): count.unit == .working
    case .statedDeadline(let deadline): deadline.minimum?.unit == .working
    default: false
    }
  }
}
