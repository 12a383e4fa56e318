internal import Formats

extension ModelReader {
  /// Reads an item definition or one of its components.
  mutating func itemDefinition(_ element: XMLElement) -> ItemDefinition {
    let identity = identity(element, kind: "type", isNamed: true)
    return ItemDefinition(
      identity: identity,
      typeReference: own(element, "typeRef").first.flatMap { typeName($0.text) } ?? typeReference(element),
      components: own(element, "itemComponent").map { itemDefinition($0) },
      function: own(element, "functionItem").first.map { functionItem($0) },
      isCollection: element[attribute: "isCollection"].map(Self.isTrue) ?? false,
      allowedValues: unaryTests(own(element, "allowedValues").first),
      typeConstraint: unaryTests(own(element, "typeConstraint").first))
  }

  private mutating func functionItem(_ element: XMLElement) -> FunctionItem {
    FunctionItem(
      parameters: own(element, "parameters").map { informationItem($0) },
      outputTypeReference: element[attribute: "outputTypeRef"].flatMap { typeName($0) }
        ?? own(element, "outputTypeRef").first.flatMap { typeName($0.text) })
  }

  /// The `typeRef` attribute as a name of a type.
  func typeReference(_ element: XMLElement) -> String? {
    element[attribute: "typeRef"].flatMap { typeName($0) }
  }

  /// A type's name as written; DMN 1.1 writes qualified names (`feel:number`), whose prefix is dropped:
  /// its imports have no names by which the prefix could be told.
  private func typeName(_ text: String) -> String? {
    var name = Self.normalized(text)
    if version == .dmn11, let colon = name.lastIndex(of: ":") {
      name = String(name[name.index(after: colon)...])
    } else if name.hasPrefix("feel:") {
      name = String(name.dropFirst(5))
    }
    return name.isEmpty ? nil : name
  }

  private static func isTrue(_ text: String) -> Bool {
    let text = normalized(text)
    return text == "true" || text == "1"
  }
}
