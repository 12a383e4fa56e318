import FEEL
import Testing
import Values

/// Cells of decision tables: what they admit, and that the shape told for speed says the same.
@Suite struct UnaryTestsTests {
  private static let samples: [Value] = [
    .null, .boolean(true), .boolean(false), .number(0), .number(5), .number(10), .number(11), .string("a"),
    .string("b"), .list([.number(5)]),
  ]

  private static func admits(_ cell: String, _ value: Value, type: FEELType = .any) -> Bool? {
    let tests = FEEL.compile(unaryTests: cell, in: Scope(), inputType: type)
    var evaluation = Evaluation()
    return tests.evaluate(value, Frame(count: tests.slotCount), &evaluation)
  }

  @Test(arguments: [
    ("-", Value.null, true), ("5", .number(5), true), ("5, 6", .number(6), true),
    ("not(5, 6)", .number(6), false),
    ("< 5", .number(4), true), ("[1..5)", .number(5), false), ("]1..5]", .number(5), true),
    ("\"a\", \"b\"", .string("b"), true), ("? > 3 and ? < 5", .number(4), true), ("null", .null, true),
    ("true", .boolean(false), false), ("false", .boolean(false), true), ("not(\"a\")", .string("b"), true),
    ("[\"a\", \"b\"]", .string("b"), true), ("starts with(?, \"x\")", .string("xy"), true),
    ("!= 5", .number(6), true), ("= 5", .number(5), true), ("-5", .number(-5), true),
    ("- 5", .number(-5), true),
    ("(< 5), [7..8]", .number(7), true), ("count(?) = 2", .list([.null, .null]), true),
    ("not(? = 4)", .number(4), false), ("@\"2024-01-01\"", .string("x"), false),
  ])
  func cells(_ cell: String, _ value: Value, _ expected: Bool) {
    #expect(Self.admits(cell, value) == expected)
  }

  /// The null of a condition means that it is undecided; that of a value is a value which the cell lists.
  @Test(arguments: [
    ("y > 3", false), ("y > 3 and y < 5", false), ("y between 1 and 2", false), ("y", true),
  ])
  func anUndecidedConditionAdmitsNothing(_ cell: String, _ expected: Bool) {
    var scope = Scope()
    let slot = scope.declare("y", type: .any)
    let tests = FEEL.compile(unaryTests: cell, in: scope, inputType: .any)
    let frame = Frame(count: tests.slotCount)
    frame[slot] = .null
    var evaluation = Evaluation()
    #expect((tests.evaluate(.null, frame, &evaluation) ?? false) == expected)
  }

  @Test(arguments: [
    "5", "5, 10", "\"a\"", "\"a\", 5", "null", "null, 5", "< 10", "[5..10)", "(5..10], 0", ">= 5, \"a\"",
    "not(5)", "not(5, \"a\")", "!= 5", "= 5", "[0..4], [10..11)", "true", "false", "-", "not(true)",
  ])
  func shapesSayWhatTheTestsSay(_ cell: String) {
    for type in [FEELType.any, .boolean, .number] {
      let tests = FEEL.compile(unaryTests: cell, in: Scope(), inputType: type)
      for value in Self.samples where type == .any || value.conforms(to: type) {
        let expected: Bool
        switch tests.shape {
        case .general: continue
        case .any: expected = true
        case .constants(let constants): expected = constants.contains { Value.feelEquals($0, value) == true }
        case .exceptConstants(let constants):
          expected = !constants.contains { Value.feelEquals($0, value) == true }
        case .intervals(let intervals): expected = intervals.contains { Self.lies(value, in: $0) }
        }
        let truth = Self.admits(cell, value, type: type) ?? false
        // A comparison with a value of another kind is null, which admits nothing either.
        #expect(truth == expected, "\(cell) and \(value)")
      }
    }
  }

  private static func lies(_ value: Value, in interval: UnaryTests.Interval) -> Bool {
    if let low = interval.low {
      guard let order = Value.compare(value, low) else { return false }
      if order == .less || (order == .equal && !interval.lowIncluded) { return false }
    }
    if let high = interval.high {
      guard let order = Value.compare(value, high) else { return false }
      if order == .greater || (order == .equal && !interval.highIncluded) { return false }
    }
    return true
  }

  @Test func aTestThatCannotHoldIsReported() {
    let tests = FEEL.compile(unaryTests: "\"a\"", in: Scope(), inputType: .number)
    #expect(tests.findings.first?.code == .operandTypes)
    #expect(FEEL.compile(unaryTests: "[1..2], > 5", in: Scope(), inputType: .number).findings.isEmpty)
  }
}
