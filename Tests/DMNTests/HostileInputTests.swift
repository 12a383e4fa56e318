import DMN
import FEEL
import Testing
import Values

/// Input meant to break the engine: an error or null with a cause, never a crash, and soon.
@Suite struct HostileInputTests {
  private func result(of text: String) throws -> EvaluationResult {
    try SmallModel.make(SmallModel.decision("d", SmallModel.literal(text)))
      .evaluate(decision: "d", inputs: [:])
  }

  @Test(arguments: [
    "for i in 1..1000000000 return i", "for i in 1..1000000000, j in 1..1000000000 return 1",
    "matches(\"" + String(repeating: "a", count: 5000) + "b\", \"(a+)+$\") + 1",
    String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
    String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
    String(repeating: "-", count: 10_001) + "x", "10 ** 100000", "@\"2021-02-30\" + 1",
    "1" + String(repeating: "0", count: 7000), "nobody.knows[1]", "\"\\uD800",
    String(repeating: "if true then ", count: 5000) + "1",
  ])
  func isNullWithACause(text: String) throws {
    let result = try result(of: text)
    #expect(result.value == .null)
    #expect(!result.trace.warnings.isEmpty)
  }

  @Test func numbersOfFortyDigitsAreRounded() throws {
    let value = try result(of: "1234567890123456789012345678901234567890 + 0").value
    #expect(value == .number(Decimal("1234567890123456789012345678901235E+6") ?? 0))
  }

  @Test func deeplyNestedBoxesAreRefusedByTheReader() {
    let depth = 5000
    let text = String(repeating: "<list>", count: depth) + String(repeating: "</list>", count: depth)
    #expect(throws: ModelError.self) { try SmallModel.make(SmallModel.decision("d", text)) }
  }

  @Test func aLongChainOfDecisionsIsEvaluated() throws {
    var elements = SmallModel.decision("n0", SmallModel.literal("0"))
    for index in 1...2000 {
      elements += SmallModel.decision(
        "n\(index)", decisions: ["n\(index - 1)"], SmallModel.literal("n\(index - 1) + 1"))
    }
    let model = try SmallModel.make(elements)
    #expect(model.findings == [])
    #expect(try model.value("n2000") == .number(2000))
  }

  @Test func aTraceOfAMillionCallsStaysSmall() throws {
    let model = try SmallModel.make(
      """
      <businessKnowledgeModel id="f_t" name="t"><variable name="t"/><encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/>
      \(SmallModel.table("hitPolicy=\"FIRST\"", inputs: [("n", "number")], [(["> 3"], ["1"]), (["-"], ["0"])]))
      </encapsulatedLogic></businessKnowledgeModel>
      """
        + SmallModel.decision(
          "d", functions: ["t"], SmallModel.literal("count(for i in 1..300000 return t(i))")))
    let result = try model.evaluate(decision: "d", inputs: [:])
    #expect(result.value == .number(300_000))
    #expect(result.trace.isTruncated)
    #expect(result.trace.tables.count < 1_000_000)
  }

  @Test func badRequestsAreAnswered() throws {
    let model = try SmallModel.make(SmallModel.decision("d", SmallModel.literal("1")))
    let stream = TestStream(model, now: nil)
    #expect(stream.answer("") == nil)
    #expect(stream.answer("{")?.contains("\"error\"") == true)
    #expect(stream.answer("{\"id\":\"1\"}")?.hasPrefix("{\"id\":\"1\",\"error\":") == true)
    #expect(stream.answer("{\"id\":\"1\",\"kind\":\"other\",\"name\":\"d\"}")?.contains("\"error\"") == true)
    #expect(stream.answer("{\"id\":\"1\",\"name\":\"e\"}")?.contains("\"error\"") == true)
    #expect(
      stream.answer("{\"id\":\"1\",\"name\":\"d\",\"inputs\":{\"x\":1}}")?.contains("\"error\"") == true)
    #expect(
      stream.answer("{\"id\":\"1\",\"kind\":\"decision\",\"name\":\"d\",\"inputs\":{}}")
        == "{\"id\":\"1\",\"result\":{\"type\":\"number\",\"value\":\"1\"}}")
  }
}
