import DMN
import FEEL
import PolicyChecks
import Testing
import Values

/// Random small tables: what the analysis says agrees with asking the live table at every point of a grid.
@Suite struct BruteForceTests {
  /// SplitMix64, so that every run asks about the same tables.
  private struct Chance {
    var state: UInt64
    mutating func below(_ count: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }
  }

  private static let kinds = ["p", "q", "r"]
  private static let types =
    "<itemDefinition name=\"tKind\"><typeRef>string</typeRef><allowedValues><text>\"p\", \"q\", \"r\"</text>"
    + "</allowedValues></itemDefinition>"

  private func test(_ chance: inout Chance) -> String {
    let low = chance.below(4)
    let high = low + 1 + chance.below(3)
    return switch chance.below(9) {
    case 0: "-"
    case 1: "< \(high)"
    case 2: "<= \(high)"
    case 3: "> \(low)"
    case 4: ">= \(low)"
    case 5: "[\(low)..\(high)]"
    case 6: "(\(low)..\(high))"
    case 7: "[\(low)..\(high)), \(high + 1)"
    default: "not(\(low))"
    }
  }

  private func kind(_ chance: inout Chance) -> String {
    switch chance.below(4) {
    case 0: "-"
    case 1: "\"\(Self.kinds[chance.below(3)])\""
    case 2: "not(\"\(Self.kinds[chance.below(3)])\")"
    default: "\"p\", \"q\""
    }
  }

  @Test(arguments: 0..<60)
  func agreesWithTheGrid(seed: Int) throws {
    var chance = Chance(state: UInt64(seed) &* 7919)
    let policy = ["UNIQUE", "ANY", "FIRST"][seed % 3]
    let rows = (0..<(2 + chance.below(6))).map { row in
      (
        id: "r\(row)", tests: [test(&chance), test(&chance), kind(&chance)],
        output: "\"\(chance.below(2))\""
      )
    }
    let small = SmallPolicy.table(
      .init(
        columns: [("X", "number"), ("Y", "number"), ("Kind", "tKind")], hitPolicy: policy, rows: rows),
      types: Self.types)
    let model = try small.model()
    let rating = try #require(model.decision(named: "Rating"))
    // Points and what lies between and beyond them.
    let line = (-2...16).map { Decimal($0).divided(by: 2) ?? 0 }
    var isOpen = false
    var overlapping: Set<[String]> = []
    var applied: Set<String> = []
    let table = try #require(model.table(of: rating))
    for x in line {
      for y in line {
        for kind in Self.kinds {
          let inputs: [Value] = [.number(x), .number(y), .string(kind)]
          let matched =
            model.evaluate(rating, inputs: inputs).trace.matchedRules(of: rating).map(Array.init) ?? []
          if matched.isEmpty { isOpen = true }
          for rule in matched { applied.insert(rows[rule].id) }
          for (place, one) in matched.enumerated() {
            for other in matched.dropFirst(place + 1)
            where policy == "UNIQUE" || rows[one].output != rows[other].output {
              overlapping.insert([rows[one].id, rows[other].id])
            }
          }
        }
      }
    }
    #expect(table.ruleCount == rows.count)
    let findings = small.findings()
    let text = "\(rows) \(findings.map(\.sentence))"
    #expect(findings.contains { $0.code == "table.gap" } == isOpen, "\(text)")
    if policy != "FIRST" {
      let told = Set(
        findings.filter { $0.code == "table.overlap" || $0.code == "table.conflict" }.map(\.rules))
      #expect(told == overlapping, "\(text)")
    } else {
      // With hit policy FIRST the trace names the rule that decides: the others never do.
      let dead = Set(findings.filter { $0.code.hasPrefix("rule.") }.flatMap(\.rules))
      #expect(dead == Set(rows.map(\.id)).subtracting(applied), "\(text)")
    }
    // Every example shows what its finding says.
    for finding in findings {
      guard let example = finding.example else { continue }
      let matched =
        model.evaluate(rating, inputs: example.inputs.map(\.value)).trace.matchedRules(of: rating).map(
          Array.init) ?? []
      switch finding.code {
      case "table.gap": #expect(matched.isEmpty, "\(text)")
      case "table.overlap", "table.conflict":
        #expect(finding.rules.allSatisfy { matched.map { rows[$0].id }.contains($0) }, "\(text)")
      default: break
      }
    }
  }
}
