internal import Values

// Making nodes: the type of each is inferred from its parts, and what cannot be meant is reported.

extension Parser {
  /// A node over parts: one that is constant is evaluated at once, one that is too deep is refused.
  mutating func checked(
    _ node: Node, _ type: FEELType, _ parts: [Expression], at position: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let depth = (parts.map(\.depth).max() ?? 0) + 1
    guard depth <= Parser.depthLimit else {
      throw lexer.error(
        "the expression is a chain of more than \(Parser.depthLimit) parts: use a list", code: .tooDeep)
    }
    let expression = Expression(node, type, at: position, depth: depth)
    guard expression.isFoldable, parts.allSatisfy({ $0.constant != nil }),
      let value = Planner.fold(expression)
    else { return expression }
    return Expression(.constant(value), type == .any ? value.type : type, at: position)
  }

  mutating func logical(
    _ operands: [Expression], isConjunction: Bool, at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    for operand in operands where !operand.type.overlaps(.boolean) {
      report(
        .operandTypes, .warning,
        "'\(isConjunction ? "and" : "or")' joins conditions, and this is \(operand.type)",
        at: operand.position)
    }
    return try checked(
      isConjunction ? .conjunction(operands) : .disjunction(operands), .boolean, operands, at: at)
  }

  mutating func compare(
    _ comparison: ComparisonOperator, _ left: Expression, _ right: Expression, at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    if !left.type.overlaps(right.type) {
      report(
        .operandTypes, .warning, "\(left.type) and \(right.type) cannot be compared: the result is null",
        at: at)
    }
    return try checked(.comparison(comparison, left, right), .boolean, [left, right], at: at)
  }

  mutating func negation(_ operand: Expression, at: SourcePosition) throws(SyntaxError) -> Expression {
    let type = operand.type.resolved
    switch type {
    case .number, .yearsMonthsDuration, .daysTimeDuration, .any, .null: break
    default: report(.operandTypes, .warning, "'-' is not defined for \(type): the result is null", at: at)
    }
    return try checked(.negation(operand), type, [operand], at: at)
  }

  mutating func arithmetic(
    _ operation: ArithmeticOperator, _ left: Expression, _ right: Expression, at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let type = Arithmetic.resultType(operation, left.type.resolved, right.type.resolved)
    if type == nil {
      report(
        .operandTypes, .warning,
        "'\(operation.rawValue)' is not defined between \(left.type) and \(right.type): the result is null",
        at: at)
    }
    return try checked(.arithmetic(operation, left, right), type ?? .any, [left, right], at: at)
  }

  mutating func listLiteral(_ items: [Expression], at: SourcePosition) throws(SyntaxError) -> Expression {
    var element = items.first?.type ?? .null
    for item in items.dropFirst() { element = element.joined(with: item.type) }
    return try checked(.list(items), .list(element), items, at: at)
  }

  mutating func contextLiteral(
    _ names: [String], _ entries: [(slot: Int, value: Expression)], at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let fields = zip(names, entries).map { FEELType.Field($0, $1.value.type) }
    return try checked(
      .context(ContextShape(names), entries), .context(fields), entries.map(\.value), at: at)
  }

  mutating func rangeLiteral(
    low: Expression?, lowIncluded: Bool, high: Expression?, highIncluded: Bool, _ form: ValueRange.Form,
    at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let ends = [low, high].compactMap { $0 }
    if let low, let high, !low.type.overlaps(high.type) {
      report(
        .operandTypes, .warning, "the ends of a range are of one type, not \(low.type) and \(high.type)",
        at: at)
    }
    var element = ends.first?.type ?? .any
    for end in ends.dropFirst() { element = element.joined(with: end.type) }
    return try checked(
      .range(low: low, lowIncluded: lowIncluded, high: high, highIncluded: highIncluded, form),
      .range(element),
      ends, at: at)
  }

  /// `base.name` (rule 45, 10.3.2.5): of a list, the entries of its items.
  mutating func entry(_ name: String, of base: Expression, at: SourcePosition) throws(SyntaxError)
    -> Expression
  {
    let type = Property.type(of: name, in: base.type)
    if type == nil {
      report(.unknownEntry, .warning, "there is no '\(name)' in \(base.type): the result is null", at: at)
    }
    return try checked(.path(base, name), type ?? .any, [base], at: at)
  }

  mutating func filtered(
    _ base: Expression, slot: Int, _ condition: Expression, at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let element = base.type.elementOrSelf
    let type: FEELType =
      switch condition.type.resolved {
      case .number: element
      case .boolean: .list(element)
      default: .any
      }
    if !condition.type.overlaps(.boolean) && !condition.type.overlaps(.number) {
      report(
        .conditionType, .warning, "a filter is a condition or a number, not \(condition.type)",
        at: condition.position)
    }
    // Not folded by its constant parts alone: the condition may use the item's slot.
    let depth = max(base.depth, condition.depth) + 1
    guard depth <= Parser.depthLimit else {
      throw lexer.error("the expression is nested too deeply", code: .tooDeep)
    }
    return Expression(.filter(base, slot: slot, condition), type, at: at, depth: depth)
  }

