public import FEEL
public import Values

extension DecisionModel {
  /// Evaluates a decision, and the decisions below it, for inputs by slot.
  ///
  /// - Parameters:
  ///   - decision: the decision.
  ///   - inputs: the values by `inputSlot(named:)`; those missing at the end are null.
  ///   - now: the moment that `now()` and `today()` answer.
  public func evaluate(
    _ decision: DecisionHandle, inputs: [Value], now: CivilDateTime? = nil
  ) -> EvaluationResult {
    evaluate(plan(for: [decision]), inputs: inputs, now: now)
  }

  /// Prepares the evaluation of several decisions together, each evaluated once.
  public func plan(for decisions: [DecisionHandle]) -> EvaluationPlan {
    let targets = decisions.map(\.index)
    return plan(targets: targets, supplied: [:])
  }

  /// Evaluates prepared decisions for inputs by slot.
  public func evaluate(_ plan: EvaluationPlan, inputs: [Value], now: CivilDateTime? = nil) -> EvaluationResult
  {
    evaluate(plan, inputs: inputs, now: now, probe: nil).result
  }

  /// Evaluates a decision for values by name: of inputs, and of decisions that are then not evaluated.
  ///
  /// A decision service may be named too; it is called with the values of its parameters.
  public func evaluate(
    decision name: String, namespace: String? = nil, inputs: NamedValues, now: CivilDateTime? = nil
  ) throws(RequestError) -> EvaluationResult {
    guard let decision = decision(named: name, namespace: namespace) else {
      if let service = function(named: name, namespace: namespace), isService(service) {
        return evaluate(service, arguments: inputs, now: now)
      }
      throw .unknownDecision(name: name, known: decisions.filter(isMain).map(self.name(of:)))
    }
    var values = Array(repeating: Value.null, count: inputCount)
    var supplied: [Int: Value] = [:]
    for entry in inputs.entries {
      if let slot = inputSlot(named: entry.name, namespace: entry.namespace) {
        values[slot] = entry.value
      } else if let other = self.decision(named: entry.name, namespace: entry.namespace) {
        supplied[other.index] = entry.value
      } else if !inputs.ignoresUnknown {
        throw .unknownInput(name: entry.name, known: self.inputs.map(\.name))
      }
    }
    return evaluate(plan(targets: [decision.index], supplied: supplied), inputs: values, now: now)
  }

  /// Calls a business knowledge model or decision service with arguments by name; missing ones are null.
  public func evaluate(
    _ function: FunctionHandle, arguments: NamedValues, now: CivilDateTime? = nil
  ) -> EvaluationResult {
    let parameters = core.functions[function.index].parameters
    let values = parameters.map { parameter in
      arguments.entries.last { $0.name == parameter.name }?.value ?? .null
    }
    let recorder = TraceRecorder()
    var evaluation = Evaluation(now: now)
    evaluation.host = recorder
    let value = functions[function.index].invoke(values, &evaluation)
    recorder.collect(&evaluation, at: core.functions[function.index].place)
    return EvaluationResult(value: value, trace: EvaluationTrace(core, recorder, values: [], inputs: []))
  }

  /// Evaluates a decision service and tells the value of each of its output decisions.
  public func evaluateOutputs(
    of service: FunctionHandle, arguments: NamedValues, now: CivilDateTime? = nil
  ) -> [(name: String, value: Value)]? {
    guard case .service(_, let outputs, _) = core.functions[service.index].body else { return nil }
    let result = evaluate(service, arguments: arguments, now: now)
    if outputs.count == 1 { return [(core.decisions[outputs[0]].name, result.value)] }
    return outputs.map { output in
      let name = core.decisions[output].name
      return (name, result.value.context?[name] ?? .null)
    }
  }

  /// The first cell of a rule that kept it from matching, for each time that the table was evaluated.
  ///
  /// Found by evaluating once more; nil stands for an evaluation in which all cells of the rule held.
  public func blockingCells(
    rule: Int, of table: TableView, _ plan: EvaluationPlan, inputs: [Value], now: CivilDateTime? = nil
  ) -> [BlockingCell?] {
    let probe = BlockingProbe(table: table.number, rule: rule)
    return evaluate(plan, inputs: inputs, now: now, probe: probe).probe?.found ?? []
  }

