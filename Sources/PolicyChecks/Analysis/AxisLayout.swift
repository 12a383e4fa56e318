import FEEL
import Values

/// Points and what lies between them, for each kind of value that can be laid out.
struct AxisLayout {
  private(set) var atoms: [Atom] = []
  private let domain: ValueDomain

  /// Nil for kinds of value that have no layout.
  init?(_ domain: ValueDomain, _ constants: [Value], _ tests: [UnaryTests]) {
    self.domain = domain
    switch domain.type.resolved {
    case .boolean:
      for value in [true, false] { add(.point(.boolean(value)), .boolean(value)) }
    case .number, .date, .yearsMonthsDuration, .daysTimeDuration, .dateTime:
      var points = constants.filter { $0.type == domain.type.resolved }
      if case .sums(let low, let high, _) = domain.possible { points += [.number(low), .number(high)] }
      layLine(points)
    case .string:
      if tests.contains(where: \.hasIntervals) { return nil }
      layTexts(constants)
    case .list:
      layLists(constants)
    case .any:
      // Without a type the constants say what kinds are meant.
      let kinds = Set(constants.map(\.type))
      guard !kinds.isEmpty, kinds.isSubset(of: [.number, .string, .boolean, .date]) else { return nil }
      for kind in [FEELType.number, .date, .string, .boolean] where kinds.contains(kind) {
        var typed = domain
        typed.type = kind
        guard let layout = AxisLayout(typed, constants.filter { $0.type == kind }, tests) else { return nil }
        atoms += layout.atoms
      }
    default: return nil
    }
  }

  private mutating func add(_ extent: Atom.Extent, _ sample: Value) {
    if domain.admits(sample) { atoms.append(Atom(extent: extent, sample: sample)) }
  }

  // MARK: - Values with an order

  private mutating func layLine(_ constants: [Value]) {
    var points: [Value] = []
    for value in constants.sorted(by: { Value.compare($0, $1) == .less })
    where points.last.map({ Value.compare($0, value) != .equal }) ?? true { points.append(value) }
    if points.isEmpty {
      // No test cuts the line: it is one atom.
      let sample = Between.anything(domain.type.resolved)
      return add(.between(nil, nil), sample)
    }
    layBetween(nil, points.first)
    for (place, point) in points.enumerated() {
      add(.point(point), point)
      layBetween(point, place + 1 < points.count ? points[place + 1] : nil)
    }
  }

  private mutating func layBetween(_ low: Value?, _ high: Value?) {
    let samples = Between(low: low, high: high, isWhole: domain.isWhole).samples
    // A test that only evaluation decides may admit some of the values between two points.
    if let sample = samples.first(where: domain.admits) {
      atoms.append(Atom(extent: .between(low, high), sample: sample))
    }
  }

  // MARK: - Texts and lists

  private mutating func layTexts(_ constants: [Value]) {
    var points: [Value] = []
    // Declared values come in the order in which they are declared.
    for value in domain.parts.flatMap(\.constants) + constants
    where value.string != nil && !points.contains(value) { points.append(value) }
    for point in points { add(.point(point), point) }
    let codes = points.allSatisfy { $0.string?.count == 2 && $0.string?.uppercased() == $0.string }
    let others = points.isEmpty ? ["any text"] : codes ? ["LT", "FI", "ZZ"] : ["other", "something else"]
    if let sample = others.map(Value.string).first(where: { !points.contains($0) && domain.admits($0) }) {
      atoms.append(Atom(extent: .others(points), sample: sample))
    }
  }

  /// Lists cannot be laid out whole: the empty one, each constant alone, and all of them together stand for them.
  private mutating func layLists(_ constants: [Value]) {
    var elements: [Value] = []
    for value in constants where !elements.contains(value) {
      if value.number.map({ $0.sign < 0 }) ?? false { continue }
      elements.append(value)
    }
    let lists = [[]] + elements.map { [$0] } + (elements.count > 1 ? [elements] : [])
    for list in lists { add(.point(.list(list)), .list(list)) }
  }
}

extension UnaryTests {
  fileprivate var hasIntervals: Bool {
    guard case .intervals(let intervals) = shape else { return false }
    return intervals.contains { interval in interval.low.map { $0 != interval.high } ?? true }
  }
}
