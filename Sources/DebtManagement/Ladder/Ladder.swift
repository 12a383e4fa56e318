import Facts
public import Values

/// The ladder of debt management by one policy: where a case stands on it, and what comes next.
///
/// Where a case stands is found by walking the policy's own ladder from its beginning: a proven notice counts only where
/// the policy gives its step after the one before, and where it went out once that one was proven; and only for the
/// invoices that it names. So no step can be skipped, in whatever order proofs and payments arrive.
public struct Ladder: Sendable {
  /// The policy.
  public let model: RestrictionModel

  /// The ladder of a policy.
  public init(_ model: RestrictionModel) {
    self.model = model
  }

  /// What the policy proposes for a case on its day.
  public func next(_ debt: DebtCase) -> LadderProposal { next(debt, on: debt.day) }

  /// What the policy would propose on a later day, if nothing happened until then.
  public func next(_ debt: DebtCase, on day: CivilDate) -> LadderProposal {
    let walk = walk(debt, on: day)
    var circumstances = debt.circumstances(walk, on: day)
    var answer = model.answer(circumstances)
    if let step = answer.step, answer.isDue, let since = debt.reliefInHand(step, on: day) {
      // Something newer hides it; how long it is waited for is the policy's to say.
      circumstances.stepInHand = step
      circumstances.daysInHand = max(0, since.days(until: day))
      answer = model.answer(circumstances)
    }
    if debt.contract == nil, answer.step != .reminder {
      // Without a contract nothing is known of the supply that would be restricted.
      answer = LadderAnswer(
        step: nil, reason: "D-END-COMMODITY", rule: nil, waits: [], waitRules: [], needsApproval: false,
        minimum: answer.minimum)
    }
    let invoices = debt.claim(of: answer.step, walk)
    let amount = ClaimAmount(invoices, currency: debt.currency)
    if let step = answer.step, step.isNotice || step.isRestriction, amount.total <= 0, answer.waits.isEmpty {
      // All that it would name is disputed: nobody is written to about nothing.
      answer.waits = [Self.nothingOwed]
    }
    let step = answer.isDue ? answer.step : nil
    return LadderProposal(
      day: day, stage: walk.stage, stageOn: walk.stageOn, step: step, next: answer.step,
      reason: answer.reason,
      waits: answer.waits, rules: [answer.rule].compactMap(\.self) + answer.waitRules,
      needsApproval: step != nil && answer.needsApproval, lookAgainOn: lookAgain(debt, walk, after: day),
      invoices: invoices, amount: amount, circumstances: circumstances)
  }

  /// The policy's code for what is too little.
  private static let nothingOwed = "W-MINIMUM"

  /// The first day from another on which a step would be taken if nothing happened until then; nil within two years.
  public func firstStep(_ debt: DebtCase, from day: CivilDate) -> LadderProposal? {
    guard let last = day.adding(days: 731) else { return nil }
    var proposal = next(debt, on: day)
    while proposal.step == nil {
      guard let later = proposal.lookAgainOn, later <= last else { return nil }
      proposal = next(debt, on: later)
    }
    return proposal
  }

  /// How far a case has come.
  struct Walk: Hashable {
    var stage: LadderStep?
    var stageOn: CivilDate?
    /// The notices that count, in the order of the ladder.
    var notices: [NoticeStanding] = []
    /// The open invoices that all of them name.
    var claimed: [ClaimInvoice]
    /// A step begun and not proven yet, and since when.
    var inHand: (step: LadderStep, since: CivilDate)?

    static func == (left: Walk, right: Walk) -> Bool {
      left.stage == right.stage && left.stageOn == right.stageOn && left.notices == right.notices
        && left.inHand?.step == right.inHand?.step && left.inHand?.since == right.inHand?.since
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(stage)
      hasher.combine(stageOn)
    }
  }

  /// Walks up the ladder as far as it is proven.
  func walk(_ debt: DebtCase, on day: CivilDate) -> Walk {
    var walk = Walk(claimed: debt.invoices)
    // What is owed and what stands in the way has no say in how far a case has come.
    var circumstances = debt.bareCircumstances(on: day)
    // A ladder has no more rungs than there are steps; one that leads in a circle is not walked for ever.
    for _ in LadderStep.allCases {
      circumstances.stage = walk.stage
      guard let step = model.step(circumstances),
        let taken = debt.taken(step, about: walk.claimed, after: walk.stageOn, by: day)
      else { break }
      walk.stage = step
      walk.stageOn = taken.on
      if let notice = taken.notice {
        walk.notices.append(notice)
        walk.claimed = walk.claimed.filter(notice.names)
      }
    }
    if let ended = debt.restriction.terminatedOn {
      walk.stage = .contractTermination
      walk.stageOn = ended
    }
    walk.inHand = debt.inHand(beyond: walk, on: day)
    return walk
  }
}
