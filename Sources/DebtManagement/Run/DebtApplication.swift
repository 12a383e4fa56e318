public import Decisioning
import FactStore
import Facts
import SQLite
import Safeguards
public import Values

/// Does what a plan says, as far as it is still what the policy, the law and the facts say.
///
/// Each action is computed anew on the day on which it is done, from facts read just before, and stored in a transaction
/// that refuses it when anything about the customer has changed in between. The same plan can be applied again: what was
/// done is not done twice.
public struct DebtApplication: Sendable {
  private let desk: DebtDesk
  private let actor: String
  /// Actions of one write, which others wait for.
  private static let slice = 20
  /// For how many days a plan may be applied.
  public static let longestAgeDays = 7

  /// What came of a plan.
  public struct Report: Hashable, Sendable {
    /// The effects that were stored, with the place of their action in the plan.
    public var effects: [Int: String] = [:]
    /// The proposals that wait for a person.
    public var proposals: [Int: DecisionID] = [:]
    /// The actions that were refused, with the code of why.
    public var refused: [Int: String] = [:]
    /// The actions that had been done before.
    public var known = 0

    /// Nothing done.
    public init() {}
  }

  /// Applies plans at a desk, in somebody's name.
  public init(_ desk: DebtDesk, actor: String) {
    self.desk = desk
    self.actor = actor
  }

  /// Applies a plan.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - day: the day on which it is done.
  ///   - clock: the instant, asked before each transaction; what it throws ends the work between two of them.
  ///   - progress: called after each transaction with how many actions were looked at.
  public func apply(
    _ plan: DebtPlan, on day: CivilDate, clock: () throws(DebtError) -> Instant,
    progress: (Int) -> Void = { _ in }
  ) throws(DebtError) -> Report {
    var report = Report()
    // The name of the run is a digest of the whole plan: computed once, not for each action.
    let run = plan.run
    var place = 0
    while place < plan.actions.count {
      let places = place..<min(place + Self.slice, plan.actions.count)
      try apply(plan, run, places, on: day, at: try clock(), &report)
      place = places.upperBound
      progress(place)
    }
    return report
  }

  /// One step of applying a plan: some of its actions in one transaction.
  func apply(
    _ plan: DebtPlan, _ run: String, _ places: Range<Int>, on day: CivilDate, at now: Instant,
    _ report: inout Report
  ) throws(DebtError) {
    guard plan.ruleSet == desk.ruleSet.version else {
      return places.forEach { report.refused[$0] = "other-rules" }
    }
    guard day >= plan.businessDate, plan.businessDate.days(until: day) <= Self.longestAgeDays else {
      return places.forEach { report.refused[$0] = "plan-out-of-date" }
    }
    let prepared = try desk.store.read { reader throws(DebtError) in
      var prepared: [Int: Prepared] = [:]
      for place in places {
        prepared[place] = try prepare(plan.actions[place], plan, run, on: day, at: now, reader)
      }
      return prepared
    }
    let work = prepared.filter {
      if case .refused = $1 { false } else if case .known = $1 { false } else { true }
    }
    for (place, outcome) in prepared {
      switch outcome {
      case .refused(let code): report.refused[place] = code
      case .known: report.known += 1
      case .effect, .proposal: break
      }
    }
    if work.isEmpty { return }
    report = try desk.store.write(actor: actor, at: now, purpose: OutboxSender.purpose) {
      [report] write throws(DebtError) in
      var report = report
      var effects: [(place: Int, effect: Effect)] = []
      for (place, outcome) in work.sorted(by: { $0.key < $1.key }) {
        guard try isUnchanged(outcome, write) else {
          report.refused[place] = "facts-changed"
          continue
        }
        switch outcome {
        case .refused, .known: break
        case .effect(let effect, let draft, _):
          if let draft { _ = try record(draft, write) }
          effects.append((place, effect))
        case .proposal(let draft, _): report.proposals[place] = try record(draft, write)
        }
      }
      do throws(OutboxError) {
        _ = try OutboxStore.append(effects.map(\.effect), in: write, audit: desk.audit)
      } catch {
        throw .outbox(error)
      }
      for (place, effect) in effects { report.effects[place] = effect.id }
      return report
    }
  }

  /// An action as it would be stored.
  private enum Prepared {
    case refused(String)
    case known
    /// An effect, and the decision behind it where it restricts.
    case effect(Effect, DecisionDraft?, seen: Int)
    case proposal(DecisionDraft, seen: Int)
  }

  private func prepare(
    _ action: DebtPlan.Action, _ plan: DebtPlan, _ run: String, on day: CivilDate, at now: Instant,
    _ reader: FactReader
  ) throws(DebtError) -> Prepared {
    let (found, sequence) = try DebtError.wrapping { () throws(SQLiteError) in
      (try reader.key(of: .number(action.customer)), try reader.lastSequence())
    }
    guard let key = found else { return .refused("unknown-customer") }
    let id = Effect.id(
      run: run, customerKey: key, contract: action.contract, step: action.step,
      currency: action.amount.currency)
    if try isStored(id, reader) { return .known }
    let change = try DebtError.wrapping { () throws(SQLiteError) in try reader.lastChange(of: key) }
    guard change <= plan.readSequence else { return .refused("facts-changed") }
    let facts = try desk.facts(of: key, on: day, knownAt: now, reader)
    let findings = try desk.findings(of: key, facts, on: day, knownAt: now, reader)
    guard
      let finding = findings.first(where: {
        $0.debt.contract == action.contract && $0.debt.currency == action.amount.currency
      })
    else { return .refused("no-debt-left") }
    switch finding.verdict {
    case .wait: return .refused(finding.proposal.waits.first ?? finding.proposal.reason)
    case .barred(let report): return .refused(report.standing.first?.code.rawValue ?? "clock-runs")
    case .awaitsApproval: return .known
    case .lifted: return .refused("lifted-by-a-person")
    case .act, .approved: break
    }
    guard let current = DebtPlan.Action(finding), current.step == action.step,
      current.needsApproval == action.needsApproval
    else { return .refused("another-step") }
    return try prepared(finding, action, id, key, facts, run, knownAt: now, seen: sequence, reader)
  }

