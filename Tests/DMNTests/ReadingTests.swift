import DMN
import FEEL
import Formats
import Testing
import Values

@Suite struct ReadingTests {
  @Test(arguments: StandardVersion.allCases)
  func readsEveryVersion(version: StandardVersion) throws {
    let type = version == .dmn11 ? "feel:number" : "number"
    let model = try SmallModel.make(
      SmallModel.input("x", type) + SmallModel.decision("twice", needs: ["x"], SmallModel.literal("x * 2")),
      namespace: version.namespace)
    #expect(model.findings == [])
    #expect(model.definitions.version == version)
    #expect(try model.value("twice", ["x": .number(21)]) == .number(42))
  }

  @Test(arguments: [
    ("", "malformed"), ("<definitions", "malformed"), ("<a><b></a>", "malformed"),
    ("<!DOCTYPE a [<!ENTITY b \"c\">]><definitions/>", "malformed"),
    ("<definitions xmlns='urn:other' name='m'/>", "not-dmn"), ("<html/>", "not-dmn"),
  ])
  func refusesWhatIsNoModel(text: String, code: String) {
    let error = #expect(throws: ModelError.self) {
      try DecisionModel(ModelFile(name: "bad.dmn", bytes: Array(text.utf8)))
    }
    #expect(error?.code == code)
    #expect(error?.sentence.contains("bad.dmn") == true)
  }

  @Test func everyTruncationIsToldOrRead() throws {
    let whole = SmallModel.file(
      SmallModel.input("x", "number") + SmallModel.decision("d", needs: ["x"], SmallModel.literal("x")))
    for end in stride(from: 0, to: whole.bytes.count - 1, by: 7) {
      #expect(throws: ModelError.self) {
        try DecisionModel(ModelFile(name: "cut.dmn", bytes: Array(whole.bytes[..<end])))
      }
    }
  }

  @Test func aFileThatIsMissingIsTold() {
    let error = #expect(throws: ModelError.self) { try DecisionModel(path: "/nowhere/at/all.dmn") }
    #expect(error?.code == "unreadable")
  }

  @Test func findingsCarryTheirPlace() throws {
    let model = try SmallModel.make(
      SmallModel.input("Age", "number")
        + SmallModel.decision(
          "Fee", needs: ["Age"],
          SmallModel.table("hitPolicy=\"UNIQUE\"", inputs: [("Age", "number")], [(["< 3 )"], ["1"])])))
    let finding = try #require(model.findings.first)
    #expect(finding.severity == .error)
    #expect(finding.place.elementName == "Fee")
    #expect(finding.place.part?.contains("rule 1") == true)
    #expect(finding.place.position?.line == 4)
    #expect(finding.sentence.contains("test.dmn:4"))
  }

  @Test func aFaultInOneDecisionLeavesTheOthersUsable() throws {
    let model = try SmallModel.make(
      SmallModel.decision("broken", SmallModel.literal("1 + + ("))
        + SmallModel.decision("unknown", SmallModel.literal("nobody + 1"))
        + SmallModel.decision("empty", "")
        + SmallModel.decision("sound", SmallModel.literal("1 + 1")))
    #expect(try model.value("sound") == .number(2))
    let result = try model.evaluate(decision: "broken", inputs: [:])
    #expect(result.value == .null)
    #expect(!result.trace.warnings.isEmpty)
    #expect(Set(model.findings.compactMap(\.place.elementName)) == ["broken", "unknown", "empty"])
    #expect(model.decision(named: "broken").map(model.isFaulty) == true)
    #expect(model.decision(named: "sound").map(model.isFaulty) == false)
  }

  @Test func circlesAreToldAndDoNotHang() throws {
    let model = try SmallModel.make(
      SmallModel.decision("a", decisions: ["b"], SmallModel.literal("b"))
        + SmallModel.decision("b", decisions: ["a"], SmallModel.literal("a"))
        + SmallModel.decision("c", decisions: ["b"], SmallModel.literal("1"))
        + SmallModel.decision("self", decisions: ["self"], SmallModel.literal("1"))
        + SmallModel.decision("fine", SmallModel.literal("1")))
    #expect(model.findings.filter { $0.code == "circular-requirement" }.count == 2)
    #expect(try model.value("c") == .null)
    #expect(try model.value("fine") == .number(1))
  }

  @Test func doubleIdsMissingTargetsAndTypesAreTold() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number") + SmallModel.input("x", "tNowhere")
        + SmallModel.decision("d", needs: ["gone"], SmallModel.literal("1"))
        + "<import name=\"other\" namespace=\"urn:other\" importType=\"\(SmallModel.namespace)\"/>"
        + "<itemDefinition name=\"tLoop\"><typeRef>tLoop</typeRef></itemDefinition>")
    let codes = Set(model.findings.map(\.code))
    #expect(
      codes.isSuperset(of: [
        "duplicate-id", "duplicate-name", "unknown-type", "unknown-reference", "missing-import",
        "circular-type",
      ]))
    #expect(try model.value("d") == .number(1))
  }

  @Test func importsAreFoundByNamespaceAndLocation() throws {
    let helper = SmallModel.file(
      """
      <itemDefinition name="tAge"><typeRef>number</typeRef></itemDefinition>
      <businessKnowledgeModel id="f_add" name="Add One"><variable name="Add One"/>
      <encapsulatedLogic><formalParameter name="n" typeRef="tAge"/>
      <literalExpression><text>n + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
      """, name: "helper.dmn", own: "urn:helper")
    let main = SmallModel.file(
      """
      <import name="my help" namespace="urn:helper" locationURI="helper.dmn"
        importType="\(SmallModel.namespace)"/>
      <decision id="d" name="d"><variable name="d" typeRef="my help.tAge"/>
      <knowledgeRequirement><requiredKnowledge href="urn:helper#f_add"/></knowledgeRequirement>
      <literalExpression><text>my help.Add One(41)</text></literalExpression></decision>
      """)
    let model = try DecisionModel(main, others: [helper])
    #expect(model.findings == [])
    #expect(try model.value("d") == .number(42))
    #expect(model.sources == ["test.dmn", "helper.dmn"])
  }
}
