public import FEEL
import Formats

/// What the rating model makes of its inputs, and the law of that: a decision without the facts behind it.
public struct PolicyAnswer: Sendable {
  /// What every decision of the rating model came to, apart from the knock-outs.
  public var values: [DecidedValue]
  /// The circumstances that took the decision out of the scorecard's hands, in policy order.
  public var knockOuts: [KnockOut]
  /// The rules that matched, for each decision table in the order of the model.
  public var matchedRules: [DecisionContent.MatchedRules]
  /// The warnings of the evaluation.
  public var problems: [EvaluationProblem]
  /// The provisions of the law that stood against the policy's outcome.
  public var bars: [OrderBar]
  /// The outcome for an order.
  public var outcome: Outcome
}

extension RuleSet {
  /// Answers inputs of the rating model as a decision does, in the order of the model's slots.
  public func answer(_ inputs: [Value], _ question: Law.Question) -> PolicyAnswer {
    let answer = rating.evaluate(inputs)
    let verdict = verdict(answer, problems: answer.problems)
    let lawful = law.lawful(verdict.outcome, question)
    return PolicyAnswer(
      values: answer.values, knockOuts: verdict.knockOuts, matchedRules: answer.matchedRules,
      problems: answer.problems, bars: lawful.bars, outcome: lawful.outcome)
  }

  /// What an answer of the rating model means for an order, before the law is asked.
  func verdict(
    _ answer: RatingModel.Answer, problems: [EvaluationProblem]
  ) -> (outcome: Outcome, knockOuts: [KnockOut]) {
    // A value that could not be computed can only refer: never accept, and never decline (idea 10 of the design).
    if !problems.isEmpty || answer.isIncomplete {
      return (.refer, answer.knockOuts + [KnockOut(outcome: .refer, reason: KnockOut.evaluationReason)])
    }
    return (answer.outcome ?? .refer, answer.knockOuts)
  }
}
