internal import Values

/// Reads FEEL into the checked tree.
///
/// What is a name depends on the names in scope, and the names after a dot on the type before it, so resolving and
/// checking go along with reading. Nodes are made by the functions of `Parser+Checking.swift` and its neighbours.
struct Parser {
  /// How deeply an expression may be nested; beyond it the text is refused with its place.
  static let nestingLimit = 200
  /// How deep a tree may grow by long chains of operators.
  static let depthLimit = 1_500
  /// How long a text may be, in code points.
  static let lengthLimit = 1_000_000

  var lexer: Lexer
  var scope: ScopeStack
  var findings: [Finding] = []
  /// Whether `?` was used since this was last set to false.
  var mentionsInput = false
  /// Whether an opening bracket may close a range, as in `[1..5[`.
  var inRangeEnd = false
  private var nesting = 0
  /// How many levels have been read in all; where a text can be read in two ways, the second try counts again.
  private var levelsRead = 0
  /// How deep the type being read is.
  var typeNesting = 0

  init(_ text: String, scope: Scope) {
    lexer = Lexer(text)
    self.scope = ScopeStack(scope)
  }

  var position: SourcePosition { lexer.position(at: lexer.offset) }

  mutating func report(
    _ code: Finding.Code, _ severity: Finding.Severity = .warning, _ sentence: String,
    at position: SourcePosition
  ) {
    guard findings.count < 100 else { return }
    findings.append(Finding(code, severity, sentence, at: position))
  }

  /// Takes a symbol or refuses the text.
  mutating func expect(_ symbol: String, _ purpose: String) throws(SyntaxError) {
    guard try lexer.take(symbol) else { throw lexer.error("\(symbol) is due here \(purpose)") }
  }

  mutating func expect(keyword: String, _ purpose: String) throws(SyntaxError) {
    guard try lexer.take(keyword: keyword) else { throw lexer.error("'\(keyword)' is due here \(purpose)") }
  }

  /// Runs a part of the reading one level deeper.
  mutating func nested(
    _ read: (inout Parser) throws(SyntaxError) -> Expression
  ) throws(SyntaxError) -> Expression {
    nesting += 1
    levelsRead += 1
    defer { nesting -= 1 }
    guard levelsRead <= 10_000 + 10 * lexer.source.count else {
      throw lexer.error("the expression is too intricate to be read: split it", code: .tooDeep)
    }
    guard nesting <= Parser.nestingLimit else {
      throw lexer.error(
        "the expression is nested more than \(Parser.nestingLimit) levels deep: split it", code: .tooDeep)
    }
    return try read(&self)
  }

  /// A whole expression text (rule 1).
  mutating func wholeExpression() throws(SyntaxError) -> Expression {
    guard lexer.source.count <= Parser.lengthLimit else {
      throw lexer.error(
        "the expression is longer than \(Parser.lengthLimit) characters", code: .tooLong, at: 0)
    }
    if try lexer.atEnd() { throw lexer.error("the expression is empty") }
    let result = try expression()
    try expectEnd()
    return result
  }

  mutating func expectEnd() throws(SyntaxError) {
    guard try !lexer.atEnd() else { return }
    let rest = lexer.text(lexer.offset, lexer.offset + 20)
    throw lexer.error("the expression ends before '\(rest)', which does not belong to it")
  }

  /// An expression (rule 2).
  mutating func expression() throws(SyntaxError) -> Expression {
    // Inside another construct a bracket is a filter again.
    let outer = inRangeEnd
    inRangeEnd = false
    defer { inRangeEnd = outer }
    return try nested { parser throws(SyntaxError) in try parser.disjunction() }
  }

  /// `a or b` (rule 49).
  private mutating func disjunction() throws(SyntaxError) -> Expression {
    let start = try place()
    let first = try conjunction()
    var operands = [first]
    while try lexer.take(keyword: "or") { operands.append(try conjunction()) }
    return operands.count == 1 ? first : try logical(operands, isConjunction: false, at: start)
  }

