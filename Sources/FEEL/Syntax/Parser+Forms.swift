internal import Values

extension Parser {
  /// `if a then b else c` (rule 45), after its first word.
  mutating func conditional(at: SourcePosition) throws(SyntaxError) -> Expression {
    let condition = try expression()
    try expect(keyword: "then", "after the condition of 'if'")
    let first = try expression()
    try expect(keyword: "else", "to say what holds otherwise")
    let second = try expression()
    if !condition.type.overlaps(.boolean) {
      report(
        .conditionType, .warning, "the condition of 'if' is \(condition.type), not true or false",
        at: condition.position)
    }
    return try checked(
      .conditional(condition, first, second), first.type.joined(with: second.type),
      [condition, first, second],
      at: at)
  }

  /// `for x in xs return e` (rule 44), after its first word.
  mutating func iteration(at: SourcePosition) throws(SyntaxError) -> Expression {
    let mark = scope.mark
    defer { scope.release(to: mark) }
    let variables = try iterationVariables(allowRanges: true)
    try expect(keyword: "return", "to say what each round gives")
    let partial = scope.reserveSlot()
    // The type of the results is not known before the body is read.
    scope.declare("partial", slot: partial, type: .list(.any))
    let body = try expression()
    let parts = variables.flatMap { [$0.source] + ($0.end.map { [$0] } ?? []) } + [body]
    return try checked(
      .iteration(variables, partial: partial, body: body), .list(body.type), parts, at: at)
  }

  /// `some x in xs satisfies e` (rule 46), after its first word.
  mutating func quantified(isSome: Bool, at: SourcePosition) throws(SyntaxError) -> Expression {
    let mark = scope.mark
    defer { scope.release(to: mark) }
    let variables = try iterationVariables(allowRanges: true)
    try expect(keyword: "satisfies", "before the condition")
    let condition = try expression()
    if !condition.type.overlaps(.boolean) {
      report(
        .conditionType, .warning, "the condition is \(condition.type), not true or false",
        at: condition.position)
    }
    let parts = variables.flatMap { [$0.source] + ($0.end.map { [$0] } ?? []) } + [condition]
    return try checked(
      isSome ? .some(variables, condition) : .every(variables, condition), .boolean, parts, at: at)
  }

  private mutating func iterationVariables(allowRanges: Bool) throws(SyntaxError) -> [IterationVariable] {
    var variables: [IterationVariable] = []
    repeat {
      let name = try newName(until: "in")
      try expect(keyword: "in", "after the name '\(name)'")
      let source = try expression()
      var end: Expression?
      var type = source.type.elementOrSelf
      if allowRanges, try lexer.take("..") {
        end = try expression()
        type = source.type
      } else if case .range(let element) = source.type.resolved {
        type = element
      }
      if case .null = type { type = .any }
      let slot = scope.reserveSlot()
      scope.declare(name, slot: slot, type: type)
      variables.append(IterationVariable(slot: slot, source: source, end: end))
    } while try lexer.take(",")
    return variables
  }

  /// A name that is being given: everything up to a keyword or to a sign that no name holds.
  mutating func newName(until keyword: String) throws(SyntaxError) -> String {
    try lexer.skipSpace()
    let start = lexer.offset
    guard let first = lexer.peek(), first.isNameStart else { throw lexer.error("a name is due here") }
    var end = start
    while let next = lexer.peek() {
      if next.isFEELSpace {
        lexer.offset += 1
        continue
      }
      if next.isNameStart {
        if end > start && lexer.stands(keyword) { break }
        lexer.offset = lexer.wordEnd(from: lexer.offset)
      } else if next.isNameSymbol || next.isNamePart {
        lexer.offset += 1
      } else {
        break
      }
      end = lexer.offset
    }
    lexer.offset = end
    return Name.normalized(lexer.text(start, end))
  }

  /// `function(a: number, b) e` (rule 55), after its first word.
  mutating func functionDefinition(at: SourcePosition) throws(SyntaxError) -> Expression {
    try functionDefinition(selfName: nil, at: at)
  }

