internal import Values

/// The comparisons of ranges and points that the functions of 10.3.4.8 are made of.
///
/// A missing end lies beyond all values. Comparing values without an order refuses.
enum RangeTest {
  /// One end of a range.
  struct End {
    /// The value; nil for an end that is missing.
    let value: Value?
    let isIncluded: Bool
    /// The side on which a missing end lies.
    let isStart: Bool
  }

  static func start(_ range: ValueRange) throws(Refusal) -> End {
    try refuseInequality(range)
    return End(value: range.low, isIncluded: range.lowIncluded, isStart: true)
  }

  static func end(_ range: ValueRange) throws(Refusal) -> End {
    try refuseInequality(range)
    return End(value: range.high, isIncluded: range.highIncluded, isStart: false)
  }

  /// The order of the values of two ends, whether they are included or not.
  static func order(_ left: End, _ right: End) throws(Refusal) -> Ordering {
    switch (left.value, right.value) {
    case (let left?, let right?): return try Value.compare(left, right).orRefuse(.notComparable(left, right))
    case (nil, _?): return left.isStart ? .less : .greater
    case (_?, nil): return right.isStart ? .greater : .less
    case (nil, nil): return left.isStart == right.isStart ? .equal : left.isStart ? .less : .greater
    }
  }

  /// The order of a point and an end.
  static func order(_ point: Value, _ end: End) throws(Refusal) -> Ordering {
    try order(End(value: point, isIncluded: true, isStart: true), end)
  }

  private static func refuseInequality(_ range: ValueRange) throws(Refusal) {
    if range.form == .inequality { throw .invalid("\(range) is no range with a start and an end") }
  }
}
