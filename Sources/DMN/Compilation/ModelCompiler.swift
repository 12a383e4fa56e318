internal import FEEL

/// Turns a library of models into the compiled plan.
struct ModelCompiler {
  private let library: ModelLibrary
  private let state: CompilationState
  private let graph: RequirementGraph
  private let frameCount: FrameSize
  private var inputTypes: [FEELType] = []
  private var decisionTypes: [FEELType]
  private var functionTypes: [(parameters: [FunctionParameter], result: FEELType)]

  /// Compiles the models.
  static func compile(_ library: ModelLibrary) -> (core: ModelCore, findings: [ModelFinding]) {
    var compiler = ModelCompiler(library)
    let core = compiler.compile()
    let findings =
      library.findings + compiler.graph.findings + compiler.state.catalog.findings + compiler.state.findings
    return (core, findings)
  }

  private init(_ library: ModelLibrary) {
    self.library = library
    state = CompilationState(library)
    graph = RequirementGraph(library)
    frameCount = FrameSize(graph.inputs.count + graph.decisions.count + graph.functions.count)
    decisionTypes = Array(repeating: .any, count: graph.decisions.count)
    functionTypes = Array(repeating: ([], .any), count: graph.functions.count)
  }

  private mutating func compile() -> ModelCore {
    let inputs = graph.inputs.indices.map { input($0) }
    inputTypes = inputs.map(\.type.type)
    declareTypes()
    var functions: [ModelCore.Function?] = Array(repeating: nil, count: graph.functions.count)
    for index in functionOrder where graph.functions[index].kind == .knowledge {
      functions[index] = knowledge(index)
    }
    var decisions: [ModelCore.Decision?] = Array(repeating: nil, count: graph.decisions.count)
    for start in graph.decisions.indices {
      for index in graph.closures[start] where decisions[index] == nil {
        let before = state.findings.count
        decisions[index] = decision(index)
        decisions[index]?.isFaulty = state.findings[before...].contains { $0.severity == .error }
      }
    }
    let compiled = decisions.compactMap { $0 }
    for index in functions.indices where functions[index] == nil {
      functions[index] = service(index, compiled)
    }
    return ModelCore(
      inputs: inputs, decisions: compiled, functions: functions.compactMap { $0 }, tables: state.tables,
      frameCount: frameCount)
  }

  // MARK: - Types known before any logic is compiled

  private func input(_ index: Int) -> ModelCore.Input {
    let input = graph.input(index)
    let model = graph.inputs[index].model
    let place = library.place(of: input.identity, in: model)
    let type = state.type(named: input.variable.typeReference, in: model, at: place)
    return ModelCore.Input(
      name: input.identity.name, namespace: library.models[model].namespace, type: ExpectedType(type),
      place: place)
  }

  private mutating func declareTypes() {
    for index in graph.decisions.indices {
      decisionTypes[index] = state.type(
        named: graph.decision(index).variable.typeReference, in: graph.decisions[index].model,
        at: graph.place(decision: index))
    }
    for index in graph.functions.indices {
      let (kind, home) = graph.functions[index]
      let model = library.models[home.model]
      let place = graph.place(function: index)
      switch kind {
      case .knowledge:
        let knowledge = model.businessKnowledgeModels[home.index]
        functionTypes[index] = (
          (knowledge.function?.parameters ?? []).map { parameter in
            FunctionParameter(
              parameter.identity.name,
              state.type(named: parameter.typeReference, in: home.model, at: place))
          },
          resultType(of: knowledge, in: home.model, at: place)
        )
      case .service:
        functionTypes[index] = (serviceParameters(index), serviceResult(index, in: home.model, at: place))
      }
    }
  }

  /// The result type: of the body where it says so, else of the variable (modellers write it in either place).
  private func resultType(
    of knowledge: BusinessKnowledgeModel, in model: Int, at place: ModelPlace
  ) -> FEELType {
    let reference = knowledge.function?.typeReference ?? knowledge.function?.body?.typeReference
    if let reference { return state.type(named: reference, in: model, at: place) }
    let type = state.type(named: knowledge.variable.typeReference, in: model, at: place)
    // Since 1.3 the variable has the function's type, before it had the result's.
    if case .function(_, let result) = type.resolved { return result }
    return type
  }

  /// The parameters of a service: its input data, then its input decisions (10.4).
  private func serviceParameters(_ index: Int) -> [FunctionParameter] {
    let members = graph.serviceMembers[index]
    return members.inputs.map { FunctionParameter(graph.input($0).variable.identity.name, inputTypes[$0]) }
      + members.inputDecisions.map {
        FunctionParameter(graph.decision($0).variable.identity.name, decisionTypes[$0])
      }
  }

  private func serviceResult(_ index: Int, in model: Int, at place: ModelPlace) -> FEELType {
    let home = graph.functions[index].home
    let service = library.models[home.model].decisionServices[home.index]
    let type = state.type(named: service.variable.typeReference, in: model, at: place)
    if case .function(_, let result) = type.resolved { return result }
    return type
  }

  // MARK: - Functions

