internal import Values

extension Parser {
  /// Words that end a name that is not known.
  static let keywords: Set<String> = [
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between",
    "instance",
    "true", "false", "null", "function", "external",
  ]

  /// Literals, names, and everything that has brackets of its own.
  mutating func primary() throws(SyntaxError) -> Operand {
    try lexer.skipSpace()
    let at = position
    guard let next = lexer.peek() else {
      throw lexer.error("the expression breaks off here: a value is due")
    }
    switch next {
    case "0"..."9", ".":
      guard let number = try lexer.number() else { throw unexpected(next) }
      return .value(Expression(.constant(.number(number)), .number, at: at))
    case "\"":
      return .value(Expression(.constant(.string(try lexer.string())), .string, at: at))
    case "@": return .value(try atLiteral(at: at))
    case "(": return .value(try parenthesis(at: at))
    case "[": return .value(try bracket(at: at))
    case "]":
      lexer.offset += 1
      return .value(try range(lowIncluded: false, at: at))
    case "{": return .value(try contextLiteral(at: at))
    case "<", ">", "=", "!":
      return .value(try comparisonRange(at: at))
    default:
      guard next.isNameStart else { throw unexpected(next) }
      return try word(at: at)
    }
  }

  private func unexpected(_ scalar: Unicode.Scalar) -> SyntaxError {
    lexer.error("'\(scalar)' cannot stand here: a value is due")
  }

  /// What begins with a word: a known name, a keyword's construct, or a name that is not known.
  private mutating func word(at: SourcePosition) throws(SyntaxError) -> Operand {
    let word = lexer.word()
    let known = scope.longestName(in: lexer)
    // Keywords cannot be hidden by a name of just that word, but may begin a longer name.
    if known == nil || known?.name == word {
      if let value = try keyword(word, at: at) { return .value(value) }
    }
    guard let known else {
      let name = try freeName("here")
      let resolution = scope.resolve(name)
      if !resolution.possibleItems.isEmpty {
        return .value(possibleEntry(name, of: resolution.possibleItems, otherwise: nil, at: at))
      }
      return .unknown(name, at)
    }
    lexer.offset = known.end
    return try resolved(known.name, at: at)
  }

  private mutating func resolved(_ name: String, at: SourcePosition) throws(SyntaxError) -> Operand {
    if name == "?" { mentionsInput = true }
    let resolution = scope.resolve(name)
    let operand: Operand
    switch resolution.meaning {
    case nil: operand = .unknown(name, at)
    case .variable(let slot, let type, let parameters):
      let value = Expression(.slot(slot), type, at: at)
      operand = parameters.map { .function(value, $0) } ?? .value(value)
    case .entry(let itemSlot, let itemType, let type):
      let item = Expression(.slot(itemSlot), itemType, at: at)
      operand = .value(Expression(.path(item, name), type, at: at, depth: 2))
    case .namespace(let members): return .namespace(members, name, at)
    case .builtIn(let builtIn):
      // An item may hold a function, but a built-in that is called is meant.
      try lexer.skipSpace()
      if lexer.peek() == "(" || resolution.possibleItems.isEmpty { return .builtIn(builtIn, at) }
      operand = .builtIn(builtIn, at)
    }
    guard !resolution.possibleItems.isEmpty else { return operand }
    return .value(
      possibleEntry(name, of: resolution.possibleItems, otherwise: try value(of: operand), at: at))
  }

  private func possibleEntry(
    _ name: String, of items: [Int], otherwise: Expression?, at: SourcePosition
  ) -> Expression {
    var result = otherwise
    for slot in items.reversed() {
      result = Expression(
        .itemEntry(slot: slot, name: name, otherwise: result), .any, at: at, depth: (result?.depth ?? 0) + 1)
    }
    return result ?? Expression(.fault(.unknownName, [name]), .any, at: at)
  }

  /// A construct that begins with a keyword.
  private mutating func keyword(_ word: String, at: SourcePosition) throws(SyntaxError) -> Expression? {
    func skip() { lexer.offset += word.unicodeScalars.count }
    switch word {
    case "true", "false":
      skip()
      return Expression(.constant(.boolean(word == "true")), .boolean, at: at)
    case "null":
      skip()
      return Expression(.constant(.null), .null, at: at)
    case "if":
      skip()
      return try conditional(at: at)
    case "for":
      skip()
      return try iteration(at: at)
    case "some", "every":
      skip()
      return try quantified(isSome: word == "some", at: at)
    case "function":
      skip()
      return try functionDefinition(at: at)
    case "then", "else", "in", "return", "satisfies", "and", "or", "between", "instance":
      throw lexer.error("'\(word)' cannot stand here: a value is due")
    default: return nil
    }
  }

