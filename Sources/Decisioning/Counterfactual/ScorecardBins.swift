import DMN
import FEEL
import Values

/// The steps of each characteristic as numbers: which values get which points.
///
/// Read once from the compiled table. Characteristics whose cells are not numbers, intervals of numbers or null have
/// no bins and are never varied.
struct ScorecardBins: Sendable {
  /// One rule of a characteristic.
  struct Bin: Sendable {
    /// The place of the rule in the scorecard.
    let rule: Int
    let id: String
    /// The cell as written.
    let text: String
    let points: Decimal
    /// What the rule takes; empty for the rule of a missing value.
    let intervals: [Interval]
    let unit: Decimal
    let levers: Set<Lever>
  }

  /// An interval of numbers.
  struct Interval: Sendable {
    let low, high: Decimal?
    let lowIncluded, highIncluded: Bool
  }

  /// For each characteristic its bins in the order of their values, the one of a missing value first.
  let bins: [[Bin]]

  init(_ table: TableView, scorecard: Scorecard, changes: ChangePolicy) {
    var bins = [[Bin]](repeating: [], count: scorecard.characteristics.count)
    var isNumeric = [Bool](repeating: true, count: bins.count)
    for (rule, scored) in scorecard.rules.enumerated() {
      let name = scorecard.characteristics[scored.characteristic]
      guard let column = table.inputExpressions.firstIndex(of: name),
        table.testedColumns(rule: rule) == [column],
        let intervals = table.shape(rule: rule, column: column).flatMap(Self.intervals)
      else {
        isNumeric[scored.characteristic] = false
        continue
      }
      bins[scored.characteristic].append(
        Bin(
          rule: rule, id: scored.id, text: table.inputText(rule: rule, column: column), points: scored.points,
          intervals: intervals, unit: changes.units[rule], levers: changes.scorecard[rule]))
    }
    self.bins = bins.enumerated().map { place, bins in
      isNumeric[place] ? bins.sorted { $0.start < $1.start } : []
    }
  }

  /// The intervals of a cell; empty for `null`, nil for a cell that is no test of numbers.
  private static func intervals(_ shape: UnaryTests.Shape) -> [Interval]? {
    switch shape {
    case .constants(let values):
      if values == [.null] { return [] }
      return all(values.map { ($0, true, $0, true) })
    case .intervals(let intervals):
      return all(intervals.map { ($0.low, $0.lowIncluded, $0.high, $0.highIncluded) })
    case .any, .exceptConstants, .general:
      return nil
    }
  }

  private static func all(_ ends: [(Value?, Bool, Value?, Bool)]) -> [Interval]? {
    var intervals: [Interval] = []
    for (low, lowIncluded, high, highIncluded) in ends {
      if low != nil, low?.number == nil { return nil }
      if high != nil, high?.number == nil { return nil }
      intervals.append(
        Interval(low: low?.number, high: high?.number, lowIncluded: lowIncluded, highIncluded: highIncluded))
    }
    return intervals.isEmpty ? nil : intervals
  }
}

extension ScorecardBins.Bin {
  /// Whether this is the rule of a value that is not known.
  var isMissing: Bool { intervals.isEmpty }

  /// Where the bin begins, for putting bins in order.
  fileprivate var start: (Int, Decimal, Int) {
    guard let first = intervals.first else { return (0, .zero, rule) }
    // Without a lower end it is the first; `(0..10]` comes after the `0` that begins at the same number.
    return first.low.map { (2, $0, first.lowIncluded ? 0 : 1) } ?? (1, .zero, rule)
  }

  /// The value of the bin that is nearest to a value outside, and from which side it is reached.
  func nearest(to value: Decimal?) -> (value: Decimal, direction: CharacteristicChange.Direction)? {
    var nearest: (value: Decimal, distance: Decimal, direction: CharacteristicChange.Direction)?
    for interval in intervals {
      guard let edge = interval.edge(towards: value, unit: unit) else { continue }
      let distance = value.map { ($0 - edge).magnitude } ?? .zero
      if nearest.map({ distance < $0.distance }) ?? true {
        nearest = (edge, distance, value.map { edge > $0 ? .atLeast : .atMost } ?? .known)
      }
    }
    return nearest.map { ($0.value, $0.direction) }
  }
}

extension ScorecardBins.Interval {
  func contains(_ value: Decimal) -> Bool {
    if let low, value < low || (value == low && !lowIncluded) { return false }
    if let high, value > high || (value == high && !highIncluded) { return false }
    return true
  }

  /// The end that faces a value, moved inside by the unit where the end itself is left out, and by a tenth or a
  /// hundredth of it where the interval is narrower than that.
  fileprivate func edge(towards value: Decimal?, unit: Decimal) -> Decimal? {
    if let value, contains(value) { return value }
    let isBelow = value.map { value in low.map { value <= $0 } ?? false } ?? (low != nil)
    guard let end = isBelow ? low : high else { return nil }
    if isBelow ? lowIncluded : highIncluded { return end }
    var step = unit
    for _ in 0..<3 {
      let inside = isBelow ? end + step : end - step
      if contains(inside) { return inside }
      guard let tenth = step.divided(by: 10) else { return nil }
      step = tenth
    }
    return nil
  }
}
