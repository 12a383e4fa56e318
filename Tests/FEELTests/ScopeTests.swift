import FEEL
import Testing
import Values

/// Names: which one stands at a place depends on what is in scope.
@Suite struct ScopeTests {
  private func evaluate(_ text: String, _ names: [(String, FEELType, Value)]) -> Value {
    var scope = Scope()
    for (name, type, _) in names { scope.declare(name, type: type) }
    let compiled = FEEL.compile(expression: text, in: scope)
    let frame = Frame(count: compiled.slotCount)
    for (slot, entry) in names.enumerated() { frame[slot] = entry.2 }
    var evaluation = Evaluation()
    return compiled.evaluate(frame, &evaluation)
  }

  @Test func theLongestKnownNameIsTaken() {
    let names: [(String, FEELType, Value)] = [
      ("a", .number, .number(10)), ("b", .number, .number(3)), ("a-b", .number, .number(99)),
      ("Pre-bureau risk category", .string, .string("HIGH")), ("risk", .string, .string("r")),
      ("profit and loss", .number, .number(7)), ("if only", .number, .number(1)),
      ("date", .string, .string("d")), ("c+d/e*f.g'h", .number, .number(4)),
    ]
    #expect(evaluate("a-b", names) == .number(99))
    #expect(evaluate("a - b", names) == .number(7))
    #expect(evaluate("b-a", names) == .number(-7))
    #expect(evaluate("Pre-bureau  risk\n category = \"HIGH\"", names) == .boolean(true))
    #expect(evaluate("profit and loss + 1", names) == .number(8))
    #expect(evaluate("if only = 1 and true", names) == .boolean(true))
    #expect(evaluate("date", names) == .string("d"))
    #expect(evaluate("c+d/e*f.g'h + 1", names) == .number(5))
    #expect(evaluate("for a in [1] return a", names) == .list([.number(1)]))
  }

  @Test func entriesOfTypedContextsMayHaveSpacesAndSymbols() {
    let type = FEELType.context([
      FEELType.Field("first name", .string), FEELType.Field("max-limit", .number),
      FEELType.Field("max", .number),
    ])
    let value = Value.context(
      Context([("first name", .string("Anna")), ("max-limit", .number(5)), ("max", .number(2))]))
    #expect(evaluate("p.first name", [("p", type, value)]) == .string("Anna"))
    #expect(evaluate("p.max-limit", [("p", type, value)]) == .number(5))
    #expect(evaluate("p.max-1", [("p", type, value)]) == .number(1))
    #expect(evaluate("l[first name = \"Anna\"][1].max", [("l", .list(type), .list([value]))]) == .number(2))
    // Of a value whose type is not known, the entries are found when it is evaluated.
    #expect(evaluate("l[first name = \"Anna\"][1].max", [("l", .any, .list([value]))]) == .number(2))
    #expect(evaluate("p.first name", [("p", .any, value)]) == .string("Anna"))
  }

  @Test func findingsNameThePlace() throws {
    var scope = Scope()
    scope.declare("amount", type: .number)
    let compiled = FEEL.compile(expression: "amount +\n  amuont", in: scope)
    let finding = try #require(compiled.findings.first)
    #expect(finding.code == .unknownName && finding.severity == .error)
    #expect(finding.position.line == 2 && finding.position.column == 3)
    #expect(finding.sentence.contains("amuont"))
    #expect(FEEL.compile(expression: "amount + 1", in: scope).findings.isEmpty)
    #expect(FEEL.compile(expression: "amount + \"1\"", in: scope).findings.first?.code == .operandTypes)
    #expect(FEEL.compile(expression: "abs(1, 2)", in: scope).findings.first?.code == .wrongNumberOfArguments)
  }

  @Test func namesOfImportsStandBehindTheirDot() {
    var members = Scope()
    members.declare("total sum", type: .number)
    members.declareType("tAge", .number)
    var scope = Scope()
    scope.declareNamespace("lib", members)
    let compiled = FEEL.compile(expression: "lib.total sum + 1", in: scope)
    #expect(compiled.findings.isEmpty)
    let frame = Frame(count: compiled.slotCount)
    frame[0] = .number(4)
    var evaluation = Evaluation()
    #expect(compiled.evaluate(frame, &evaluation) == .number(5))
    #expect(FEEL.type("list<lib.tAge>", in: scope) == .list(.number))
    let whole = FEEL.compile(expression: "lib", in: scope)
    let second = Frame(count: whole.slotCount)
    second[0] = .number(4)
    #expect(whole.evaluate(second, &evaluation) == .context(Context([("total sum", .number(4))])))
  }
}
