public import Facts
public import Safeguards
public import Values

/// The gate before every report of a debt to a credit bureau: the law's half from the safeguards, the house's half here.
public struct ReportingGate: Sendable {
  private let safeguards: Safeguards

  /// A gate by these safeguards.
  public init(_ safeguards: Safeguards) {
    self.safeguards = safeguards
  }

  /// Whether the debt of a case is reported, or what becomes of the report of it, on the day of the case.
  ///
  /// The debt that is reported is that of the invoices whose clocks have run: a bill that came later does not put it off. A
  /// case without a contract has no provision: nobody is reported for a debt that is not known to belong to one.
  ///
  /// - Parameter last: what was told the bureau last; nil where nothing was.
  public func decide(_ debt: DebtCase, facts: CustomerFacts, last: LastReport? = nil) -> ReportingDecision {
    func ask(_ invoices: [String]) -> ReportingReport {
      safeguards.reporting(contract: debt.contract ?? "", invoices: invoices, on: debt.day, facts: facts)
    }
    let each = debt.invoices.map { (invoice: $0, law: ask([$0.id])) }
    let late = each.filter { !$0.law.bars.contains(.tooEarly) }
    let warned = late.filter { !$0.law.bars.contains(.warning) }
    // Where none is ripe, the reasons are those of what comes closest.
    let reported = ([warned, late].first { !$0.isEmpty } ?? each).map(\.invoice)
    let invoices = reported.map(\.id)
    let law = ask(invoices)
    var against = law.bars.map(ReportingReason.init)
    if debt.plan == .kept { against.append(.plan) }
    if debt.isUnderReview { against.append(.review) }
    if debt.insolvency != nil { against.append(.insolvent) }
    let amount = reported.reduce(Decimal.zero) { $0 + $1.overdue }
    var decision = ReportingDecision(
      customer: debt.customer, contract: debt.contract, day: debt.day, duty: .nothing,
      since: each.compactMap(\.law.earliest).min(), until: law.until, firstDelay: law.firstDelay,
      amount: Money(amount, debt.currency), invoices: invoices, last: last, isObjected: law.isObjected,
      reasons: against.isEmpty ? [.reportable] : against, rules: law.rules)
    if law.isObjected, against.isEmpty { decision.reasons.append(.objected) }
    guard let last else {
      if against.isEmpty { decision.duty = .report }
      return decision
    }
    decision.refreshBy = law.refreshMonths.flatMap { last.on.adding(months: $0) }
    if !against.isEmpty {
      decision.duty = .correct
      let opened = opened(debt, facts)
      decision.correctBy =
        opened.flatMap { day in law.correctMonths.flatMap { day.adding(months: $0) } } ?? debt.day
    } else if amount != last.amount {
      decision.duty = .refresh
      decision.reasons.append(.changed)
    } else if let due = decision.refreshBy, due <= debt.day {
      decision.duty = .refresh
      decision.reasons.append(.quarter)
    }
    return decision
  }

  /// What becomes of a report once nothing of the debt is open any more: the bureau is told at once that it has ended.
  ///
  /// - Parameters:
  ///   - invoices: those that were reported.
  ///   - last: what was told the bureau last.
  public func end(
    of contract: String, customer: String, invoices: [String], last: LastReport, currency: Currency,
    facts: CustomerFacts, on day: CivilDate
  ) -> ReportingDecision {
    let law = safeguards.reporting(contract: contract, invoices: invoices, on: day, facts: facts)
    return ReportingDecision(
      customer: customer, contract: contract, day: day, duty: .end, correctBy: day, until: law.until,
      amount: Money(0, currency), invoices: invoices, last: last, isObjected: law.isObjected,
      reasons: [.paid],
      rules: law.rules)
  }

  /// The day on which the earliest dispute or complaint that is open came; nil where none is.
  private func opened(_ debt: DebtCase, _ facts: CustomerFacts) -> CivilDate? {
    let open = Set(debt.disputes)
    let disputes = facts.disputes.map(\.fact).filter { open.contains("dispute:\($0.id)") }.map(\.opened)
    let complaints = facts.complaints.map(\.fact).filter { open.contains("complaint:\($0.id)") }.map(\.opened)
    return (disputes + complaints).min()
  }
}
