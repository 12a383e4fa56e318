public import DMN
import FEEL
import Formats
import Values

/// `features.dmn`, compiled and bound: which facts go into which slot, and which decisions are features.
///
/// A feature is a decision whose type has a `value` and an `evidence`; the other decisions are steps on the way.
struct FeatureModel: Sendable {
  let model: DecisionModel
  /// The features' names, in the order of the file.
  let names: [String]
  private let decisions: [DecisionHandle]
  private let plan: EvaluationPlan
  /// For each slot of the model the place in `FactInputs.values`.
  private let facts: [Int]

  init(_ model: DecisionModel, path: String) throws(RuleSetError) {
    self.model = model
    decisions = model.featureDecisions
    names = decisions.map(model.name(of:))
    plan = model.plan(for: decisions)
    var facts: [Int] = []
    for input in model.inputs {
      guard let place = FactInputs.names.firstIndex(of: input.name) else {
        throw .unknownFact(path: path, name: input.name, known: FactInputs.names)
      }
      facts.append(place)
    }
    self.facts = facts
  }

  private static func texts(_ values: [Value]) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(values.count)
    for value in values {
      if case .string(let text) = value { texts.append(text) }
    }
    return texts
  }

  /// The features of one customer, in the order of `names`, and what went wrong.
  func evaluate(_ inputs: FactInputs) -> (
    values: [Value], features: [FeatureValue], problems: [EvaluationProblem]
  ) {
    let result = model.evaluate(plan, inputs: facts.map { inputs.values[$0] })
    var values: [Value] = []
    var features: [FeatureValue] = []
    values.reserveCapacity(names.count)
    features.reserveCapacity(names.count)
    for place in decisions.indices {
      var (value, evidence): (Value, [String]) = (.null, [])
      if case .context(let context) = result.trace.value(of: decisions[place]) {
        value = context["value"] ?? .null
        if case .list(let records)? = context["evidence"] { evidence = Self.texts(records) }
      }
      values.append(value)
      features.append(FeatureValue(name: names[place], value: value.json, evidence: evidence))
    }
    return (values, features, result.trace.problems(model: "features"))
  }
}

extension DecisionModel {
  /// The decisions that are features: those whose type has a value and its evidence.
  public var featureDecisions: [DecisionHandle] {
    decisions.filter { decision in
      let entries = type(of: decision).entryNames
      return entries.contains("value") && entries.contains("evidence")
    }
  }
}

extension FEELType {
  /// The entry names of a context type, also of one that an item definition declares.
  fileprivate var entryNames: [String] {
    switch self {
    case .context(let fields): fields.map(\.name)
    case .defined(let type): type.base.entryNames
    default: []
    }
  }
}

extension EvaluationTrace {
  /// The warnings as they go into a decision's content: without files and positions, which say nothing of the facts.
  func problems(model: String) -> [EvaluationProblem] {
    warnings.map { warning in
      EvaluationProblem(
        model: model, decision: warning.place.elementName ?? model, code: warning.warning.code.rawValue,
        message: warning.warning.sentence)
    }
  }
}

extension Value {
  /// The value as a decision keeps it; dates, durations and ranges in their FEEL text.
  var json: JSONValue {
    switch self {
    case .null: .null
    case .boolean(let value): .bool(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let items): .array(items.map(\.json))
    default: .string(description)
    }
  }
}
