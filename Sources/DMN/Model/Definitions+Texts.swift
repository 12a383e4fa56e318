public import Formats

/// A FEEL text of a model with the element that has it.
public struct ModelText: Sendable {
  /// The name of the decision, function or type.
  public var element: String
  /// What of it, for people: "rule 3, input 'Age'".
  public var part: String
  /// The text.
  public var text: String
  /// Where it begins.
  public var position: TextPosition?
}

extension Definitions {
  /// Every FEEL text of the model: expressions, tests, allowed values.
  public var texts: [ModelText] {
    var collector = TextCollector()
    for item in itemDefinitions { collector.add(item, named: item.identity.name) }
    for decision in decisions {
      collector.element = decision.identity.name
      collector.add(decision.expression, "its logic")
    }
    for function in businessKnowledgeModels {
      collector.element = function.identity.name
      collector.add(function.function?.body, "its body")
    }
    return collector.texts
  }
}

private struct TextCollector {
  var element = ""
  var texts: [ModelText] = []

  mutating func add(_ text: ExpressionText?, _ part: String) {
    guard let text else { return }
    texts.append(ModelText(element: element, part: part, text: text.text, position: text.position))
  }

  mutating func add(_ item: ItemDefinition, named name: String) {
    element = name
    add(item.allowedValues, "its allowed values")
    add(item.typeConstraint, "its type constraint")
    for component in item.components { add(component, named: "\(name).\(component.identity.name)") }
  }

  mutating func add(_ expression: BoxedExpression?, _ part: String) {
    switch expression?.form {
    case nil: return
    case .literal(let text): add(text, part)
    case .context(let entries):
      for entry in entries {
        add(entry.expression, entry.variable.map { "the entry '\($0.identity.name)'" } ?? "the result")
      }
    case .invocation(let invocation):
      add(invocation.function, part)
      for binding in invocation.bindings {
        add(binding.expression, "the argument '\(binding.parameter.identity.name)'")
      }
    case .list(let items): for item in items { add(item, part) }
    case .relation(let relation): for cell in relation.rows.joined() { add(cell, part) }
    case .functionDefinition(let function): add(function.body, part)
    case .decisionTable(let table): add(table)
    case .conditional(let conditional):
      for branch in [conditional.condition, conditional.then, conditional.otherwise] { add(branch, part) }
    case .filter(let filter):
      for inner in [filter.collection, filter.match] { add(inner, part) }
    case .iteration(let iteration):
      for inner in [iteration.collection, iteration.body] { add(inner, part) }
    }
  }

  private mutating func add(_ table: DecisionTable) {
    let names = table.inputs.map { $0.label ?? $0.expression.text }
    for (input, name) in zip(table.inputs, names) {
      add(input.expression, "the column '\(name)'")
      add(input.values, "the input values of '\(name)'")
    }
    for output in table.outputs {
      add(output.values, "the output values")
      add(output.defaultEntry, "the default output")
    }
    for (place, rule) in table.rules.enumerated() {
      let number = rule.id ?? "rule \(place + 1)"
      for (column, cell) in rule.inputs.enumerated() {
        add(cell, "\(number), '\(column < names.count ? names[column] : "")'")
      }
      for cell in rule.outputs { add(cell, "\(number), output") }
    }
  }
}
