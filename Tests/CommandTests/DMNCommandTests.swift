import Foundation
import TestSupport
import Testing

/// `bonitas dmn`: its verbs on the shipped rules and on models with something wrong.
@Suite struct DMNCommandTests {
  private let house = Program(folder: Repository.root)
  private static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  private static func model(_ elements: String, namespace: String = namespace) -> String {
    "<definitions xmlns=\"\(namespace)\" id=\"m\" name=\"Small\" namespace=\"urn:small\">\(elements)</definitions>"
  }

  private static func decision(_ name: String, _ text: String, needs: String = "") -> String {
    let requirement =
      needs.isEmpty
      ? "" : "<informationRequirement><requiredDecision href=\"#_\(needs)\"/></informationRequirement>"
    return """
      <decision id="_\(name)" name="\(name)"><variable name="\(name)"/>\(requirement)
      <literalExpression><text>\(text)</text></literalExpression></decision>
      """
  }

  private func evaluate(_ text: String, _ options: [String] = []) throws -> Program.Outcome {
    let scratch = try Scratch()
    let file = try scratch.write("small.dmn", bytes: Array(Self.model(Self.decision("d", text)).utf8))
    return try house.run(["dmn", "evaluate", file, "--decision", "d"] + options)
  }

  @Test func theExampleOfThePage() throws {
    let outcome = try house.run("dmn evaluate rules/credit-rating.dmn --decision Rating Score=700")
    #expect(outcome.status == 0)
    #expect(!outcome.output.isEmpty && !outcome.output.hasPrefix("null"))
    let traced = try house.run("dmn evaluate rules/credit-rating.dmn --decision Rating Score=700 --trace")
    #expect(traced.status == 0)
    #expect(traced.output.contains("Rating"))
  }

  @Test func theShippedRulesHaveNoFinding() throws {
    let checked = try house.run("dmn check rules/credit-rating.dmn")
    #expect(checked.status == 0)
    #expect(checked.output.contains("0 errors, 0 warnings"))
    let shown = try house.run("dmn show rules/credit-rating.dmn")
    #expect(shown.status == 0)
    #expect(shown.output.contains("Rating"))
  }

  /// Files that are no model: status 1 and a sentence that names the file.
  @Test(arguments: [
    ("<definitions xmlns=\"\(namespace)\" name=\"m\"><decision name=\"a\"", "cut off"),
    (model("", namespace: "urn:other"), "is not a DMN model"),
    ("<!DOCTYPE d [<!ENTITY x \"y\">]>" + model(""), "DOCTYPE"),
    ("", "no XML element"),
  ])
  func whatIsNoModelIsRefused(text: String, reason: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write("bad.dmn", bytes: Array(text.utf8))
    for verb in [["check", file], ["show", file], ["evaluate", file, "--test-stream"]] {
      let outcome = try house.run(["dmn"] + verb)
      #expect(outcome.status == 1)
      #expect(outcome.errors.hasPrefix("bonitas: "))
      #expect(outcome.errors.contains("bad.dmn") && outcome.errors.contains(reason), "\(outcome.errors)")
    }
  }

  /// Faults within a model: told by `check`, and the sound decision beside them keeps its value.
  @Test(arguments: [
    (decision("a", "b", needs: "b") + decision("b", "a", needs: "a"), "circle (a → b → a)"),
    (decision("a", "1") + decision("a", "2"), "the id '_a' is used by two elements"),
    (
      "<import name=\"other\" namespace=\"urn:missing\" importType=\"\(namespace)\"/>"
        + decision("a", "other.x"), "the imported model 'urn:missing' is not in the folder"
    ),
    (decision("a", "unknown + 1"), "'unknown' is not known"),
    (decision("a", "1 +"), "breaks off"),
    (
      decision(
        "a",
        String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)),
      "nested more than"
    ),
  ])
  func aFaultIsToldAndLeavesTheRest(elements: String, sentence: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "small.dmn", bytes: Array(Self.model(elements + Self.decision("sound", "6 * 7")).utf8))
    let checked = try house.run(["dmn", "check", file])
    #expect(checked.status == 1)
    #expect((checked.output + checked.errors).contains(sentence), "\(checked.output)")
    let sound = try house.run(["dmn", "evaluate", file, "--decision", "sound"])
    #expect(sound.status == 0)
    #expect(sound.output == "42\n")
    let faulty = try house.run(["dmn", "evaluate", file, "--decision", "a"])
    #expect(faulty.status == 0 || faulty.status == 2)
  }

  /// Run-time faults: null with its cause, soon.
  @Test(arguments: [
    ("date(\"2023-02-30\")", "'2023-02-30' is not a date"),
    ("count(for i in 1..1000000000 return i)", "more than"),
    ("some i in 1..1000000000 satisfies i = 0", "more than"),
    ("1 / 0", "zero"),
  ])
  func aRunTimeFaultIsNullWithItsCause(text: String, cause: String) throws {
    let outcome = try evaluate(text)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("null"))
    #expect((outcome.output + outcome.errors).contains(cause), "\(outcome.errors)")
  }

  @Test func longNumbersAndHostilePatternsAreAnswered() throws {
    let long = String(repeating: "1234567890", count: 4)
    #expect(try evaluate(long).output == "1234567890123456789012345678901235000000\n")
    let text = String(repeating: "a", count: 5_000) + "!"
    #expect(try evaluate("matches(\"\(text)\", \"(a+)+$\")").output == "false\n")
  }

  @Test func anUnknownDecisionIsRefusedWithTheKnownOnes() throws {
    let scratch = try Scratch()
    let file = try scratch.write("small.dmn", bytes: Array(Self.model(Self.decision("d", "1")).utf8))
    let outcome = try house.run(["dmn", "evaluate", file, "--decision", "e"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("There is no decision 'e'; the model has 'd'."))
  }

  @Test func theTestStreamAnswersEveryRequest() throws {
    let scratch = try Scratch()
    let file = try scratch.write("small.dmn", bytes: Array(Self.model(Self.decision("d", "1 / 4")).utf8))
    let requests = """
      {"id":"1","kind":"decision","name":"d","inputs":{}}
      {"id":"2","kind":"decision","name":"nothing","inputs":{}}
      not JSON

      """
    let outcome = try house.run(["dmn", "evaluate", file, "--test-stream"], input: requests)
    #expect(outcome.status == 0)
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 3)
    #expect(answers.first == "{\"id\":\"1\",\"result\":{\"type\":\"number\",\"value\":\"0.25\"}}")
    #expect(answers.dropFirst().allSatisfy { $0.contains("\"error\"") })
  }
}
