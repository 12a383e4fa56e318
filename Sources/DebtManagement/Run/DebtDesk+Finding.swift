import Decisioning
public import FactStore
public import Facts
import SQLite
public import Safeguards
public import Values

extension DebtDesk {
  /// The facts of a customer that a debt rests on, as known at an instant.
  public func facts(
    of key: Int, on day: CivilDate, knownAt: Instant, _ reader: FactReader
  ) throws(DebtError) -> CustomerFacts {
    do throws(StoreError) {
      return try reader.facts(
        of: key, asOf: AsOf(businessDate: day, knownAt: knownAt), kinds: FactKind.allCases)
    } catch {
      throw .facts(error)
    }
  }

  /// The cases of a customer on a day.
  public func cases(
    of key: Int, _ facts: CustomerFacts, on day: CivilDate, knownAt: Instant, _ reader: FactReader
  ) throws(DebtError) -> [DebtCase] {
    // Who owes nothing past its due date and has no restriction has no case: most customers.
    let effects: [EffectStanding]
    do throws(OutboxError) { effects = try OutboxStore.standings(of: key, in: reader.sql) } catch {
      throw .outbox(error)
    }
    let rating = try DebtError.wrapping { () throws(SQLiteError) in
      try DecisionStore.previous(
        customerKey: key, before: day.adding(days: 1) ?? day, knownAt: knownAt, sequence: Int.max,
        in: reader.sql)?.rating
    }
    return DebtCase.cases(
      facts: facts, on: day,
      DebtCase.Surroundings(
        effects: effects, rating: rating, contractsUnderReview: try underReview(key, reader),
        calendars: ruleSet.calendars, interest: interest))
  }

  /// What is to be done about each case of a customer.
  public func findings(
    of key: Int, _ facts: CustomerFacts, on day: CivilDate, knownAt: Instant, _ reader: FactReader
  ) throws(DebtError) -> [CaseFinding] {
    var findings: [CaseFinding] = []
    for debt in try cases(of: key, facts, on: day, knownAt: knownAt, reader) {
      let proposal = ladder.next(debt)
      findings.append(
        CaseFinding(
          debt: debt, proposal: proposal, verdict: try verdict(debt, proposal, key, facts, reader)))
    }
    return findings
  }

  private func verdict(
    _ debt: DebtCase, _ proposal: LadderProposal, _ key: Int, _ facts: CustomerFacts, _ reader: FactReader
  ) throws(DebtError) -> CaseFinding.Verdict {
    guard let step = proposal.step else { return .wait }
    guard step.isRestriction else { return .act }
    let invoices = proposal.invoices.map(\.id)
    let reference = Self.reference(debt.customer, debt.contract, step, invoices)
    guard let request = Self.request(reference, debt, proposal, step) else { return .wait }
    let report = safeguards.examine(request, facts: facts, pendingReview: debt.isUnderReview)
    guard report.isLawful else { return .barred(report) }
    guard proposal.needsApproval else { return .act }
    guard let newest = try newest(reference, key, reader) else { return .act }
    guard let judged = newest.restriction else { return .awaitsApproval(newest.id) }
    guard judged == .approved else { return .lifted(newest.id) }
    let approval = Approval(newest, of: invoices, currency: debt.currency)
    // Where it has ended a person is asked again.
    return approval.holds(on: proposal.day, forDays: ladder.model.approvalDays, facts)
      ? .approved(newest.id) : .act
  }

  /// That a person's approval of an effect has ended before it left; nil where it has not, or none was needed.
  func endedApproval(
    of effect: Effect, _ facts: CustomerFacts, _ reader: FactReader, on day: CivilDate
  ) throws(DebtError) -> String? {
    guard effect.step.isRestriction else { return nil }
    let customer = facts.customer?.fact.number ?? ""
    let reference = Self.reference(customer, effect.contract, effect.step, effect.invoices)
    guard let newest = try newest(reference, effect.customerKey, reader), newest.restriction == .approved
    else { return nil }
    let approval = Approval(newest, of: effect.invoices, currency: effect.amount.currency)
    return approval.holds(on: day, forDays: ladder.model.approvalDays, facts) ? nil : "approval-ended"
  }

