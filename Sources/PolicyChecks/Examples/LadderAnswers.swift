import DMN
import Decisioning
import FEEL

/// Puts examples to the model of debts, and counts what they reach of it.
struct LadderAnswers {
  private let policy: PolicyModel?
  private let decisions: [DecisionHandle]
  private let plan: EvaluationPlan?
  private(set) var coverage: CoverageCount

  init(_ policy: PolicyModel?) {
    self.policy = policy
    decisions = policy.map { policy in policy.model.decisions.filter(policy.model.isMain) } ?? []
    plan = policy?.model.plan(for: decisions)
    coverage = CoverageCount(policy)
  }

  /// What the model makes of inputs, and by which rules.
  func answer(_ inputs: [Value]) -> (values: [DecidedValue], matched: [DecisionContent.MatchedRules]) {
    guard let policy, let plan else { return ([], []) }
    let trace = policy.model.evaluate(plan, inputs: inputs).trace
    let values = decisions.map {
      DecidedValue(name: policy.model.name(of: $0), value: trace.value(of: $0).json)
    }
    let matched = policy.tables.compactMap { table -> DecisionContent.MatchedRules? in
      guard let decision = table.decision, let rules = trace.matchedRules(of: decision) else { return nil }
      return DecisionContent.MatchedRules(decision: table.name, rules: rules.map(table.id))
    }
    return (values, matched)
  }

  /// What came out otherwise than an example promises.
  mutating func differences(_ example: PolicyExample) -> [PolicyExample.Difference] {
    let answer = answer(example.inputs)
    coverage.add(example.inputs, answer.values, answer.matched)
    return example.differences(answer.values)
  }
}