  /// A name that need not be known: words and the space between them, up to a keyword or another sign.
  mutating func freeName(_ place: String) throws(SyntaxError) -> String {
    try lexer.skipSpace()
    let start = lexer.offset
    var end = lexer.wordEnd(from: start)
    guard end > start else { throw lexer.error("a name is due \(place)") }
    lexer.offset = end
    while true {
      try lexer.skipSpace()
      let next = lexer.wordEnd(from: lexer.offset)
      guard next > lexer.offset, !Parser.keywords.contains(lexer.word()) else { break }
      lexer.offset = next
      end = next
    }
    lexer.offset = end
    return Name.normalized(lexer.text(start, end))
  }

  /// `@"2024-02-29"` (rule 66).
  private mutating func atLiteral(at: SourcePosition) throws(SyntaxError) -> Expression {
    lexer.offset += 1
    try lexer.skipSpace()
    guard lexer.peek() == "\"" else { throw lexer.error("after @ a text in quotation marks is due") }
    let text = try lexer.string()
    guard let value = TemporalText.literal(text) else {
      report(
        .invalidLiteral, .error, "@\"\(text)\" is not a date, time, date and time or duration", at: at)
      return Expression(.fault(.invalidLiteral, [text, "date, time or duration"]), .any, at: at)
    }
    return Expression(.constant(value), value.type, at: at)
  }

  /// `(expression)`, `(1..5)` or `(<5)`.
  private mutating func parenthesis(at: SourcePosition) throws(SyntaxError) -> Expression {
    lexer.offset += 1
    try lexer.skipSpace()
    let outer = inRangeEnd
    inRangeEnd = false
    defer { inRangeEnd = outer }
    if lexer.matches("..") { return try range(lowIncluded: false, at: at) }
    let inner = try expression()
    try lexer.skipSpace()
    if lexer.matches("..") { return try rangeAfter(inner, lowIncluded: false, at: at) }
    try expect(")", "to close the parenthesis")
    return inner
  }

  /// `[a, b]` (rule 54) or `[1..5]`.
  private mutating func bracket(at: SourcePosition) throws(SyntaxError) -> Expression {
    lexer.offset += 1
    if try lexer.take("]") { return Expression(.constant(.list([])), .list(.null), at: at) }
    let first = try expression()
    try lexer.skipSpace()
    if lexer.matches("..") { return try rangeAfter(first, lowIncluded: true, at: at) }
    var items = [first]
    while try lexer.take(",") { items.append(try expression()) }
    try expect("]", "to close the list")
    return try listLiteral(items, at: at)
  }

  /// A range whose opening bracket is read.
  private mutating func range(lowIncluded: Bool, at: SourcePosition) throws(SyntaxError) -> Expression {
    let low = try expression()
    return try rangeAfter(low, lowIncluded: lowIncluded, at: at)
  }

  /// The dots, the upper end and the closing bracket of a range (rules 8 to 12).
  private mutating func rangeAfter(
    _ low: Expression, lowIncluded: Bool, at: SourcePosition
  ) throws(SyntaxError) -> Expression {
    try expect("..", "between the ends of the range")
    let outer = inRangeEnd
    inRangeEnd = true
    defer { inRangeEnd = outer }
    let high = try nested { parser throws(SyntaxError) in try parser.additive() }
    let highIncluded: Bool
    if try lexer.take("]") {
      highIncluded = true
    } else {
      let open = try lexer.take(")")
      let turned = open ? false : try lexer.take("[")
      guard open || turned else { throw lexer.error("], ) or [ is due here to close the range") }
      highIncluded = false
    }
    return try rangeLiteral(
      low: low, lowIncluded: lowIncluded, high: high, highIncluded: highIncluded, .interval, at: at)
  }

  /// `< 5` as a value (rule 7): a range written as comparison.
  private mutating func comparisonRange(at: SourcePosition) throws(SyntaxError) -> Expression {
    guard let comparison = try comparisonOperator() else { throw lexer.error("a value is due here") }
    let point = try nested { parser throws(SyntaxError) in try parser.additive() }
    switch comparison {
    case .less, .lessOrEqual:
      return try rangeLiteral(
        low: nil, lowIncluded: false, high: point, highIncluded: comparison == .lessOrEqual, .comparison,
        at: at)
    case .greater, .greaterOrEqual:
      return try rangeLiteral(
        low: point, lowIncluded: comparison == .greaterOrEqual, high: nil, highIncluded: false, .comparison,
        at: at)
    case .equal, .notEqual:
      return try rangeLiteral(
        low: point, lowIncluded: comparison == .equal, high: point, highIncluded: comparison == .equal,
        comparison == .equal ? .equality : .inequality, at: at)
    }
  }
}