  /// What the law says of the restriction that comes next, whether it is due or not; nil where none comes next.
  public func outlook(_ finding: CaseFinding, _ facts: CustomerFacts) -> SafeguardReport? {
    guard let next = finding.proposal.next,
      let request = Self.request(
        Self.reference(
          finding.debt.customer, finding.debt.contract, next, finding.proposal.invoices.map(\.id)),
        finding.debt, finding.proposal, next)
    else { return nil }
    return safeguards.examine(request, facts: facts, pendingReview: finding.debt.isUnderReview)
  }

  /// The newest decision about the proposal with a reference; nil where it was never made.
  private func newest(
    _ reference: String, _ key: Int, _ reader: FactReader
  ) throws(DebtError) -> DecisionRecord? {
    do throws(DecisionStoreError) {
      return try DecisionStore.newest(about: reference, customerKey: key, in: reader.sql)
    } catch {
      throw .decisions(error)
    }
  }

  /// The name of a proposal: the same for the same step about the same invoices, so that nobody is asked twice.
  static func reference(
    _ customer: String, _ contract: String?, _ step: LadderStep, _ invoices: [String]
  ) -> String {
    var hash = SHA256()
    for part in [customer, contract ?? "", step.rawValue] + invoices.sorted() {
      hash.update("\(part.utf8.count):\(part)")
    }
    return "S-" + hash.finish().hexadecimal.prefix(24)
  }

  /// What the law is asked about a step; nil for one that restricts nothing or has no contract.
  static func request(
    _ id: String, _ debt: DebtCase, _ proposal: LadderProposal, _ step: LadderStep
  ) -> RestrictionRequest? {
    guard let tool = step.tool, let contract = debt.contract else { return nil }
    let amount = proposal.amount
    return RestrictionRequest(
      id: id, tool: tool, customer: debt.customer, contract: contract,
      invoices: proposal.invoices.map(\.id), on: proposal.day,
      amount: Money(amount.principal, amount.currency),
      interest: amount.interest, penalty: amount.penalty, costs: amount.costs)
  }

  /// All effects of a customer, in the order of storing.
  public func effects(of key: Int, _ reader: FactReader) throws(DebtError) -> [StoredEffect] {
    do throws(OutboxError) {
      return try OutboxStore.effects("WHERE s.customer = ?1 ORDER BY s.effect", key, in: reader.sql)
    } catch {
      throw .outbox(error)
    }
  }

  /// The requests of a customer and what gives them back, in the order of storing: no letters, which are long.
  func requests(of key: Int, _ reader: FactReader) throws(DebtError) -> [StoredEffect] {
    do throws(OutboxError) {
      return try OutboxStore.effects(
        "WHERE s.customer = ?1 AND e.content IS NULL ORDER BY s.effect", key, in: reader.sql)
    } catch {
      throw .outbox(error)
    }
  }

  /// The restrictions of a customer that were found to be wrong from the beginning.
  public func wrongful(of key: Int, _ reader: FactReader) throws(DebtError) -> Set<String> {
    do throws(OutboxError) { return try OutboxStore.wrongful(of: key, in: reader.sql) } catch {
      throw .outbox(error)
    }
  }
}

extension DecisionRecord {
  /// What a person has made of a proposal; nil where it still waits for one.
  fileprivate var restriction: Judgement.Restriction? {
    guard kind == .human, let judgement = content.judgement?.judgement else { return nil }
    // Anything but a yes is a no.
    return judgement.restriction ?? .lifted
  }
}

extension LadderStep {
  /// The tool of the law that the step uses; nil for one that restricts nothing.
  var tool: Tool? {
    switch self {
    case .disconnectionRequest: .disconnectionRequest
    case .powerLimit: .powerLimit
    case .contractTermination: .contractTermination
    default: nil
    }
  }
}
