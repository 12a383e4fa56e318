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
    case commodity = "Commodity"
    case expectedMonthlyAmount = "Expected monthly amount"
    case previousRating = "Previous rating"
    case daysSinceDowngrade = "Days since downgrade"
  }

  /// Where an input's value comes from.
  enum Origin: Sendable {
    case feature(Int)
    case given(Given)
  }

  let model: DecisionModel
  let scorecard: Scorecard
  /// What the places of a stored decision stand for.
  let layout: RecordLayout
  private let plan: EvaluationPlan
  private let origins: [Origin]
  /// Whether any input depends on what is ordered.
  let asksAboutOrders: Bool
  /// The decisions whose values are kept, in the order of the layout.
  private let kept: [DecisionHandle]
  /// The decisions whose tables are kept, in the order of the layout.
  private let tables: [DecisionHandle]
  private let knockOuts, score: DecisionHandle
  let scoreTable, knockOutTable: TableView

  init(
    _ model: DecisionModel, path: String, features: [String], ruleSet: Digest
  ) throws(RuleSetError) {
    self.model = model
    func decision(_ name: String) throws(RuleSetError) -> DecisionHandle {
      guard let decision = model.decision(named: name) else { throw .missingDecision(path: path, name: name) }
      return decision
    }
    let knockOuts = try decision(PolicyName.knockOuts)
    let score = try decision(PolicyName.score)
    for name in [
      PolicyName.rating, PolicyName.orderOutcome, PolicyName.outcome, PolicyName.validityInDays,
    ] {
      _ = try decision(name)
    }
    guard let table = model.table(of: score) else {
      throw .scorecard(path: path, rule: nil, fault: .notCollectSum)
    }
    let scorecard = try Scorecard(table, path: path)
    scoreTable = table
    guard let knockOutTable = model.table(of: knockOuts) else {
      throw .missingDecision(path: path, name: PolicyName.knockOuts)
    }
    self.knockOuts = knockOuts
    self.score = score
    self.scorecard = scorecard
    self.knockOutTable = knockOutTable
    plan = model.plan(for: model.decisions)
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
    asksAboutOrders = origins.contains { origin in
      switch origin {
      case .given(.jurisdiction), .given(.commodity), .given(.expectedMonthlyAmount): true
      default: false
      }
    }
    kept = model.decisions.filter { $0 != knockOuts }
    tables = model.decisions.filter { model.table(of: $0) != nil }
    layout = RecordLayout(
      ruleSet: ruleSet,
      given: origins.compactMap { if case .given(let given) = $0 { given.rawValue } else { nil } },
      features: features, decisions: kept.map(model.name(of:)),
      tables: tables.map { decision in
        RecordLayout.Table(
          decision: model.name(of: decision),
          rules: model.table(of: decision).map { table in
            (0..<table.ruleCount).map { Self.ruleID($0, table) }
          } ?? [])
      },
      characteristics: zip(scorecard.characteristics, scorecard.best).map {
        RecordLayout.Characteristic(name: $0, best: $1)
      },
      scoreRules: scorecard.rules.map {
        RecordLayout.ScoreRule(characteristic: $0.characteristic, points: $0.points, reason: $0.reason)
      })
  }

  /// Decisions name a rule by its id; the editors that leave ids out number them.
  private static func ruleID(_ rule: Int, _ table: TableView) -> String {
    table.ruleID(rule) ?? "rule \(rule + 1)"
  }

  /// What the rating model made of a customer.
  struct Answer {
    var given: [DecidedValue]
    var knockOuts: [KnockOut]
    var values: [DecidedValue]
    var characteristics: [ScoredCharacteristic]
    var matchedRules: [DecisionContent.MatchedRules]
    var problems: [EvaluationProblem]

    /// What the policy gives; nil where it could not be computed.
    var outcome: Outcome? { self[PolicyName.outcome]?.stringValue.flatMap(Outcome.init(rawValue:)) }

    /// For how long the rating is valid; nil where it could not be computed.
    var validityInDays: Int? { self[PolicyName.validityInDays]?.integerValue }

    /// Whether anything that every decision has to say is missing.
    var isIncomplete: Bool {
      outcome == nil || validityInDays == nil || self[PolicyName.score]?.numberValue == nil
        || self[PolicyName.rating]?.stringValue == nil
    }

    private subscript(name: String) -> JSONValue? { values.first { $0.name == name }?.value }
  }

  /// Rates features together with what the pipeline gives.
  func evaluate(features: [Value], given: (Given) -> Value) -> Answer {
    var givens: [DecidedValue] = []
    givens.reserveCapacity(Given.allCases.count)
    let inputs = origins.map { origin in
      switch origin {
      case .feature(let place): return features[place]
      case .given(let name):
        let value = given(name)
        givens.append(DecidedValue(name: name.rawValue, value: value.json))
        return value
      }
    }
    return evaluate(inputs, given: givens)
  }

  /// Rates inputs by slot.
  func evaluate(_ inputs: [Value], given: [DecidedValue] = []) -> Answer {
    let trace = model.evaluate(plan, inputs: inputs).trace
    let matched = trace.matchedRules(of: tables)
    var values: [DecidedValue] = []
    values.reserveCapacity(kept.count)
    for place in kept.indices {
      values.append(DecidedValue(name: layout.decisions[place], value: trace.value(of: kept[place]).json))
    }
    var matchedRules: [DecisionContent.MatchedRules] = []
    var characteristics: [ScoredCharacteristic] = []
    var knockOutRules: MatchedRules?
    matchedRules.reserveCapacity(tables.count)
    var places: [Int] = []
    places.reserveCapacity(4 * tables.count)
    for rules in matched { if let rules { for rule in rules { places.append(rule) } } }
    var start = 0
    for place in tables.indices {
      let end = start + (matched[place]?.count ?? 0)
      matchedRules.append(DecisionContent.MatchedRules(layout.tables[place], places: places[start..<end]))
      start = end
      if tables[place] == knockOuts { knockOutRules = matched[place] }
      if tables[place] == score { characteristics = matched[place].flatMap(layout.scored) ?? [] }
    }
    return Answer(
      given: given, knockOuts: hits(trace, knockOutRules), values: values,
      characteristics: characteristics, matchedRules: matchedRules,
      problems: trace.problems(model: "credit-rating"))
  }

  /// The order outcome that the policy gives a kind of customer for a rating; nil where it gives none.
  func terms(of rating: String, customerKind: String) -> Outcome? {
    var inputs: NamedValues = [
      PolicyName.rating: .string(rating), Given.customerKind.rawValue: .string(customerKind),
    ]
    inputs.ignoresUnknown = true
    // A value given for a decision stands in its place: everything that makes the rating is left out.
    let result = try? model.evaluate(decision: PolicyName.orderOutcome, inputs: inputs)
    return result?.value.string.flatMap(Outcome.init(rawValue:))
  }

  private func hits(_ trace: EvaluationTrace, _ matched: MatchedRules?) -> [KnockOut] {
    let values = trace.value(of: knockOuts).list ?? []
    let rules = matched.map(Array.init) ?? []
    return values.enumerated().map { place, value in
      let outcome = value.context?["outcome"]?.string.flatMap(Outcome.init(rawValue:)) ?? .refer
      let reason = value.context?["reason"]?.string ?? KnockOut.evaluationReason
      let rule = place < rules.count ? knockOutTable.ruleID(rules[place]) : nil
      return KnockOut(outcome: outcome, reason: reason, rule: rule)
    }
  }
}
