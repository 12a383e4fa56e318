public import FactStore
public import Facts
import SQLite
public import Values

extension DebtDesk {
  /// A decision about a report with the store's key of the customer.
  public typealias KeyedReport = (key: Int, decision: ReportingDecision)

  /// Whether each debt of a customer may be reported, and what becomes of what the bureau was told.
  public func reports(
    of key: Int, _ facts: CustomerFacts, on day: CivilDate, knownAt: Instant, _ reader: FactReader
  ) throws(DebtError) -> [ReportingDecision] {
    let told = try ReportingStore.told(of: key, until: day, in: reader.sql)
    guard !told.isEmpty || DebtCase.mayExist(facts, on: day) else { return [] }
    let gate = ReportingGate(safeguards)
    var known: [ToldDebt.Claim: ToldDebt] = [:]
    var decisions: [ReportingDecision] = []
    let debts = try cases(of: key, facts, on: day, knownAt: knownAt, reader).filter { !$0.invoices.isEmpty }
    for debt in told {
      let isOpen = debts.contains { open in
        open.contract == debt.claim.contract && open.currency == debt.claim.currency
          && open.invoices.contains { debt.invoices.contains($0.id) }
      }
      if isOpen {
        known[debt.claim] = debt
      } else {
        decisions.append(
          gate.end(
            of: debt.claim.contract, customer: facts.customer?.fact.number ?? "", invoices: debt.invoices,
            last: debt.last, currency: debt.claim.currency, facts: facts, on: day))
      }
    }
    for debt in debts {
      let last = known[ToldDebt.Claim(contract: debt.contract ?? "", currency: debt.currency)]
      decisions.append(gate.decide(debt, facts: facts, last: last?.isCorrected == false ? last?.last : nil))
    }
    return decisions
  }

  /// Goes through the portfolio and decides about every debt, in the order of the customers' keys; writes nothing.
  ///
  /// - Parameters:
  ///   - only: the number of the only customer to look at; nil for all.
  ///   - each: called with each decision.
  /// - Returns: the number of the last write that was seen.
  public func reports(
    on day: CivilDate, knownAt: Instant, only: Set<String>? = nil,
    progress: (Int, Int) -> Void = { _, _ in }, each: (KeyedReport) -> Void
  ) throws(DebtError) -> Int {
    try pass(
      on: day, knownAt: knownAt, only: only, progress: progress,
      find: { customer, reader throws(DebtError) in
        try reports(of: customer.key, customer.facts, on: day, knownAt: knownAt, reader).map {
          (customer.key, $0)
        }
      }, each: { found, _ in each(found) })
  }

  /// Keeps what the bureau is told, from decisions that read up to a write.
  ///
  /// - Returns: those that were kept; not those about customers of whom something became known meanwhile, or of whom the
  ///   bureau was told something else.
  public func record(
    _ reports: [KeyedReport], seen: Int, actor: String, clock: () -> Instant
  ) throws(DebtError) -> [ReportingDecision] {
    let told = reports.filter { $0.decision.duty != .nothing }
    var kept: [ReportingDecision] = []
    for start in stride(from: 0, to: told.count, by: Self.slice) {
      let some = told[start..<min(start + Self.slice, told.count)]
      kept += try store.write(actor: actor, at: clock(), purpose: DebtFacts.purpose) {
        write throws(DebtError) in
        try DebtError.wrapping { () throws(SQLiteError) in
          var valid: [KeyedReport] = []
          for report in some {
            if try write.reader.lastChange(of: report.key) > seen { continue }
            if try ReportingStore.isNewer(than: seen, report.decision.day, of: report.key, in: write.sql) {
              continue
            }
            valid.append(report)
          }
          try ReportingStore.append(valid, in: write, audit: audit)
          return valid.map(\.decision)
        }
      }
    }
    return kept
  }

  /// Decisions kept in one write, which others wait for.
  private static let slice = 200
}
