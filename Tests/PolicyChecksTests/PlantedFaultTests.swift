import FEEL
import PolicyChecks
import Testing
import Values

/// Faults planted into copies of the shipped rules are all found, and the example shows the fault.
@Suite struct PlantedFaultTests {
  // MARK: - Scorecard

  @Test func aDeletedRowOfTheScorecard() throws {
    var rules = try Planting()
    rules.removeRule("worst_late_4")
    let finding = try rules.findings().only("scorecard.gap")
    #expect(finding.sentence.contains("Worst days late in 12 months from 31 to below 61"))
    let example = try #require(finding.example)
    let days = try #require(example["Worst days late in 12 months"]?.number)
    #expect(days >= 31 && days < 61)
    #expect(try !rules.rules(example, of: "Score").contains { $0.hasPrefix("worst_late") })
  }

  @Test func aDroppedMissingRow() throws {
    var rules = try Planting()
    rules.removeRule("tenure_missing")
    let finding = try rules.findings().only("scorecard.missing-row")
    let example = try #require(finding.example)
    #expect(example["Tenure in months"] == .null)
    #expect(try !rules.rules(example, of: "Score").contains { $0.hasPrefix("tenure") })
  }

  @Test func anOpenedEnd() throws {
    var rules = try Planting()
    rules.setCell("mean_late_3", 4, "(5..15)")
    let finding = try rules.findings().only("scorecard.gap")
    #expect(finding.sentence.contains("Mean days late in 12 months 5;"))
    #expect(finding.example?["Mean days late in 12 months"] == .number(5))
  }

  /// Between 10 and 11 there is 10.5, where the type does not say whole numbers.
  @Test func aHoleBetweenTwoNeighbours() throws {
    var rules = try Planting()
    rules.setCell("late_share_3", 2, "[11..25]")
    let finding = try rules.findings().only("scorecard.gap")
    #expect(finding.sentence.contains("above 10 and below 11"))
    let share = try #require(finding.example?["Late share in 12 months"]?.number)
    #expect(share > 10 && share < 11)
  }

  @Test func wholeNumbersHaveNothingBetweenNeighbours() throws {
    var rules = try Planting()
    rules.setCell("arrears_count_5", 10, ">= 5")
    #expect(rules.findings().map(\.sentence) == [])
  }

  @Test func aWidenedInterval() throws {
    var rules = try Planting()
    rules.setCell("past_due_3", 5, "[15..45)")
    let finding = try rules.findings().only("scorecard.overlap")
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

  @Test func anOverlapOfAUniqueTable() throws {
    var rules = try Planting()
    rules.setCell("outcome_business_good", 1, "\"A\", \"B\", \"C\"")
    let finding = try rules.findings().only("table.overlap")
    #expect(finding.rules == ["outcome_business_good", "outcome_business_fair"])
    let example = try #require(finding.example)
    #expect(
      try rules.rules(example, of: "Order outcome") == ["outcome_business_good", "outcome_business_fair"])
  }

  @Test func aConstantThatIsNoAllowedValue() throws {
    var rules = try Planting()
    rules.setCell("outcome_household_good", 1, "\"A\", \"B\", \"C\", \"G\"")
    let finding = try rules.findings().only("condition.outside-type")
    #expect(finding.rules == ["outcome_household_good"])
    #expect(finding.sentence.contains("names \"G\""))
  }

  @Test func aTestThatOnlyForeignValuesPass() throws {
    var rules = try Planting()
    rules.setCell("ko_tax_debt", 2, "\"bussiness\"")
    let finding = try rules.findings().only("rule.outside-type")
    #expect(finding.rules == ["ko_tax_debt"])
  }

  @Test func aContradictoryCell() throws {
    var rules = try Planting()
    rules.setCell("ko_quarantine", 3, "? > 5 and ? < 3")
    let finding = try rules.findings().only("rule.contradiction")
    #expect(finding.rules == ["ko_quarantine"])
    #expect(finding.example == nil)
  }

  @Test func aResultThatIsNoAllowedValue() throws {
    var rules = try Planting()
    rules.setOutput("outcome_business_doubtful", 1, "\"reffer\"")
    let finding = try rules.findings().only("output.outside-type")
    #expect(finding.rules == ["outcome_business_doubtful"])
    let example = try #require(finding.example)
    #expect(try rules.rules(example, of: "Order outcome") == ["outcome_business_doubtful"])
  }

