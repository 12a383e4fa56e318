/// Who needs whom among the elements of a model and its imports, resolved once (DMN 1.5, 6.2).
struct RequirementGraph {
  /// An element by its kind and its position in the list of that kind.
  enum Node: Hashable {
    case input(Int)
    case decision(Int)
    case function(Int)
  }

  /// Where an element stands: the model and the position in that model's list.
  struct Home: Hashable {
    var model: Int
    var index: Int
  }

  /// Whether a function is a business knowledge model or a decision service.
  enum FunctionKind: Hashable {
    case knowledge
    case service
  }

  /// What a decision or function requires, in the order of the file.
  struct Requirements {
    var inputs: [Int] = []
    var decisions: [Int] = []
    var functions: [Int] = []
  }

  /// The members of a decision service.
  struct ServiceMembers {
    var outputs: [Int] = []
    var encapsulated: [Int] = []
    var inputDecisions: [Int] = []
    var inputs: [Int] = []
  }

  private(set) var inputs: [Home] = []
  private(set) var decisions: [Home] = []
  private(set) var functions: [(kind: FunctionKind, home: Home)] = []
  private(set) var decisionRequirements: [Requirements] = []
  /// What the bodies of functions require; for services, the functions that their decisions require.
  private(set) var functionRequirements: [Requirements] = []
  private(set) var serviceMembers: [ServiceMembers] = []
  /// For each decision all decisions below it and itself, each after those that it requires.
  private(set) var closures: [[Int]] = []
  /// Decisions that stand in a circle or above one: they have no value.
  private(set) var circularDecisions: Set<Int> = []
  /// Functions that require themselves, directly or indirectly.
  private(set) var circularFunctions: Set<Int> = []
  /// Business knowledge models that call themselves without saying so, which 7.3.10 leaves open: a function's name
  /// is known in its own body.
  private(set) var selfCalling: Set<Int> = []
  private(set) var findings: [ModelFinding] = []

  private let library: ModelLibrary
  private var nodes: [[String: Node]]

  init(_ library: ModelLibrary) {
    self.library = library
    nodes = Array(repeating: [:], count: library.models.count)
    for model in library.models.indices { number(model) }
    resolveDecisions()
    resolveFunctions()
    findDecisionCircles()
    addServiceKnowledge()
    findFunctionCircles()
    addSelfCalls()
  }

  func input(_ index: Int) -> InputData {
    library.models[inputs[index].model].inputData[inputs[index].index]
  }

  func decision(_ index: Int) -> Decision {
    library.models[decisions[index].model].decisions[decisions[index].index]
  }

  /// The place of a decision, for findings and warnings.
  func place(decision index: Int) -> ModelPlace {
    library.place(of: decision(index).identity, in: decisions[index].model)
  }

  /// The identity of a function.
  func identity(function index: Int) -> ElementIdentity {
    let (kind, home) = functions[index]
    let model = library.models[home.model]
    return kind == .knowledge
      ? model.businessKnowledgeModels[home.index].identity : model.decisionServices[home.index].identity
  }

  /// The place of a function, for findings and warnings.
  func place(function index: Int) -> ModelPlace {
    library.place(of: identity(function: index), in: functions[index].home.model)
  }

  // MARK: - Numbering and resolving

  private mutating func number(_ model: Int) {
    let definitions = library.models[model]
    for (index, element) in definitions.inputData.enumerated() {
      register(.input(inputs.count), element.identity, model)
      inputs.append(Home(model: model, index: index))
    }
    for (index, element) in definitions.decisions.enumerated() {
      register(.decision(decisions.count), element.identity, model)
      decisions.append(Home(model: model, index: index))
    }
    for (index, element) in definitions.businessKnowledgeModels.enumerated() {
      register(.function(functions.count), element.identity, model)
      functions.append((.knowledge, Home(model: model, index: index)))
    }
    for (index, element) in definitions.decisionServices.enumerated() {
      register(.function(functions.count), element.identity, model)
      functions.append((.service, Home(model: model, index: index)))
    }
  }

  private mutating func register(_ node: Node, _ identity: ElementIdentity, _ model: Int) {
    if let id = identity.id, nodes[model][id] == nil { nodes[model][id] = node }
  }

  private mutating func resolve(
    _ reference: ElementReference, from model: Int, expected: String, place: ModelPlace
  ) -> Node? {
    let target = reference.namespace.map { library.model(namespace: $0, from: model) } ?? model
    if let target, let node = nodes[target][reference.id] { return node }
    var place = place
    place.position = reference.position ?? place.position
    let full = (reference.namespace.map { "\($0)#" } ?? "") + reference.id
    findings.append(ModelFinding(.unknownReference(id: full, expected: expected), at: place))
    return nil
  }