  /// `a and b` (rule 50).
  private mutating func conjunction() throws(SyntaxError) -> Expression {
    let start = try place()
    let first = try comparison()
    var operands = [first]
    while try lexer.take(keyword: "and") { operands.append(try comparison()) }
    return operands.count == 1 ? first : try logical(operands, isConjunction: true, at: start)
  }

  /// The place of the next token.
  mutating func place() throws(SyntaxError) -> SourcePosition {
    try lexer.skipSpace()
    return position
  }

  /// Comparisons, `between` and `in` (rule 51).
  private mutating func comparison() throws(SyntaxError) -> Expression {
    var left = try additive()
    while true {
      let at = try place()
      if let comparisonOperator = try comparisonOperator() {
        let right = try additive()
        left = try compare(comparisonOperator, left, right, at: at)
      } else if try lexer.take(keyword: "between") {
        let low = try additive()
        try expect(keyword: "and", "between the two limits of 'between'")
        let high = try additive()
        left = try checked(.between(left, low, high), .boolean, [left, low, high], at: at)
      } else if try lexer.take(keyword: "in") {
        left = try membership(of: left, at: at)
      } else {
        return left
      }
    }
  }

  mutating func comparisonOperator() throws(SyntaxError) -> ComparisonOperator? {
    try lexer.skipSpace()
    let candidates: [ComparisonOperator] = [
      .lessOrEqual, .less, .greaterOrEqual, .greater, .notEqual, .equal,
    ]
    for candidate in candidates where lexer.matches(candidate.rawValue) {
      lexer.offset += candidate.rawValue.count
      return candidate
    }
    return nil
  }

  /// `a + b` and `a - b` (rules 19 and 20).
  mutating func additive() throws(SyntaxError) -> Expression {
    var left = try multiplicative()
    while true {
      let at = try place()
      if try lexer.take("+") {
        left = try arithmetic(.add, left, try multiplicative(), at: at)
      } else if try lexer.take("-") {
        left = try arithmetic(.subtract, left, try multiplicative(), at: at)
      } else {
        return left
      }
    }
  }

  /// `a * b` and `a / b` (rules 21 and 22).
  private mutating func multiplicative() throws(SyntaxError) -> Expression {
    var left = try exponentiation()
    while true {
      let at = try place()
      if lexer.matches("**") { return left }
      if try lexer.take("*") {
        left = try arithmetic(.multiply, left, try exponentiation(), at: at)
      } else if try lexer.take("/") {
        left = try arithmetic(.divide, left, try exponentiation(), at: at)
      } else {
        return left
      }
    }
  }

  /// `a ** b` (rule 23), from left to right.
  private mutating func exponentiation() throws(SyntaxError) -> Expression {
    var left = try unary()
    while true {
      let at = try place()
      guard try lexer.take("**") else { return left }
      left = try arithmetic(.power, left, try unary(), at: at)
    }
  }

  /// `-a` (rule 24), which binds closer than `**`, and `instance of` (rule 53).
  private mutating func unary() throws(SyntaxError) -> Expression {
    let at = try place()
    var operand: Expression
    if try lexer.take("-") {
      let inner = try nested { parser throws(SyntaxError) in try parser.unaryOperand() }
      operand = try negation(inner, at: at)
    } else {
      operand = try postfix()
    }
    while try lexer.take(keyword: "instance") {
      try expect(keyword: "of", "after 'instance'")
      let findingCount = findings.count
      let type = try type()
      if findings.count > findingCount {
        // Of a type that does not exist nothing can be said: an error, and so null (10.3.2.13).
        operand = Expression(.fault(.unknownName, [type.description]), .boolean, at: at)
        continue
      }
      operand = try checked(.instanceOf(operand, type), .boolean, [operand], at: at)
    }
    return operand
  }

  private mutating func unaryOperand() throws(SyntaxError) -> Expression {
    let at = try place()
    guard try lexer.take("-") else { return try postfix() }
    let inner = try nested { parser throws(SyntaxError) in try parser.unaryOperand() }
    return try negation(inner, at: at)
  }
}
