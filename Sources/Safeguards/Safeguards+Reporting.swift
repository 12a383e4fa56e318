public import Facts
public import Values

/// Whether and since when a debt may be reported to a credit bureau, as far as the law goes.
public struct ReportingReport: Hashable, Sendable {
  /// What forbids a report; the raw value is the stable code.
  public enum Bar: String, CaseIterable, Hashable, Sendable {
    /// The contract is not known, or no provision lets such a debt be reported.
    case noProvision
    /// Nothing named is open and past due, in one currency.
    case notOverdue
    /// It has not been late for long enough.
    case tooEarly
    /// No warning is proven, or it went out too lately.
    case warning
    /// A written objection was not answered with reasons and copies.
    case objection
    /// The debt is not above the register's least amount.
    case tooSmall
    /// An invoice is disputed, or a complaint is open.
    case disputed
    /// The processing of the data is restricted.
    case dataRestricted
    /// The debtor has died.
    case deceased
    /// The claim was sold or given to a collector.
    case sold
    /// Somebody placed a hold.
    case hold
  }

  /// Since when it may be reported as far as the clocks go; nil where a clock has not begun.
  public internal(set) var earliest: CivilDate?
  /// The bars that stand.
  public internal(set) var bars: [Bar] = []
  /// The first day of delay.
  public internal(set) var firstDelay: CivilDate?
  /// The warnings that count.
  public internal(set) var warnings: [NoticeEvidence] = []
  /// After how many months a report is refreshed (LV-B-4).
  public internal(set) var refreshMonths: Int?
  /// Within how many months a disputed entry is answered and corrected (LV-B-9).
  public internal(set) var correctMonths: Int?
  /// The last day on which a debt that was paid may still be reported (EE-P-10); nil while it is open.
  public internal(set) var until: CivilDate?
  /// Whether an objection was made, which a report has to say (LV-B-3).
  public internal(set) var isObjected = false
  /// The rules, as in `LV-B-1`.
  public internal(set) var rules: [String] = []

  /// Whether it may be reported on the day asked about.
  public var isLawful: Bool { bars.isEmpty }
}

extension Safeguards {
  /// The law's half of the gate of reports: 60 and 30 days in Latvia, 30 and 45 in Estonia, the objection's state.
  ///
  /// A final judgment and consent, which open other ways in Latvia (LV-B-1), are not looked at.
  public func reporting(
    contract: String, invoices: [String], on day: CivilDate, facts: CustomerFacts
  ) -> ReportingReport {
    var report = ReportingReport()
    var bars: Set<ReportingReport.Bar> = []
    let bills = openBills(invoices, on: day, facts).filter { $0.due < day }
    let currencies = Set(
      facts.invoices.map(\.fact).filter { invoices.contains($0.id) }.map(\.amount.currency))
    if bills.isEmpty || currencies.count != 1 { bars.insert(.notOverdue) }
    report.firstDelay = bills.map(\.due).min()?.adding(days: 1)

    var laws: [LawReporting] = []
    let claim = ClaimSubject(contract: contract, facts)
    for entry in claim.map({ law.entries($0, on: day) }) ?? [] {
      guard case .reporting(let reporting) = entry.rule else { continue }
      laws.append(reporting)
      report.rules.append(entry.id)
    }
    if laws.isEmpty { bars.insert(.noProvision) }
    report.refreshMonths = laws.compactMap(\.refreshMonths).min()
    report.correctMonths = laws.compactMap(\.correctMonths).min()
    if bills.isEmpty, let years = laws.compactMap(\.years).min() {
      let ended = invoices.compactMap { settledOn($0, day, facts) }.max()
      report.until = ended?.adding(months: 12 * years)
    }

    // Every invoice has been late for long enough, and has been warned of.
    var firsts: [CivilDate?] = []
    for law in laws {
      if let above = law.above, bills.reduce(0, { $0 + $1.outstanding }) <= above { bars.insert(.tooSmall) }
      for bill in bills {
        let late = bill.due.adding(days: 1 + max(law.delayDays, law.practiceDays ?? 0))
        firsts.append(late)
        if late.map({ day < $0 }) ?? true { bars.insert(.tooEarly) }
        guard let asked = law.warning, let claim, let currency = currencies.first else { continue }
        let warning = warning(asked.notice, contract, bill, claim, currency, day, facts)
        let warned = warning?.sent.adding(days: asked.days)
        firsts.append(warned)
        if warned.map({ day < $0 }) ?? true { bars.insert(.warning) }
        if let warning, !report.warnings.contains(warning) { report.warnings.append(warning) }
      }
    }
    let known = firsts.compactMap { $0 }
    report.earliest = known.count == firsts.count ? known.max() : nil

    let records = BarRecords(facts: facts, contract: contract, invoices: invoices, day: day)
    let objections = facts.complaints.map(\.fact).filter {
      $0.kind == .objection && $0.isWritten && $0.opened <= day && records.isAbout($0.contract, $0.invoice)
    }
    report.isObjected = !objections.isEmpty
    // A reasoned reply opens the way again, with the objection told in the report (LV-B-1(3), LV-B-3).
    let isAnswered = objections.allSatisfy { ($0.repliedOn ?? $0.closed).map { $0 <= day } ?? false }
    if !isAnswered { bars.insert(.objection) }
    let pairs: [(ReportingReport.Bar, BarCode)] = [
      (.disputed, .openDispute), (.disputed, .openComplaint), (.dataRestricted, .dataRestricted),
      (.deceased, .deceased), (.sold, .sold), (.hold, .hold),
    ]
    bars.formUnion(pairs.filter { !records.evidence($0.1).isEmpty }.map(\.0))
    report.bars = ReportingReport.Bar.allCases.filter(bars.contains)
    return report
  }

  /// The first warning of an invoice that counts.
  private func warning(
    _ type: DebtNotice.NoticeType, _ contract: String, _ bill: ClaimBill, _ claim: ClaimSubject,
    _ currency: Currency, _ day: CivilDate, _ facts: CustomerFacts
  ) -> NoticeEvidence? {
    let judge = NoticeJudge(
      facts: facts, claim: claim, law: law, currency: currency, day: day,
      calendar: calendars[claim.jurisdiction],
      deadlines: [])
    return judge.notices(type, contract: contract, invoice: bill.id).map { judge.judge($0, type, bill) }
      .filter { $0.1 == nil }.map(\.0).min { ($0.sent, $0.record) < ($1.sent, $1.record) }
  }

  private func settledOn(_ id: String, _ day: CivilDate, _ facts: CustomerFacts) -> CivilDate? {
    guard let invoice = facts.invoices.first(where: { $0.fact.id == id })?.fact else { return nil }
    let bill = ClaimReplay(facts, until: day, currency: invoice.amount.currency).bill(id)
    return bill.flatMap { $0.outstanding <= 0 ? $0.settlements.last?.date : nil }
  }
}
