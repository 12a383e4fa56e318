import Foundation
import TestSupport
import Testing

/// `bonitas rules check` and `rules diff`: what people see.
@Suite struct RulesCommandTests {
  private let house = Program(folder: Repository.root)

  /// A copy of the shipped rules with a hole, an overlap, a forbidden input, a reason without text and a letter that does not say by when.
  private func faultyRules(_ scratch: Scratch) throws -> String {
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "rules"), to: scratch.folder.appending(path: "draft"))
    try replace(
      "<text>[31..61)</text>", with: "<text>[31..60)</text>", times: 2, "draft/credit-rating.dmn", scratch)
    try replace(
      "<text>\"A\", \"B\"</text>", with: "<text>\"A\", \"B\", \"C\"</text>", times: nil,
      "draft/credit-rating.dmn", scratch)
    try replace(
      "id=\"type_tcustomer_since\" name=\"since\"", with: "name=\"nationality\"", times: 1,
      "draft/features.dmn", scratch)
    try replace("\"S-TENURE\":", with: "\"S-TENUR\":", times: 1, "draft/reasons/lv.json", scratch)
    try replace("{objection.days}", with: "", times: nil, "draft/letters/et.json", scratch)
    return scratch.path("draft")
  }

  private func replace(
    _ old: String, with new: String, times: Int?, _ name: String, _ scratch: Scratch
  ) throws {
    let file = scratch.folder.appending(path: name)
    let text = try String(contentsOf: file, encoding: .utf8)
    let count = text.ranges(of: old).count
    #expect(count > 0 && (times == nil || count == times), "'\(old)' in \(name): \(count)")
    try Data(text.replacing(old, with: new).utf8).write(to: file)
  }

  /// The version of the rules changes with every edit of them.
  private func masked(_ text: String) -> String {
    text.replacing(/\b[0-9a-f]{12}\b/, with: "VERSION")
  }

  @Test func theShippedRulesAreClean() throws {
    let outcome = try house.run("rules check")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(masked(outcome.output) == "Rule set VERSION: 0 errors, 0 warnings\n", "\(outcome.output)")
  }

  @Test func faultsAreToldWithACustomer() throws {
    let scratch = try Scratch()
    let draft = try faultyRules(scratch)
    let outcome = try house.run(["rules", "check", draft])
    #expect(outcome.status == 1)
    Golden.expect(masked(outcome.output), named: "rules-check.txt")
    let json = try house.run(["rules", "check", draft, "--json"])
    #expect(json.status == 1)
    #expect(json.output.contains("\"code\": \"scorecard.gap\""))
  }

  @Test func differencesAreToldWithACustomer() throws {
    let scratch = try Scratch()
    let draft = try faultyRules(scratch)
    let outcome = try house.run(["rules", "diff", "rules", draft])
    #expect(outcome.status == 0, "\(outcome.errors)")
    Golden.expect(masked(outcome.output), named: "rules-diff.txt")
  }

  @Test func aFolderThatIsNotThere() throws {
    for line in ["rules check nowhere", "rules diff rules nowhere"] {
      let outcome = try house.run(line)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("There is no rules folder 'nowhere'"))
    }
  }
}
