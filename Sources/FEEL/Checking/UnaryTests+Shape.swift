extension UnaryTests {
  /// What tests of constants are, so that they need not be evaluated.
  static func shape(of tests: [UnaryTest], negated: Bool, inputType: FEELType) -> Shape {
    var constants: [Value] = []
    var intervals: [Interval] = []
    var excluded: [Value] = []
    for test in tests {
      guard let constant = test.operand.constant else { return .general }
      switch test.kind {
      case .expression(_, let mentionsInput):
        if mentionsInput { return .general }
        if case .range(let range) = constant {
          guard let interval = Interval(range) else { return .general }
          intervals.append(interval)
        } else {
          guard constant.isPlain(for: inputType) || constant.isNull else { return .general }
          constants.append(constant)
        }
      case .comparison(let comparison, _):
        guard constant.isPlain(for: inputType) else { return .general }
        switch comparison {
        case .equal: constants.append(constant)
        case .notEqual:
          // With a value of another kind the comparison is null, not true.
          guard inputType.resolved == constant.type else { return .general }
          excluded.append(constant)
        case .less: intervals.append(Interval(nil, false, constant, false))
        case .lessOrEqual: intervals.append(Interval(nil, false, constant, true))
        case .greater: intervals.append(Interval(constant, false, nil, false))
        case .greaterOrEqual: intervals.append(Interval(constant, true, nil, false))
        }
      }
    }
    if !excluded.isEmpty {
      return !negated && excluded.count == 1 && tests.count == 1 ? .exceptConstants(excluded) : .general
    }
    if intervals.isEmpty { return negated ? .exceptConstants(constants) : .constants(constants) }
    if negated || constants.contains(where: { $0.isNull || $0.boolean != nil }) { return .general }
    return .intervals(intervals + constants.map { Interval($0, true, $0, true) })
  }
}

extension UnaryTests.Interval {
  fileprivate init(_ low: Value?, _ lowIncluded: Bool, _ high: Value?, _ highIncluded: Bool) {
    self.low = low
    self.lowIncluded = lowIncluded
    self.high = high
    self.highIncluded = highIncluded
  }

  /// The interval of a range with plain ends.
  fileprivate init?(_ range: ValueRange) {
    guard range.form != .inequality, range.form == .comparison || (range.low != nil && range.high != nil),
      [range.low, range.high].allSatisfy({ $0?.isPlain(for: .any) ?? true })
    else { return nil }
    self.init(range.low, range.lowIncluded, range.high, range.highIncluded)
  }
}

extension Value {
  /// Whether a comparison with the value is one of plain values of one kind.
  fileprivate func isPlain(for inputType: FEELType) -> Bool {
    switch self {
    case .number, .string, .date, .time, .dateTime, .yearsMonthsDuration, .daysTimeDuration: return true
    case .boolean: return inputType.resolved == .boolean
    default: return false
    }
  }
}

extension Parser {
  /// Reports tests that no value of the input's type can satisfy.
  mutating func check(_ tests: [UnaryTest], against inputType: FEELType) {
    for test in tests {
      let type = test.operand.type.resolved
      switch test.kind {
      case .comparison:
        if type.overlaps(inputType) { continue }
      case .expression(_, let mentionsInput):
        if mentionsInput || type == .boolean || type.overlaps(inputType) { continue }
        if case .range(let element) = type, element.overlaps(inputType) { continue }
        if case .list(let element) = type {
          if element.overlaps(inputType) { continue }
          if case .range(let inner) = element.resolved, inner.overlaps(inputType) { continue }
        }
      }
      report(
        .operandTypes, .warning, "the input is \(inputType), and this is \(type): the test never holds",
        at: test.position)
    }
  }
}
