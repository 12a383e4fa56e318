import FEEL
import TestSupport
import Testing
import Values

/// Texts that are made to hurt: each gives a finding with its place, or null with a warning, and never a crash.
@Suite struct HostileExpressions {
  private func evaluate(_ text: String, _ scope: Scope = Scope()) -> (
    value: Value, warnings: [Warning], compiled: Compiled
  ) {
    let compiled = FEEL.compile(expression: text, in: scope)
    // The usual limits, made small, so that running into them is quick in a build without optimisation.
    var limits = Evaluation.Limits()
    limits.steps = 50_000
    limits.listItems = 20_000
    limits.stringLength = 50_000
    var evaluation = Evaluation(limits: limits)
    let value = compiled.evaluate(Frame(count: compiled.slotCount), &evaluation)
    return (value, evaluation.warnings, compiled)
  }

  @Test(arguments: [
    String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
    String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
    String(repeating: "{a:", count: 10_000) + "1" + String(repeating: "}", count: 10_000),
    String(repeating: "-", count: 10_000) + "1",
    String(repeating: "if true then ", count: 10_000) + "1",
    String(repeating: "function(a) ", count: 10_000) + "1",
    String(repeating: "for i in ", count: 10_000) + "1",
    String(repeating: "1 in (", count: 10_000) + "1",
    String(repeating: "[1..", count: 10_000) + "1",
    String(repeating: "a(", count: 10_000),
    String(repeating: "a[", count: 10_000),
    "1 instance of " + String(repeating: "list<", count: 10_000),
  ])
  func nestingIsRefused(_ text: String) {
    let (value, warnings, compiled) = evaluate(text)
    #expect(value.isNull)
    #expect(!warnings.isEmpty)
    #expect(compiled.findings.contains { $0.code == .tooDeep || $0.code == .syntax })
  }

  @Test(arguments: ["+", "*", "and", "or", "="])
  func longChainsDoNotOverflow(_ symbol: String) {
    let text = Array(repeating: "x", count: 20_000).joined(separator: " \(symbol) ")
    var scope = Scope()
    scope.declare("x", type: .any)
    let compiled = FEEL.compile(expression: text, in: scope)
    var evaluation = Evaluation()
    #expect(compiled.evaluate(Frame(count: compiled.slotCount), &evaluation).isNull || symbol == "=")
  }

  @Test func nestingWithinTheLimitIsRead() {
    let text = String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)
    #expect(evaluate(text).value == .number(1))
    let chain = Array(repeating: "1", count: 1_000).joined(separator: " + ")
    #expect(evaluate(chain).value == .number(1_000))
    let ifs = (0..<150).map { "if 1 = 2 then \($0) else " }.joined() + "7"
    #expect(evaluate(ifs).value == .number(7))
  }

  @Test func endlessLoopsEnd() {
    let (value, warnings, _) = evaluate("for i in 1..1000000000 return i")
    #expect(value.isNull)
    #expect(warnings.contains { $0.code == .stepLimit || $0.code == .sizeLimit })
    #expect(evaluate("some i in 1..1000000000 satisfies i < 0").value.isNull)
    #expect(evaluate("for i in 1..100000, j in 1..100000 return 1").value.isNull)
  }

  @Test func resultsMadeOfResultsEnd() {
    #expect(evaluate("for i in 1..100000 return [partial[-1]]").value.isNull)
    #expect(evaluate("for i in 1..100 return partial").value.isNull)
    #expect(
      evaluate("for i in 1..100 return if i = 1 then \"aa\" else partial[-1] + partial[-1]").warnings.contains
      {
        $0.code == .sizeLimit
      })
  }

  @Test func endlessRecursionEnds() {
    let (value, warnings, _) = evaluate("{f: function(n) f(n + 1), r: f(0)}.r")
    #expect(value.isNull)
    #expect(warnings.contains { $0.code == .nestedTooDeep })
    #expect(
      evaluate("{f: function(n) [f(n + 1)], r: f(0)}.r").warnings.contains { $0.code == .nestedTooDeep })
    #expect(evaluate("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(200)}.r").value == .number(200))
  }

  @Test(arguments: [
    "", " ", "1 +", "(1", "[1, 2", "{a 1}", "{a: 1", "\"open", "@", "@1", "1..", "[1..", "..1", "/* open",
    "if",
    "if 1", "if 1 then", "for", "for i", "for i in", "some x in [1]", "function", "function(", "function(a",
    "1 in",
    "1 between", "1 between 2", "1 instance", "1 instance of", "\"\\uD800\"", "\"\\u12\"", "\"\\UFFFFFF\"",
    "\u{0}",
    "a.", "a[", "a(", "a(b:", ")", "]", "}", "#", "1 2", "1e999999", "[1..2", "{\"a\": }", "1 = ",
    "- ",
    "f(a: 1, 2)", "{1: 2}", "\u{FEFF}",
  ])
  func brokenTextsHaveAPlace(_ text: String) {
    let (value, _, compiled) = evaluate(text)
    #expect(value.isNull)
    #expect(!compiled.findings.isEmpty)
    #expect(
      compiled.findings.allSatisfy {
        $0.position.line >= 1 && $0.position.column >= 1 && !$0.sentence.isEmpty
      })
    _ = FEEL.compile(unaryTests: text, in: Scope())
    _ = FEEL.type(text, in: Scope())
  }

  @Test func everyPrefixAndMutationIsHarmless() {
    let seeds = [
      "if a.b[1] > 3 then {x: 1, \"y z\": [1..2)} else for i in 1..3 return i ** 2",
      "some x in [1,2,3], y in [x..3] satisfies x in (<2, [3..4], not(true)) and @\"P1D\" = duration(\"P1D\")",
      "{f: function(a: list<number>, b) external {}, g: f(b: 1, a: [\"\\uD83D\\uDE00\"])}.g instance of context<a: string>",
      "list[item.a between 1 and 2 or b = null][-1].c.time offset // comment",
    ]
    var random = SeededGenerator(seed: 7)
    for seed in seeds {
      let scalars = Array(seed.unicodeScalars)
      for length in 0..<scalars.count {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[..<length])
        _ = evaluate(String(text))
      }
      for _ in 0..<200 {
        var mutated = scalars
        for _ in 0..<3 {
          let place = Int(random.next() % UInt64(mutated.count))
          switch random.next() % 3 {
          case 0: mutated.remove(at: place)
          case 1: mutated.insert(mutated[Int(random.next() % UInt64(mutated.count))], at: place)
          default: mutated.swapAt(place, Int(random.next() % UInt64(mutated.count)))
          }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: mutated)
        _ = evaluate(String(text))
        _ = FEEL.compile(unaryTests: String(text), in: Scope())
      }
    }
  }
}
