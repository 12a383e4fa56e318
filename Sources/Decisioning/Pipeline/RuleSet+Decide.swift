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
    guard let customer = facts.customer else { return nil }
    let currency = situation.currency ?? facts.principalCurrency(on: situation.businessDate)
    let ledger = currency.map { Ledger(facts, businessDate: situation.businessDate, currency: $0) }
    let (values, features, featureProblems) = self.features.evaluate(
      FactInputs(customer, facts: facts, ledger: ledger, situation: situation))
    var answer = rating.evaluate(features: values) { given in
      switch given {
      case .customerKind: .string(customer.fact.kind.rawValue)
      case .jurisdiction: .string(customer.fact.jurisdiction.code)
      case .arrearsRegister: .boolean(situation.sources.arrearsRegister)
      case .publicRegisters: .boolean(situation.sources.publicRegisters)
      case .quarantinedRecords: .number(Decimal(situation.quarantinedRecords))
      case .otherCurrency: .boolean(!(ledger?.otherCurrencies.isEmpty ?? true))
      }
    }
    let problems = featureProblems + answer.problems
    var outcome = answer.outcome ?? .refer
    // A value that could not be computed can only refer: never accept, and never decline (idea 10 of the design).
    if !problems.isEmpty || answer.outcome == nil || answer.score == nil || answer.rating == nil {
      outcome = .refer
      answer.knockOuts.append(KnockOut(outcome: .refer, reason: KnockOut.evaluationReason))
    }
    return DecisionContent(
      customer: customer.fact.number, businessDate: situation.businessDate, currency: currency,
      ruleSet: version,
      features: features, score: answer.score, rating: answer.rating, orderOutcome: answer.orderOutcome,
      outcome: outcome, knockOuts: answer.knockOuts, characteristics: answer.characteristics,
      matchedRules: answer.matchedRules, problems: problems)
  }
}
