import DMN
import FEEL
import Testing
import Values

@Suite struct TableTests {
  private static let two: [([String], [String])] = [
    (["> 0"], ["\"a\""]), (["> 10"], ["\"b\""]), (["> 100"], ["\"a\""]),
  ]

  private func value(
    _ attributes: String, _ x: Value, outputs: String = "<output/>", rules: [([String], [String])] = two
  ) throws -> Value {
    let model = try SmallModel.make(
      SmallModel.input("x", "number")
        + SmallModel.decision(
          "d", needs: ["x"],
          SmallModel.table(attributes, inputs: [("x", "number")], outputs: outputs, rules)))
    #expect(model.findings == [])
    return try model.value("d", ["x": x])
  }

  @Test func hitPolicies() throws {
    let ranked = "<output><outputValues><text>\"b\", \"a\"</text></outputValues></output>"
    #expect(try value("", .number(5)) == .string("a"))
    #expect(try value("", .number(50)) == .null)
    #expect(try value("hitPolicy=\"FIRST\"", .number(50)) == .string("a"))
    #expect(try value("hitPolicy=\"ANY\"", .number(50)) == .null)
    #expect(try value("hitPolicy=\"ANY\"", .number(5)) == .string("a"))
    #expect(try value("hitPolicy=\"PRIORITY\"", .number(50), outputs: ranked) == .string("b"))
    #expect(
      try value("hitPolicy=\"OUTPUT ORDER\"", .number(500), outputs: ranked)
        == .list([.string("b"), .string("a"), .string("a")]))
    #expect(
      try value("hitPolicy=\"RULE ORDER\"", .number(500))
        == .list([.string("a"), .string("b"), .string("a")]))
    #expect(try value("hitPolicy=\"COLLECT\"", .number(50)) == .list([.string("a"), .string("b")]))
    #expect(try value("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", .number(500)) == .number(3))
  }

  @Test func aggregations() throws {
    let rules: [([String], [String])] = [(["> 0"], ["1.5"]), (["> 10"], ["-2"]), (["> 100"], ["x"])]
    #expect(
      try value("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", .number(500), rules: rules)
        == .number(Decimal("499.5") ?? 0))
    #expect(
      try value("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", .number(500), rules: rules) == .number(-2))
    #expect(
      try value("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", .number(500), rules: rules) == .number(500))
    #expect(try value("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", .number(-1), rules: rules) == .null)
  }

  @Test func nothingMatches() throws {
    let withDefault = "<output><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>"
    #expect(try value("", .number(-1)) == .null)
    #expect(try value("hitPolicy=\"COLLECT\"", .number(-1)) == .list([]))
    #expect(try value("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", .number(-1)) == .number(0))
    #expect(try value("", .number(-1), outputs: withDefault) == .string("none"))
    #expect(try value("", .null, outputs: withDefault) == .string("none"))
    #expect(try value("", .number(1), rules: []) == .null)
  }

  @Test func inputAndOutputValuesAreChecked() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "string")
        + SmallModel.decision(
          "d", needs: ["x"],
          """
          <decisionTable><input><inputExpression typeRef="string"><text>x</text></inputExpression>
          <inputValues><text>"a", "b"</text></inputValues></input>
          <output><outputValues><text>1, 2</text></outputValues></output>
          <rule><inputEntry><text>"a"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
          <rule><inputEntry><text>"b"</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
          </decisionTable>
          """))
    #expect(try model.value("d", ["x": .string("a")]) == .number(1))
    for wrong in ["b", "c"] {
      let result = try model.evaluate(decision: "d", inputs: ["x": .string(wrong)])
      #expect(result.value == .null)
      #expect(result.trace.warnings.count == 1)
    }
  }

  @Test func severalOutputsGiveAContext() throws {
    let outputs = "<output name=\"one\"/><output name=\"other one\"/>"
    let value = try value(
      "hitPolicy=\"FIRST\"", .number(5), outputs: outputs, rules: [(["-"], ["x", "x + 1"])])
    #expect(value == .context(Context([("one", .number(5)), ("other one", .number(6))])))
  }

  @Test func theFirstBlockingCellIsTold() throws {
    let model = try SmallModel.make(
      SmallModel.input("x", "number") + SmallModel.input("y", "string")
        + SmallModel.decision(
          "d", needs: ["x", "y"],
          SmallModel.table(
            "hitPolicy=\"FIRST\"", inputs: [("x", "number"), ("y", "string")],
            [(["> 3", "\"a\""], ["1"]), (["-", "not(\"a\")"], ["2"]), (["-", "-"], ["3"])])))
    let decision = try #require(model.decision(named: "d"))
    let plan = model.plan(for: [decision])
    let table = try #require(model.table(of: decision))
    let inputs: [Value] = [.number(5), .string("b")]
    #expect(model.evaluate(plan, inputs: inputs).trace.matchedRules(of: decision).map { Array($0) } == [1])
    let found = model.blockingCells(rule: 0, of: table, plan, inputs: inputs)
    let cell = try #require(found.first ?? nil)
    #expect(cell.input == 1)
    #expect(cell.value == .string("b"))
    #expect(cell.test == "\"a\"")
    // The last rule holds too and comes too late: nothing blocks it.
    #expect(model.blockingCells(rule: 2, of: table, plan, inputs: inputs) == [nil])
  }

  /// Looking rules up has to agree with testing cell by cell, which is how the probe finds blocking cells.
  @Test func indicesAgreeWithTheCells() throws {
    var random = Random(state: 20_260_514)
    let pool: [String] = [
      "-", "null", "not(null)", "3", "3, 5", "not(3)", "< 3", "<= 3", "> 5", ">= 5", "[1..3)", "(1..3]",
      "]3..7[", "[3..3]", "< 0.5, > 6.25", "not([2..4])", "? * 2 > 7", "? = null or ? > 4",
    ]
    let words = ["-", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "not(\"a\", \"b\")", "null", "< \"b\"", "\"\""]
    let numbers = ["-1", "0.5", "1", "2", "3", "3.0", "3.5", "5", "6.25", "7", "1E+3"]
    for round in 0..<12 {
      let ruleCount = [1, 5, 64, 65, 130][round % 5]
      let rules = (0..<ruleCount).map { rule in
        ([random.pick(pool), random.pick(pool), random.pick(words)], ["\(rule)"])
      }
      let model = try SmallModel.make(
        SmallModel.input("x", "number") + SmallModel.input("y", "number") + SmallModel.input("z", "string")
          + SmallModel.decision(
            "d", needs: ["x", "y", "z"],
            SmallModel.table(
              "hitPolicy=\"COLLECT\"", inputs: [("x", "number"), ("y", "number"), ("z", "string")], rules)))
      #expect(model.findings.filter { $0.severity == .error } == [])
      let decision = try #require(model.decision(named: "d"))
      let plan = model.plan(for: [decision])
      let table = try #require(model.table(of: decision))
      for _ in 0..<6 {
        let inputs: [Value] = [
          random.number(numbers), random.number(numbers),
          random.pick([.null, .string("a"), .string("b"), .string("c"), .string("")]),
        ]
        let matched = try #require(model.evaluate(plan, inputs: inputs).trace.matchedRules(of: decision))
        for rule in 0..<ruleCount {
          let holds = model.blockingCells(rule: rule, of: table, plan, inputs: inputs) == [nil]
          #expect(matched.contains(rule) == holds, "rule \(rules[rule].0) for \(inputs)")
        }
      }
    }
  }
}

/// Numbers that look random and are the same at every run.
private struct Random {
  var state: UInt64

  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next() % elements.count] }

  mutating func number(_ texts: [String]) -> Value {
    next() % 8 == 0 ? .null : Decimal(pick(texts)).map { .number($0) } ?? .null
  }
}