  // MARK: - The one way through which everything goes

  func plan(targets: [Int], supplied: [Int: Value]) -> EvaluationPlan {
    let order = core.order(of: targets, supplied: Set(supplied.keys))
    let functions = Set(order.flatMap { core.decisions[$0].requirements.functions })
    return EvaluationPlan(targets: targets, order: order, functions: functions.sorted(), supplied: supplied)
  }

  private func evaluate(
    _ plan: EvaluationPlan, inputs: [Value], now: CivilDateTime?, probe: BlockingProbe?
  ) -> (result: EvaluationResult, probe: BlockingProbe?) {
    let recorder = TraceRecorder(probe: probe)
    var evaluation = Evaluation(now: now)
    evaluation.host = recorder
    let frame = core.makeFrame()
    for slot in 0..<min(inputs.count, core.inputTypes.count) {
      let value = inputs[slot]
      if core.inputTypes[slot].admits(value) {
        frame[slot] = value
        continue
      }
      let input = core.inputs[slot]
      frame[slot] = input.type.fit(value, at: input.place, recorder, &evaluation)
    }
    for index in plan.functions { frame[core.slot(function: index)] = .function(functions[index]) }
    for (index, value) in plan.supplied {
      let decision = core.decisions[index]
      frame[core.slot(decision: index)] = ExpectedType(decision.type).fit(
        value, at: decision.place, recorder, &evaluation)
    }
    for index in plan.order { core.evaluate(decision: index, frame, recorder, &evaluation) }
    let values = core.decisions.indices.map { frame[core.slot(decision: $0)] }
    let value = plan.targets.first.map { values[$0] } ?? .null
    let trace = EvaluationTrace(core, recorder, values: values, inputs: inputs)
    return (EvaluationResult(value: value, trace: trace), recorder.probe)
  }
}

/// Which decisions an evaluation is to go through, in which order.
public struct EvaluationPlan: Sendable {
  let targets: [Int]
  let order: [Int]
  let functions: [Int]
  let supplied: [Int: Value]

  /// The decisions that are asked for.
  public var decisions: [DecisionHandle] { targets.map { DecisionHandle(index: $0) } }
}

/// What an evaluation gives: the value and how it came about.
public struct EvaluationResult: Sendable {
  /// The value of the (first) decision that was asked for.
  public let value: Value
  /// How it came about.
  public let trace: EvaluationTrace
}

/// Values by name, for inputs and supplied decisions.
public struct NamedValues: Sendable, ExpressibleByDictionaryLiteral {
  /// A value with the name it is for.
  public struct Entry: Sendable {
    /// The name of an input, decision or parameter.
    public var name: String
    /// The namespace of the model that has it; nil for the main model.
    public var namespace: String?
    /// The value.
    public var value: Value
  }

  /// The values.
  public private(set) var entries: [Entry] = []
  /// Whether a name that the model does not know is passed over.
  public var ignoresUnknown = false

  /// Makes values.
  public init(_ entries: [(name: String, value: Value)] = []) {
    self.entries = entries.map { Entry(name: $0.name, namespace: nil, value: $0.value) }
  }

  /// Makes values of a dictionary literal.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self.init(elements.map { (name: $0.0, value: $0.1) })
  }

  /// Adds a value.
  public mutating func add(_ name: String, namespace: String? = nil, _ value: Value) {
    entries.append(Entry(name: name, namespace: namespace, value: value))
  }
}

/// Why a request makes no sense for a model.
public enum RequestError: Error, Hashable, Sendable {
  /// There is no decision or decision service of this name.
  case unknownDecision(name: String, known: [String])
  /// There is no input or decision of this name.
  case unknownInput(name: String, known: [String])

  /// The error in a sentence: what, and how to mend it.
  public var sentence: String {
    switch self {
    case .unknownDecision(let name, let known):
      "there is no decision '\(name)'; the model has \(Self.list(known))"
    case .unknownInput(let name, let known):
      "there is no input '\(name)'; the model has \(Self.list(known))"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
