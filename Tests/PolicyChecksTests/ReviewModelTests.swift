import Decisioning
import PolicyChecks
import Testing

/// Faults planted into the model of the review are found like those of the rating.
@Suite struct ReviewModelTests {
  private static let path = "human-review.dmn"

  private func findings(_ plant: (inout Planting) -> Void) throws -> [PolicyFinding] {
    var rules = try Planting()
    plant(&rules)
    return rules.findings().filter { $0.file == Self.path }
  }

  @Test func theShippedModelIsWhole() throws {
    #expect(try findings { _ in }.isEmpty)
  }

  @Test func aKindOfCaseWithoutATreatment() throws {
    let found = try findings {
      $0.replace(
        "<text>\"approval\"</text>\n        </inputEntry>\n        <inputEntry id=\"case_approval_in_2\">",
        with:
          "<text>\"contest\"</text>\n        </inputEntry>\n        <inputEntry id=\"case_approval_in_2\">",
        in: Self.path)
    }
    #expect(found.contains { $0.code == "table.gap" && $0.sentence.contains("Case kind approval") })
    // The rule that says the same of a contest again never applies.
    #expect(found.contains { $0.code != "table.gap" && $0.decision == "Treatment" })
  }

  @Test func theClockIsNotRead() throws {
    let found = try findings {
      $0.replace("<text>15</text>", with: "<text>today().day</text>", in: Self.path)
    }
    #expect(found.contains { $0.sentence.contains("today()") })
  }

  @Test func nothingMayDecideWhoIsLookedAtByWhatTheyAre() throws {
    let found = try findings {
      $0.replace(
        "<inputData id=\"input_has_order\"",
        with:
          "<inputData name=\"Nationality\"><variable name=\"Nationality\" typeRef=\"string\"/></inputData>"
          + "<inputData id=\"input_has_order\"", in: Self.path)
    }
    #expect(found.contains { $0.sentence.contains("Nationality") && $0.severity == .error })
  }

  @Test func aRuleSetWithoutTheModelIsNotPutInForce() throws {
    let found = try findings { $0.remove(Self.path) }
    #expect(found.map(\.code) == ["review-policy.missing"])
    #expect(found.first?.severity == .error)
  }

  @Test func aCalendarWithAFaultIsTold() throws {
    var rules = try Planting()
    rules.replace("\"on\": \"05-04\"", with: "\"on\": \"05-34\"", in: "calendars/lv.json")
    let found = rules.findings().filter { $0.severity == .error }
    #expect(found.contains { $0.code == "rules.calendar" && $0.sentence.contains("'05-34'") })
  }
}
