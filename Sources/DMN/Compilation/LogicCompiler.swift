internal import FEEL

/// Compiles the boxed expressions of one decision or function.
///
/// Names get slots in one frame; a name declared deeper inside takes the next free slot.
struct LogicCompiler {
  let state: CompilationState
  /// The model that has the expressions.
  let model: Int
  /// The slots of the frame in which the logic runs.
  let frameCount: FrameSize

  /// Compiled logic with the type of its value, as far as it is known.
  struct Result {
    var logic: any Logic
    var type: FEELType
  }

  /// Compiles an expression; where there is none, logic that is null.
  func compile(_ expression: BoxedExpression?, in scope: Scope, at place: ModelPlace) -> Result {
    guard let expression else {
      state.find(.missingExpression, at: place)
      return Result(logic: FaultyLogic("there is no logic", at: place), type: .any)
    }
    var place = place
    if let id = expression.id { place.elementID = id }
    place.position = expression.position ?? place.position
    frameCount.include(scope.slotCount)
    let wanted = state.type(named: expression.typeReference, in: model, at: place)
    let result = compile(expression.form, wanted: wanted, in: scope, at: place)
    return typed(result, as: wanted, at: place)
  }

  /// The logic with its value made to fit a type.
  func typed(_ result: Result, as type: FEELType, at place: ModelPlace) -> Result {
    let expected = ExpectedType(type)
    if expected.isAny { return result }
    return Result(logic: TypedLogic(result.logic, expected, at: place), type: type)
  }

  private func compile(
    _ form: BoxedExpression.Form, wanted: FEELType, in scope: Scope, at place: ModelPlace
  ) -> Result {
    switch form {
    case .literal(let text): return literal(text, in: scope, at: place)
    case .context(let entries): return context(entries, in: scope, at: place)
    case .invocation(let invocation): return self.invocation(invocation, in: scope, at: place)
    case .list(let items): return list(items, in: scope, at: place)
    case .relation(let relation): return self.relation(relation, in: scope, at: place)
    case .functionDefinition(let function): return definition(function, in: scope, at: place)
    case .decisionTable(let table):
      return TableCompiler(self, table, wanted: wanted, in: scope, at: place).compile()
    case .conditional(let conditional): return self.conditional(conditional, in: scope, at: place)
    case .filter(let filter): return self.filter(filter, in: scope, at: place)
    case .iteration(let iteration): return self.iteration(iteration, in: scope, at: place)
    }
  }

  /// Compiles a FEEL text.
  func literal(
    _ text: ExpressionText, expected: FEELType = .any, in scope: Scope, at place: ModelPlace
  ) -> Result {
    if let language = text.language {
      return Result(
        logic: FaultyLogic("the language '\(language)' is not supported", at: place), type: .any)
    }
    guard !text.text.allSatisfy(\.isWhitespace) else {
      state.find(.missingExpression, at: place)
      return Result(logic: FaultyLogic("the expression is empty", at: place), type: .any)
    }
    let compiled = FEEL.compile(expression: text.text, in: scope, expected: expected)
    frameCount.include(compiled.slotCount)
    state.add(compiled.findings, in: text, at: place)
    return Result(logic: ExpressionLogic(compiled, at: place), type: compiled.type)
  }

  // MARK: - Forms with names of their own

  private func context(_ entries: [ContextEntry], in scope: Scope, at place: ModelPlace) -> Result {
    var scope = scope
    var names: [String] = []
    var logic: [ContextLogic.Entry] = []
    var fields: [FEELType.Field] = []
    var result: Result?
    for (offset, entry) in entries.enumerated() {
      guard let variable = entry.variable, !variable.identity.name.isEmpty else {
        // 10.2.1.4: a row without a variable, the last one, is the result of the whole context.
        if offset == entries.count - 1 || entry.expression != nil {
          result = compile(entry.expression, in: scope, at: place.part("result", position: entry.position))
        }
        continue
      }
      let name = variable.identity.name
      let entryPlace = place.part("entry '\(name)'", position: entry.position)
      let type = state.type(named: variable.typeReference, in: model, at: entryPlace)
      let compiled = typed(compile(entry.expression, in: scope, at: entryPlace), as: type, at: entryPlace)
      let slot = scope.declare(name, type: compiled.type)
      frameCount.include(scope.slotCount)
      logic.append(ContextLogic.Entry(slot: slot, logic: compiled.logic))
      if names.contains(name) {
        state.find(.duplicateName(name), at: entryPlace)
      }
      names.append(name)
      fields.append(FEELType.Field(name, compiled.type))
    }
    return Result(
      logic: ContextLogic(shape: ContextShape(names), entries: logic, result: result?.logic),
      type: result?.type ?? .context(fields))
  }

  private func definition(
    _ function: FunctionDefinition, in scope: Scope, at place: ModelPlace
  ) -> Result {
    let captured = scope.slotCount
    var inner = scope
    let body = self.body(function, in: &inner, at: place)
    let logic = FunctionLogic(
      parameters: body.parameters, result: body.type, body: body.logic, capturedCount: captured,
      frameCount: frameCount)
    return Result(logic: logic, type: .function(body.parameters.map(\.type), body.type))
  }

