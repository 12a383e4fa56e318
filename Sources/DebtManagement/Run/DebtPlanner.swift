import Decisioning
import FactStore
import Facts
import SQLite
import Safeguards
public import Values

/// Goes through the portfolio and says what would be done; it writes nothing.
public struct DebtPlanner: Sendable {
  private let desk: DebtDesk

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
    try desk.pass(
      on: day, knownAt: knownAt, only: only, progress: progress,
      find: { customer, reader throws(DebtError) in
        guard DebtCase.mayExist(customer.facts, on: day) else { return [] }
        return try desk.findings(of: customer.key, customer.facts, on: day, knownAt: knownAt, reader)
      }, each: each)
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
