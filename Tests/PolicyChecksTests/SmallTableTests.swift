import Decisioning
import FEEL
import PolicyChecks
import Testing
import Values

/// Holes, overlaps and dead rules of tables of every hit policy.
@Suite struct SmallTableTests {
  private func days(_ hitPolicy: String, _ rows: [(String, [String], String)]) -> SmallPolicy {
    SmallPolicy.table(
      .init(
        columns: [("Days", "number")], hitPolicy: hitPolicy,
        rows: rows.map { (id: $0.0, tests: $0.1, output: $0.2) }))
  }

  @Test func bandsThatMeetAreComplete() throws {
    let small = days("UNIQUE", [("low", ["< 500"], "\"x\""), ("high", [">= 500"], "\"y\"")])
    #expect(small.findings().map(\.sentence) == [])
  }

  @Test func theCommonEndOfTwoBandsIsMissing() throws {
    let small = days("UNIQUE", [("low", ["< 500"], "\"x\""), ("high", ["> 500"], "\"y\"")])
    let finding = try small.findings().only("table.gap")
    #expect(finding.example?["Days"] == .number(500))
    #expect(finding.example?.result("Rating") == .null)
  }

  @Test func theCommonEndOfTwoBandsIsDouble() throws {
    let small = days("UNIQUE", [("low", ["<= 500"], "\"x\""), ("high", [">= 500"], "\"y\"")])
    let finding = try small.findings().only("table.overlap")
    #expect(finding.rules == ["low", "high"] && finding.example?["Days"] == .number(500))
  }

  @Test func differentResultsOfAnyAreAConflictAndEqualOnesAreNone() throws {
    let rows = [("low", ["<= 500"], "\"x\""), ("high", [">= 400"], "\"y\"")]
    let finding = try days("ANY", rows).findings().only("table.conflict")
    #expect(finding.sentence.contains("Days from 400 to 500"))
    let same = days("ANY", [("low", ["<= 500"], "\"x\""), ("high", [">= 400"], "\"x\"")])
    #expect(same.findings().map(\.sentence) == [])
  }

  @Test func aRowBehindOthersIsMasked() throws {
    let small = days(
      "FIRST",
      [("low", ["< 10"], "\"x\""), ("high", [">= 5"], "\"y\""), ("never", ["[3..20]"], "\"z\"")])
    let finding = try small.findings().only("rule.masked")
    #expect(finding.rules == ["never"])
    #expect(finding.sentence.contains("low or high"))
    let days = try #require(finding.example?["Days"]?.number)
    #expect(days >= 3 && days <= 20)
  }

  @Test func aRowOfLowerRankIsMasked() throws {
    let small = SmallPolicy.table(
      .init(
        columns: [("Days", "number")], hitPolicy: "PRIORITY", outputValues: "\"best\", \"worse\"",
        rows: [("worse", ["< 5"], "\"worse\""), ("best", ["< 10"], "\"best\""), ("rest", ["-"], "\"worse\"")])
    )
    #expect(try small.findings().only("rule.masked").rules == ["worse"])
  }

