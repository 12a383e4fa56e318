internal import Formats

extension ModelReader {
  private static let expressionNames: Set<String> = [
    "literalExpression", "context", "invocation", "list", "relation", "functionDefinition", "decisionTable",
    "conditional", "filter", "for", "some", "every",
  ]

  /// The first boxed expression among the children, nil where there is none.
  mutating func expression(in element: XMLElement) -> BoxedExpression? {
    own(element).first { Self.expressionNames.contains($0.name) }.flatMap { expression($0) }
  }

  /// The expression inside a named child such as `in` or `then`.
  private mutating func expression(in element: XMLElement, _ name: String) -> BoxedExpression? {
    own(element, name).first.flatMap { expression(in: $0) }
  }

  private mutating func expression(_ element: XMLElement) -> BoxedExpression? {
    let outer = elementID
    defer { elementID = outer }
    if let id = element[attribute: "id"] { elementID = id }
    let form: BoxedExpression.Form
    switch element.name {
    case "literalExpression":
      noteID(of: element)
      form = .literal(expressionText(element))
    case "decisionTable":
      noteID(of: element)
      form = .decisionTable(decisionTable(element))
    case "functionDefinition":
      form = .functionDefinition(functionDefinition(element))
    default:
      noteID(of: element)
      form = composite(element)
    }
    return BoxedExpression(
      id: element[attribute: "id"], typeReference: typeReference(element), position: element.position,
      form: form)
  }

  private mutating func composite(_ element: XMLElement) -> BoxedExpression.Form {
    switch element.name {
    case "context":
      return .context(own(element, "contextEntry").map { contextEntry($0) })
    case "invocation":
      return .invocation(
        Invocation(
          function: expression(in: element),
          bindings: own(element, "binding").map { binding($0) }))
    case "relation":
      return .relation(
        Relation(
          columns: own(element, "column").map { informationItem($0) },
          rows: own(element, "row").map { row in expressions(row) }))
    case "conditional":
      return .conditional(
        Conditional(
          condition: expression(in: element, "if"), then: expression(in: element, "then"),
          otherwise: expression(in: element, "else")))
    case "filter":
      return .filter(
        Filter(collection: expression(in: element, "in"), match: expression(in: element, "match")))
    case "for":
      return .iteration(iteration(element, .transform, body: "return"))
    case "some":
      return .iteration(iteration(element, .some, body: "satisfies"))
    case "every":
      return .iteration(iteration(element, .every, body: "satisfies"))
    default:
      return .list(expressions(element))
    }
  }

  private mutating func expressions(_ element: XMLElement) -> [BoxedExpression] {
    own(element).filter { Self.expressionNames.contains($0.name) }.compactMap { expression($0) }
  }

  private mutating func contextEntry(_ element: XMLElement) -> ContextEntry {
    noteID(of: element)
    return ContextEntry(
      variable: own(element, "variable").first.map { informationItem($0) },
      expression: expression(in: element), position: element.position)
  }

  private mutating func binding(_ element: XMLElement) -> Invocation.Binding {
    let parameter = own(element, "parameter").first.map { informationItem($0) }
    return Invocation.Binding(
      parameter: parameter
        ?? InformationItem(identity: ElementIdentity(name: "", position: element.position)),
      expression: expression(in: element))
  }

  private mutating func iteration(
    _ element: XMLElement, _ kind: Iteration.Kind, body: String
  ) -> Iteration {
    if element[attribute: "iteratorVariable"] == nil {
      find(.missingAttribute(element: element.name, attribute: "iteratorVariable"), at: element)
    }
    return Iteration(
      kind: kind, variable: element[attribute: "iteratorVariable"].map(Self.normalized) ?? "",
      collection: expression(in: element, "in"), body: expression(in: element, body))
  }

  /// Reads a function definition, or the encapsulated logic of a business knowledge model.
  mutating func functionDefinition(_ element: XMLElement) -> FunctionDefinition {
    noteID(of: element)
    let written = element[attribute: "kind"] ?? "FEEL"
    let kind = FunctionDefinition.Kind(rawValue: written)
    if kind != .feel { find(.unsupportedLanguage(written), at: element) }
    return FunctionDefinition(
      kind: kind ?? .java, parameters: own(element, "formalParameter").map { informationItem($0) },
      typeReference: typeReference(element), body: expression(in: element), position: element.position)
  }

  /// The text of an element with a `text` child.
  mutating func expressionText(_ element: XMLElement) -> ExpressionText {
    let language = element[attribute: "expressionLanguage"]
    if let language { checkLanguage(language, at: element) }
    let text = own(element, "text").first
    return ExpressionText(
      id: element[attribute: "id"], text: text?.text ?? "",
      language: language.flatMap { Self.isFEEL($0) ? nil : $0 },
      position: text?.contentPosition ?? element.position)
  }

  /// The text of unary tests, nil where the element is absent.
  mutating func unaryTests(_ element: XMLElement?) -> UnaryTestsText? {
    guard let element else { return nil }
    noteID(of: element)
    return expressionText(element)
  }
}
