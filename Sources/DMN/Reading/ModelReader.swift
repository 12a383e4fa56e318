internal import Formats

/// Reads one model file into `Definitions`; what is wrong in it becomes findings.
///
/// Elements of foreign namespaces (diagram data, a modeller's own extensions) are passed over.
public struct ModelReader {
  /// What was wrong in the file.
  public internal(set) var findings: [ModelFinding] = []

  let source: String
  let version: StandardVersion
  let namespace: String
  var modelName = ""
  /// The name of the decision, input, function, service or type that is being read.
  var elementName: String?
  /// The id of the nearest element around that has one.
  var elementID: String?
  private var ids: Set<String> = []

  private init(source: String, version: StandardVersion) {
    self.source = source
    self.version = version
    namespace = version.namespace
  }

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - bytes: the content of the file.
  ///   - source: the name of the file, for messages.
  public static func read(
    _ bytes: [UInt8], source: String
  ) throws(ModelError) -> (definitions: Definitions, findings: [ModelFinding]) {
    let root: XMLElement
    do {
      root = try XMLReader.parse(bytes)
    } catch {
      throw .malformed(source: source, reason: error.sentence)
    }
    guard root.name == "definitions", let uri = root.namespace, let version = StandardVersion(namespace: uri)
    else {
      throw .notDMN(source: source, element: root.name, namespace: root.namespace)
    }
    var reader = ModelReader(source: source, version: version)
    let definitions = reader.definitions(root)
    return (definitions, reader.findings)
  }

  // MARK: - The model's elements

  private mutating func definitions(_ root: XMLElement) -> Definitions {
    modelName = root[attribute: "name"].map(Self.normalized) ?? source
    let identity = identity(root, kind: "model", isNamed: true)
    var definitions = Definitions(
      source: source, version: version, identity: identity, namespace: root[attribute: "namespace"] ?? "",
      description: description(root))
    if root[attribute: "namespace"] == nil {
      find(.missingAttribute(element: "definitions", attribute: "namespace"), at: root)
    }
    if let language = root[attribute: "expressionLanguage"] { checkLanguage(language, at: root) }
    for child in own(root) {
      elementName = child[attribute: "name"].map(Self.normalized)
      elementID = child[attribute: "id"]
      switch child.name {
      case "import": definitions.imports.append(modelImport(child))
      case "itemDefinition": definitions.itemDefinitions.append(itemDefinition(child))
      case "inputData": definitions.inputData.append(inputData(child))
      case "decision": definitions.decisions.append(decision(child))
      case "businessKnowledgeModel":
        definitions.businessKnowledgeModels.append(businessKnowledgeModel(child))
      case "decisionService": definitions.decisionServices.append(decisionService(child))
      default: break
      }
    }
    elementName = nil
    elementID = identity.id
    checkNames(definitions)
    return definitions
  }

  private mutating func modelImport(_ element: XMLElement) -> ModelImport {
    // Imports of DMN 1.1 have no name; their elements are then directly in scope.
    var identity = identity(element, kind: "import", isNamed: false)
    identity.name = element[attribute: "name"].map(Self.normalized) ?? ""
    if element[attribute: "namespace"] == nil {
      find(.missingAttribute(element: "import", attribute: "namespace"), at: element)
    }
    return ModelImport(
      identity: identity, namespace: element[attribute: "namespace"] ?? "",
      location: element[attribute: "locationURI"], kind: element[attribute: "importType"] ?? "")
  }

  private mutating func inputData(_ element: XMLElement) -> InputData {
    let identity = identity(element, kind: "input data", isNamed: true)
    return InputData(
      identity: identity, description: description(element), variable: variable(of: element, named: identity))
  }

  private mutating func decision(_ element: XMLElement) -> Decision {
    let identity = identity(element, kind: "decision", isNamed: true)
    var inputs: [ElementReference] = []
    var decisions: [ElementReference] = []
    for requirement in own(element, "informationRequirement") {
      inputs += references(requirement, "requiredInput")
      decisions += references(requirement, "requiredDecision")
    }
    return Decision(
      identity: identity, description: description(element),
      question: own(element, "question").first?.text,
      allowedAnswers: own(element, "allowedAnswers").first?.text,
      variable: variable(of: element, named: identity), requiredInputs: inputs, requiredDecisions: decisions,
      requiredKnowledge: requiredKnowledge(element), expression: expression(in: element))
  }

