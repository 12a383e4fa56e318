import PolicyChecks
import Testing

/// Letters that leave out what the law has them say keep a rule set from being published.
@Suite struct LetterFindingTests {
  @Test(arguments: [
    // An element that no passage says.
    (
      "\"elements\": [\"restoration\"]", "\"elements\": []", "letters/structure.json",
      "letters/structure.json at /letters/restrictionWarning: The letter does not say \"restoration\""
    ),
    // A field that its text does not fill in.
    (
      "{objection.days}", "", "letters/et.json",
      "letters/et.json at /letters/debtNotice: The letter does not name {objection.days}"
    ),
    // A placeholder that nothing fills.
    (
      "{objection.days}", "{objection.time}", "letters/lv.json",
      "letters/lv.json at /passages/objection: \"{objection.time}\" is no field that letters are filled from."
    ),
    // A passage without a text.
    (
      "\"objection\": \"", "\"objections\": \"", "letters/en.json",
      "letters/en.json at /passages: The passage \"objection\" has no text. Write it."
    ),
  ])
  func areFound(old: String, new: String, path: String, sentence: String) throws {
    var rules = try Planting()
    rules.replace(old, with: new, in: path)
    let findings = rules.findings().filter { $0.code == "letter.incomplete" }
    #expect(findings.contains { $0.sentence.hasPrefix(sentence) }, "\(findings.map(\.sentence))")
    #expect(findings.allSatisfy { $0.severity == .error && $0.place == $0.file })
  }

  @Test func aLanguageIsMissing() throws {
    var rules = try Planting()
    rules.remove("letters/lv.json")
    #expect(
      rules.findings().filter { $0.code == "letter.incomplete" }.map(\.sentence) == [
        "letters/lv.json: The file is not there; letters cannot be written without it."
      ])
  }
}
