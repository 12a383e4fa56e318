public import FEEL

/// A DMN model with its imports, read, checked and compiled once: ask it for decisions as often as you like.
///
/// Immutable, so that any number of threads can share it. Evaluation is pure: no clock is read, nothing is kept.
/// What is wrong with the model stands in `findings`; parts that have no error are usable all the same.
public final class DecisionModel: Sendable {
  /// What is wrong or doubtful in the model.
  public let findings: [ModelFinding]
  /// The main model as read.
  public let definitions: Definitions
  /// The models that were read: the main one and those that it imports.
  public let sources: [String]
  let core: ModelCore
  let functions: [FunctionValue]

  /// Compiles a model from memory.
  ///
  /// - Parameters:
  ///   - main: the main model.
  ///   - others: the files among which its imports are looked for.
  public convenience init(_ main: ModelFile, others: [ModelFile] = []) throws(ModelError) {
    self.init(try ModelLibrary(main: main, others: others))
  }

  /// Reads and compiles a model from disk; its imports are looked for among the `.dmn` files of its folder.
  public convenience init(path: String) throws(ModelError) {
    let files = try ModelFolder.files(of: path)
    try self.init(files.main, others: files.others)
  }

  private init(_ library: ModelLibrary) {
    (core, findings) = ModelCompiler.compile(library)
    functions = core.makeFunctions()
    definitions = library.models[0]
    sources = library.models.map(\.source)
  }

  /// The name of the main model.
  public var name: String { definitions.identity.name }

  /// The namespace of the main model.
  public var namespace: String { definitions.namespace }

  // MARK: - Handles: names are looked up once

  /// The inputs in the order of their slots; those of imported models follow those of the main one.
  public var inputs: [InputDescription] {
    core.inputs.enumerated().map { slot, input in
      InputDescription(
        slot: slot, name: input.name, namespace: input.namespace, type: input.type.type,
        isImported: input.namespace != namespace)
    }
  }

  /// How many inputs there are: the length of the array that `evaluate` takes.
  public var inputCount: Int { core.inputs.count }

  /// The slot of an input; without a namespace one of the main model, else the only one of that name.
  public func inputSlot(named name: String, namespace: String? = nil) -> Int? {
    Self.find(
      name, namespace ?? self.namespace, isFixed: namespace != nil,
      core.inputs.map { ($0.name, $0.namespace) })
  }

  /// The decisions in the order of the file; those of imported models follow those of the main one.
  public var decisions: [DecisionHandle] { core.decisions.indices.map { DecisionHandle(index: $0) } }

  /// A decision; without a namespace one of the main model, else the only one of that name.
  public func decision(named name: String, namespace: String? = nil) -> DecisionHandle? {
    Self.find(
      name, namespace ?? self.namespace, isFixed: namespace != nil,
      core.decisions.map { ($0.name, $0.namespace) }
    ).map { DecisionHandle(index: $0) }
  }

  /// The name of a decision.
  public func name(of decision: DecisionHandle) -> String { core.decisions[decision.index].name }

  /// The type of a decision's value, as far as it is known.
  public func type(of decision: DecisionHandle) -> FEELType { core.decisions[decision.index].type }

  /// Whether a decision is of the main model.
  public func isMain(_ decision: DecisionHandle) -> Bool {
    core.decisions[decision.index].namespace == namespace
  }

  /// Whether an error was found in a decision's own logic, so that it may give null without need.
  public func isFaulty(_ decision: DecisionHandle) -> Bool { core.decisions[decision.index].isFaulty }

  /// The slots of the inputs that a decision uses, directly or through other decisions.
  public func inputSlots(of decision: DecisionHandle) -> [Int] {
    Set(core.decisions[decision.index].order.flatMap { core.decisions[$0].requirements.inputs }).sorted()
  }

  /// The slots of the inputs that a decision requires directly.
  public func requiredInputs(of decision: DecisionHandle) -> [Int] {
    core.decisions[decision.index].requirements.inputs
  }

  /// The decisions that a decision requires directly.
  public func requirements(of decision: DecisionHandle) -> [DecisionHandle] {
    core.decisions[decision.index].requirements.decisions.map { DecisionHandle(index: $0) }
  }

  /// The FEEL text that is the logic of a decision; nil if its logic is something else.
  public func text(of decision: DecisionHandle) -> String? {
    var logic = core.decisions[decision.index].logic
    while let typed = logic as? TypedLogic { logic = typed.logic }
    return (logic as? ExpressionLogic)?.compiled.text
  }

  /// A business knowledge model or decision service; without a namespace one of the main model.
  public func function(named name: String, namespace: String? = nil) -> FunctionHandle? {
    Self.find(
      name, namespace ?? self.namespace, isFixed: namespace != nil,
      core.functions.map { ($0.name, $0.namespace) }
    ).map { FunctionHandle(index: $0) }
  }

  /// The functions in the order of the file, services after business knowledge models.
  public var functionHandles: [FunctionHandle] { core.functions.indices.map { FunctionHandle(index: $0) } }

  /// The function as a value, to be called from FEEL expressions compiled elsewhere.
  public func value(of function: FunctionHandle) -> FunctionValue { functions[function.index] }

  /// Whether a function is a decision service.
  public func isService(_ function: FunctionHandle) -> Bool {
    if case .service = core.functions[function.index].body { return true }
    return false
  }

  private static func find(
    _ name: String, _ namespace: String, isFixed: Bool, _ elements: [(name: String, namespace: String)]
  ) -> Int? {
    if let found = elements.firstIndex(where: { $0.name == name && $0.namespace == namespace }) {
      return found
    }
    guard !isFixed else { return nil }
    let others = elements.indices.filter { elements[$0].name == name }
    return others.count == 1 ? others.first : nil
  }
}

/// A decision of a model, looked up once by name.
public struct DecisionHandle: Sendable, Hashable {
  let index: Int
}

/// A business knowledge model or decision service of a model, looked up once by name.
public struct FunctionHandle: Sendable, Hashable {
  let index: Int
}

/// An input of a model.
public struct InputDescription: Sendable {
  /// The position of its value in the array that `evaluate` takes.
  public var slot: Int
  /// The name.
  public var name: String
  /// The namespace of the model that has it.
  public var namespace: String
  /// The type.
  public var type: FEELType
  /// Whether it belongs to an imported model.
  public var isImported: Bool
}