  private mutating func businessKnowledgeModel(_ element: XMLElement) -> BusinessKnowledgeModel {
    let identity = identity(element, kind: "business knowledge model", isNamed: true)
    let logic = own(element, "encapsulatedLogic").first
    return BusinessKnowledgeModel(
      identity: identity, description: description(element),
      variable: variable(of: element, named: identity), requiredKnowledge: requiredKnowledge(element),
      function: logic.map { functionDefinition($0) })
  }

  private mutating func decisionService(_ element: XMLElement) -> DecisionService {
    let identity = identity(element, kind: "decision service", isNamed: true)
    return DecisionService(
      identity: identity, description: description(element),
      variable: variable(of: element, named: identity),
      outputDecisions: references(element, "outputDecision"),
      encapsulatedDecisions: references(element, "encapsulatedDecision"),
      inputDecisions: references(element, "inputDecision"), inputData: references(element, "inputData"))
  }

  private func requiredKnowledge(_ element: XMLElement) -> [ElementReference] {
    own(element, "knowledgeRequirement").flatMap { references($0, "requiredKnowledge") }
  }

  private func references(_ element: XMLElement, _ name: String) -> [ElementReference] {
    own(element, name).compactMap { child in
      child[attribute: "href"].map { ElementReference(href: $0, position: child.position) }
    }
  }

  // MARK: - What all elements share

  /// The children of an element that belong to the standard.
  func own(_ element: XMLElement) -> [XMLElement] {
    element.children.filter { $0.namespace == namespace }
  }

  /// The children with this name that belong to the standard.
  func own(_ element: XMLElement, _ name: String) -> [XMLElement] {
    element.children.filter { $0.name == name && $0.namespace == namespace }
  }

  mutating func identity(_ element: XMLElement, kind: String, isNamed: Bool) -> ElementIdentity {
    noteID(of: element)
    let name = element[attribute: "name"].map(Self.normalized) ?? ""
    if isNamed && name.isEmpty { find(.missingName(element: kind), at: element) }
    return ElementIdentity(
      id: element[attribute: "id"], name: name, label: element[attribute: "label"],
      position: element.position)
  }

  mutating func noteID(of element: XMLElement) {
    guard let id = element[attribute: "id"] else { return }
    if !ids.insert(id).inserted { find(.duplicateID(id), at: element) }
  }

  /// The `variable` child; where it is absent (as in 1.1 services), one of the element's own name.
  private mutating func variable(of element: XMLElement, named identity: ElementIdentity) -> InformationItem {
    guard let child = own(element, "variable").first else {
      return InformationItem(identity: ElementIdentity(name: identity.name, position: identity.position))
    }
    var item = informationItem(child)
    if item.identity.name.isEmpty { item.identity.name = identity.name }
    return item
  }

  mutating func informationItem(_ element: XMLElement) -> InformationItem {
    InformationItem(
      identity: identity(element, kind: element.name, isNamed: false), typeReference: typeReference(element))
  }

  private func description(_ element: XMLElement) -> String? {
    own(element, "description").first?.text
  }

  mutating func find(_ fault: ModelFinding.Fault, at element: XMLElement, part: String? = nil) {
    findings.append(
      ModelFinding(
        fault,
        at: ModelPlace(
          model: modelName, source: source, elementID: element[attribute: "id"] ?? elementID,
          elementName: elementName, part: part, position: element.position)))
  }

  mutating func checkLanguage(_ language: String, at element: XMLElement) {
    if !Self.isFEEL(language) { find(.unsupportedLanguage(language), at: element) }
  }

  /// Whether the identifier of an expression language means FEEL, of whatever version.
  static func isFEEL(_ language: String) -> Bool {
    let parts = language.lowercased().split(whereSeparator: { "/:#".contains($0) })
    return parts.isEmpty || parts.contains("feel") || parts.contains("s-feel")
      || parts.contains(where: { $0.hasPrefix("feel") })
  }

  /// A name with its white space normalised (DMN 1.5, 10.3.1.5: runs of white space are one space).
  static func normalized(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private mutating func checkNames(_ definitions: Definitions) {
    var names: Set<String> = []
    let identities =
      definitions.inputData.map(\.identity) + definitions.decisions.map(\.identity)
      + definitions.businessKnowledgeModels.map(\.identity) + definitions.decisionServices.map(\.identity)
    for identity in identities where !identity.name.isEmpty && !names.insert(identity.name).inserted {
      findings.append(
        ModelFinding(
          .duplicateName(identity.name),
          at: ModelPlace(
            model: modelName, source: source, elementID: identity.id, elementName: identity.name,
            position: identity.position)))
    }
  }
}
