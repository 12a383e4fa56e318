import DMN
import FEEL
import Formats
import Values

/// `credit-rating.dmn`, compiled and bound: where each input comes from, and the decisions that the pipeline asks for.
struct RatingModel: Sendable {
  /// Inputs that the pipeline itself gives, beside the features.
  enum Given: String, CaseIterable, Sendable {
    case customerKind = "Customer kind"
    case jurisdiction = "Jurisdiction"
    case arrearsRegister = "Arrears register loaded"
    case publicRegisters = "Public registers loaded"
    case quarantinedRecords = "Quarantined records"
    case otherCurrency = "Open in another currency"
  }

  /// Where an input's value comes from.
  enum Origin: Sendable {
    case feature(Int)
    case given(Given)
  }

  let model: DecisionModel
  let scorecard: Scorecard
  private let plan: EvaluationPlan
  private let origins: [Origin]
  private let knockOuts, score, rating, orderOutcome, outcome: DecisionHandle
  private let knockOutTable: TableView

  init(_ model: DecisionModel, path: String, features: [String]) throws(RuleSetError) {
    self.model = model
    func decision(_ name: String) throws(RuleSetError) -> DecisionHandle {
      guard let decision = model.decision(named: name) else { throw .missingDecision(path: path, name: name) }
      return decision
    }
    knockOuts = try decision("Knock-outs")
    score = try decision("Score")
    rating = try decision("Rating")
    orderOutcome = try decision("Order outcome")
    outcome = try decision("Outcome")
    guard let table = model.table(of: score) else {
      throw .scorecard(path: path, rule: nil, fault: .notCollectSum)
    }
    scorecard = try Scorecard(table, path: path)
    guard let knockOutTable = model.table(of: knockOuts) else {
      throw .missingDecision(path: path, name: "Knock-outs")
    }
    self.knockOutTable = knockOutTable
    plan = model.plan(for: [outcome, knockOuts, score, rating, orderOutcome])
    var origins: [Origin] = []
    for input in model.inputs {
      if let feature = features.firstIndex(of: input.name) {
        origins.append(.feature(feature))
      } else if let given = Given(rawValue: input.name) {
        origins.append(.given(given))
      } else {
        throw .unboundInput(
          path: path, name: input.name, known: features + Given.allCases.map(\.rawValue))
      }
    }
    self.origins = origins
  }

  /// What the rating model made of a customer.
  struct Answer {
    var knockOuts: [KnockOut]
    var score: Decimal?
    var rating: String?
    var orderOutcome: Outcome?
    var outcome: Outcome?
    var characteristics: [ScoredCharacteristic]
    var matchedRules: [DecisionContent.MatchedRules]
    var problems: [EvaluationProblem]
  }

  /// Rates features together with what the pipeline gives.
  func evaluate(features: [Value], given: (Given) -> Value) -> Answer {
    let inputs = origins.map { origin in
      switch origin {
      case .feature(let place): features[place]
      case .given(let name): given(name)
      }
    }
    let trace = model.evaluate(plan, inputs: inputs).trace
    var matchedRules: [DecisionContent.MatchedRules] = []
    for decision in trace.decisions {
      guard let evaluated = trace.tables(of: decision).first else { continue }
      matchedRules.append(
        DecisionContent.MatchedRules(
          decision: model.name(of: decision),
          rules: evaluated.matched.map { evaluated.table.ruleID($0) ?? "rule \($0 + 1)" }))
    }
    return Answer(
      knockOuts: hits(trace), score: trace.value(of: score).number, rating: trace.value(of: rating).string,
      orderOutcome: trace.value(of: orderOutcome).string.flatMap(Outcome.init(rawValue:)),
      outcome: trace.value(of: outcome).string.flatMap(Outcome.init(rawValue:)),
      characteristics: trace.matchedRules(of: score).map(scorecard.scored) ?? [],
      matchedRules: matchedRules, problems: trace.problems(model: "credit-rating"))
  }

  private func hits(_ trace: EvaluationTrace) -> [KnockOut] {
    let values = trace.value(of: knockOuts).list ?? []
    let rules = trace.matchedRules(of: knockOuts).map(Array.init) ?? []
    return values.enumerated().map { place, value in
      let outcome = value.context?["outcome"]?.string.flatMap(Outcome.init(rawValue:)) ?? .refer
      let reason = value.context?["reason"]?.string ?? KnockOut.evaluationReason
      let rule = place < rules.count ? knockOutTable.ruleID(rules[place]) : nil
      return KnockOut(outcome: outcome, reason: reason, rule: rule)
    }
  }
}
