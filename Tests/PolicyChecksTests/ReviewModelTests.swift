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

  private func differences(_ plant: (inout Planting) -> Void) throws -> [PolicyChange] {
    var rules = try Planting()
    plant(&rules)
    let changes = PolicyDifference.changes(from: try Planting().files, to: rules.files)
    #expect(changes.allSatisfy { $0.file == Self.path })
    return changes
  }

  @Test func whatChangesForCasesIsToldByRegion() throws {
    let changes = try differences {
      $0.replace(
        "<outputEntry id=\"case_order_out_3\">\n          <text>2</text>",
        with: "<outputEntry id=\"case_order_out_3\">\n          <text>1</text>", in: Self.path)
      $0.replace(
        "<inputEntry id=\"second_rating_steps_in_3\">\n          <text>&gt; 1</text>",
        with: "<inputEntry id=\"second_rating_steps_in_3\">\n          <text>&gt; 2</text>", in: Self.path)
      $0.replace("<text>15</text>", with: "<text>30</text>", in: Self.path)
    }
    #expect(
      changes.map(\.sentence) == [
        "Treatment, Case kind referral, Has order yes: opens case yes, priority 1, days 1, working days yes "
          + "instead of opens case yes, priority 1, days 2, working days yes.",
        "Second person, second_rating_steps (rating-steps): no longer applies to Rating steps 2.",
        "Lease in minutes, its logic: the expression changed.",
      ])
  }

  @Test func aRuleForASecondPersonThatIsGoneIsTold() throws {
    let changes = try differences {
      $0.replace("<text>\"own-earlier-case\"</text>", with: "<text>\"same-person\"</text>", in: Self.path)
    }
    #expect(
      changes.map(\.sentence) == [
        "Second person, second_own_earlier_case, Own earlier case yes: same-person instead of own-earlier-case."
      ])
  }

  @Test func aModelThatIsNewOrGoneIsToldAsAFile() throws {
    #expect(
      try differences { $0.remove(Self.path) }.map(\.sentence) == ["The file 'human-review.dmn' is gone."])
  }
}
