import DMN
import Decisioning
import FEEL
import Testing
import Values

@testable import PolicyChecks

/// Faults planted into the ladder of debt management: each is found, with a customer whom the live model would treat so.
@Suite struct LadderCheckTests {
  private static let path = "service-restriction.dmn"

  private func findings(_ plant: (inout Planting) throws -> Void) throws -> [PolicyFinding] {
    var rules = try Planting()
    try plant(&rules)
    return LadderCheck.findings(rules.files)
  }

  /// What all checks together say of the model.
  private func allFindings(_ plant: (inout Planting) -> Void) throws -> [PolicyFinding] {
    var rules = try Planting()
    plant(&rules)
    return rules.findings().filter { $0.file == Self.path }
  }

  /// What the live model of the planted rules makes of an example.
  private func step(_ example: ExampleCustomer?, _ decision: String = "Ladder step") -> String? {
    example?.result(decision)?.string
  }

  /// A new first rule of the ladder: cells by their columns, counted from 1.
  private static func rule(_ id: String, _ cells: [Int: String], _ step: String) -> String {
    let inputs = (1...19).map { column in
      "<inputEntry id=\"\(id)_in_\(column)\"><text>\(Planting.escaped(cells[column] ?? "-"))</text></inputEntry>"
    }
    return
      "<rule id=\"\(id)\">\(inputs.joined())<outputEntry id=\"\(id)_out_1\"><text>\"\(step)\"</text></outputEntry>"
      + "<annotationEntry><text>planted</text></annotationEntry>"
      + "<annotationEntry><text>D-DISCONNECT</text></annotationEntry></rule>"
  }

  private static func insert(_ rule: String, _ rules: inout Planting) {
    rules.replace("<rule id=\"first\">", with: rule + "<rule id=\"first\">", in: path)
  }

  /// Columns of the table "Ladder step".
  private enum Rung {
    static let stage = 3
    static let jurisdiction = 4
    static let claimant = 6
  }

  @Test func theShippedLadderIsWhole() throws {
    #expect(try findings { _ in }.map(\.sentence) == [])
  }

  // MARK: - Steps

  @Test func aRuleThatSkipsAStep() throws {
    let found = try findings {
      Self.insert(
        Self.rule(
          "short_cut",
          [
            1: "false", 2: "\"none\"", 3: "\"restriction warning\"", 4: "\"LV\"", 5: "\"electricity\"",
            6: "\"supplier\"", 7: "\"household\"",
          ],
          "disconnection request"), &$0)
    }
    let finding = try found.only("ladder.skipped-step")
    #expect(finding.severity == .error)
    #expect(finding.rules == ["short_cut", "lv_plan"])
    #expect(finding.sentence.contains("skips 'plan offer'"))
    #expect(finding.example?["Stage"] == .string("restriction warning"))
    #expect(step(finding.example) == "disconnection request")
  }

  @Test func aStepFromAnyStage() throws {
    let found = try findings {
      $0.setCell("lv_household_disconnection", Rung.stage, "-", in: Self.path)
    }
    let finding = try #require(found.first { $0.code == "ladder.step-back" })
    #expect(finding.rules == ["lv_household_disconnection"])
    #expect(step(finding.example) == "disconnection request")
  }

  @Test func aStateWithoutExit() throws {
    let found = try findings { $0.removeRule("ee_disconnection_after_limit", in: Self.path) }
    let finding = try found.only("ladder.no-exit")
    #expect(finding.rules == ["ee_power_limit", "elsewhere"])
    #expect(finding.example?["Stage"] == .string("power limit"))
    #expect(step(finding.example) == "none")
  }

  @Test func aWaitWithoutEnd() throws {
    let found = try findings {
      $0.replace(
        "<inputEntry id=\"lv_gas_clock_in_12\">\n          <text>&lt;= 5</text>",
        with: "<inputEntry id=\"lv_gas_clock_in_12\">\n          <text>-</text>", in: Self.path)
    }
    let endless = found.filter { $0.code == "ladder.endless-wait" }
    #expect(endless.flatMap(\.rules) == ["lv_household_disconnection", "lv_business_disconnection"])
    #expect(endless.first?.example?["Commodity"] == .string("gas"))
    #expect(step(endless.first?.example, "Next step") == "none")
  }

