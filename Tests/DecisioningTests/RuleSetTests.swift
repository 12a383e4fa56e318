import Decisioning
import Testing

/// A rule set with a fault is refused before anything is decided with it, and says where and how to mend it.
@Suite struct RuleSetTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    let path: String
    let old: String
    let new: String
    let code: String
    let says: String
    var testDescription: String { "\(code): \(says)" }
  }

  static let faults = [
    Fault(
      path: "features.dmn", old: "count(late)", new: "count(lat)", code: "rules.findings", says: "lat"),
    Fault(
      path: "features.dmn", old: "name=\"Notices\"", new: "name=\"Letters\"", code: "rules.findings",
      says: "Notices"),
    Fault(
      path: "credit-rating.dmn", old: "\"Days past due\"", new: "\"Days overdue\"", code: "rules.findings",
      says: "Days past due"),
    Fault(
      path: "credit-rating.dmn", old: "name=\"Outcome\"", new: "name=\"Verdict\"",
      code: "rules.missing-decision",
      says: "no decision 'Outcome'"),
    Fault(
      path: "credit-rating.dmn", old: "hitPolicy=\"COLLECT\" aggregation=\"SUM\"", new: "hitPolicy=\"FIRST\"",
      code: "rules.scorecard", says: "COLLECT and aggregation SUM"),
    Fault(
      path: "credit-rating.dmn", old: "<text>S-TENURE</text>", new: "<text></text>", code: "rules.scorecard",
      says: "Reason code"),
    Fault(
      path: "credit-rating.dmn", old: "<rule id=\"tenure_1\">", new: "<rule>", code: "rules.scorecard",
      says: "id of its own"),
    Fault(
      path: "credit-rating.dmn", old: "<text>90</text>\n    </literal",
      new: "<text>(today() - date(&quot;2026-01-01&quot;)).days</text></literal", code: "rules.volatile",
      says: "'Validity in days', its logic: it calls today()"),
    Fault(
      path: "credit-rating.dmn", old: "<text>90</text>\n    </literal",
      new: "<text>time(&quot;12:00:00@Europe/Riga&quot;).hour</text></literal", code: "rules.volatile",
      says: "names the zone Europe/Riga"),
    Fault(
      path: "features.dmn", old: "count(late)", new: "count(late) + now().year * 0", code: "rules.volatile",
      says: "calls now()"),
    Fault(
      path: "credit-rating.dmn", old: "<definitions", new: "<definition", code: "rules.not-a-model",
      says: "credit-rating.dmn"),
  ]

  @Test(arguments: faults) func isRefused(_ fault: Fault) throws {
    let files = try Portfolio.files(replacing: [(fault.path, fault.old, fault.new)])
    let error = #expect(throws: RuleSetError.self) { try RuleSet(files) }
    #expect(error?.code == fault.code)
    #expect(error?.sentence.contains(fault.says) == true, "\(error?.sentence ?? "")")
    #expect(error?.sentence.contains(fault.path) == true)
  }

  @Test func aMissingFolderOrModelIsNamed() throws {
    let folder = #expect(throws: RuleSetError.self) { try RuleSet(folder: "/no/such/rules") }
    #expect(
      folder?.sentence == "There is no rules folder '/no/such/rules'. Name it with --rules or BONITAS_RULES.")
    let model = #expect(throws: RuleSetError.self) { try RuleSet(RuleSetFiles([:])) }
    #expect(model?.code == "rules.missing-model")
  }
}
