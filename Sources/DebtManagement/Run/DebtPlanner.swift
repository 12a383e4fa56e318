import Decisioning
import FactStore
import Facts
import SQLite
import Safeguards
public import Values

/// Goes through the portfolio and says what would be done; it writes nothing.
public struct DebtPlanner: Sendable {
  private let desk: DebtDesk
  /// Customers that are read with one pass over each kind of fact.
  private static let page = 500

  /// A planner of a desk.
  public init(_ desk: DebtDesk) {
    self.desk = desk
  }

  /// The plan of a day.
  ///
  /// - Parameters:
  ///   - day: the day that is planned for.
  ///   - knownAt: what became known later is not used.
  ///   - only: the numbers of the only customers to look at; nil for all.
  ///   - progress: called after each page with how many customers were looked at, and of how many.
  ///   - each: called with each case, those among them for which nothing is due.
  public func plan(
    on day: CivilDate, knownAt: Instant, only: Set<String>? = nil, progress: (Int, Int) -> Void = { _, _ in },
    each: (CaseFinding) -> Void = { _ in }
  ) throws(DebtError) -> DebtPlan {
    var plan: DebtPlan?
    let seen = try examine(on: day, knownAt: knownAt, only: only, progress: progress) { finding, sequence in
      each(finding)
      if plan == nil {
        plan = DebtPlan(
          businessDate: day, knownAt: knownAt, readSequence: sequence, ruleSet: desk.ruleSet.version)
      }
      plan?.add(finding)
    }
    return plan
      ?? DebtPlan(businessDate: day, knownAt: knownAt, readSequence: seen, ruleSet: desk.ruleSet.version)
  }

  /// What is to be done about every case of a day, in the order of the customers' keys.
  ///
  /// - Parameter each: called with each case and the number of the last write that was seen.
  /// - Returns: the number of the last write that was seen.
  @discardableResult
  public func examine(
    on day: CivilDate, knownAt: Instant, only: Set<String>? = nil, progress: (Int, Int) -> Void = { _, _ in },
    each: (CaseFinding, Int) -> Void
  ) throws(DebtError) -> Int {
    let (sequence, keys) = try desk.store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in
        (try reader.lastSequence(), try Self.keys(of: only ?? [], reader))
      }
    }
    let asOf = AsOf(businessDate: day, knownAt: knownAt, sequence: sequence)
    if only == nil {
      try examineAll(asOf: asOf, progress, each)
    } else {
      try examine(keys, asOf: asOf, progress, each)
    }
    return sequence
  }

  /// Reads only the customers that are asked for.
  private func examine(
    _ keys: [Int], asOf: AsOf, _ progress: (Int, Int) -> Void, _ each: (CaseFinding, Int) -> Void
  ) throws(DebtError) {
    var seen = 0
    while seen < keys.count {
      let some = Array(keys[seen..<min(seen + Self.page, keys.count)])
      let findings = try desk.store.read { reader throws(DebtError) in
        let customers: [PortfolioCustomer]
        do throws(StoreError) {
          customers = try reader.customers(some, asOf: asOf, kinds: FactKind.allCases)
        } catch {
          throw .facts(error)
        }
        return try self.findings(customers, asOf, reader)
      }
      for finding in findings { each(finding, asOf.sequence ?? 0) }
      seen += some.count
      progress(seen, keys.count)
    }
  }

  private func examineAll(
    asOf: AsOf, _ progress: (Int, Int) -> Void, _ each: (CaseFinding, Int) -> Void
  ) throws(DebtError) {
    let size = try desk.store.read { reader throws(DebtError) in
      try DebtError.wrapping { () throws(SQLiteError) in try reader.portfolioSize(asOf: asOf) }
    }
    var (key, seen) = (0, 0)
    while true {
      let after = key
      let (findings, count, next) = try desk.store.read { reader throws(DebtError) in
        let page: PortfolioPage
        do throws(StoreError) {
          page = try reader.portfolio(after: after, limit: Self.page, asOf: asOf, kinds: FactKind.allCases)
        } catch {
          throw .facts(error)
        }
        return (try self.findings(page.customers, asOf, reader), page.customers.count, page.next)
      }
      for finding in findings { each(finding, asOf.sequence ?? 0) }
      seen += count
      progress(seen, size)
      guard let next else { return }
      key = next
    }
  }

  private func findings(
    _ customers: [PortfolioCustomer], _ asOf: AsOf, _ reader: FactReader
  ) throws(DebtError) -> [CaseFinding] {
    var findings: [CaseFinding] = []
    for customer in customers where DebtCase.mayExist(customer.facts, on: asOf.businessDate) {
      findings += try desk.findings(
        of: customer.key, customer.facts, on: asOf.businessDate, knownAt: asOf.knownAt, reader)
    }
    return findings
  }

  /// The keys of customer numbers, ascending; numbers that nobody has are passed over.
  private static func keys(of numbers: Set<String>, _ reader: FactReader) throws(SQLiteError) -> [Int] {
    var keys: [Int] = []
    for number in numbers {
      if let key = try reader.key(of: .number(number)) { keys.append(key) }
    }
    return keys.sorted()
  }
}

extension DebtCase {
  /// Whether a customer can have a case at all, told without any arithmetic.
  static func mayExist(_ facts: CustomerFacts, on day: CivilDate) -> Bool {
    !facts.operatorConfirmations.isEmpty || facts.invoices.contains { $0.fact.due < day }
  }
}

extension DebtPlan {
  /// Takes a case in.
  mutating func add(_ finding: CaseFinding) {
    cases += 1
    let (debt, proposal) = (finding.debt, finding.proposal)
    switch finding.verdict {
    case .act, .approved:
      if let action = Action(finding) { actions.append(action) }
    case .barred(let report):
      guard let step = proposal.step else { return }
      barred.append(
        Barred(
          customer: debt.customer, contract: debt.contract, step: step,
          bars: report.standing.map { "\($0.rule):\($0.code.rawValue)" }, earliest: report.earliest))
    case .lifted(let decision):
      guard let step = proposal.step else { return }
      barred.append(
        Barred(
          customer: debt.customer, contract: debt.contract, step: step, bars: ["lifted:\(decision)"],
          earliest: nil))
    case .awaitsApproval(let decision):
      guard let step = proposal.step else { return }
      barred.append(
        Barred(
          customer: debt.customer, contract: debt.contract, step: step, bars: ["awaits-approval:\(decision)"],
          earliest: nil))
    case .wait: break
    }
  }
}

extension DebtPlan.Action {
  /// The step that a finding asks for; nil where it asks for none.
  init?(_ finding: CaseFinding) {
    guard let step = finding.proposal.step else { return nil }
    let debt = finding.debt
    // What a person has approved needs nobody any more.
    var needsApproval = finding.proposal.needsApproval
    if case .approved = finding.verdict { needsApproval = false }
    self.init(
      customer: debt.customer, contract: debt.contract, commodity: debt.commodity,
      jurisdiction: debt.jurisdiction, step: step, reason: finding.proposal.reason,
      invoices: finding.proposal.invoices.map(\.id), amount: finding.proposal.amount.money,
      needsApproval: needsApproval)
  }
}