  /// Declares a function's parameters and compiles its body.
  func body(
    _ function: FunctionDefinition, in scope: inout Scope, at place: ModelPlace
  ) -> (logic: any Logic, type: FEELType, parameters: [FunctionParameter]) {
    var parameters: [FunctionParameter] = []
    for parameter in function.parameters {
      let type = state.type(named: parameter.typeReference, in: model, at: place)
      scope.declare(parameter.identity.name, type: type)
      parameters.append(FunctionParameter(parameter.identity.name, type))
    }
    frameCount.include(scope.slotCount)
    let wanted = state.type(named: function.typeReference, in: model, at: place)
    guard function.kind == .feel else {
      let reason = "functions in \(function.kind.rawValue) are not supported"
      return (FaultyLogic(reason, at: place), wanted, parameters)
    }
    let result = typed(compile(function.body, in: scope, at: place), as: wanted, at: place)
    return (result.logic, result.type, parameters)
  }

  private func filter(_ filter: Filter, in scope: Scope, at place: ModelPlace) -> Result {
    let collection = compile(filter.collection, in: scope, at: place.part("filtered collection"))
    var inner = scope
    var fields: [(name: String, slot: Int)] = []
    let item = Self.element(of: collection.type)
    if case .context(let known) = item.resolved {
      fields = known.map { ($0.name, inner.declare($0.name, type: $0.type)) }
    }
    let itemSlot = inner.declare("item", type: item)
    frameCount.include(inner.slotCount)
    let match = compile(filter.match, in: inner, at: place.part("filter condition"))
    return Result(
      logic: FilterLogic(
        collection: collection.logic, match: match.logic, itemSlot: itemSlot, fields: fields, at: place),
      type: collection.type)
  }

  private func iteration(_ iteration: Iteration, in scope: Scope, at place: ModelPlace) -> Result {
    let collection = compile(iteration.collection, in: scope, at: place.part("collection"))
    var inner = scope
    let itemSlot = inner.declare(iteration.variable, type: Self.element(of: collection.type))
    let partialSlot = iteration.kind == .transform ? inner.declare("partial", type: .list(.any)) : nil
    frameCount.include(inner.slotCount)
    let body = compile(iteration.body, in: inner, at: place.part("body"))
    return Result(
      logic: IterationLogic(
        iteration.kind, collection: collection.logic, body: body.logic, itemSlot: itemSlot,
        partialSlot: partialSlot, at: place),
      type: iteration.kind == .transform ? .list(body.type) : .boolean)
  }

  private static func element(of type: FEELType) -> FEELType {
    switch type.resolved {
    case .list(let element), .range(let element): element
    default: .any
    }
  }

  // MARK: - Forms without names of their own

  private func invocation(_ invocation: Invocation, in scope: Scope, at place: ModelPlace) -> Result {
    let function = compile(invocation.function, in: scope, at: place.part("invoked function"))
    let arguments = invocation.bindings.map { binding -> (name: String, logic: any Logic) in
      let name = binding.parameter.identity.name
      let argumentPlace = place.part("argument '\(name)'", position: binding.parameter.identity.position)
      let type = state.type(named: binding.parameter.typeReference, in: model, at: argumentPlace)
      guard let expression = binding.expression else {
        return (name, ConstantLogic(.null))
      }
      return (
        name, typed(compile(expression, in: scope, at: argumentPlace), as: type, at: argumentPlace).logic
      )
    }
    var type = FEELType.any
    if case .function(_, let result) = function.type.resolved { type = result }
    return Result(
      logic: InvocationLogic(function: function.logic, arguments: arguments, at: place), type: type)
  }

  private func list(_ items: [BoxedExpression], in scope: Scope, at place: ModelPlace) -> Result {
    let compiled = items.enumerated().map { offset, item in
      compile(item, in: scope, at: place.part("item \(offset + 1)"))
    }
    let first = compiled.first?.type ?? .any
    let element = compiled.allSatisfy { $0.type == first } ? first : .any
    return Result(logic: ListLogic(compiled.map(\.logic)), type: .list(element))
  }

  private func relation(_ relation: Relation, in scope: Scope, at place: ModelPlace) -> Result {
    let names = relation.columns.map(\.identity.name)
    let types = relation.columns.map {
      state.type(named: $0.typeReference, in: model, at: place.part("column '\($0.identity.name)'"))
    }
    let rows = relation.rows.enumerated().map { number, row in
      names.indices.map { column -> any Logic in
        let cell = place.part("row \(number + 1), column '\(names[column])'")
        guard column < row.count else { return ConstantLogic(.null) }
        return typed(compile(row[column], in: scope, at: cell), as: types[column], at: cell).logic
      }
    }
    return Result(
      logic: RelationLogic(shape: ContextShape(names), rows: rows),
      type: .list(.context(zip(names, types).map { FEELType.Field($0, $1) })))
  }

  private func conditional(_ conditional: Conditional, in scope: Scope, at place: ModelPlace) -> Result {
    let condition = compile(conditional.condition, in: scope, at: place.part("if"))
    let then = compile(conditional.then, in: scope, at: place.part("then"))
    let otherwise = compile(conditional.otherwise, in: scope, at: place.part("else"))
    return Result(
      logic: ConditionalLogic(
        condition: condition.logic, then: then.logic, otherwise: otherwise.logic, at: place),
      type: then.type == otherwise.type ? then.type : .any)
  }
}
