import Facts
import Values

/// Finds for every invoice and every clock the notice that started it.
struct ClockSearch {
  let request: RestrictionRequest
  let bills: [ClaimBill]
  let judge: NoticeJudge
  /// The entries in force on the day of the request.
  let today: [DebtLawEntry]

  private(set) var findings: [ClockFinding] = []
  private(set) var circumstances: [CircumstanceFinding] = []
  private(set) var notices: [NoticeEvidence] = []
  private(set) var refused: [RefusedNotice] = []
  /// Judged notices by type and invoice.
  private var valid: [DebtNotice.NoticeType: [String: [NoticeEvidence]]] = [:]
  private var stating: [DebtNotice.NoticeType: [String: [NoticeEvidence]]] = [:]

  init(request: RestrictionRequest, bills: [ClaimBill], judge: NoticeJudge, today: [DebtLawEntry]) {
    self.request = request
    self.bills = bills
    self.judge = judge
    self.today = today
  }

  mutating func run() {
    for entry in today {
      switch entry.rule {
      case .clock(let clock): judgeNotices(clock.notice)
      case .objection(let clock, _): judgeNotices(clock.notice)
      case .statedDeadline(let deadline): judgeNotices(deadline.notice)
      default: break
      }
    }
    findCircumstances()
    for entry in today {
      switch entry.rule {
      case .clock(let clock) where clock.tools.contains(request.tool): run(clock, .clock, entry.id)
      case .objection(let clock, true) where clock.tools.contains(request.tool):
        run(clock, .objection, entry.id)
      case .statedDeadline(let deadline) where deadline.tools.contains(request.tool): run(deadline, entry.id)
      case .interruption(let count, let tools) where tools.contains(request.tool): run(count, entry.id)
      default: break
      }
    }
    notices.sort { ($0.sent, $0.record) < ($1.sent, $1.record) }
    findNoticeClocks()
  }

  private mutating func judgeNotices(_ type: DebtNotice.NoticeType) {
    guard valid[type] == nil else { return }
    for bill in bills {
      for notice in judge.notices(type, contract: request.contract, invoice: bill.id) {
        let (evidence, refusal) = judge.judge(notice, type, bill)
        if let refusal {
          refused.append(RefusedNotice(notice: notice.id, invoice: bill.id, reason: refusal))
        } else {
          valid[type, default: [:]][bill.id, default: []].append(evidence)
        }
        // A day that the customer was told counts even where nobody can prove that they were.
        if evidence.deadline != nil, evidence.sent > bill.due, refusal != .cameBack {
          stating[type, default: [:]][bill.id, default: []].append(evidence)
        }
      }
    }
    if valid[type] == nil { valid[type] = [:] }
  }

  /// The longer clock of illness or unemployment runs where the circumstance held at any time since the notice.
  private mutating func findCircumstances() {
    let conditions = today.compactMap { if case .clock(let clock) = $0.rule { clock.when } else { nil } }
    let sent = valid.values.flatMap { $0.values.flatMap { $0.map(\.sent) } }.min() ?? request.on
    for condition in ClockCircumstance.allCases where conditions.contains(condition) {
      let evidence: [String]
      switch condition {
      case .temporaryInsolvencyWithProof:
        evidence = judge.facts.protections.map(\.fact).filter {
          $0.kind == .temporaryInsolvency && $0.withProof && $0.from <= request.on
            && ($0.until.map { sent < $0 } ?? true)
        }.map(\.id)
      case .electricHeating:
        let point = judge.facts.contracts.first { $0.fact.id == request.contract }?.fact.deliveryPoint
        evidence = judge.facts.dwellings.map(\.fact).filter {
          $0.isPermanentHome && $0.needsElectricityToHeat && $0.isInForce(on: request.on)
            && point.map { [home = $0.deliveryPoint] in $0 == home } ?? true
        }.map(\.id)
      }
      circumstances.append(
        CircumstanceFinding(circumstance: condition, holds: !evidence.isEmpty, evidence: evidence.sorted()))
    }
  }