  private func prepared(
    _ finding: CaseFinding, _ action: DebtPlan.Action, _ id: String, _ key: Int, _ facts: CustomerFacts,
    _ run: String, knownAt: Instant, seen: Int, _ reader: FactReader
  ) throws(DebtError) -> Prepared {
    let (debt, proposal, step) = (finding.debt, finding.proposal, action.step)
    var kind: Effect.Kind
    var draft: DecisionDraft?
    if step.isNotice {
      // What is missing for one letter keeps no other from being written.
      do throws(DebtError) {
        guard let notice = try desk.notice(step, reference: id, debt, proposal, facts) else {
          return .refused("no-letter")
        }
        if let contract = debt.contract,
          let bar = desk.bar(to: notice, contract, proposal.invoices.map(\.id), facts, on: proposal.day)
        {
          return .refused(bar)
        }
        kind = .letter(notice)
      } catch {
        guard case .letter(let fault) = error else { throw error }
        return .refused(fault.code)
      }
    } else {
      var certificate: Certificate?
      if step.isRestriction {
        let reference = DebtDesk.reference(
          debt.customer, debt.contract, step, proposal.invoices.map(\.id))
        // A proposal has a certificate of its own, by which the person who looks at it sees what was proven.
        guard let request = DebtDesk.request(action.needsApproval ? reference : id, debt, proposal, step)
        else {
          return .refused("no-contract")
        }
        certificate = desk.safeguards.certificate(
          desk.safeguards.examine(request, facts: facts, pendingReview: debt.isUnderReview))
        guard let certificate else { return .refused("no-certificate") }
        if case .act = finding.verdict {
          draft = try self.draft(
            finding, reference, certificate, needsApproval: action.needsApproval, knownAt: knownAt, reader)
        }
        if action.needsApproval, let draft { return .proposal(draft, seen: seen) }
      }
      kind = .operatorRequest(
        Effect.OperatorRequest(
          deliveryPoint: debt.deliveryPoint, earliest: certificate == nil ? nil : proposal.day,
          concerning: step == .release || step == .withdrawal ? DebtDesk.restrictionID(debt) : nil,
          certificate: certificate?.bytes))
    }
    return .effect(
      Effect(
        run: run, customerKey: key, contract: debt.contract, commodity: debt.commodity, step: step,
        kind: kind,
        amount: proposal.amount, invoices: proposal.invoices.map(\.id)), draft, seen: seen)
  }

  private func draft(
    _ finding: CaseFinding, _ reference: String, _ certificate: Certificate, needsApproval: Bool,
    knownAt: Instant, _ reader: FactReader
  ) throws(DebtError) -> DecisionDraft {
    let (debt, proposal) = (finding.debt, finding.proposal)
    do throws(RatingError) {
      return try Rater.propose(
        ServiceProposal(
          reference: reference, step: proposal.step?.rawValue ?? "", contract: debt.contract ?? "",
          commodity: debt.commodity, deliveryPoint: debt.deliveryPoint, amount: proposal.amount.money,
          invoices: proposal.invoices.map(\.id), certificate: certificate.digest, reasons: [proposal.reason]),
        about: .number(debt.customer), by: desk.ruleSet, needsApproval: needsApproval,
        asOf: AsOf(businessDate: proposal.day, knownAt: knownAt), reader)
    } catch {
      throw .rating(error)
    }
  }

  private func record(_ draft: DecisionDraft, _ write: StoreTransaction) throws(DebtError) -> DecisionID {
    try DebtError.wrapping { () throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        desk.ruleSet, sequence: write.sequence, audit: desk.audit, in: write.sql)
      return try DecisionStore.append(
        draft, desk.ruleSet, ruleSetKey: key, sequence: write.sequence, audit: desk.audit, in: write.sql)
    }
  }

  /// Whether nothing about the customer was stored since the action was prepared: no fact, no effect, no decision.
  private func isUnchanged(_ prepared: Prepared, _ write: StoreTransaction) throws(DebtError) -> Bool {
    let (key, seen): (Int, Int)
    switch prepared {
    case .effect(let effect, _, let read): (key, seen) = (effect.customerKey, read)
    case .proposal(let draft, let read): (key, seen) = (draft.entry.customerKey, read)
    case .refused, .known: return false
    }
    return try DebtError.wrapping { () throws(SQLiteError) in
      guard try write.reader.lastChange(of: key) <= seen else { return false }
      return try write.sql.integer(
        """
        SELECT 1 FROM effect_standing AS s JOIN effect AS e ON e.number = s.effect
        WHERE s.customer = ?1 AND e.sequence > ?2 LIMIT 1
        """, key, seen) == nil
    }
  }

  private func isStored(_ id: String, _ reader: FactReader) throws(DebtError) -> Bool {
    try DebtError.wrapping { () throws(SQLiteError) in
      try reader.sql.integer("SELECT 1 FROM effect WHERE id = ?", id) != nil
    }
  }
}

extension DebtDesk {
  /// The id of the restriction that a release or withdrawal is about.
  static func restrictionID(_ debt: DebtCase) -> String? {
    debt.restriction.requested?.id ?? debt.restriction.inEffect?.request
  }
}
