import Formats
import Foundation
import TestSupport
import Testing

/// Publishing a policy as its people do it: check, put in force, rate, go back.
@Suite struct RulesTests {
  private let house = Program(folder: Repository.root)

  /// A copy of the shipped rules with one change.
  private func rules(
    _ scratch: Scratch, _ name: String, in path: String = "credit-rating.dmn", replacing old: String,
    with new: String
  ) throws
    -> String
  {
    let folder = scratch.path(name)
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "rules"), to: URL(fileURLWithPath: folder))
    let model = folder + "/" + path
    let text = try String(contentsOfFile: model, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new).write(
      toFile: model, atomically: true, encoding: .utf8)
    return folder
  }

  private func versions(_ database: [String]) throws -> [JSONValue] {
    try JSONReader.parse(try house.run(["rules", "versions", "--json"] + database).output).arrayValue ?? []
  }

  @Test func whatIsInForceDecidesAndNothingElse() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("cast.db")]
    let files = try Inspection.sampleFiles().filter { $0.contains("/cast/") }
    #expect(try house.run(["ingest"] + files + database).status == 0)
    let other = try rules(
      scratch, "rules", in: "law/lv.json", replacing: "is never flatly declined", with: "is not declined")

    let past = try house.run(["rules", "activate", "--from", "2026-01-01"] + database)
    #expect(past.status == 1)
    #expect(past.errors.contains("cannot be activated from 2026-01-01, which is past"))
    #expect(try house.run(["rules", "activate"] + database).status == 0)
    let scheduled = try house.run(["rules", "activate", other, "--from", "2099-01-01"] + database)
    #expect(scheduled.status == 0, "\(scheduled.errors)")
    #expect(try versions(database).map { $0["state"]?.stringValue } == ["in force", "scheduled"])

    let early = try house.run(["rate", "CAST-14", "--business-date", "2026-06-30"] + database)
    #expect(early.status == 1)
    #expect(early.errors.contains("No rule set was in force on 2026-06-30"))
    let foreign = try house.run(["rerate", "--rules", other] + database)
    #expect(foreign.status == 1)
    #expect(foreign.errors.contains("Leave out the folder, or put it in force: 'bonitas rules activate"))
    let byVariable = try house.run(["rate", "CAST-14"] + database, environment: ["BONITAS_RULES": other])
    #expect(byVariable.status == 1)
    #expect(try house.run(["features", "show", "CAST-14", "--rules", other] + database).status == 0)
    #expect(try house.run(["rate", "CAST-14", "--rules", "rules"] + database).status == 0)

    let later = try house.run(["rate", "CAST-14", "--business-date", "2099-06-30", "--json"] + database)
    #expect(later.status == 0, "\(later.errors)")
    let kept = try versions(database)
    #expect(
      try JSONReader.parse(later.output)["content"]?["ruleSet"]?.stringValue
        == kept.last?["version"]?.stringValue)
    #expect(kept.map { $0["decisions"]?.integerValue } == [1, 1])

    #expect(try house.run(["rules", "rollback"] + database).output.contains("will not come into force"))
    let nothing = try house.run(["rules", "rollback"] + database)
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("nothing to go back to"))
    let replay = try house.run(["replay", "--all"] + database)
    #expect(replay.output == "2 decisions recomputed: every byte is the same.\n")
  }

  @Test func aStoredVersionIsWrittenOutByteForByte() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("a.db")]
    #expect(try house.run(["rules", "activate"] + database).status == 0)
    let version = try #require(try versions(database).first?["version"]?.stringValue)
    let folder = scratch.path("written")
    let name = String(version.prefix(10))
    #expect(try house.run(["rules", "show", name, "--output", folder] + database).status == 0)
    let shown = try JSONReader.parse(try house.run(["rules", "show", folder, "--json"] + database).output)
    #expect(shown["version"]?.stringValue == version)
    let again = try house.run(["rules", "show", name, "--output", folder] + database)
    #expect(again.errors.contains("it is there already"))
    let unknown = try house.run(["rules", "show", "0000000"] + database)
    #expect(unknown.errors.contains("no version that is kept begins so"))
    #expect(try house.run(["rules", "show", "no-such-folder"] + database).status == 1)
  }

  @Test func aHoleIsNotPutInForce() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("a.db")]
    let holed = try rules(
      scratch, "holed", replacing: "<text>[825..885)</text>", with: "<text>[826..885)</text>")
    let refused = try house.run(["rules", "activate", holed] + database)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("The rules are not put in force: "), "\(refused.errors)")
    #expect(refused.errors.contains("'bonitas rules check' tells all."))
    let clock = try rules(
      scratch, "clock", replacing: "<text>90</text>\n    </literal",
      with: "<text>today().year</text>\n    </literal")
    let volatile = try house.run(["rules", "activate", clock] + database)
    #expect(volatile.errors.contains("it calls today(), so the same facts would be decided differently"))
  }

  @Test func lettersWithAHoleAreNotPutInForce() throws {
    let scratch = try Scratch()
    let silent = try rules(
      scratch, "silent", in: "letters/et.json", replacing: "{objection.days}", with: "mõne päeva")
    let refused = try house.run(["rules", "activate", silent, "--database", scratch.path("a.db")])
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains(
        "letters/et.json at /letters/debtNotice: The letter does not name {objection.days}"),
      "\(refused.errors)")
    #expect(refused.errors.contains("Fill it in in one of the passages that say it."))
  }

  @Test func aBrokenPromiseIsNotPutInForce() throws {
    let scratch = try Scratch()
    let database = ["--database", scratch.path("a.db")]
    let changed = try rules(
      scratch, "changed", replacing: "<text>90</text>\n    </literal", with: "<text>60</text>\n    </literal")
    let test = try house.run(["rules", "test", changed])
    #expect(test.status == 1)
    #expect(
      test.output.contains("failed: nothing is known of a household (examples/thin-files.json, /examples/0)"))
    #expect(try house.run(["rules", "test", changed, "--json"]).output.contains("\"passes\": false"))
    let refused = try house.run(["rules", "activate", changed] + database)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("Validity in days is 60, promised is 90"))
    #expect(refused.errors.contains("'bonitas rules test' tells all."))
    #expect(try house.run(["rules", "test"]).status == 0)

    let folder = changed + "/examples"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + file)
    }
    let unshown = try house.run(["rules", "activate", changed] + database)
    #expect(unshown.errors.contains("Knock-outs: no example meets ko_insolvency_business"))
    let rating = try house.run(["rules", "test", changed, "--generate", folder + "/rating.json"])
    #expect(rating.status == 0)
    let half = try house.run(["rules", "activate", changed] + database)
    #expect(half.errors.contains("Ladder step: no example meets"))
    let ladder = try house.run(
      ["rules", "test", changed, "--generate", folder + "/a.json", "--model", "service-restriction.dmn"])
    #expect(ladder.status == 0)
    #expect(try house.run(["rules", "activate", changed] + database).status == 0)
  }
}
