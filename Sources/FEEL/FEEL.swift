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
    Compiled(
      text: expression, type: .any, findings: [], slotCount: scope.slotCount, constant: nil,
      plan: ConstantPlan(.null))
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
    UnaryTests(
      text: unaryTests, shape: .any, findings: [], slotCount: scope.slotCount + 1,
      inputSlot: inputSlot ?? scope.slotCount, plan: ConstantPlan(.boolean(true)))
  }

  /// Reads a type: `list<number>`, `context<a: string>`, or the name of a declared type (grammar rule 52).
  public static func type(_ text: String, in scope: Scope) -> FEELType? {
    FEELType(simpleName: Name.normalized(text)) ?? scope.types[Name.normalized(text)]
  }
}
