internal import Formats

extension ModelReader {
  /// Reads a decision table.
  mutating func decisionTable(_ element: XMLElement) -> DecisionTable {
    var table = DecisionTable(
      id: element[attribute: "id"], hitPolicy: hitPolicy(element), aggregation: aggregation(element),
      outputLabel: element[attribute: "outputLabel"], inputs: own(element, "input").map { inputClause($0) },
      outputs: own(element, "output").map { outputClause($0) },
      annotations: own(element, "annotation").map { Self.normalized($0[attribute: "name"] ?? "") },
      rules: own(element, "rule").map { rule($0) }, position: element.position)
    for (offset, clause) in table.outputs.enumerated() where table.outputs.count > 1 {
      if clause.name == nil { find(.missingOutputName(column: offset + 1), at: element) }
    }
    for index in table.rules.indices {
      let rule = table.rules[index]
      checkCells(element, rule: index + 1, "input", rule.inputs.count, table.inputs.count)
      checkCells(element, rule: index + 1, "output", rule.outputs.count, table.outputs.count)
      // A rule short of cells is kept: an absent test matches anything, an absent result is null.
      let missing = table.inputs.count - rule.inputs.count
      if missing > 0 {
        let any = UnaryTestsText(text: "-", position: rule.position)
        table.rules[index].inputs += Array(repeating: any, count: missing)
      }
    }
    return table
  }

  private mutating func checkCells(
    _ table: XMLElement, rule: Int, _ kind: String, _ found: Int, _ expected: Int
  ) {
    guard found != expected else { return }
    find(.cellCount(rule: rule, kind: kind, found: found, expected: expected), at: table)
  }

  private mutating func hitPolicy(_ element: XMLElement) -> HitPolicy {
    guard let text = element[attribute: "hitPolicy"] else { return .unique }
    if let policy = HitPolicy(rawValue: Self.normalized(text)) { return policy }
    find(
      .unknownValue(attribute: "hitPolicy", value: text, allowed: HitPolicy.allCases.map(\.rawValue)),
      at: element)
    return .unique
  }

  private mutating func aggregation(_ element: XMLElement) -> Aggregation? {
    guard let text = element[attribute: "aggregation"] else { return nil }
    if let aggregation = Aggregation(rawValue: Self.normalized(text)) { return aggregation }
    find(
      .unknownValue(attribute: "aggregation", value: text, allowed: Aggregation.allCases.map(\.rawValue)),
      at: element)
    return nil
  }

  private mutating func inputClause(_ element: XMLElement) -> InputClause {
    noteID(of: element)
    let expression = own(element, "inputExpression").first
    if let expression { noteID(of: expression) }
    return InputClause(
      id: element[attribute: "id"], label: element[attribute: "label"],
      expression: expression.map { expressionText($0) }
        ?? ExpressionText(text: "", position: element.position),
      typeReference: expression.flatMap { typeReference($0) },
      values: unaryTests(own(element, "inputValues").first))
  }

  private mutating func outputClause(_ element: XMLElement) -> OutputClause {
    noteID(of: element)
    let name = element[attribute: "name"].map(Self.normalized)
    return OutputClause(
      id: element[attribute: "id"], label: element[attribute: "label"],
      name: name.flatMap { $0.isEmpty ? nil : $0 }, typeReference: typeReference(element),
      values: unaryTests(own(element, "outputValues").first),
      defaultEntry: own(element, "defaultOutputEntry").first.map { entry in
        noteID(of: entry)
        return expressionText(entry)
      })
  }

  private mutating func rule(_ element: XMLElement) -> TableRule {
    noteID(of: element)
    return TableRule(
      id: element[attribute: "id"], description: own(element, "description").first?.text,
      inputs: own(element, "inputEntry").map { cell($0) },
      outputs: own(element, "outputEntry").map { cell($0) },
      annotations: own(element, "annotationEntry").map { own($0, "text").first?.text ?? "" },
      position: element.position)
  }

  private mutating func cell(_ element: XMLElement) -> ExpressionText {
    noteID(of: element)
    return expressionText(element)
  }
}