  @Test func aDefaultClosesEveryGap() throws {
    let small = SmallPolicy.table(
      .init(columns: [("Days", "number")], rows: [("low", ["< 5"], "\"x\"")]))
    #expect(small.findings().count == 1)
    let text = String(decoding: try #require(small.files["credit-rating.dmn"]), as: UTF8.self)
      .replacing(
        "<output typeRef=\"string\"></output>",
        with:
          "<output typeRef=\"string\"><defaultOutputEntry><text>\"y\"</text></defaultOutputEntry></output>")
    let closed = RuleSetFiles(["credit-rating.dmn": Array(text.utf8)])
    #expect(!PolicyChecks.findings(closed).contains { $0.code == "table.gap" })
  }

  @Test func datesHaveNothingBetweenTwoDays() throws {
    func small(_ second: String) -> SmallPolicy {
      SmallPolicy.table(
        .init(
          columns: [("Since", "date")],
          rows: [("old", ["<= date(\"2026-06-30\")"], "\"x\""), ("new", [second], "\"y\"")]))
    }
    #expect(small(">= date(\"2026-07-01\")").findings().map(\.sentence) == [])
    let finding = try small(">= date(\"2026-07-02\")").findings().only("table.gap")
    #expect(finding.example?["Since"]?.description == "@\"2026-07-01\"")
  }

  @Test func textsOutsideEveryListAreSeen() throws {
    let small = SmallPolicy.table(
      .init(
        columns: [("Country", "string")],
        rows: [("here", ["\"LV\""], "\"x\""), ("there", ["not(\"LV\", \"EE\")"], "\"y\"")]))
    let finding = try small.findings().only("table.gap")
    #expect(finding.example?["Country"] == .string("EE"))
  }

  @Test func manyColumnsAreProvedWithoutGoingThroughAllCombinations() throws {
    // 24 columns of 3 values: 3^24 combinations, two rows for each column.
    let columns = (1...24).map { ("C\($0)", "number") }
    var rows: [(id: String, tests: [String], output: String)] = []
    for column in columns.indices {
      var tests = columns.map { _ in "-" }
      for earlier in 0..<column { tests[earlier] = "< 10" }
      tests[column] = ">= 10"
      rows.append(("r\(column)", tests, "\"x\""))
    }
    let open = SmallPolicy.table(.init(columns: columns, rows: rows))
    let finding = try open.findings().only("table.gap")
    #expect(finding.example?["C24"].flatMap(\.number).map { $0 < 10 } == true)
    rows.append(("rest", columns.map { _ in "< 10" }, "\"y\""))
    let closed = SmallPolicy.table(.init(columns: columns, rows: rows))
    #expect(closed.findings().map(\.sentence) == [])
  }

  /// Each row bounds two columns of its own kind at random: no order of columns keeps the diagram small.
  @Test func whatIsTooLargeIsToldAndEnds() throws {
    let columns = (0..<40).map { ("C\($0)", "number") }
    var rows: [(id: String, tests: [String], output: String)] = []
    for row in 0..<60 {
      var tests = columns.map { _ in "-" }
      for step in 0..<3 {
        tests[(row * 7 + step * 13 + row * row) % 40] = step == 1 ? "< \(row % 5)" : ">= \(row % 7)"
      }
      rows.append(("r\(row)", tests, "\"x\""))
    }
    let small = SmallPolicy.table(.init(columns: columns, hitPolicy: "ANY", rows: rows))
    #expect(small.findings().contains { $0.code == "table.too-large" || $0.code == "table.gap" })
  }

  // MARK: - What other decisions give

  private func scored(_ bands: [(id: String, tests: [String], output: String)]) -> SmallPolicy {
    SmallPolicy(
      inputs: [("Days", "number")],
      decisions: [
        (
          "Score", "number", ["Days"],
          .table(
            .init(
              columns: [("Days", "number")], hitPolicy: "COLLECT\" aggregation=\"SUM", output: "number",
              rows: [
                ("few", ["< 10"], "100"), ("some", ["[10..30)"], "60"), ("many", [">= 30"], "0"),
                ("unknown", ["null"], "50"),
              ]))
        ),
        ("Rating", "string", ["Score"], .table(.init(columns: [("Score", "number")], rows: bands))),
      ])
  }

  @Test func bandsAreCheckedAgainstTheScoresThatOccur() throws {
    let good = scored([("a", [">= 60"], "\"A\""), ("b", ["< 60"], "\"B\"")])
    #expect(good.findings().map(\.sentence) == [])
    let hole = scored([("a", ["> 60"], "\"A\""), ("b", ["< 60"], "\"B\"")])
    let gap = try hole.findings().only("table.gap")
    #expect(gap.example?.result("Score") == .number(60))
    let unreached = scored([("a", [">= 60"], "\"A\""), ("b", ["< 55"], "\"B\"")])
    #expect(try unreached.findings().only("table.gap-unreached").severity == .warning)
  }

  @Test func aBandBeyondEveryScoreNeverApplies() throws {
    let beyond = scored([
      ("s", ["> 100"], "\"S\""), ("a", ["[60..100]"], "\"A\""), ("b", ["< 60"], "\"B\""),
    ])
    #expect(try beyond.findings().only("rule.never-given").rules == ["s"])
    let between = scored([
      ("a", ["> 90"], "\"A\""), ("m", ["[70..90]"], "\"M\""), ("b", ["< 70"], "\"B\""),
    ])
    #expect(try between.findings().only("rule.never-given").rules == ["m"])
  }

  @Test func aResultThatTheOtherTableNeverGivesIsNeverTested() throws {
    let small = SmallPolicy(
      inputs: [("Days", "number")],
      decisions: [
        (
          "Rating", "string", ["Days"],
          .table(
            .init(columns: [("Days", "number")], rows: [("a", ["< 5"], "\"A\""), ("b", [">= 5"], "\"B\"")]))
        ),
        (
          "Outcome", "string", ["Rating"],
          .table(
            .init(
              columns: [("Rating", "string")],
              rows: [
                ("x", ["\"A\""], "\"accept\""), ("y", ["\"B\""], "\"refer\""),
                ("z", ["\"C\""], "\"decline\""),
              ]))
        ),
      ])
    #expect(try small.findings().only("rule.never-given").rules == ["z"])
  }

  // MARK: - Between tables

  /// One table ends below 500, the other begins above it; each alone is meant to be a part.
  private func split(_ second: String) -> SmallPolicy {
    SmallPolicy(
      inputs: [("Days", "number")],
      decisions: [
        (
          "Weak", "string", ["Days"],
          .table(.init(columns: [("Days", "number")], rows: [("weak", ["< 500"], "\"refer\"")]))
        ),
        (
          "Strong", "string", ["Days"],
          .table(.init(columns: [("Days", "number")], rows: [("strong", [second], "\"accept\"")]))
        ),
        ("Outcome", "string", ["Weak", "Strong"], .text("if Weak != null then Weak else Strong")),
      ])
  }

  @Test func aHoleBetweenTheBandsOfTwoTables() throws {
    let findings = split("> 500").findings()
    let gaps = findings.filter { $0.severity == .error }
    #expect(gaps.count == 2 && gaps.allSatisfy { $0.code == "table.gap" }, "\(findings.map(\.sentence))")
    for gap in gaps {
      #expect(gap.sentence.contains("Days 500;"), "\(gap.sentence)")
      #expect(gap.example?["Days"] == .number(500))
      #expect(gap.example?.result("Outcome") == .null)
    }
    #expect(split(">= 500").findings().allSatisfy { $0.severity == .warning })
  }

  @Test func tablesThatCollectCanLeaveAHoleTogether() throws {
    func policy(_ second: String) -> SmallPolicy {
      SmallPolicy(
        inputs: [("Days", "number")],
        decisions: [
          (
            "Low", "tTexts", ["Days"],
            .table(
              .init(
                columns: [("Days", "number")], hitPolicy: "COLLECT", rows: [("low", ["< 500"], "\"refer\"")]))
          ),
          (
            "High", "tTexts", ["Days"],
            .table(
              .init(
                columns: [("Days", "number")], hitPolicy: "COLLECT", rows: [("high", [second], "\"accept\"")])
            )
          ),
          (
            "Outcome", "string", ["Low", "High"],
            .text("if count(Low) > 0 then Low[1] else if count(High) > 0 then High[1] else null")
          ),
        ], isTextual: true)
    }
    let finding = try policy("> 500").findings().only("pipeline.no-value")
    #expect(finding.sentence.contains("Days 500"))
    #expect(finding.example?["Days"] == .number(500) && finding.example?.result("Outcome") == .null)
    #expect(policy(">= 500").findings().map(\.sentence) == [])
  }
}

extension SmallPolicy {
  fileprivate init(
    inputs: [(name: String, type: String)],
    decisions: [(name: String, type: String, requires: [String], logic: Logic)], isTextual: Bool
  ) {
    self.init(
      types:
        "<itemDefinition name=\"tTexts\" isCollection=\"true\"><typeRef>string</typeRef></itemDefinition>",
      inputs: inputs, decisions: decisions)
  }
}
