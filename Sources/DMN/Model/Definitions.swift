/// One model file as read: its elements in their order, nothing resolved yet (DMN 1.5, 6.3.2).
public struct Definitions: Sendable {
  /// The name of the file, for messages.
  public var source: String
  /// The version of the standard that the file is written in.
  public var version: StandardVersion
  /// Id, name and position of the `definitions` element.
  public var identity: ElementIdentity
  /// The model's own namespace, by which others import it.
  public var namespace: String
  /// Text for people.
  public var description: String?
  /// The models that this one imports.
  public var imports: [ModelImport] = []
  /// The types that the model defines.
  public var itemDefinitions: [ItemDefinition] = []
  /// The inputs.
  public var inputData: [InputData] = []
  /// The decisions.
  public var decisions: [Decision] = []
  /// The reusable functions.
  public var businessKnowledgeModels: [BusinessKnowledgeModel] = []
  /// The decision services.
  public var decisionServices: [DecisionService] = []
}

/// An `import` element: another model whose elements are reached by a prefix (DMN 1.5, 6.3.3).
public struct ModelImport: Sendable {
  /// Id, the prefix (the name; empty puts the imported names directly in scope) and position.
  public var identity: ElementIdentity
  /// The namespace of the imported model.
  public var namespace: String
  /// Where the model is to be found, if the modeller says so.
  public var location: String?
  /// What kind of thing is imported: the DMN namespace for a model.
  public var kind: String
}

/// An input of the model, given by the caller.
public struct InputData: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// Text for people.
  public var description: String?
  /// The variable under which expressions see it.
  public var variable: InformationItem
}

/// A decision and the logic that makes its value (DMN 1.5, 6.3.7).
public struct Decision: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// Text for people.
  public var description: String?
  /// The question that the decision answers, in natural language.
  public var question: String?
  /// The answers that are allowed, in natural language.
  public var allowedAnswers: String?
  /// The variable under which other decisions see the result, with its type.
  public var variable: InformationItem
  /// Inputs that the logic uses.
  public var requiredInputs: [ElementReference]
  /// Decisions that the logic uses.
  public var requiredDecisions: [ElementReference]
  /// Business knowledge models and decision services that the logic invokes.
  public var requiredKnowledge: [ElementReference]
  /// The logic; nil for a decision that is only drawn.
  public var expression: BoxedExpression?
}

/// A reusable function (DMN 1.5, 6.3.9).
public struct BusinessKnowledgeModel: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// Text for people.
  public var description: String?
  /// The variable under which decisions see the function.
  public var variable: InformationItem
  /// Business knowledge models and decision services that the body invokes.
  public var requiredKnowledge: [ElementReference]
  /// Parameters and body; nil for one that is only drawn.
  public var function: FunctionDefinition?
}

/// A part of the requirement graph offered as one function (DMN 1.5, 6.3.10).
public struct DecisionService: Sendable {
  /// Id, name and position.
  public var identity: ElementIdentity
  /// Text for people.
  public var description: String?
  /// The variable under which decisions see the service, with its type.
  public var variable: InformationItem
  /// The decisions whose values are the service's result.
  public var outputDecisions: [ElementReference]
  /// Decisions evaluated inside, besides the output decisions.
  public var encapsulatedDecisions: [ElementReference]
  /// Decisions whose values the caller supplies.
  public var inputDecisions: [ElementReference]
  /// Input data that the caller supplies.
  public var inputData: [ElementReference]
}