  // MARK: - What may not be looked at

  @Test func forbiddenInputs() throws {
    let names = [
      ("Nationality", "nationality"), ("Customer gender", "sex"), ("Tautība", "ethnic"),
      ("Klienta valoda", "language"), ("Terviseseisund", "health"), ("Elukoha aadress", "address"),
      ("Facebook friends", "social"), ("Marketing consent", "marketing"), ("dateOfBirth", "birth"),
      ("Invaliditātes grupa", "disability"), ("Kodakondsus", "citizenship"), ("Reliģija", "religion"),
      ("Perekonnanimi", "name of a person"),
    ]
    var rules = try Planting()
    let planted = names.map { name, _ in
      "<inputData name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"string\"/></inputData>"
    }
    rules.replace(
      "<inputData id=\"input_customer_kind\"",
      with: planted.joined() + "<inputData id=\"input_customer_kind\"")
    let findings = rules.findings()
    for (name, subject) in names {
      let sentences = findings.filter { $0.code == "input.forbidden" && $0.decision == name }.map(\.sentence)
      #expect(sentences.contains { $0.contains(subject) }, "\(name): \(sentences)")
      #expect(findings.contains { $0.code == "input.unused" && $0.decision == name })
    }
    #expect(findings.count { $0.code == "input.forbidden" } == names.count)
  }

  @Test func aForbiddenComponentOfAType() throws {
    var rules = try Planting()
    rules.replace(
      "<itemComponent id=\"type_tcustomer_since\" name=\"since\">",
      with: "<itemComponent name=\"language\"><typeRef>string</typeRef></itemComponent>"
        + "<itemComponent id=\"type_tcustomer_since\" name=\"since\">", in: "features.dmn")
    let finding = try rules.findings().only("input.forbidden")
    #expect(finding.file == "features.dmn" && finding.decision == "tCustomer")
  }

  @Test func theClockAndZones() throws {
    var rules = try Planting()
    rules.replace(
      "Invoices[overdue &gt; 0]",
      with: """
        Invoices[overdue &gt; 0 and due &lt; today() and due &lt; date(now())
          and @"2026-01-01T00:00:00@Europe/Riga" != null // now() in a comment is none
          and date and time("2026-01-01T00:00:00@Etc/UTC") != @"2026-01-01T00:00:00+02:00"]
        """, in: "features.dmn")
    let findings = rules.findings().filter { $0.code.hasPrefix("time.") }
    #expect(findings.map(\.code) == ["time.clock", "time.clock", "time.zone", "time.zone"])
    for (finding, part) in zip(findings, ["now()", "today()", "Europe/Riga", "Etc/UTC"]) {
      #expect(finding.decision == "Overdue invoices" && finding.sentence.contains(part))
    }
  }

  // MARK: - Texts

  @Test func aMissingText() throws {
    var rules = try Planting()
    rules.replace("\"S-TENURE\":", with: "\"S-TENUR\":", in: "reasons/et.json")
    let findings = rules.findings()
    let finding = try findings.only("text.reason-missing")
    #expect(finding.sentence.contains("'S-TENURE' has no text in et"))
    let rule = try #require(finding.rules.first)
    #expect(try rules.rules(try #require(finding.example), of: "Score").contains(rule))
    #expect(try findings.only("text.unused").sentence.contains("S-TENUR'"))
  }

  @Test func anUnknownParameter() throws {
    var rules = try Planting()
    rules.replace(
      "\"S-OVERDUE\": \"Your overdue amount comes to {value}", with: "\"S-OVERDUE\": \"It is {amount}",
      in: "reasons/en.json")
    let finding = try rules.findings().only("text.unknown-parameter")
    #expect(finding.file == "reasons/en.json" && finding.sentence.contains("{amount}"))
  }

  @Test func aMissingLanguage() throws {
    var rules = try Planting()
    rules.remove("reasons/lv.json")
    #expect(try rules.findings().only("text.file").file == "reasons/lv.json")
  }

  @Test func aFileThatIsNoModel() throws {
    var rules = try Planting()
    rules.replace("</definitions>", with: "")
    let findings = rules.findings()
    #expect(try findings.only("dmn.unreadable").file == "credit-rating.dmn")
  }
}
