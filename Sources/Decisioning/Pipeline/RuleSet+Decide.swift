import FEEL
import Facts
import Values

extension RuleSet {
  /// Decides about one customer: a pure function of the facts, the situation and this rule set.
  ///
  /// - Parameters:
  ///   - facts: all facts of the customer as of the situation's business date.
  ///   - situation: what else the decision is asked about.
  /// - Returns: the decision's content, or nil where the customer has not arrived.
  public func decide(_ facts: CustomerFacts, _ situation: Situation) -> DecisionContent? {
    assess(facts, situation).map { conclude($0, situation) }
  }

  /// Makes features of the facts; nil where the customer has not arrived.
  func assess(_ facts: CustomerFacts, _ situation: Situation) -> Assessment? {
    guard let customer = facts.customer else { return nil }
    let currency = situation.currency ?? facts.principalCurrency(on: situation.businessDate)
    let ledger = currency.map { Ledger(facts, businessDate: situation.businessDate, currency: $0) }
    let (values, features, problems) = self.features.evaluate(
      FactInputs(customer, facts: facts, ledger: ledger, situation: situation))
    return Assessment(
      number: customer.fact.number, kind: customer.fact.kind, jurisdiction: customer.fact.jurisdiction,
      currency: currency, hasOtherCurrencies: !(ledger?.otherCurrencies.isEmpty ?? true),
      circumstances: circumstances(facts, ledger, on: situation.businessDate), values: values,
      features: features, problems: problems)
  }

  /// The second half of a decision: features to rating and outcome, and what people, the law and silent registers make of it.
  func conclude(_ assessment: Assessment, _ situation: Situation) -> DecisionContent {
    var content = rate(assessment, situation)
    if let judgement = situation.judgement { content.apply(judgement, terms: terms(for: assessment.kind)) }
    let question = Law.Question(
      day: situation.businessDate, jurisdiction: situation.order?.jurisdiction ?? assessment.jurisdiction,
      customer: assessment.kind, commodity: situation.order?.commodity,
      circumstances: assessment.circumstances)
    lay(question, upon: &content, situation.judgement)
    hear(situation, upon: &content)
    return content
  }

  /// What the policy alone says: features to rating and outcome.
  func rate(_ assessment: Assessment, _ situation: Situation) -> DecisionContent {
    let jurisdiction = situation.order?.jurisdiction ?? assessment.jurisdiction
    let answer = rating.evaluate(features: assessment.values) { given in
      switch given {
      case .customerKind: .string(assessment.kind.rawValue)
      case .jurisdiction: .string(jurisdiction.code)
      case .arrearsRegister: .boolean(situation.sources.arrearsRegister)
      case .publicRegisters: .boolean(situation.sources.publicRegisters)
      case .quarantinedRecords: .number(Decimal(situation.quarantinedRecords))
      case .otherCurrency: .boolean(assessment.hasOtherCurrencies)
      case .commodity: situation.order.map { .string($0.commodity.rawValue) } ?? .null
      case .expectedMonthlyAmount:
        situation.order?.expectedMonthlyAmount.map { .number($0.amount) } ?? .null
      case .previousRating: situation.previous.map { .string($0.rating) } ?? .null
      case .daysSinceDowngrade:
        situation.previous?.downgradedOn.map { day in
          .number(Decimal(day.days(until: situation.businessDate)))
        } ?? .null
      }
    }
    let problems = assessment.problems + answer.problems
    let verdict = verdict(answer, problems: problems)
    return DecisionContent(
      customer: assessment.number, businessDate: situation.businessDate, currency: assessment.currency,
      ruleSet: version, order: situation.order, previous: situation.previous, given: answer.given,
      features: assessment.features, values: answer.values, knockOuts: verdict.knockOuts,
      characteristics: answer.characteristics, matchedRules: answer.matchedRules, problems: problems,
      outcome: verdict.outcome,
      validUntil: answer.validityInDays.flatMap { situation.businessDate.adding(days: $0) },
      proposal: situation.proposal)
  }

  /// Lets an order wait where a source was asked and gave no answer: silence neither accepts nor declines.
  ///
  /// What a person decides now they decide with that before their eyes.
  private func hear(_ situation: Situation, upon content: inout DecisionContent) {
    if situation.silentSources.isEmpty || content.outcome == .refer { return }
    if case .made? = situation.judgement { return }
    content.refer(by: OrderBar.silent(situation.silentSources.joined(separator: ", ")))
  }

  /// Asks the law last: it stands above what the policy says, and above what a person said earlier.
  ///
  /// What a person decides now is theirs to answer for: the provisions that speak against it are told, and that it was
  /// decided in spite of them is remembered while it stands.
  private func lay(_ question: Law.Question, upon content: inout DecisionContent, _ given: GivenJudgement?) {
    let lawful = law.lawful(content.outcome, question)
    switch given {
    case .made(let judgement) where judgement.overrules:
      content.bars = lawful.bars.map {
        OrderBar(provision: $0.provision, barred: $0.barred, instead: $0.barred)
      }
    case .made(let judgement):
      (content.outcome, content.bars) = lawful
      // A stop or an earlier judgement may have kept the decision from what the rules say; it still does.
      if judgement.resolution == .confirmed || judgement.resolution == .withdrawn,
        let kept = judgement.basisOutcome
      {
        content.outcome = kept
      }
    case .standing(_, let past) where content.judgement?.effect == .stands:
      if !lawful.bars.allSatisfy({ past.overruled.contains($0.provision) }) {
        (content.outcome, content.bars) = lawful
      }
    case .standing, nil:
      (content.outcome, content.bars) = lawful
      if content.judgement != nil, content.outcome != .refer { content.refer(by: OrderBar.lookAgain) }
    }
  }

  /// What the law makes exceptions for.
  private func circumstances(
    _ facts: CustomerFacts, _ ledger: Ledger?, on day: CivilDate
  ) -> Set<LawProvision.Circumstance> {
    var circumstances: Set<LawProvision.Circumstance> = []
    if ledger?.invoices.contains(where: { $0.daysLate > 0 || $0.daysPastDue > 0 }) ?? false {
      circumstances.insert(.lateWithPayment)
    }
    let liquidation = facts.registerEntries.contains { entry in
      entry.fact.type == .liquidation && entry.fact.since <= day
        && (entry.fact.until.map { $0 > day } ?? true)
    }
    if liquidation { circumstances.insert(.inLiquidation) }
    return circumstances
  }
}