  /// The functions, each after those that it needs, as far as there is no circle.
  private var functionOrder: [Int] {
    var order: [Int] = []
    var seen: Set<Int> = []
    for start in graph.functions.indices {
      let closure =
        graph.circularFunctions.contains(start)
        ? [start] : GraphWalk(graph.functionRequirements.map(\.functions)).closure(of: start)
      for index in closure where seen.insert(index).inserted { order.append(index) }
    }
    return order
  }

  private mutating func knowledge(_ index: Int) -> ModelCore.Function {
    let home = graph.functions[index].home
    let knowledge = library.models[home.model].businessKnowledgeModels[home.index]
    let place = graph.place(function: index)
    let needs = graph.functionRequirements[index].functions
    let size = FrameSize(needs.count)
    var scope = state.scopes.scope(
      of: home.model, entries: needs.enumerated().map { entry(function: $1, slot: $0) },
      firstSlot: needs.count)
    let compiler = LogicCompiler(state: state, model: home.model, frameCount: size)
    var logic: any Logic = FaultyLogic("there is no logic", at: place)
    if let function = knowledge.function {
      let body = compiler.body(function, in: &scope, at: place)
      logic = body.logic
      if ExpectedType(functionTypes[index].result).isAny { functionTypes[index].result = body.type }
    } else {
      state.find(.missingExpression, at: place)
    }
    return ModelCore.Function(
      name: knowledge.identity.name, namespace: library.models[home.model].namespace,
      parameters: functionTypes[index].parameters, result: functionTypes[index].result,
      body: .knowledge(logic, size), needs: needs,
      isCircular: graph.circularFunctions.contains(index) || graph.selfCalling.contains(index), place: place)
  }

  private func service(_ index: Int, _ decisions: [ModelCore.Decision]) -> ModelCore.Function {
    let home = graph.functions[index].home
    let members = graph.serviceMembers[index]
    let offset = graph.inputs.count
    return ModelCore.Function(
      name: graph.identity(function: index).name, namespace: library.models[home.model].namespace,
      parameters: functionTypes[index].parameters, result: functionTypes[index].result,
      body: .service(
        parameters: members.inputs + members.inputDecisions.map { offset + $0 }, outputs: members.outputs,
        order: order(of: members)),
      needs: graph.functionRequirements[index].functions,
      isCircular: graph.circularFunctions.contains(index), place: graph.place(function: index))
  }

  /// The decisions that a service evaluates: those behind its outputs, up to its input decisions.
  private func order(of members: RequirementGraph.ServiceMembers) -> [Int] {
    var edges = graph.decisionRequirements.map(\.decisions)
    for decision in members.inputDecisions + graph.circularDecisions { edges[decision] = [] }
    let supplied = Set(members.inputDecisions)
    let walk = GraphWalk(edges)
    var order: [Int] = []
    var seen: Set<Int> = []
    for output in members.outputs {
      for decision in walk.closure(of: output) where !supplied.contains(decision) {
        if seen.insert(decision).inserted { order.append(decision) }
      }
    }
    return order
  }

  // MARK: - Decisions

  private mutating func decision(_ index: Int) -> ModelCore.Decision {
    let decision = graph.decision(index)
    let model = graph.decisions[index].model
    let place = graph.place(decision: index)
    let requirements = graph.decisionRequirements[index]
    var logic: any Logic
    if graph.circularDecisions.contains(index) {
      logic = FaultyLogic("its requirements go in a circle", at: place)
    } else {
      let scope = state.scopes.scope(
        of: model, entries: entries(requirements),
        firstSlot: graph.inputs.count + graph.decisions.count + graph.functions.count)
      let compiler = LogicCompiler(state: state, model: model, frameCount: frameCount)
      var expression = decision.expression
      // A table that names no type has that of the decision's variable.
      if case .decisionTable? = expression?.form, expression?.typeReference == nil {
        expression?.typeReference = decision.variable.typeReference
      }
      let result = compiler.typed(
        compiler.compile(expression, in: scope, at: place), as: decisionTypes[index], at: place)
      logic = result.logic
      decisionTypes[index] = result.type
    }
    return ModelCore.Decision(
      name: decision.identity.name, namespace: library.models[model].namespace, type: decisionTypes[index],
      logic: logic, place: place, order: graph.closures[index], requirements: requirements, isFaulty: false)
  }

  private func entries(_ requirements: RequirementGraph.Requirements) -> [ModelScopes.Entry] {
    let decisionSlot = graph.inputs.count
    let functionSlot = decisionSlot + graph.decisions.count
    return requirements.functions.map { entry(function: $0, slot: functionSlot + $0) }
      + requirements.inputs.map {
        ModelScopes.Entry(
          name: graph.input($0).variable.identity.name, type: inputTypes[$0], slot: $0,
          model: graph.inputs[$0].model)
      }
      + requirements.decisions.map {
        ModelScopes.Entry(
          name: graph.decision($0).variable.identity.name, type: decisionTypes[$0], slot: decisionSlot + $0,
          model: graph.decisions[$0].model)
      }
  }

  private func entry(function index: Int, slot: Int) -> ModelScopes.Entry {
    let (parameters, result) = functionTypes[index]
    return ModelScopes.Entry(
      name: graph.identity(function: index).name, type: .function(parameters.map(\.type), result), slot: slot,
      parameters: parameters, model: graph.functions[index].home.model)
  }
}
