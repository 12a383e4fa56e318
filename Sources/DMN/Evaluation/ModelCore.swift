internal import FEEL

/// The compiled plan of a model with its imports: immutable, and free of function values, so that those can hold it.
final class ModelCore: Sendable {
  /// An input; a class, because going through fat structures costs more than deciding.
  final class Input: Sendable {
    let name: String
    let namespace: String
    let type: ExpectedType
    let place: ModelPlace

    init(name: String, namespace: String, type: ExpectedType, place: ModelPlace) {
      self.name = name
      self.namespace = namespace
      self.type = type
      self.place = place
    }
  }

  /// A decision.
  struct Decision: Sendable {
    var name: String
    var namespace: String
    var type: FEELType
    var logic: any Logic
    var place: ModelPlace
    /// This decision and those below it, each after those it requires.
    var order: [Int]
    /// The decisions, inputs and functions that the logic itself uses.
    var requirements: RequirementGraph.Requirements
    /// Whether an error was found in it when it was compiled.
    var isFaulty: Bool
  }

  /// A business knowledge model or decision service.
  struct Function: Sendable {
    enum Body: Sendable {
      /// The logic, in a frame of its own: needed functions first, then parameters.
      case knowledge(any Logic, FrameSize)
      /// Decisions evaluated in a frame like the model's: slots of the parameters, outputs, order of evaluation.
      case service(parameters: [Int], outputs: [Int], order: [Int])
    }
    var name: String
    var namespace: String
    var parameters: [FunctionParameter]
    var result: FEELType
    var body: Body
    /// The functions that the body calls.
    var needs: [Int]
    /// Whether it can call itself, so that its own needs are made anew at each call.
    var isCircular: Bool
    var place: ModelPlace
  }

  let inputs: [Input]
  /// The inputs' types as far as a value's kind alone tells that it fits.
  let inputTypes: [ExpectedType.Quick]
  let decisions: [Decision]
  let functions: [Function]
  let tables: [CompiledTable]
  private let frameCount: Int

  init(
    inputs: [Input], decisions: [Decision], functions: [Function], tables: [CompiledTable],
    frameCount: FrameSize
  ) {
    self.inputs = inputs
    inputTypes = inputs.map(\.type.quick)
    self.decisions = decisions
    self.functions = functions
    self.tables = tables.sorted { $0.number < $1.number }
    self.frameCount = frameCount.value
  }

  // MARK: - Slots: inputs, then decisions, then functions, then the names inside the logic

  func slot(decision index: Int) -> Int { inputs.count + index }

  func slot(function index: Int) -> Int { inputs.count + decisions.count + index }

  func makeFrame() -> Frame { Frame(count: frameCount) }

  // MARK: - Evaluation

  /// Evaluates a decision whose requirements stand in the frame, and puts its value there.
  @inline(__always)
  func evaluate(
    decision index: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) {
    recorder.note(.decisionBegin, index)
    frame[slot(decision: index)] = decisions[index].logic.evaluate(frame, recorder, &evaluation)
    recorder.note(.decisionEnd, index)
  }

  /// The decisions to evaluate for some targets, in order, where the values of others are supplied.
  func order(of targets: [Int], supplied: Set<Int> = []) -> [Int] {
    if targets.count == 1, supplied.isEmpty { return decisions[targets[0]].order }
    var order: [Int] = []
    var seen = supplied
    for target in targets where !seen.contains(target) {
      // Circular decisions have no requirements left to walk: their order is themselves.
      guard decisions[target].order.count > 1 else {
        if seen.insert(target).inserted { order.append(target) }
        continue
      }
      seen.insert(target)
      var stack: [(decision: Int, next: Int)] = [(target, 0)]
      while let top = stack.last {
        let required = decisions[top.decision].requirements.decisions
        if top.next < required.count {
          stack[stack.count - 1].next += 1
          if seen.insert(required[top.next]).inserted { stack.append((required[top.next], 0)) }
        } else {
          order.append(top.decision)
          stack.removeLast()
        }
      }
    }
    return order
  }

  // MARK: - Functions as values

  /// Makes function values, those that a function needs before it.
  func makeFunctions() -> [FunctionValue] {
    var made: [Int: FunctionValue] = [:]
    for start in functions.indices { make(start, &made) }
    return functions.indices.map { made[$0] ?? makeFunction($0, needs: nil) }
  }

  private func make(_ start: Int, _ made: inout [Int: FunctionValue]) {
    var stack = [start]
    while let top = stack.last {
      if made[top] != nil {
        stack.removeLast()
        continue
      }
      let function = functions[top]
      // What calls itself cannot hold itself: it makes the functions that it needs when it is called.
      let missing = function.isCircular ? [] : function.needs.filter { made[$0] == nil }
      if missing.isEmpty {
        made[top] = makeFunction(
          top, needs: function.isCircular ? nil : function.needs.compactMap { made[$0] })
        stack.removeLast()
      } else {
        stack += missing
      }
    }
  }

  /// - Parameter needs: the functions that the body calls; nil to make them at each call.
  private func makeFunction(_ index: Int, needs: [FunctionValue]?) -> FunctionValue {
    let function = functions[index]
    return FunctionValue(
      name: function.name, parameters: function.parameters, result: function.result, cost: FunctionCall.cost
    ) { [self] arguments, evaluation in
      FunctionCall.run(&evaluation) { recorder, evaluation in
        recorder.note(.functionBegin, index)
        defer { recorder.note(.functionEnd, index) }
        let needs = needs ?? function.needs.map { makeFunction($0, needs: nil) }
        return call(index, arguments, needs, recorder, &evaluation)
      }
    }
  }

  private func call(
    _ index: Int, _ arguments: [Value], _ needs: [FunctionValue], _ recorder: TraceRecorder,
    _ evaluation: inout Evaluation
  ) -> Value {
    switch functions[index].body {
    case .knowledge(let logic, let size):
      let frame = Frame(count: size.value)
      for (slot, function) in needs.enumerated() { frame[slot] = .function(function) }
      for (offset, argument) in arguments.enumerated() { frame[needs.count + offset] = argument }
      return logic.evaluate(frame, recorder, &evaluation)
    case .service(let parameters, let outputs, let order):
      let frame = makeFrame()
      for (need, function) in zip(functions[index].needs, needs) {
        frame[slot(function: need)] = .function(function)
      }
      for (slot, argument) in zip(parameters, arguments) { frame[slot] = argument }
      for decision in order { evaluate(decision: decision, frame, recorder, &evaluation) }
      // A service of one output decision gives its value, one of several a context of them (10.4).
      if outputs.count == 1 { return frame[slot(decision: outputs[0])] }
      return .context(Context(outputs.map { (decisions[$0].name, frame[slot(decision: $0)]) }))
    }
  }
}
