import PolicyChecks
import Testing

/// Texts that an explanation would miss are found before a decision needs them.
@Suite struct MissingTextTests {
  @Test(arguments: [
    ("\"LV-E-10\": \"", "\"LV-E-99\": \"", "law.LV-E-10"),
    ("\"GDPR-22-2-a\": \"", "\"GDPR-22-2-z\": \"", "law.GDPR-22-2-a"),
    ("\"no-permission\": \"", "\"none\": \"", "law.no-permission"),
    ("\"twoActions\": \"", "\"two\": \"", "document.twoActions"),
    ("\"rating_b_kept\": \"", "\"rating_b\": \"", "rules.rating_b_kept"),
  ])
  func isFound(old: String, new: String, path: String) throws {
    var rules = try Planting()
    rules.replace(old, with: new, in: "reasons/lv.json")
    let findings = rules.findings().filter { $0.sentence.contains("'\(path)' in lv") }
    #expect(findings.map(\.code) == ["text.word-missing"])
    #expect(findings.first?.file == "reasons/lv.json")
  }
}