  mutating func functionDefinition(selfName: String?, at: SourcePosition) throws(SyntaxError) -> Expression {
    try expect("(", "after 'function'")
    var parameters: [FunctionParameter] = []
    if try !lexer.take(")") {
      repeat {
        let name = try parameterName()
        let type = try lexer.take(":") ? try type() : .any
        if parameters.contains(where: { $0.name == name }) {
          report(.duplicateEntry, .error, "the parameter '\(name)' is declared twice", at: at)
        }
        parameters.append(FunctionParameter(name, type))
      } while try lexer.take(",")
      try expect(")", "to close the parameters")
    }
    let isExternal = try lexer.take(keyword: "external")
    let mark = scope.mark
    scope.openFunction()
    for parameter in parameters {
      scope.declare(parameter.name, slot: scope.reserveSlot(), type: parameter.type)
    }
    var selfSlot: Int?
    if let selfName {
      let slot = scope.reserveSlot()
      selfSlot = slot
      if !parameters.contains(where: { $0.name == selfName }) {
        scope.declare(
          selfName, slot: slot, type: .function(parameters.map(\.type), .any), parameters: parameters)
      }
    }
    let outerMention = mentionsInput
    let body = try expression()
    mentionsInput = outerMention || mentionsInput
    let (slotCount, captures) = scope.closeFunction(to: mark)
    if isExternal {
      // 10.3.2.13.3: Java and PMML functions; their definition is read, and calling one gives null.
      let fault = Expression(.fault(.host, ["external functions are not available"]), .any, at: at)
      let definition = FunctionDefinition(
        parameters: parameters, captures: [], selfSlot: nil, slotCount: parameters.count, body: fault)
      return Expression(.function(definition), .function(parameters.map(\.type), .any), at: at, depth: 2)
    }
    let definition = FunctionDefinition(
      parameters: parameters, captures: captures, selfSlot: selfSlot, slotCount: slotCount, body: body)
    return try checked(
      .function(definition), .function(parameters.map(\.type), body.type), [body], at: at)
  }

  private mutating func parameterName() throws(SyntaxError) -> String {
    try lexer.skipSpace()
    if lexer.peek() == "\"" { return try lexer.string() }
    return try newName(until: ":")
  }

  /// `{a: 1, b: a + 1}` (rules 57 to 60).
  mutating func contextLiteral(at: SourcePosition) throws(SyntaxError) -> Expression {
    lexer.offset += 1
    let mark = scope.mark
    defer { scope.release(to: mark) }
    var names: [String] = []
    var entries: [(slot: Int, value: Expression)] = []
    var duplicate: String?
    if try !lexer.take("}") {
      repeat {
        try lexer.skipSpace()
        let keyAt = position
        let name = lexer.peek() == "\"" ? try lexer.string() : try newName(until: ":")
        try expect(":", "after the entry's name '\(name)'")
        let value = try entryValue(named: name)
        if names.contains(name) {
          // 10.3.2.6: names of a context are unique; with two of a name the value is null.
          report(.duplicateEntry, .error, "the entry '\(name)' stands twice in the context", at: keyAt)
          duplicate = name
        }
        let slot = scope.reserveSlot()
        var parameters: [FunctionParameter]?
        if case .function(let definition) = value.node { parameters = definition.parameters }
        scope.declare(name, slot: slot, type: value.type, parameters: parameters)
        names.append(name)
        entries.append((slot: slot, value: value))
      } while try lexer.take(",")
      try expect("}", "to close the context")
    }
    if let duplicate {
      return Expression(
        .fault(.invalidArgument, ["context", "the entry '\(duplicate)' stands twice"]), .any, at: at)
    }
    return try contextLiteral(names, entries, at: at)
  }

  private mutating func entryValue(named name: String) throws(SyntaxError) -> Expression {
    let at = try place()
    if lexer.stands("function"), scope.longestName(in: lexer) == nil {
      var ahead = lexer
      ahead.offset += "function".count
      if try ahead.take("(") {
        // A function under a name may call itself by it.
        let start = lexer
        lexer.offset += "function".count
        let function = try nested { parser throws(SyntaxError) in
          try parser.functionDefinition(selfName: name, at: at)
        }
        try lexer.skipSpace()
        if lexer.peek() == "," || lexer.peek() == "}" { return function }
        lexer = start
      }
    }
    return try expression()
  }
}
