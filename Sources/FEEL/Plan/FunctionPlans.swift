/// A function definition: each evaluation makes a function with the values it captures.
final class FunctionPlan: Plan {
  let parameters: [FunctionParameter]
  let captures: [(outer: Int, inner: Int)]
  let selfSlot: Int?
  let slotCount: Int
  let body: any Plan
  let result: FEELType
  let cost: Int

  init(_ definition: FunctionDefinition) {
    parameters = definition.parameters
    captures = definition.captures
    selfSlot = definition.selfSlot
    slotCount = definition.slotCount
    body = Planner.plan(definition.body)
    result = definition.body.type
    cost = definition.body.depth + 6
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    .function(function(capturing: captures.map { frame.slots[$0.outer] }))
  }

  private func function(capturing captured: [Value]) -> FunctionValue {
    FunctionValue(parameters: parameters, inferredResult: result, cost: cost) {
      [self] arguments, evaluation in
      let frame = Frame(count: slotCount)
      for (position, argument) in arguments.enumerated() { frame.slots[position] = argument }
      for (position, capture) in captures.enumerated() { frame.slots[capture.inner] = captured[position] }
      if let selfSlot { frame.slots[selfSlot] = .function(function(capturing: captured)) }
      return body.evaluate(frame, &evaluation)
    }
  }
}

/// A call of a built-in that is known when compiling.
final class BuiltInPlan: Plan {
  /// An overload that takes so many arguments, with the test of each.
  private final class Candidate: Sendable {
    let body: BuiltIn.Overload.Body
    let unary: (@Sendable (_ argument: Value, _ evaluation: inout Evaluation) -> Value)?
    let tests: [ConformanceTest]
    let firstTest: ConformanceTest?

    init(_ overload: BuiltIn.Overload, count: Int) {
      body = overload.body
      unary = overload.unary
      tests = (0..<count).compactMap { position in
        overload.parameters.indices.last.map {
          ConformanceTest(overload.parameters[min(position, $0)].type)
        }
      }
      firstTest = tests.first
    }

    func admits(_ arguments: [Value]) -> Bool {
      for position in tests.indices where !tests[position].admits(arguments[position]) { return false }
      return true
    }
  }

  let builtIn: BuiltIn
  let arguments: [any Plan]
  let position: SourcePosition
  private let candidates: [Candidate]

  init(_ builtIn: BuiltIn, _ arguments: [any Plan], at position: SourcePosition) {
    self.builtIn = builtIn
    self.arguments = arguments
    self.position = position
    candidates = builtIn.overloads.filter { $0.accepts(count: arguments.count) }.map {
      Candidate($0, count: arguments.count)
    }
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    if arguments.count == 1 {
      return value(of: arguments[0].evaluate(frame, &evaluation), &evaluation)
    }
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments { values.append(argument.evaluate(frame, &evaluation)) }
    return value(of: values, &evaluation)
  }

  /// The value of a call with evaluated arguments.
  func value(of values: [Value], _ evaluation: inout Evaluation) -> Value {
    evaluation.position = position
    // Nearly always the arguments are of the right types as they are.
    for index in candidates.indices where candidates[index].admits(values) {
      guard evaluation.enter(cost: BuiltIn.callCost) else { return .null }
      defer { evaluation.leave(cost: BuiltIn.callCost) }
      return candidates[index].body(values, &evaluation)
    }
    return builtIn.invoke(values, &evaluation)
  }

  /// The value of a single argument's call, for which no list is made.
  private func value(of argument: Value, _ evaluation: inout Evaluation) -> Value {
    evaluation.position = position
    for index in candidates.indices {
      let candidate = candidates[index]
      guard candidate.firstTest?.admits(argument) ?? true else { continue }
      guard evaluation.enter(cost: BuiltIn.callCost) else { return .null }
      defer { evaluation.leave(cost: BuiltIn.callCost) }
      guard let unary = candidate.unary else { return candidate.body([argument], &evaluation) }
      return unary(argument, &evaluation)
    }
    return builtIn.invoke([argument], &evaluation)
  }
}

/// `list contains(list, element)`, which decision tables ask in many rules, mostly of a list that is empty.
final class ListContainsPlan: Plan {
  private let call: BuiltInPlan
  private let list: any Plan
  private let element: any Plan

  /// Nil for calls of anything else.
  init?(_ call: BuiltInPlan) {
    guard call.builtIn.name == "list contains", call.arguments.count == 2 else { return nil }
    self.call = call
    list = call.arguments[0]
    element = call.arguments[1]
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let list = list.evaluate(frame, &evaluation)
    let element = element.evaluate(frame, &evaluation)
    if case .list(let items) = list, items.isEmpty { return .boolean(false) }
    return call.value(of: [list, element], &evaluation)
  }
}

/// A call of a built-in with named arguments.
final class BuiltInNamedPlan: Plan {
  let builtIn: BuiltIn
  let names: [String]
  let arguments: [any Plan]
  let position: SourcePosition

  init(_ builtIn: BuiltIn, _ names: [String], _ arguments: [any Plan], at position: SourcePosition) {
    self.builtIn = builtIn
    self.names = names
    self.arguments = arguments
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var values: [(name: String, value: Value)] = []
    values.reserveCapacity(arguments.count)
    for (name, argument) in zip(names, arguments) {
      values.append((name: name, value: argument.evaluate(frame, &evaluation)))
    }
    evaluation.position = position
    return builtIn.invoke(named: values, &evaluation)
  }
}

/// A call of a function that is a value.
final class CallPlan: Plan {
  let function: any Plan
  let arguments: [any Plan]
  let position: SourcePosition

  init(_ function: any Plan, _ arguments: [any Plan], at position: SourcePosition) {
    self.function = function
    self.arguments = arguments
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let callee = function.evaluate(frame, &evaluation)
    guard case .function(let function) = callee else {
      return evaluation.null(.notAFunction, ["it", callee.kindName], at: position)
    }
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments { values.append(argument.evaluate(frame, &evaluation)) }
    evaluation.position = position
    return function.invoke(values, &evaluation)
  }
}

/// A call with named arguments of a function whose parameters are known only when it is called.
final class CallNamedPlan: Plan {
  let function: any Plan
  let names: [String]
  let arguments: [any Plan]
  let position: SourcePosition

  init(_ function: any Plan, _ names: [String], _ arguments: [any Plan], at position: SourcePosition) {
    self.function = function
    self.names = names
    self.arguments = arguments
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let callee = function.evaluate(frame, &evaluation)
    guard case .function(let function) = callee else {
      return evaluation.null(.notAFunction, ["it", callee.kindName], at: position)
    }
    var values: [(name: String, value: Value)] = []
    values.reserveCapacity(arguments.count)
    for (name, argument) in zip(names, arguments) {
      values.append((name: name, value: argument.evaluate(frame, &evaluation)))
    }
    evaluation.position = position
    return function.invoke(named: values, &evaluation)
  }
}
