/// Makes the plan of a checked expression.
enum Planner {
  /// The plan of an expression.
  static func plan(_ expression: Expression) -> any Plan {
    let at = expression.position
    switch expression.node {
    case .constant(let value): return ConstantPlan(value)
    case .slot(let slot): return SlotPlan(slot)
    case .itemEntry(let slot, let name, let otherwise):
      return ItemEntryPlan(slot: slot, name: name, otherwise: otherwise.map(plan), at: at)
    case .negation(let operand): return NegationPlan(plan(operand), at: at)
    case .arithmetic(let operation, let left, let right):
      return ArithmeticPlan(operation, plan(left), plan(right), at: at)
    case .comparison(let comparison, let left, let right):
      switch comparison {
      case .equal, .notEqual:
        return EqualityPlan(negated: comparison == .notEqual, plan(left), plan(right), at: at)
      default: return OrderingPlan(comparison, plan(left), plan(right), at: at)
      }
    case .conjunction(let operands): return LogicalPlan(operands.map(plan), decisive: false, at: at)
    case .disjunction(let operands): return LogicalPlan(operands.map(plan), decisive: true, at: at)
    case .between(let value, let low, let high):
      return BetweenPlan(plan(value), plan(low), plan(high), at: at)
    case .membership(let value, let tests, let slot):
      return MembershipPlan(plan(value), TestListPlan(tests, slot: slot, negated: false, at: at), slot: slot)
    case .conditional(let condition, let first, let second):
      return ConditionalPlan(plan(condition), plan(first), plan(second), at: at)
    case .list(let items): return ListPlan(items.map(plan))
    case .context(let shape, let entries):
      let slots = entries.indices.map { place in
        let slot = entries[place].slot
        return entries[(place + 1)...].contains { $0.value.mentions(slot: slot) } ? slot : nil
      }
      return ContextPlan(shape, slots: slots, entries.map { plan($0.value) })
    case .path(let base, let name):
      return PathPlan(plan(base), name, guess: guess(of: name, in: base.type), at: at)
    case .filter(let base, let slot, let condition):
      return FilterPlan(plan(base), slot: slot, plan(condition), type: condition.type, at: at)
    case .range(let low, let lowIncluded, let high, let highIncluded, let form):
      return RangePlan(
        low: low.map(plan), lowIncluded: lowIncluded, high: high.map(plan), highIncluded: highIncluded, form,
        at: at)
    case .instanceOf(let operand, let type): return InstancePlan(plan(operand), type)
    case .iteration(let variables, let partial, let body):
      return IterationPlan(
        IterationLoop(variables, at: at), partial: partial, usesPartial: body.mentions(slot: partial),
        plan(body))
    case .some(let variables, let condition):
      return QuantifiedPlan(
        IterationLoop(variables, at: at), plan(condition), decisive: true, at: condition.position)
    case .every(let variables, let condition):
      return QuantifiedPlan(
        IterationLoop(variables, at: at), plan(condition), decisive: false, at: condition.position)
    case .function(let definition): return FunctionPlan(definition)
    case .builtIn(let builtIn, let arguments):
      let call = BuiltInPlan(builtIn, arguments.map(plan), at: at)
      return ListContainsPlan(call) ?? call
    case .builtInNamed(let builtIn, let arguments):
      return BuiltInNamedPlan(builtIn, arguments.map(\.name), arguments.map { plan($0.value) }, at: at)
    case .call(let function, let arguments): return CallPlan(plan(function), arguments.map(plan), at: at)
    case .callNamed(let function, let arguments):
      return CallNamedPlan(plan(function), arguments.map(\.name), arguments.map { plan($0.value) }, at: at)
    case .coercion(let operand, let type): return CoercionPlan(plan(operand), type, at: at)
    case .fault(let code, let arguments): return FaultPlan(code, arguments, at: at)
    case .tests(let tests, let negated, let slot):
      return TestListPlan(tests, slot: slot, negated: negated, at: at)
    }
  }

  /// Where in the context the entry probably stands.
  private static func guess(of name: String, in type: FEELType) -> Int {
    guard case .context(let fields) = type.elementOrSelf.resolved else { return 0 }
    return fields.firstIndex { $0.name == name } ?? 0
  }

  /// The value of an expression of constants; nil if it has a warning, which belongs to the evaluation.
  static func fold(_ expression: Expression) -> Value? {
    var limits = Evaluation.Limits()
    limits.steps = 10_000
    limits.listItems = 10_000
    limits.stringLength = 100_000
    limits.nesting = 200
    var evaluation = Evaluation(limits: limits)
    // Constant contexts write the slots of their entries.
    var size = 1
    if case .context(_, let entries) = expression.node { size = (entries.map(\.slot).max() ?? 0) + 1 }
    let value = plan(expression).evaluate(Frame(count: size), &evaluation)
    return evaluation.warnings.isEmpty ? value : nil
  }
}

extension Expression {
  /// Whether a slot is read in the tree; functions capture slots by their list.
  func mentions(slot: Int?) -> Bool {
    guard let slot else { return false }
    switch node {
    case .slot(let own): return own == slot
    case .function(let definition): return definition.captures.contains { $0.outer == slot }
    default: return children.contains { $0.mentions(slot: slot) }
    }
  }

  /// The parts of the node.
  var children: [Expression] {
    switch node {
    case .constant, .slot, .fault: return []
    case .itemEntry(_, _, let otherwise): return otherwise.map { [$0] } ?? []
    case .negation(let operand), .instanceOf(let operand, _), .path(let operand, _),
      .coercion(let operand, _):
      return [operand]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right): return [left, right]
    case .conjunction(let operands), .disjunction(let operands), .list(let operands),
      .builtIn(_, let operands):
      return operands
    case .between(let value, let low, let high): return [value, low, high]
    case .conditional(let condition, let first, let second): return [condition, first, second]
    case .membership(let value, let tests, _): return [value] + tests.map(\.operand)
    case .tests(let tests, _, _): return tests.map(\.operand)
    case .iteration(let variables, _, let body): return variables.flatMap(\.children) + [body]
    case .some(let variables, let body), .every(let variables, let body):
      return variables.flatMap(\.children) + [body]
    case .context(_, let entries): return entries.map(\.value)
    case .filter(let base, _, let condition): return [base, condition]
    case .range(let low, _, let high, _, _): return [low, high].compactMap { $0 }
    case .function(let definition): return [definition.body]
    case .builtInNamed(_, let arguments): return arguments.map(\.value)
    case .call(let function, let arguments): return [function] + arguments
    case .callNamed(let function, let arguments): return [function] + arguments.map(\.value)
    }
  }
}

extension UnaryTest {
  var operand: Expression {
    switch kind {
    case .comparison(_, let operand), .expression(let operand, _): return operand
    }
  }
}

extension IterationVariable {
  var children: [Expression] { [source] + (end.map { [$0] } ?? []) }
}
