internal import Values

extension Parser {
  /// What stands on the right of `in` (rules 51c and 14 to 17).
  mutating func membership(of value: Expression, at: SourcePosition) throws(SyntaxError) -> Expression {
    let slot = scope.reserveSlot()
    let tests = try membershipTests()
    var parts = [value]
    for test in tests {
      switch test.kind {
      case .comparison(_, let operand), .expression(let operand, _): parts.append(operand)
      }
    }
    return try checked(.membership(value, tests, slot: slot), .boolean, parts, at: at)
  }

  private mutating func membershipTests() throws(SyntaxError) -> [UnaryTest] {
    try lexer.skipSpace()
    if lexer.peek() == "(" {
      let start = lexer
      let findingCount = findings.count
      lexer.offset += 1
      if let tests = try parenthesizedTests() { return tests }
      // It was a range or a parenthesis that goes on: read it again as an expression.
      lexer = start
      findings.removeLast(findings.count - findingCount)
    }
    return [try membershipTest()]
  }

  private mutating func parenthesizedTests() throws(SyntaxError) -> [UnaryTest]? {
    var tests: [UnaryTest] = []
    repeat {
      let test = try membershipTest(isWhole: true)
      try lexer.skipSpace()
      if lexer.matches("..") { return nil }
      tests.append(test)
    } while try lexer.take(",")
    try expect(")", "to close the tests")
    try lexer.skipSpace()
    if tests.count == 1, let next = lexer.peek(), next == "[" || (next == "." && lexer.peek(1) != ".") {
      return nil
    }
    return tests
  }

  /// One test after `in`; inside parentheses it may be a whole expression.
  private mutating func membershipTest(isWhole: Bool = false) throws(SyntaxError) -> UnaryTest {
    let at = try place()
    if let comparison = try comparisonOperator() {
      return UnaryTest(kind: .comparison(comparison, try additive()), position: at)
    }
    let operand =
      isWhole ? try expression() : try nested { parser throws(SyntaxError) in try parser.additive() }
    return UnaryTest(kind: .expression(operand, mentionsInput: false), position: at)
  }

  /// A whole cell (rule 17): tests, `not(tests)` or `-`; nil for the dash.
  mutating func wholeUnaryTests() throws(SyntaxError) -> (tests: [UnaryTest], negated: Bool)? {
    guard lexer.source.count <= Parser.lengthLimit else {
      throw lexer.error("the cell is longer than \(Parser.lengthLimit) characters", code: .tooLong, at: 0)
    }
    if try lexer.atEnd() { throw lexer.error("the cell is empty: write - where every value is meant") }
    let start = lexer
    if try lexer.take("-"), try lexer.atEnd() { return nil }
    lexer = start
    if try lexer.take(keyword: "not"), try lexer.take("(") {
      let tests = try cellTests()
      if try lexer.take(")"), try lexer.atEnd() { return (tests, true) }
      // `not(a) and b`: an expression that happens to begin with not.
      findings = []
    }
    lexer = start
    let tests = try cellTests()
    try expectEnd()
    return (tests, false)
  }

  private mutating func cellTests() throws(SyntaxError) -> [UnaryTest] {
    var tests: [UnaryTest] = []
    repeat { tests.append(try cellTest()) } while try lexer.take(",")
    return tests
  }

  /// One test of a cell (rules 7 and 16).
  private mutating func cellTest() throws(SyntaxError) -> UnaryTest {
    let at = try place()
    let start = lexer
    if let comparison = try comparisonOperator() {
      let operand = try nested { parser throws(SyntaxError) in try parser.additive() }
      try lexer.skipSpace()
      if lexer.peek() == nil || lexer.peek() == "," || lexer.peek() == ")" {
        return UnaryTest(kind: .comparison(comparison, operand), position: at)
      }
      lexer = start
    }
    mentionsInput = false
    let operand = try expression()
    return UnaryTest(kind: .expression(operand, mentionsInput: mentionsInput), position: at)
  }
}
