extension BoxedExpression {
  /// Whether a FEEL text anywhere within the expression contains a name.
  func mentions(_ name: String) -> Bool {
    switch form {
    case .literal(let text): return text.text.contains(name)
    case .context(let entries): return entries.contains { $0.expression?.mentions(name) ?? false }
    case .invocation(let invocation):
      return (invocation.function?.mentions(name) ?? false)
        || invocation.bindings.contains { $0.expression?.mentions(name) ?? false }
    case .list(let items): return items.contains { $0.mentions(name) }
    case .relation(let relation): return relation.rows.joined().contains { $0.mentions(name) }
    case .functionDefinition(let function): return function.body?.mentions(name) ?? false
    case .decisionTable(let table): return table.mentions(name)
    case .conditional(let conditional):
      return [conditional.condition, conditional.then, conditional.otherwise]
        .contains { $0?.mentions(name) ?? false }
    case .filter(let filter):
      return [filter.collection, filter.match].contains { $0?.mentions(name) ?? false }
    case .iteration(let iteration):
      return [iteration.collection, iteration.body].contains { $0?.mentions(name) ?? false }
    }
  }
}

extension DecisionTable {
  fileprivate func mentions(_ name: String) -> Bool {
    inputs.contains { $0.expression.text.contains(name) }
      || outputs.contains { $0.defaultEntry?.text.contains(name) ?? false }
      || rules.contains { rule in (rule.inputs + rule.outputs).contains { $0.text.contains(name) } }
  }
}