  // MARK: - Relief

  @Test func aPaidDebtThatLeadsOn() throws {
    let found = try findings { $0.removeRule("undo_in_effect", in: Self.path) }
    let finding = try #require(found.first { $0.code == "ladder.paid-leads-on" })
    #expect(finding.example?["Debt paid"] == .boolean(true))
    #expect(finding.example?["Restriction"] == .string("in effect"))
    #expect(step(finding.example) == "none")
  }

  @Test func aReleaseThatWaits() throws {
    let found = try findings {
      $0.setCell("hold", 1, "\"disconnection request\", \"release\"", in: Self.path)
    }
    #expect(try #require(found.first { $0.code == "ladder.relief-waits" }).rules == ["hold"])
  }

  // MARK: - Law

  @Test func anEstonianSellersDisconnection() throws {
    let found = try findings {
      $0.setOutput("ee_termination_notice", 1, "\"disconnection request\"", in: Self.path)
    }
    let finding = try #require(found.first { $0.code == "ladder.unlawful-tool" })
    #expect(finding.rules == ["ee_termination_notice"])
    #expect(finding.example?["Jurisdiction"] == .string("EE"))
    #expect(finding.example?["Claimant"] == .string("supplier"))
    #expect(step(finding.example) == "disconnection request")
  }

  /// Every row of "Waits" that stands for a provision is taken out in turn: the policy does not go into force.
  @Test(arguments: [
    ("hold", "R2"), ("data_restricted", "R2"), ("deceased", "R2"), ("insolvent", "LV-C-6"), ("sold", "R2"),
    ("plan_kept", "R2"), ("disputed", "EU-3"), ("protected", "EU-2"), ("review", "R2"), ("minimum", "R2"),
    ("warning_clock", "LV-E-1"), ("objection", "LV-D-4"), ("lv_household_clock", "LV-E-1"),
    ("deadline", "LV-E-2"), ("ee_clock", "EE-E-1"),
    ("ee_insolvency_clock", "EE-E-4"), ("ee_heating_clock", "EE-E-5"), ("lv_interrupted", "LV-E-5"),
    ("ee_interrupted", "EE-E-8"), ("termination_clock", "EE-E-9"),
  ])
  func aClockOrABarTakenOut(_ rule: String, _ provision: String) throws {
    let found = try findings { $0.removeRule(rule, in: Self.path) }
    let breach = try #require(
      found.first { $0.code == "ladder.breach" && $0.sentence.contains("in spite of \(provision),") },
      "\(found.map(\.sentence))")
    #expect(breach.severity == .error)
    let example = try #require(breach.example)
    // The live model would take the step.
    #expect(step(example, "Next step") == step(example))
    #expect(step(example, "Next step") != "none")
  }

  @Test func aClockThatIsADayTooShort() throws {
    let found = try findings { $0.setCell("lv_household_clock", 11, "< 19", in: Self.path) }
    let breach = try found.only("ladder.breach")
    #expect(breach.example?["Days since warning"] == .number(19))
  }

  @Test func aMinimumBelowTheFloor() throws {
    let found = try findings { $0.setOutput("minimum_household", 1, "5", in: Self.path) }
    #expect(try found.only("ladder.below-floor").rules == ["minimum_household"])
  }

  // MARK: - The model itself

  @Test func aTestThatCannotBeProved() throws {
    let found = try allFindings { $0.setCell("warning_pace", 7, "< Days past due", in: Self.path) }
    #expect(found.contains { $0.severity == .error })
  }

  @Test func aRuleSetWithoutTheModelIsNotPutInForce() throws {
    #expect(try allFindings { $0.remove(Self.path) }.map(\.code) == ["restriction-policy.missing"])
  }

  @Test func aStepThatNobodyKnows() throws {
    let found = try allFindings { $0.setOutput("lv_warning", 1, "\"strong words\"", in: Self.path) }
    #expect(found.contains { $0.code == "restriction-policy.unknown-step" })
  }
}
