import Decisioning
import Formats
import Foundation
import PolicyChecks
import TestSupport
import Testing

/// The promises of a rule set: kept by the shipped one, and told with place where they are not or cannot be read.
@Suite struct ExampleTests {
  /// The shipped rules, with files replaced or, where nil, left out.
  private static func files(_ edits: [String: String?] = [:]) throws -> RuleSetFiles {
    let shipped = try RuleSetFiles(folder: Repository.root.appending(path: "rules").path)
    var contents = Dictionary(uniqueKeysWithValues: shipped.paths.map { ($0, shipped[$0] ?? []) })
    for (path, text) in edits { contents[path] = text.map { Array($0.utf8) } }
    return RuleSetFiles(contents)
  }

  private static let ladder = "examples/service-restriction.json"

  private static func text(_ path: String) throws -> String {
    String(decoding: try files()[path] ?? [], as: UTF8.self)
  }

  @Test func theShippedRulesKeepTheirPromises() throws {
    let report = try PolicyChecks.test(try Self.files())
    #expect(report.passes)
    #expect(report.count > 250)
    for table in report.coverage {
      #expect(table.rulesNotMet == [], "\(table.table)")
      #expect(table.boundariesNotTouched == [], "\(table.table)")
    }
    #expect(
      report.coverage.map { "\($0.table) \($0.rules)" } == [
        "Knock-outs 13", "Score 73", "Rating by score 16", "Order outcome 9", "Minimum amount 2",
        "Ladder step 47", "Waits 32", "Needs approval 4",
      ])
  }

  @Test func generatedExamplesReachEveryRuleAndBoundary() throws {
    let bare = try Self.files(
      Dictionary(
        uniqueKeysWithValues: try Self.files().paths.filter { $0.hasPrefix("examples/") }.map { ($0, nil) }))
    let empty = try PolicyChecks.test(bare)
    #expect(empty.count == 0)
    #expect(!empty.passes)
    var contents = Dictionary(uniqueKeysWithValues: bare.paths.map { ($0, bare[$0] ?? []) })
    for model in ExampleModel.allCases {
      let generated = try #require(try ExampleGenerator.text(bare, of: model))
      #expect(try ExampleGenerator.text(bare, of: model) == generated)
      #expect(generated.utf8.count < 300_000)
      contents["examples/generated-\(model).json"] = Array(generated.utf8)
    }
    let report = try PolicyChecks.test(RuleSetFiles(contents))
    #expect(report.passes)
    for table in report.coverage {
      #expect(table.rulesNotMet == [] && table.boundariesNotTouched == [], "\(table.table)")
    }
  }

  /// Examples stand on either side of each edge of a rule, where it decides: a clock of a day more is noticed.
  @Test func generatedExamplesOfTheLadderNoticeADayMore() throws {
    let generated = try #require(try ExampleGenerator.text(try Self.files(), of: .debts))
    let model = try Self.text("service-restriction.dmn")
    for (cell, longer) in [("&lt; 20", "&lt; 21"), ("&lt;= 15", "&lt;= 16")] {
      let moved = model.replacing("<text>\(cell)</text>", with: "<text>\(longer)</text>")
      #expect(moved != model)
      let report = try PolicyChecks.test(
        try Self.files(["service-restriction.dmn": moved, Self.ladder: generated]))
      #expect(report.failures.contains { $0.example.file == Self.ladder }, "\(cell)")
    }
  }

  @Test func aChangeOfThePolicyFailsTheExamplesThatPromisedOtherwise() throws {
    let model = try Self.text("credit-rating.dmn")
    let moved = model.replacing("[885..900)", with: "[890..900)").replacing("[825..885)", with: "[825..890)")
    let report = try PolicyChecks.test(try Self.files(["credit-rating.dmn": moved]))
    let failure = try #require(report.failures.first { $0.example.name == "885 points keep an A" })
    #expect(failure.example.file == "examples/thresholds.json")
    #expect(failure.differences.map(\.name) == ["Rating"])
    #expect(failure.differences.map(\.expected) == ["A"])
    #expect(failure.differences.map(\.actual) == ["B"])
    #expect(!report.passes)
  }

  @Test func theLadderIsPartOfThePromise() throws {
    let model = try Self.text("service-restriction.dmn")
    // A rule takes nothing from the words of the model but its tests: the clock of a household is a day longer.
    let moved = model.replacing("<text>&lt; 20</text>", with: "<text>&lt; 21</text>")
    let report = try PolicyChecks.test(try Self.files(["service-restriction.dmn": moved]))
    let failure = try #require(report.failures.first { $0.example.name == "boundary: days since warning 20" })
    #expect(failure.example.model == "service-restriction.dmn")
    #expect(failure.differences.map(\.name) == ["Waits", "Next step"])
    let wrong = try Self.text(Self.ladder).replacing(
      "\"model\": \"service-restriction.dmn\"", with: "\"model\": \"x.dmn\"")
    let errors = try PolicyChecks.test(try Self.files([Self.ladder: wrong])).errors
    #expect(errors.map(\.pointer) == ["/model"])
    let outcome = try Self.text(Self.ladder).replacing(
      "\"expected\": {", with: "\"expected\": {\"outcome\": \"accept\", ")
    #expect(try PolicyChecks.test(try Self.files([Self.ladder: outcome])).errors.count == 251)
  }

  @Test func theLawIsPartOfThePromise() throws {
    let law = try Self.text("law/lv.json").replacing(#""from": "2023-11-10""#, with: #""from": "2030-01-01""#)
    let report = try PolicyChecks.test(try Self.files(["law/lv.json": law]))
    let failed = report.failures.map(\.example.name)
    #expect(failed.contains("a household rated F orders electricity in Latvia"))
    #expect(failed.contains("a business rated D that was never late orders electricity in Latvia"))
  }

  @Test func aRuleThatNoExampleMeetsIsNamed() throws {
    var edits: [String: String?] = ["examples/boundaries.json": String?.none]
    edits["examples/knock-outs.json"] = try Self.text("examples/knock-outs.json").replacing(
      #""deceased""#, with: #""liquidation""#
    ).replacing(#""K-DECEASED""#, with: #""K-LIQUIDATION""#)
    let report = try PolicyChecks.test(try Self.files(edits))
    let knockOuts = try #require(report.coverage.first)
    #expect(knockOuts.rulesNotMet == ["ko_deceased"])
    #expect(!report.passes)
    let score = try #require(report.coverage.first { $0.table == "Score" })
    #expect(score.rulesNotMet.contains("tenure_2"))
    #expect(score.boundariesNotTouched.contains("Tenure in months 6"))
  }

  struct Bad: Sendable {
    let text: String
    let says: String

    /// One example with these members more.
    init(_ members: String, says: String) {
      text = """
        {"base": {"inputs": {"Customer kind": "household"}, "date": "2026-06-30"}, "examples": [{\(members)}]}
        """
      self.says = says
    }

    init(file: String, says: String) {
      text = file
      self.says = says
    }
  }

  static let bad = [
    Bad(file: "{", says: ": line 1 is not JSON"),
    Bad(file: "[]", says: ": is not an object"),
    Bad(file: "{}", says: "/examples: is missing or not a list"),
    Bad(
      file: #"{"example": []}"#, says: "/example: is not a member; there are: about, model, base, examples"),
    Bad(#""expected": {"outcome": "refer"}"#, says: "/examples/0/name: is missing"),
    Bad(
      #""name": "a person's insolvency is referred", "expected": {"outcome": "refer"}, "input": {}"#,
      says: "/examples/0/input: is not a member"),
    Bad(
      #""name": "a1", "inputs": {"Late share": 3}, "expected": {"outcome": "refer"}"#,
      says: "/examples/0/inputs/Late share: is no input of the model; there are: Customer kind"),
    Bad(
      #""name": "a2", "inputs": {"Days past due": "3"}, "expected": {"outcome": "refer"}"#,
      says: #"/examples/0/inputs/Days past due: is "3", which is no number"#),
    Bad(
      #""name": "a3", "inputs": {"Previous rating": "G"}, "expected": {"outcome": "refer"}"#,
      says: #"/examples/0/inputs/Previous rating: is "G", which is no tRating"#),
    Bad(
      #""name": "a4", "inputs": {"Open register entries": [1]}, "expected": {"outcome": "refer"}"#,
      says: "/examples/0/inputs/Open register entries: is [1]"),
    Bad(
      #""name": "a5", "expected": {"decisions": {"Grade": "A"}}"#,
      says: "/examples/0/expected/decisions/Grade: is no decision; there are: Score"),
    Bad(
      #""name": "a6", "expected": {"decisions": {"Rating": 3}}"#,
      says: "/examples/0/expected/decisions/Rating: is 3, which is no tRating"),
    Bad(#""name": "a7", "expected": {}"#, says: "/examples/0/expected: promises nothing"),
    Bad(#""name": "a8""#, says: "/examples/0/expected: is missing"),
    Bad(#""name": "a9", "expected": {"outcome": "maybe"}"#, says: "/expected/outcome: is none of: accept,"),
    Bad(
      #""name": "a10", "expected": {"knockOuts": "K"}"#, says: "/expected/knockOuts: is not a list of texts"),
    Bad(
      #""name": "a11", "commodity": "water", "expected": {"outcome": "refer"}"#,
      says: "/examples/0/commodity: is none of: electricity"),
    Bad(
      #""name": "a12", "date": "2026-02-30", "expected": {"outcome": "refer"}"#,
      says: "/examples/0/date: is not a date as in 2026-05-14"),
    Bad(
      #""name": "a13", "jurisdiction": "Latvia", "expected": {"outcome": "refer"}"#,
      says: "/examples/0/jurisdiction: is not a country code"),
    Bad(
      #""name": "a14", "circumstances": ["poor"], "expected": {"outcome": "refer"}"#,
      says: "/examples/0/circumstances: 'poor' is none of: lateWithPayment"),
    Bad(
      #""name": "a15", "inputs": {"Customer kind": null}, "expected": {"outcome": "refer"}"#,
      says: "/examples/0/inputs/Customer kind: is missing; the law depends on it"),
    Bad(
      file:
        #"{"examples": [{"name": "a", "inputs": {"Customer kind": "household"}, "expected": {"bars": []}}]}"#,
      says: "/examples/0/date: is missing"),
  ]

  /// All at once: one bad file hides none of the others.
  @Test func aBadFileIsToldWithItsPlace() throws {
    func path(_ place: Int) -> String { "examples/bad-\(place + 10).json" }
    var edits: [String: String?] = [:]
    edits["examples/bad-00.json"] =
      Bad(#""name": "nothing is known of a business", "expected": {"outcome": "refer"}"#, says: "").text
    for (place, bad) in Self.bad.enumerated() { edits[path(place)] = bad.text }
    let report = try PolicyChecks.test(try Self.files(edits))
    #expect(!report.passes)
    #expect(report.failures.isEmpty)
    for (place, bad) in Self.bad.enumerated() {
      let sentences = report.errors.filter { $0.file == path(place) }.map(\.sentence)
      #expect(sentences.contains { $0.contains(bad.says) }, "\(bad.says): \(sentences)")
    }
    let twice = report.errors.filter { $0.file == "examples/thin-files.json" }.map(\.sentence)
    #expect(twice.contains { $0.contains("'nothing is known of a business' is the name of examples/bad-") })
  }
}