  private mutating func resolveDecisions() {
    for index in decisions.indices {
      let decision = decision(index)
      let model = decisions[index].model
      let place = place(decision: index)
      var found = Requirements()
      let references =
        decision.requiredInputs.map { ($0, "input data") }
        + decision.requiredDecisions.map { ($0, "decision") }
        + decision.requiredKnowledge.map { ($0, "business knowledge model or decision service") }
      for (reference, expected) in references {
        found.add(resolve(reference, from: model, expected: expected, place: place))
      }
      decisionRequirements.append(found)
    }
  }

  private mutating func resolveFunctions() {
    for index in functions.indices {
      let (kind, home) = functions[index]
      let place = place(function: index)
      var found = Requirements()
      var members = ServiceMembers()
      switch kind {
      case .knowledge:
        for reference in library.models[home.model].businessKnowledgeModels[home.index].requiredKnowledge {
          found.add(
            resolve(
              reference, from: home.model, expected: "business knowledge model or decision service",
              place: place))
        }
      case .service:
        let service = library.models[home.model].decisionServices[home.index]
        members.outputs = decisions(service.outputDecisions, home.model, place)
        members.encapsulated = decisions(service.encapsulatedDecisions, home.model, place)
        members.inputDecisions = decisions(service.inputDecisions, home.model, place)
        for reference in service.inputData {
          let node = resolve(reference, from: home.model, expected: "input data", place: place)
          if case .input(let input) = node { members.inputs.append(input) }
        }
      }
      functionRequirements.append(found)
      serviceMembers.append(members)
    }
  }

  private mutating func decisions(
    _ references: [ElementReference], _ model: Int, _ place: ModelPlace
  ) -> [Int] {
    var result: [Int] = []
    for reference in references {
      let node = resolve(reference, from: model, expected: "decision", place: place)
      if case .decision(let decision) = node { result.append(decision) }
    }
    return result
  }

  // MARK: - Order and circles

  private mutating func findDecisionCircles() {
    let edges = decisionRequirements.map(\.decisions)
    let walk = GraphWalk(edges)
    for circle in walk.circles {
      guard let first = circle.first else { continue }
      let path = (circle + [first]).map { decision($0).identity.name }
      findings.append(ModelFinding(.circularRequirement(path: path), at: place(decision: first)))
    }
    circularDecisions = walk.reachingCircles
    closures = decisions.indices.map { circularDecisions.contains($0) ? [$0] : walk.closure(of: $0) }
  }

  /// A service needs the functions of all decisions that it may evaluate.
  private mutating func addServiceKnowledge() {
    for index in functions.indices where functions[index].kind == .service {
      var needed: Set<Int> = []
      for output in serviceMembers[index].outputs + serviceMembers[index].encapsulated {
        for decision in closures[output] { needed.formUnion(decisionRequirements[decision].functions) }
      }
      functionRequirements[index].functions = needed.sorted()
    }
  }

  private mutating func findFunctionCircles() {
    let walk = GraphWalk(functionRequirements.map(\.functions))
    circularFunctions = walk.onCircles
    for circle in walk.circles {
      guard let first = circle.first else { continue }
      let path = (circle + [first]).map { identity(function: $0).name }
      findings.append(ModelFinding(.circularFunction(path: path), at: place(function: first)))
    }
  }

  private mutating func addSelfCalls() {
    for index in functions.indices
    where functions[index].kind == .knowledge && !functionRequirements[index].functions.contains(index) {
      let home = functions[index].home
      let body = library.models[home.model].businessKnowledgeModels[home.index].function?.body
      guard let body, body.mentions(identity(function: index).name) else { continue }
      selfCalling.insert(index)
      functionRequirements[index].functions.append(index)
    }
  }
}

extension RequirementGraph.Requirements {
  fileprivate mutating func add(_ node: RequirementGraph.Node?) {
    switch node {
    case .input(let index): if !inputs.contains(index) { inputs.append(index) }
    case .decision(let index): if !decisions.contains(index) { decisions.append(index) }
    case .function(let index): if !functions.contains(index) { functions.append(index) }
    case nil: break
    }
  }
}

extension ModelLibrary {
  /// The place of an element of one of the models.
  func place(of identity: ElementIdentity, in model: Int) -> ModelPlace {
    ModelPlace(
      model: models[model].identity.name, source: models[model].source, elementID: identity.id,
      elementName: identity.name, position: identity.position)
  }
}
