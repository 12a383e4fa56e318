import Decisioning
import FEEL
import PolicyChecks
import Testing
import Values

/// Faults planted into copies of the shipped rules are all found, and the example shows the fault.
@Suite struct PlantedFaultTests {
  private typealias Planted = (rules: Planting, findings: [PolicyFinding])

  /// Faults that have nothing to do with each other, planted together and checked once.
  private static let many = Result { () throws -> Planted in
    var rules = try Planting()
    rules.removeRule("worst_late_4")
    rules.removeRule("tenure_missing")
    rules.setCell("mean_late_3", 4, "(5..15)")
    rules.setCell("late_share_3", 2, "[11..25]")
    rules.setCell("arrears_count_5", 10, ">= 5")
    rules.setCell("past_due_3", 5, "[15..45)")
    rules.setCell("outcome_household_good", 1, "\"A\", \"B\", \"C\", \"G\"")
    rules.setCell("ko_tax_debt", 2, "\"bussiness\"")
    rules.setCell("ko_quarantine", 3, "? > 5 and ? < 3")
    rules.setOutput("outcome_business_doubtful", 1, "\"reffer\"")
    let inputs = names.map { name, _ in
      "<inputData name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"string\"/></inputData>"
    }
    rules.replace(
      "<inputData id=\"input_customer_kind\"", with: inputs.joined() + "<inputData id=\"input_customer_kind\""
    )
    rules.replace(
      "<itemComponent id=\"type_tcustomer_since\" name=\"since\">",
      with: "<itemComponent name=\"language\"><typeRef>string</typeRef></itemComponent>"
        + "<itemComponent id=\"type_tcustomer_since\" name=\"since\">", in: "features.dmn")
    rules.replace(
      "Invoices[overdue &gt; 0]",
      with: """
        Invoices[overdue &gt; 0 and due &lt; today() and due &lt; date(now())
          and @"2026-01-01T00:00:00@Europe/Riga" != null // now() in a comment is none
          and date and time("2026-01-01T00:00:00@Etc/UTC") != @"2026-01-01T00:00:00+02:00"]
        """, in: "features.dmn")
    rules.replace("\"S-TENURE\":", with: "\"S-TENUR\":", in: "reasons/et.json")
    rules.replace(
      "\"S-OVERDUE\": \"Your overdue amount comes to {value}",
      with: "\"S-OVERDUE\": \"It is {amount}", in: "reasons/en.json")
    return (rules, rules.findings())
  }

