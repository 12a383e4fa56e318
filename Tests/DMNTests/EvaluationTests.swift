import DMN
import FEEL
import Testing
import Values

@Suite struct EvaluationTests {
  @Test func aSuppliedDecisionIsNotEvaluated() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number")
        + SmallModel.decision("low", needs: ["x"], type: "number", SmallModel.literal("x + 1"))
        + SmallModel.decision("high", decisions: ["low"], SmallModel.literal("low * 10")))
    #expect(try model.value("high", ["x": .number(1)]) == .number(20))
    let result = try model.evaluate(decision: "high", inputs: ["low": .number(7)])
    #expect(result.value == .number(70))
    #expect(result.trace.decisions.map(model.name(of:)) == ["high"])
  }

  @Test func unknownNamesAreRefused() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number") + SmallModel.decision("d", needs: ["x"], SmallModel.literal("x")))
    #expect(throws: RequestError.unknownDecision(name: "e", known: ["d"])) { try model.value("e") }
    #expect(throws: RequestError.unknownInput(name: "y", known: ["x"])) { try model.value("d", ["y": .null]) }
  }

  @Test func aValueOfTheWrongTypeIsNullWithItsPlace() throws {
    let model = try SmallModel.make(
      """
      <itemDefinition name="tColour"><typeRef>string</typeRef>
      <allowedValues><text>"red", "green"</text></allowedValues></itemDefinition>
      """ + SmallModel.input("c", "tColour")
        + SmallModel.decision("d", needs: ["c"], type: "tColour", SmallModel.literal("c")))
    #expect(try model.value("d", ["c": .string("red")]) == .string("red"))
    #expect(try model.value("d", ["c": .list([.string("red")])]) == .string("red"))
    for wrong: Value in [.string("blue"), .number(1)] {
      let result = try model.evaluate(decision: "d", inputs: ["c": wrong])
      #expect(result.value == .null)
      #expect(result.trace.warnings.map(\.place.elementName) == ["c"])
    }
  }

  @Test func aFunctionKnowsItsOwnNameWithoutRequiringItself() throws {
    let model = try SmallModel.make(
      """
      <businessKnowledgeModel id="f_fact" name="fact"><variable name="fact"/><encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/>
      \(SmallModel.literal("if n <= 1 then 1 else n * fact(n - 1)"))</encapsulatedLogic></businessKnowledgeModel>
      """ + SmallModel.decision("ten", functions: ["fact"], SmallModel.literal("fact(10)")))
    #expect(model.findings.isEmpty)
    #expect(try model.value("ten") == .number(3_628_800))
  }

  @Test func functionsCallEachOtherAndThemselves() throws {
    let factorial = """
      <businessKnowledgeModel id="f_fact" name="fact"><variable name="fact"/><encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/>
      \(SmallModel.literal("if n <= 1 then 1 else n * fact(n - 1)"))</encapsulatedLogic>
      <knowledgeRequirement><requiredKnowledge href="#f_fact"/></knowledgeRequirement></businessKnowledgeModel>
      """
    let model = try SmallModel.make(
      factorial + SmallModel.decision("ten", functions: ["fact"], SmallModel.literal("fact(10)"))
        + SmallModel.decision("deep", functions: ["fact"], SmallModel.literal("fact(1000000)")))
    #expect(model.findings.map(\.code) == ["circular-function"])
    #expect(try model.value("ten") == .number(3_628_800))
    let deep = try model.evaluate(decision: "deep", inputs: [:])
    #expect(deep.value == .null)
    #expect(deep.trace.warnings.contains { $0.warning.code == .nestedTooDeep })
  }

  @Test func boxedFunctionsRememberWhatIsAroundThem() throws {
    let model = try SmallModel.make(
      SmallModel.decision(
        "d",
        """
        <context><contextEntry><variable name="base"/>\(SmallModel.literal("10"))</contextEntry>
        <contextEntry><variable name="add"/><functionDefinition><formalParameter name="n"/>
        \(SmallModel.literal("base + n"))</functionDefinition></contextEntry>
        <contextEntry>\(SmallModel.literal("add(n: 5)"))</contextEntry></context>
        """))
    #expect(model.findings == [])
    #expect(try model.value("d") == .number(15))
  }

  @Test func theTraceTellsWhatHappened() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number")
        + SmallModel.decision(
          "low", needs: ["x"],
          SmallModel.table("", inputs: [("x", "number")], [(["> 1"], ["\"yes\""]), (["<= 1"], ["\"no\""])]))
        + SmallModel.decision("high", decisions: ["low"], SmallModel.literal("low + 1")))
    let result = try model.evaluate(decision: "high", inputs: ["x": .number(2)])
    #expect(
      TraceNode.text(result.trace.tree) == """
        low = "yes"
          table U: rule 1: x > 1 → "yes"
        high = null
          ! \(result.trace.warnings.first?.sentence ?? "no warning")

        """)
    #expect(result.trace.warnings.count == 1)
  }

  @Test func aServiceSeesItsParametersOnly() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number")
        + SmallModel.decision("low", needs: ["x"], type: "number", SmallModel.literal("x + 1"))
        + SmallModel.decision("high", needs: ["x"], decisions: ["low"], SmallModel.literal("[x, low]"))
          + """
          <decisionService id="f_s" name="s"><variable name="s"/><outputDecision href="#d_high"/>
          <inputDecision href="#d_low"/></decisionService>
          """ + SmallModel.decision("call", functions: ["s"], SmallModel.literal("s(7)")))
    #expect(try model.value("call", ["x": .number(1)]) == .list([.null, .number(7)]))
    let service = try #require(model.function(named: "s"))
    let outputs = model.evaluateOutputs(of: service, arguments: ["low": .number(3)])
    #expect(outputs?.map(\.name) == ["high"])
    #expect(outputs?.first?.value == .list([.null, .number(3)]))
  }

  @Test func functionsOutliveTheirModel() throws {
    var model: DecisionModel? = try SmallModel.make(
      """
      <businessKnowledgeModel id="f_f" name="f"><variable name="f"/><encapsulatedLogic>
      <formalParameter name="n"/>\(SmallModel.literal("n + 1"))</encapsulatedLogic></businessKnowledgeModel>
      """ + SmallModel.decision("d", functions: ["f"], SmallModel.literal("f")))
    guard case .function(let function)? = try model?.value("d") else {
      Issue.record("not a function")
      return
    }
    weak let observed = model
    model = nil
    #expect(observed == nil, "the model is held by its own functions")
    var evaluation = Evaluation()
    #expect(function.invoke([.number(1)], &evaluation) == .number(2))
  }
}
