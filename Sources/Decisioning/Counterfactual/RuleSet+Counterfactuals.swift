import FEEL
import Facts
import Values

extension RuleSet {
  /// What would have given a better decision, and what would give one from when.
  ///
  /// A pure function of the facts, the situation, the decision and this rule set.
  ///
  /// - Parameters:
  ///   - content: the decision: what `decide(facts, situation)` gave.
  ///   - facts: the facts that it was made of.
  ///   - situation: the situation that it was made in.
  ///   - limits: how far to look.
  public func counterfactuals(
    of content: DecisionContent, _ facts: CustomerFacts, _ situation: Situation,
    limits: CounterfactualLimits = CounterfactualLimits()
  ) -> Counterfactuals {
    // Nothing that a customer changes makes a person's decision another, or ends a stop.
    guard content.judgement == nil, !content.isStopped else { return Counterfactuals(goal: nil) }
    var answer = Counterfactuals(goal: content.goal)
    guard answer.goal != nil else { return answer }
    var levers: Set<Lever> = []
    for knockOut in content.knockOuts {
      let changing = knockOut.rule.map { changes.knockOut($0) } ?? []
      levers.formUnion(changing)
      if changing.isEmpty {
        if !answer.blockedBy.contains(knockOut.reason) { answer.blockedBy.append(knockOut.reason) }
      } else if !answer.changeable.contains(knockOut.reason) {
        answer.changeable.append(knockOut.reason)
      }
    }
    guard answer.blockedBy.isEmpty else { return answer }
    for scored in content.characteristics where scored.loss > .zero {
      levers.formUnion(changes.characteristic(scored.rule))
    }
    if var search = RecourseSearch(self, facts, situation, explained: content, limits: limits) {
      answer.recourses = search.recourses(levers)
      answer.isCutShort = search.isCutShort
      answer.runs += search.runs
    }
    if content.knockOuts.isEmpty, let assessment = assess(facts, situation) {
      var search = VariationSearch(explained: content, bins: bins, limits: limits) { changes in
        self.verdict(assessment, situation, with: changes)
      }
      answer.variations = search.variations()
      answer.runs += search.runs
    }
    return answer
  }
}

extension RuleSet {
  /// What the live rating model gives with other values of some characteristics; nil where it gives none, or warns.
  public func verdict(
    _ facts: CustomerFacts, _ situation: Situation, with changes: [CharacteristicChange]
  ) -> Verdict? {
    assess(facts, situation).flatMap { verdict($0, situation, with: changes) }
  }

  private func verdict(
    _ assessment: Assessment, _ situation: Situation, with changes: [CharacteristicChange]
  ) -> Verdict? {
    var assessment = assessment
    for change in changes {
      guard let place = features.names.firstIndex(of: change.name) else { return nil }
      assessment.values[place] = .number(change.target)
    }
    let content = conclude(assessment, situation)
    return content.problems.isEmpty ? Verdict(content) : nil
  }
}