  /// The only finding of a code that says something.
  private func planted(
    _ code: String, _ part: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (rules: Planting, finding: PolicyFinding) {
    let (rules, findings) = try Self.many.get()
    let finding = try findings.filter { $0.sentence.contains(part) }.only(
      code, sourceLocation: sourceLocation)
    return (rules, finding)
  }

  // MARK: - Scorecard

  @Test func aDeletedRowOfTheScorecard() throws {
    let (rules, finding) = try planted("scorecard.gap", "Worst days late in 12 months from 31 to below 61")
    let example = try #require(finding.example)
    let days = try #require(example["Worst days late in 12 months"]?.number)
    #expect(days >= 31 && days < 61)
    #expect(try !rules.rules(example, of: "Score").contains { $0.hasPrefix("worst_late") })
  }

  @Test func aDroppedMissingRow() throws {
    let (rules, finding) = try planted("scorecard.missing-row")
    let example = try #require(finding.example)
    #expect(example["Tenure in months"] == .null)
    #expect(try !rules.rules(example, of: "Score").contains { $0.hasPrefix("tenure") })
  }

  @Test func anOpenedEnd() throws {
    let finding = try planted("scorecard.gap", "Mean days late in 12 months 5;").finding
    #expect(finding.example?["Mean days late in 12 months"] == .number(5))
  }

  /// Between 10 and 11 there is 10.5, where the type does not say whole numbers.
  @Test func aHoleBetweenTwoNeighbours() throws {
    let finding = try planted("scorecard.gap", "Late share in 12 months above 10 and below 11").finding
    let share = try #require(finding.example?["Late share in 12 months"]?.number)
    #expect(share > 10 && share < 11)
  }

  @Test func wholeNumbersHaveNothingBetweenNeighbours() throws {
    let findings = try Self.many.get().findings
    #expect(!findings.contains { $0.sentence.contains("Arrears entries in 12 months") })
  }

  @Test func aWidenedInterval() throws {
    let (rules, finding) = try planted("scorecard.overlap")
    #expect(finding.rules == ["past_due_3", "past_due_4"])
    #expect(finding.sentence.contains("Days past due from 31 to below 45"))
    let matched = try rules.rules(try #require(finding.example), of: "Score")
    #expect(matched.contains("past_due_3") && matched.contains("past_due_4"))
  }

  // MARK: - Other tables

  @Test func aDeletedRowOfAUniqueTable() throws {
    var rules = try Planting()
    rules.removeRule("outcome_business_fair")
    let finding = try rules.findings().only("table.gap")
    #expect(finding.decision == "Order outcome")
    #expect(finding.sentence.contains("Rating C, Customer kind business"))
    let example = try #require(finding.example)
    #expect(example["Customer kind"] == .string("business"))
    #expect(example.result("Rating") == .string("C"))
    #expect(example.result("Order outcome") == .null)
    #expect(try rules.rules(example, of: "Order outcome").isEmpty)
  }

  @Test func overlapsOfUniqueTables() throws {
    var rules = try Planting()
    rules.setCell("outcome_business_good", 1, "\"A\", \"B\", \"C\"")
    rules.setCell("rating_b", 1, "[825..900)")
    let findings = rules.findings().filter { $0.code == "table.overlap" }
    #expect(
      Set(findings.map(\.rules)) == [
        ["outcome_business_good", "outcome_business_fair"], ["rating_a_kept", "rating_b"],
        ["rating_b_not_raised", "rating_b"],
      ])
    for finding in findings {
      let example = try #require(finding.example)
      #expect(try rules.rules(example, of: try #require(finding.decision)) == finding.rules)
    }
    let kept = try #require(findings.first { $0.rules.first == "rating_a_kept" })
    #expect(kept.sentence.contains("Score from 885 to below 900, Previous rating A"))
  }

  /// A hole of the hysteresis: only who had a certain rating before falls into it.
  @Test func aBandThatNobodyKeeps() throws {
    var rules = try Planting()
    rules.removeRule("rating_b_kept")
    let finding = try rules.findings().only("table.gap")
    #expect(finding.sentence.contains("Score from 810 to below 825, Previous rating A or B"))
    let example = try #require(finding.example)
    let score = try #require(example.result("Score")?.number)
    #expect(score >= 810 && score < 825 && example.result("Rating") == .null)
  }

  @Test func constantsThatAreNoAllowedValues() throws {
    let (rules, constant) = try planted("condition.outside-type")
    #expect(constant.rules == ["outcome_household_good"] && constant.sentence.contains("names \"G\""))
    #expect(try planted("rule.outside-type").finding.rules == ["ko_tax_debt"])
    let result = try planted("output.outside-type").finding
    #expect(result.rules == ["outcome_business_doubtful"])
    let example = try #require(result.example)
    #expect(try rules.rules(example, of: "Order outcome") == ["outcome_business_doubtful"])
  }

  @Test func aContradictoryCell() throws {
    let finding = try planted("rule.contradiction").finding
    #expect(finding.rules == ["ko_quarantine"] && finding.example == nil)
  }

  // MARK: - What may not be looked at

  private static let names = [
    ("Nationality", "nationality"), ("Customer gender", "sex"), ("Tautība", "ethnic"),
    ("Klienta valoda", "language"), ("Terviseseisund", "health"), ("Elukoha aadress", "address"),
    ("Facebook friends", "social"), ("Marketing consent", "marketing"), ("dateOfBirth", "birth"),
    ("Invaliditātes grupa", "disability"), ("Kodakondsus", "citizenship"), ("Reliģija", "religion"),
    ("Perekonnanimi", "name of a person"),
  ]

  @Test func forbiddenInputs() throws {
    let findings = try Self.many.get().findings
    for (name, subject) in Self.names {
      let sentences = findings.filter { $0.code == "input.forbidden" && $0.decision == name }.map(\.sentence)
      #expect(sentences.contains { $0.contains(subject) }, "\(name): \(sentences)")
      #expect(findings.contains { $0.code == "input.unused" && $0.decision == name })
    }
    let component = try planted("input.forbidden", "a component of the type").finding
    #expect(component.file == "features.dmn" && component.decision == "tCustomer")
    #expect(findings.count { $0.code == "input.forbidden" } == Self.names.count + 1)
  }

  @Test func theClockAndZones() throws {
    let findings = try Self.many.get().findings.filter { $0.code.hasPrefix("time.") }
    #expect(findings.map(\.code) == ["time.clock", "time.clock", "time.zone", "time.zone"])
    for (finding, part) in zip(findings, ["now()", "today()", "Europe/Riga", "Etc/UTC"]) {
      #expect(finding.decision == "Overdue invoices" && finding.sentence.contains(part))
    }
  }

  // MARK: - Texts

  @Test func textsThatAreMissingOrAskForTooMuch() throws {
    let (rules, missing) = try planted("text.reason-missing")
    #expect(missing.sentence.contains("'S-TENURE' has no text in et"))
    let rule = try #require(missing.rules.first)
    #expect(try rules.rules(try #require(missing.example), of: "Score").contains(rule))
    #expect(try planted("text.unused", "S-TENUR'").finding.file == "reasons/et.json")
    let unknown = try planted("text.unknown-parameter").finding
    #expect(unknown.file == "reasons/en.json" && unknown.sentence.contains("{amount}"))
  }

  @Test func filesThatAreMissingOrBroken() throws {
    var rules = try Planting()
    rules.remove("reasons/lv.json")
    rules.replace("</definitions>", with: "")
    let findings = rules.findings()
    #expect(try findings.only("text.file").file == "reasons/lv.json")
    #expect(try findings.only("dmn.unreadable").file == "credit-rating.dmn")
    #expect(PolicyChecks.findings(.init([:])).contains { $0.code == "rules.missing-model" })
  }
}
