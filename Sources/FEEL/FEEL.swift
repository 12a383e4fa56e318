/// Entry points of the compiler.
public enum FEEL {
  /// Reads, checks and compiles an expression.
  ///
  /// - Parameters:
  ///   - expression: the text (grammar rule 1).
  ///   - scope: the names it may use.
  ///   - expected: the type to which the value is coerced.
  public static func compile(
    expression: String, in scope: Scope, expected: FEELType = .any
  ) -> Compiled {
    var parser = Parser(expression, scope: scope)
    do throws(SyntaxError) {
      var tree = try parser.wholeExpression()
      if expected != .any {
        tree = try parser.checked(.coercion(tree, expected), expected, [tree], at: tree.position)
      }
      return Compiled(
        text: expression, type: tree.type, findings: parser.findings, slotCount: parser.scope.slotCount,
        constant: tree.constant, plan: Planner.plan(tree))
    } catch {
      return Compiled(
        text: expression, type: .any, findings: parser.findings + [error.finding], slotCount: scope.slotCount,
        constant: nil, plan: FaultPlan(.notCompiled, [error.finding.sentence], at: error.finding.position))
    }
  }

  /// Reads, checks and compiles the tests of a decision-table cell or of allowed values.
  ///
  /// - Parameters:
  ///   - unaryTests: the text (grammar rule 17).
  ///   - scope: the names the tests may use.
  ///   - inputType: the type of the value under test.
  ///   - inputSlot: the slot of that value; nil for a slot of the tests' own.
  public static func compile(
    unaryTests: String, in scope: Scope, inputType: FEELType = .any, inputSlot: Int? = nil
  ) -> UnaryTests {
    var inner = scope
    let slot: Int
    if let inputSlot {
      slot = inputSlot
      inner.declare("?", type: inputType, slot: inputSlot)
    } else {
      slot = inner.declare("?", type: inputType)
    }
    var parser = Parser(unaryTests, scope: inner)
    do throws(SyntaxError) {
      guard let (tests, negated) = try parser.wholeUnaryTests() else {
        return UnaryTests(
          text: unaryTests, shape: .any, findings: [], slotCount: inner.slotCount, inputSlot: slot,
          plan: ConstantPlan(.boolean(true)))
      }
      parser.check(tests, against: inputType)
      return UnaryTests(
        text: unaryTests, shape: UnaryTests.shape(of: tests, negated: negated, inputType: inputType),
        findings: parser.findings, slotCount: parser.scope.slotCount, inputSlot: slot,
        plan: TestListPlan(tests, slot: slot, negated: negated, at: .start))
    } catch {
      return UnaryTests(
        text: unaryTests, shape: .general, findings: parser.findings + [error.finding],
        slotCount: inner.slotCount, inputSlot: slot,
        plan: FaultPlan(.notCompiled, [error.finding.sentence], at: error.finding.position))
    }
  }

  /// Reads a type: `list<number>`, `context<a: string>`, or the name of a declared type (grammar rule 52).
  public static func type(_ text: String, in scope: Scope) -> FEELType? {
    if let type = scope.type(named: Name.normalized(text)) { return type }
    var parser = Parser(text, scope: scope)
    guard let type = try? parser.type(), (try? parser.lexer.atEnd()) == true, parser.findings.isEmpty else {
      return nil
    }
    return type
  }
}