  private mutating func run(_ clock: LawClock, _ kind: ClockFinding.Kind, _ rule: String) {
    var evidence: [String] = []
    if let when = clock.when {
      guard let found = circumstances.first(where: { $0.circumstance == when }), found.holds else { return }
      evidence = found.evidence
    }
    for bill in bills {
      var best: (day: CivilDate, notice: NoticeEvidence, start: CivilDate)?
      for notice in valid[clock.notice]?[bill.id] ?? [] {
        guard let start = clock.start == .sent ? notice.sent : notice.received,
          let day = judge.earliest(clock.count, after: start)
        else { continue }
        if best.map({ (day, notice.record) < ($0.day, $0.notice.record) }) ?? true {
          best = (day, notice, start)
        }
      }
      if let best { use(best.notice) }
      add(
        ClockFinding(
          rule: rule, kind: kind, invoices: [bill.id], notice: best?.notice.record,
          start: clock.start == .sent ? .sent : .received, startDay: best?.start, count: clock.count,
          season: clock.season, earliest: best?.day,
          evidence: (best.map { [$0.notice.record, $0.notice.proof?.record].compactMap { $0 } } ?? [])
            + evidence))
    }
  }

  private mutating func run(_ deadline: LawDeadline, _ rule: String) {
    for bill in bills {
      let proven = valid[deadline.notice]?[bill.id]?.min { ($0.sent, $0.record) < ($1.sent, $1.record) }
      var latest = stating[deadline.notice]?[bill.id]?.max {
        ($0.deadline ?? $0.sent, $0.record) < ($1.deadline ?? $1.sent, $1.record)
      }
      if deadline.isRequired, proven == nil { latest = nil }
      guard latest != nil || deadline.isRequired else { continue }
      if let latest { use(latest) }
      if deadline.isRequired, let proven { use(proven) }
      let day = latest?.deadline
      add(
        ClockFinding(
          rule: rule, kind: .statedDeadline, invoices: [bill.id], notice: latest?.record, start: .deadline,
          startDay: day, count: .dayAfter, season: nil,
          earliest: day.flatMap { judge.earliest(.dayAfter, after: $0) },
          evidence: [latest?.record, latest?.proof?.record].compactMap { $0 }))
    }
  }

  private mutating func run(_ count: DayCount, _ rule: String) {
    let confirmed = judge.facts.operatorConfirmations.map(\.fact).filter {
      $0.contract == request.contract && $0.date <= request.on
    }
    let restored = confirmed.filter { $0.event == .restored }.map(\.date).max()
    // The first of those since it was last restored; on the day of the restoration it is not known which came first.
    let cut = confirmed.filter { $0.event == .disconnected && $0.date > restored ?? .earliest }
      .min { ($0.date, $0.id) < ($1.date, $1.id) }
    add(
      ClockFinding(
        rule: rule, kind: .interruption, invoices: bills.map(\.id), notice: nil, start: .disconnected,
        startDay: cut?.date, count: count, season: nil,
        earliest: cut.flatMap { judge.earliest(count, after: $0.date) }, evidence: cut.map { [$0.id] } ?? []))
  }

  /// The clocks of the notices' own, of the law of the day on which each was sent.
  private mutating func findNoticeClocks() {
    for notice in notices where notice.proof != nil {
      for entry in judge.law.entries(judge.claim, on: notice.sent) {
        guard case .noticeClock(notice.type, let count) = entry.rule else { continue }
        for bill in bills where valid[notice.type]?[bill.id]?.contains(notice) ?? false {
          add(
            ClockFinding(
              rule: entry.id, kind: .noticeClock, invoices: [bill.id], notice: notice.record, start: .due,
              startDay: bill.due, count: count, season: nil, earliest: judge.earliest(count, after: bill.due),
              evidence: [bill.id, notice.record]))
        }
      }
    }
  }

  private mutating func use(_ notice: NoticeEvidence) {
    if !notices.contains(where: { $0.record == notice.record }) { notices.append(notice) }
  }

  /// Adds a finding, or its invoice to one that says the same.
  private mutating func add(_ finding: ClockFinding) {
    let same = findings.firstIndex {
      $0.rule == finding.rule && $0.kind == finding.kind && $0.notice == finding.notice
        && $0.startDay == finding.startDay && $0.season == finding.season && $0.count == finding.count
    }
    guard let same else { return findings.append(finding) }
    let one = findings[same]
    findings[same] = ClockFinding(
      rule: one.rule, kind: one.kind, invoices: one.invoices + finding.invoices, notice: one.notice,
      start: one.start, startDay: one.startDay, count: one.count, season: one.season, earliest: one.earliest,
      evidence: one.evidence + finding.evidence.filter { !one.evidence.contains($0) })
  }
}

extension DayCount {
  /// The day after a last day to pay.
  static let dayAfter = DayCount(days: 0, unit: .calendar, counting: .afterLastDay)
}
