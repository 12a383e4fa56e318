import FEEL
import Testing
import Values

/// Laws that hold for every value and every truth, over many of them.
@Suite struct LawTests {
  private func evaluate(_ text: String) -> Value {
    let compiled = FEEL.compile(expression: text, in: Scope())
    var evaluation = Evaluation()
    return compiled.evaluate(Frame(count: compiled.slotCount), &evaluation)
  }

  @Test func threeValuedLogicIsThatOfTheTables() {
    let truths: [Bool?] = [true, false, nil]
    func text(_ truth: Bool?) -> String { truth.map { "\($0)" } ?? "null" }
    func and(_ values: [Bool?]) -> Bool? {
      values.contains { $0 == false } ? false : values.contains { $0 == nil } ? nil : true
    }
    func or(_ values: [Bool?]) -> Bool? {
      values.contains { $0 == true } ? true : values.contains { $0 == nil } ? nil : false
    }
    for a in truths {
      for b in truths {
        for c in truths {
          let values = [a, b, c]
          let list = values.map(text).joined(separator: ", ")
          #expect(evaluate(values.map(text).joined(separator: " and ")).description == text(and(values)))
          #expect(evaluate(values.map(text).joined(separator: " or ")).description == text(or(values)))
          #expect(evaluate("every x in [\(list)] satisfies x").description == text(and(values)))
          #expect(evaluate("some x in [\(list)] satisfies x").description == text(or(values)))
          #expect(
            evaluate("\(text(a)) or \(text(b)) and \(text(c))").description == text(or([a, and([b, c])])))
        }
      }
    }
  }

  /// A value whose literal is read gives the value again.
  @Test func literalsAreReadBack() {
    var random = Sequence(state: 42)
    for _ in 0..<300 {
      let value = random.value(depth: 3)
      let read = evaluate(value.description)
      #expect(read == value, "\(value)")
      #expect(Value.feelEquals(read, value) == true)
      #expect(value.coerced(to: value.type) == value)
      #expect(value.isInstance(of: value.type))
    }
  }

  @Test func comparisonsAgreeWithEachOther() {
    var random = Sequence(state: 7)
    for _ in 0..<300 {
      let (left, right) = (random.scalar(), random.scalar())
      let less = evaluate("\(left) < \(right)").boolean
      #expect(evaluate("\(right) > \(left)").boolean == less)
      #expect(evaluate("\(right) <= \(left)").boolean == less.map { !$0 })
      #expect(evaluate("\(left) in (< \(right))").boolean == less)
      #expect(evaluate("not(\(left) = \(right))").boolean == evaluate("\(left) != \(right)").boolean)
    }
  }

  /// A fixed sequence of values, so that a failure can be repeated.
  private struct Sequence {
    var state: UInt64

    mutating func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }

    mutating func scalar() -> Value {
      switch next(6) {
      case 0: return .number(Decimal(next(20) - 10))
      case 1: return .string(["a", "b\"\\\n", "🐎", "", "ā e"][next(5)])
      case 2: return .date(CivilDate(dayNumber: next(40_000) - 10_000))
      case 3: return .daysTimeDuration(DaysTimeDuration(seconds: next(1_000_000) - 500_000))
      case 4: return .yearsMonthsDuration(YearsMonthsDuration(months: next(100) - 50 | 1))
      default:
        return .dateTime(
          CivilDateTime(date: CivilDate(dayNumber: next(20_000)), time: CivilTime.midnight.with(zone: .utc)))
      }
    }

    mutating func value(depth: Int) -> Value {
      switch depth > 0 ? next(6) : 5 {
      case 0:
        let count = next(4)
        return .list((0..<count).map { _ in value(depth: depth - 1) })
      case 1:
        let names = ["a", "b c", "d-e!", "then"].prefix(next(4))
        return .context(Context(names.map { (name: $0, value: value(depth: depth - 1)) }))
      case 2:
        let point = Value.number(Decimal(next(9)))
        return .range(ValueRange(low: point, lowIncluded: next(2) == 0, high: point, highIncluded: false))
      case 3: return .boolean(next(2) == 0)
      default: return scalar()
      }
    }
  }
}
