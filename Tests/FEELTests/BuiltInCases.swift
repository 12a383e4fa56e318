import FEEL
import Testing
import Values

/// The table of the built-in functions: values, and for each null the code of its cause.
@Suite struct BuiltInCases {
  @Test func builtIns() {
    let cases = LanguageCases.cases("built-ins.txt")
    #expect(cases.count > 200, "the table is there")
    for each in cases {
      let compiled = FEEL.compile(expression: each.expression, in: Scope())
      var evaluation = Evaluation()
      let value = compiled.evaluate(Frame(count: compiled.slotCount), &evaluation)
      var answer = value.description
      if value.isNull, let cause = evaluation.warnings.last { answer += " \(cause.code.rawValue)" }
      #expect(answer == each.expected, "\(each.testDescription)")
      for warning in evaluation.warnings { #expect(!warning.sentence.contains("?"), "\(warning)") }
    }
  }

  @Test func everyBuiltInHasACase() {
    let cases = LanguageCases.cases("built-ins.txt")
    for builtIn in BuiltIns.all {
      #expect(cases.contains { $0.expression.contains(builtIn.name + "(") }, "\(builtIn.name)")
    }
    #expect(Set(BuiltIns.all.map(\.name)).count == BuiltIns.all.count)
  }

  @Test func theClockIsGiven() throws {
    let moment = try #require(CivilDateTime("2026-05-14T08:30:00Z"))
    var evaluation = Evaluation(now: moment)
    for (text, expected) in [("now()", Value.dateTime(moment)), ("today()", .date(moment.date))] {
      let compiled = FEEL.compile(expression: text, in: Scope())
      #expect(compiled.evaluate(Frame(count: compiled.slotCount), &evaluation) == expected)
    }
    #expect(evaluation.warnings.isEmpty)
  }

  /// A list that shares its parts is small in memory and without end when written out.
  @Test func sharedPartsAreBounded() {
    var value = Value.list([.string("a")])
    for _ in 0..<60 { value = .list([value, value]) }
    var limits = Evaluation.Limits()
    limits.steps = 20_000
    limits.stringLength = 20_000
    var scope = Scope()
    let slot = scope.declare("x")
    for (text, code) in [("string(x)", Warning.Code.sizeLimit), ("flatten(x)", .stepLimit)] {
      let compiled = FEEL.compile(expression: text, in: scope)
      let frame = Frame(count: compiled.slotCount)
      frame[slot] = value
      var evaluation = Evaluation(limits: limits)
      #expect(compiled.evaluate(frame, &evaluation).isNull)
      #expect(evaluation.warnings.map(\.code) == [code])
    }
  }

  /// Arguments of every kind in every place: null or a value, but never a trap, and no null without a cause.
  @Test func noArgumentIsTooStrange() throws {
    let strange: [Value] = [
      .null, .boolean(true), .number(0), .number(-1), .number(.greatestFiniteMagnitude), .string(""),
      .string("("), .list([]), .list([.null]), .list([.list([])]), .context(.empty),
      .date(.latest), .date(.earliest), .time(.midnight.with(zone: .region("Nowhere"))),
      .dateTime(CivilDateTime(date: .earliest, time: .midnight.with(zone: .region("Asia/Tokyo")))),
      .yearsMonthsDuration(YearsMonthsDuration(months: .min)),
      .daysTimeDuration(DaysTimeDuration(seconds: .min)),
      .range(ValueRange(low: nil, lowIncluded: false, high: .number(1), highIncluded: true)),
    ]
    let nullsOfTheStandard = ["not", "string", "get value", "context put", "list replace"]
    var scope = Scope()
    let slots = (0..<3).map { scope.declare("x\($0)") }
    for builtIn in BuiltIns.all {
      for count in 1...3 {
        let names = (0..<count).map { "x\($0)" }.joined(separator: ", ")
        let compiled = FEEL.compile(expression: "\(builtIn.name)(\(names))", in: scope)
        let frame = Frame(count: compiled.slotCount)
        for turn in 0..<(count == 1 ? strange.count : 120) {
          for (place, slot) in slots.enumerated() {
            frame[slot] = strange[(turn * [1, 5, 11][place] + turn / 18 * place) % strange.count]
          }
          var evaluation = Evaluation()
          let value = compiled.evaluate(frame, &evaluation)
          if value.isNull && !nullsOfTheStandard.contains(builtIn.name) && compiled.findings.isEmpty {
            #expect(!evaluation.warnings.isEmpty, "\(builtIn.name)(\(slots.prefix(count).map { frame[$0] }))")
          }
        }
      }
    }
  }
}
