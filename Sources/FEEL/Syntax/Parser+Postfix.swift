internal import Values

extension Parser {
  /// Paths, filters and invocations (rules 38, 45 and 48), which bind closest.
  mutating func postfix() throws(SyntaxError) -> Expression {
    var base: Operand = try primary()
    while true {
      try lexer.skipSpace()
      let at = position
      if lexer.peek() == "." && lexer.peek(1) != "." {
        lexer.offset += 1
        base = try path(from: base, at: at)
      } else if lexer.peek() == "[" && !(inRangeEnd && closesRange()) {
        lexer.offset += 1
        base = .value(try filter(try value(of: base), at: at))
      } else if lexer.peek() == "(" {
        lexer.offset += 1
        base = .value(try invocation(of: base, at: at))
      } else {
        return try value(of: base)
      }
    }
  }

  /// What may stand before a dot, a bracket or a parenthesis.
  enum Operand {
    case value(Expression)
    /// A variable with known parameters.
    case function(Expression, [FunctionParameter])
    case builtIn(BuiltIn, SourcePosition)
    case namespace(Scope, String, SourcePosition)
    case unknown(String, SourcePosition)
  }

  mutating func value(of operand: Operand) throws(SyntaxError) -> Expression {
    switch operand {
    case .value(let expression), .function(let expression, _): return expression
    case .builtIn(let builtIn, let at):
      return Expression(.constant(.function(FunctionValue(builtIn))), .function(nil, .any), at: at)
    case .namespace(let members, _, let at):
      return namespaceContext(members, at: at, level: 0)
    case .unknown(let name, let at):
      report(.unknownName, .error, "the name '\(name)' is not known here", at: at)
      return Expression(.fault(.unknownName, [name]), .any, at: at)
    }
  }

  /// The names of an import as one context.
  private mutating func namespaceContext(_ members: Scope, at: SourcePosition, level: Int) -> Expression {
    var names: [String] = []
    var entries: [(slot: Int, value: Expression)] = []
    var fields: [FEELType.Field] = []
    for binding in members.bindings {
      let slot = scope.captureBase(binding.slot)
      names.append(binding.name)
      fields.append(FEELType.Field(binding.name, binding.type))
      entries.append((slot: scope.reserveSlot(), value: Expression(.slot(slot), binding.type, at: at)))
    }
    if level < 8 {
      for (name, inner) in members.namespaces.sorted(by: { $0.key < $1.key }) {
        let value = namespaceContext(inner, at: at, level: level + 1)
        names.append(name)
        fields.append(FEELType.Field(name, value.type))
        entries.append((slot: scope.reserveSlot(), value: value))
      }
    }
    return Expression(
      .context(ContextShape(names), entries), .context(fields), at: at, depth: 2 + level)
  }

  /// What stands after a dot.
  private mutating func path(from base: Operand, at: SourcePosition) throws(SyntaxError) -> Operand {
    try lexer.skipSpace()
    let nameAt = position
    if case .namespace(let members, let prefix, _) = base {
      if let (name, end, _) = members.table.longest(in: lexer) {
        lexer.offset = end
        if let binding = members.binding(of: name) {
          let slot = Expression(.slot(scope.captureBase(binding.slot)), binding.type, at: nameAt)
          return binding.parameters.map { .function(slot, $0) } ?? .value(slot)
        }
        if let inner = members.namespaces[name] { return .namespace(inner, "\(prefix).\(name)", nameAt) }
      }
      let name = try freeName("after the dot")
      return .unknown("\(prefix).\(name)", nameAt)
    }
    let base = try value(of: base)
    let known = entryNames(of: base.type)
    let name: String
    if let (found, end, _) = known.longest(in: lexer) {
      lexer.offset = end
      name = found
    } else if let quoted = lexer.peek(), quoted == "\"" {
      name = try lexer.string()
    } else {
      name = try freeName("after the dot")
    }
    return .value(try entry(name, of: base, at: nameAt))
  }

  /// Names that a value of a type may have behind a dot.
  private func entryNames(of type: FEELType) -> NameTable {
    switch type.resolved {
    case .context(let fields) where !fields.isEmpty: return NameTable(fields.map(\.name))
    case .list(let element): return entryNames(of: element)
    default: return Property.table
    }
  }

  /// Whether the bracket here closes a range rather than opening a filter: what follows cannot begin an expression.
  private func closesRange() -> Bool {
    var ahead = lexer
    ahead.offset += 1
    guard (try? ahead.skipSpace()) != nil, let next = ahead.peek() else { return true }
    switch next {
    case ")", "]", "}", ",", "=", "<", ">", "!", "+", "*", "/", ":", ".": return true
    default:
      return ["and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"].contains {
        ahead.stands($0)
      }
    }
  }

  /// A filter whose bracket is read (rule 48).
  private mutating func filter(_ base: Expression, at: SourcePosition) throws(SyntaxError) -> Expression {
    let mark = scope.mark
    let slot = scope.reserveSlot()
    var element = base.type.elementOrSelf
    if case .null = element { element = .any }
    scope.declare("item", slot: slot, type: element)
    scope.openItem(slot: slot, type: element)
    defer { scope.release(to: mark) }
    let condition = try expression()
    try expect("]", "to close the filter")
    return try filtered(base, slot: slot, condition, at: at)
  }

  /// An invocation whose parenthesis is read (rules 38 to 42).
  private mutating func invocation(of callee: Operand, at: SourcePosition) throws(SyntaxError) -> Expression {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    if try !lexer.take(")") {
      var isNamed: Bool?
      repeat {
        try lexer.skipSpace()
        let argumentAt = position
        if let name = argumentName() {
          guard isNamed != false else {
            throw lexer.error("named and unnamed arguments cannot be mixed")
          }
          isNamed = true
          let value = try expression()
          if named.contains(where: { $0.name == name }) {
            report(.unknownParameter, .error, "the argument '\(name)' is given twice", at: argumentAt)
          }
          named.append((name: name, value: value))
        } else {
          guard isNamed != true else {
            throw lexer.error("named and unnamed arguments cannot be mixed")
          }
          isNamed = false
          positional.append(try expression())
        }
      } while try lexer.take(",")
      try expect(")", "to close the arguments")
    }
    return named.isEmpty
      ? try call(callee, positional, at: at) : try call(callee, named: named, at: at)
  }

  /// The name of a named argument with its colon, if one stands here.
  private mutating func argumentName() -> String? {
    var place = lexer.offset
    let source = lexer.source
    guard place < source.count else { return nil }
    if source[place] == "\"" {
      // A quoted name, as context keys may be.
      var ahead = lexer
      guard let text = try? ahead.string(), (try? ahead.take(":")) == true else { return nil }
      lexer.offset = ahead.offset
      return text
    }
    guard source[place].isNameStart else { return nil }
    while place < source.count, source[place] != ":" {
      let scalar = source[place]
      guard scalar.isNamePart || scalar.isNameSymbol || scalar.isFEELSpace else { return nil }
      place += 1
    }
    guard place < source.count else { return nil }
    let name = Name.normalized(lexer.text(lexer.offset, place))
    lexer.offset = place + 1
    return name
  }
}