  /// A call with arguments by position.
  mutating func call(
    _ callee: Operand, _ arguments: [Expression], at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    switch callee {
    case .builtIn(let builtIn, let nameAt):
      let type = check(builtIn, arguments, at: nameAt)
      return try checked(.builtIn(builtIn, arguments), type, arguments, at: nameAt)
    case .function(let function, let parameters):
      if parameters.count != arguments.count {
        report(
          .wrongNumberOfArguments, .error,
          "this function takes \(parameters.count) arguments, \(arguments.count) are given", at: at)
      }
      for (parameter, argument) in zip(parameters, arguments) { check(argument, against: parameter) }
      return try checked(
        .call(function, arguments), resultType(of: function), [function] + arguments, at: function.position)
    default:
      let function = try value(of: callee)
      if !function.type.overlaps(.function(nil, .any)) {
        report(.notAFunction, .error, "\(function.type) is not a function and cannot be called", at: at)
      }
      if case .unknown(let name, _) = callee, !findings.isEmpty {
        findings[findings.count - 1] = Finding(
          .unknownName, .error, "there is no function named '\(name)'", at: function.position)
      }
      return try checked(
        .call(function, arguments), resultType(of: function), [function] + arguments, at: function.position)
    }
  }

  /// A call with arguments by name.
  mutating func call(
    _ callee: Operand, named arguments: [(name: String, value: Expression)], at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    let values = arguments.map(\.value)
    switch callee {
    case .builtIn(let builtIn, let nameAt):
      let names = arguments.map(\.name)
      let fitting = builtIn.overloads.filter { $0.order(ofNames: names) != nil }
      if fitting.isEmpty {
        report(
          .unknownParameter, .error,
          "'\(builtIn.name)' has no parameters (\(names.joined(separator: ", ")))", at: nameAt)
      }
      let type = fitting.count == 1 ? fitting[0].result : .any
      return try checked(.builtInNamed(builtIn, arguments), type, values, at: nameAt)
    case .function(let function, let parameters):
      // The names are put in order here, once.
      var ordered = Array(
        repeating: Expression(.constant(.null), .null, at: function.position), count: parameters.count)
      for (name, value) in arguments {
        guard let position = parameters.firstIndex(where: { $0.name == name }) else {
          report(.unknownParameter, .error, "this function has no parameter '\(name)'", at: value.position)
          return Expression(.fault(.unknownParameter, ["function", name]), .any, at: function.position)
        }
        check(value, against: parameters[position])
        ordered[position] = value
      }
      return try checked(
        .call(function, ordered), resultType(of: function), [function] + ordered, at: function.position)
    default:
      let function = try value(of: callee)
      return try checked(
        .callNamed(function, arguments), resultType(of: function), [function] + values, at: function.position)
    }
  }

  private func resultType(of function: Expression) -> FEELType {
    if case .function(_, let result) = function.type.resolved { return result }
    return .any
  }

  private mutating func check(_ argument: Expression, against parameter: FunctionParameter) {
    guard !argument.type.converts(to: parameter.type) else { return }
    report(
      .argumentType, .warning,
      "the parameter '\(parameter.name)' takes \(parameter.type), not \(argument.type)",
      at: argument.position)
  }

  /// Checks the arguments of a built-in and answers the type of the result.
  private mutating func check(_ builtIn: BuiltIn, _ arguments: [Expression], at: SourcePosition) -> FEELType {
    let byCount = builtIn.overloads.filter { $0.accepts(count: arguments.count) }
    if byCount.isEmpty {
      report(
        .wrongNumberOfArguments, .error, "'\(builtIn.name)' does not take \(arguments.count) arguments",
        at: at)
      return .any
    }
    let fitting = byCount.filter { overload in
      arguments.enumerated().allSatisfy { position, argument in
        guard let last = overload.parameters.indices.last else { return false }
        return argument.type.converts(to: overload.parameters[min(position, last)].type)
      }
    }
    if fitting.isEmpty {
      let given = arguments.map(\.type.description).joined(separator: ", ")
      report(
        .argumentType, .warning, "'\(builtIn.name)' does not take (\(given)): the result is null", at: at)
      return .any
    }
    var type = fitting[0].result
    for overload in fitting.dropFirst() { type = type.joined(with: overload.result) }
    return type
  }
}

extension Expression {
  /// Whether the node may be evaluated when compiling if all its parts are constants.
  var isFoldable: Bool {
    switch node {
    case .negation, .arithmetic, .comparison, .conjunction, .disjunction, .between, .list, .range, .path,
      .context, .instanceOf:
      return true
    case .builtIn(let builtIn, _), .builtInNamed(let builtIn, _):
      return builtIn.name != "now" && builtIn.name != "today"
    default: return false
    }
  }
}

extension FEELType {
  /// The type of the items of a list, or of a value that is taken for a list of one.
  var elementOrSelf: FEELType {
    if case .list(let element) = resolved { return element }
    return self
  }

  /// Whether a value of this type may fit a parameter of another after implicit conversion (10.3.2.9.4).
  func converts(to other: FEELType) -> Bool {
    if overlaps(other) { return true }
    switch (resolved, other.resolved) {
    case (.list(let element), let wanted): return element.converts(to: wanted)
    case (let own, .list(let wanted)): return own.converts(to: wanted)
    case (.date, .dateTime): return true
    default: return false
    }
  }
}
