internal import Values

extension BuiltIns {
  /// Range functions (DMN 1.5, 10.3.4.8, Table 78), and `range`, which reads one (10.3.4.1).
  static let range: [BuiltIn] = [
    BuiltIn(
      "range",
      .one("from", result: .range(.any)) { (from: String, _) throws(Refusal) in
        .range(try RangeText.read(from).orRefuse(.unreadable(from, "range")))
      }),
    BuiltIn(
      "before", ranges { (a, b) throws(Refusal) in try isBefore(a, b) },
      pointAndRange { (point, range) throws(Refusal) in try isBefore(point, range) },
      rangeAndPoint { (range, point) throws(Refusal) in try isBefore(range, point) },
      points { (a, b) throws(Refusal) in try order(a, b) == .less }),
    BuiltIn(
      "after", ranges { (a, b) throws(Refusal) in try isBefore(b, a) },
      pointAndRange { (point, range) throws(Refusal) in try isBefore(range, point) },
      rangeAndPoint { (range, point) throws(Refusal) in try isBefore(point, range) },
      points { (a, b) throws(Refusal) in try order(a, b) == .greater }),
    BuiltIn("meets", ranges { (a, b) throws(Refusal) in try meets(a, b) }),
    BuiltIn("met by", ranges { (a, b) throws(Refusal) in try meets(b, a) }),
    BuiltIn(
      "overlaps",
      ranges { (a, b) throws(Refusal) in
        let (ahead, behind) = (try reaches(a, b), try reaches(b, a))
        return ahead && behind
      }),
    BuiltIn("overlaps before", ranges { (a, b) throws(Refusal) in try overlapsBefore(a, b) }),
    BuiltIn("overlaps after", ranges { (a, b) throws(Refusal) in try overlapsBefore(b, a) }),
    BuiltIn(
      "finishes", ranges { (a, b) throws(Refusal) in try finishes(a, b) },
      pointAndRange { (point, range) throws(Refusal) in try finishes(point, range) }),
    BuiltIn(
      "finished by", ranges { (a, b) throws(Refusal) in try finishes(b, a) },
      rangeAndPoint { (range, point) throws(Refusal) in try finishes(point, range) }),
    BuiltIn(
      "includes", ranges { (a, b) throws(Refusal) in try includes(a, b) },
      rangeAndPoint { (range, point) throws(Refusal) in try includes(range, point) }),
    BuiltIn(
      "during", ranges { (a, b) throws(Refusal) in try includes(b, a) },
      pointAndRange { (point, range) throws(Refusal) in try includes(range, point) }),
    BuiltIn(
      "starts", ranges { (a, b) throws(Refusal) in try starts(a, b) },
      pointAndRange { (point, range) throws(Refusal) in try starts(point, range) }),
    BuiltIn(
      "started by", ranges { (a, b) throws(Refusal) in try starts(b, a) },
      rangeAndPoint { (range, point) throws(Refusal) in try starts(point, range) }),
    BuiltIn(
      "coincides", ranges { (a, b) throws(Refusal) in try coincides(a, b) },
      points { (a, b) throws(Refusal) in try order(a, b) == .equal }),
  ]

  // MARK: Shapes of parameter lists

  private static func ranges(
    _ test: @escaping @Sendable (ValueRange, ValueRange) throws(Refusal) -> Bool
  ) -> Signature {
    .two("range1", "range2", result: .boolean) { (a: ValueRange, b: ValueRange, _) throws(Refusal) in
      .boolean(try test(a, b))
    }
  }

  private static func pointAndRange(
    _ test: @escaping @Sendable (Value, ValueRange) throws(Refusal) -> Bool
  ) -> Signature {
    .two("point", "range", result: .boolean) { (point: Value, range: ValueRange, _) throws(Refusal) in
      .boolean(try test(try given(point, "point"), range))
    }
  }

  private static func rangeAndPoint(
    _ test: @escaping @Sendable (ValueRange, Value) throws(Refusal) -> Bool
  ) -> Signature {
    .two("range", "point", result: .boolean) { (range: ValueRange, point: Value, _) throws(Refusal) in
      .boolean(try test(range, try given(point, "point")))
    }
  }

  private static func points(
    _ test: @escaping @Sendable (Value, Value) throws(Refusal) -> Bool
  ) -> Signature {
    .two("point1", "point2", result: .boolean) { (a: Value, b: Value, _) throws(Refusal) in
      .boolean(try test(try given(a, "point1"), try given(b, "point2")))
    }
  }

  private static func given(_ value: Value, _ parameter: String) throws(Refusal) -> Value {
    if value.isNull { throw .missing(parameter: parameter, type: .any) }
    return value
  }

  private static func order(_ left: Value, _ right: Value) throws(Refusal) -> Ordering {
    try Value.compare(left, right).orRefuse(.notComparable(left, right))
  }

  // MARK: Relations

  private static func isBefore(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (end, start) = (try RangeTest.end(a), try RangeTest.start(b))
    return switch try RangeTest.order(end, start) {
    case .less: true
    case .equal: !end.isIncluded || !start.isIncluded
    case .greater: false
    }
  }

  private static func isBefore(_ point: Value, _ range: ValueRange) throws(Refusal) -> Bool {
    let start = try RangeTest.start(range)
    let order = try RangeTest.order(point, start)
    return order == .less || (order == .equal && !start.isIncluded)
  }

  private static func isBefore(_ range: ValueRange, _ point: Value) throws(Refusal) -> Bool {
    let end = try RangeTest.end(range)
    let order = try RangeTest.order(point, end)
    return order == .greater || (order == .equal && !end.isIncluded)
  }

  private static func meets(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (end, start) = (try RangeTest.end(a), try RangeTest.start(b))
    return try RangeTest.order(end, start) == .equal && end.isIncluded && start.isIncluded
  }

  /// Whether the end of the first range lies at or behind the start of the second.
  private static func reaches(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (end, start) = (try RangeTest.end(a), try RangeTest.start(b))
    return switch try RangeTest.order(end, start) {
    case .greater: true
    case .equal: end.isIncluded && start.isIncluded
    case .less: false
    }
  }

  private static func overlapsBefore(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (aStart, aEnd) = (try RangeTest.start(a), try RangeTest.end(a))
    let (bStart, bEnd) = (try RangeTest.start(b), try RangeTest.end(b))
    let starts = try RangeTest.order(aStart, bStart)
    let ends = try RangeTest.order(aEnd, bEnd)
    let reaches = try reaches(a, b)
    return (starts == .less || (starts == .equal && aStart.isIncluded && !bStart.isIncluded)) && reaches
      && (ends == .less || (ends == .equal && (!aEnd.isIncluded || bEnd.isIncluded)))
  }

  private static func finishes(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (aEnd, bEnd) = (try RangeTest.end(a), try RangeTest.end(b))
    guard try RangeTest.order(aEnd, bEnd) == .equal, aEnd.isIncluded == bEnd.isIncluded else { return false }
    let (aStart, bStart) = (try RangeTest.start(a), try RangeTest.start(b))
    let order = try RangeTest.order(aStart, bStart)
    return order == .greater || (order == .equal && (!aStart.isIncluded || bStart.isIncluded))
  }

  private static func finishes(_ point: Value, _ range: ValueRange) throws(Refusal) -> Bool {
    let end = try RangeTest.end(range)
    return try RangeTest.order(point, end) == .equal && end.isIncluded
  }

  private static func starts(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (aStart, bStart) = (try RangeTest.start(a), try RangeTest.start(b))
    guard try RangeTest.order(aStart, bStart) == .equal, aStart.isIncluded == bStart.isIncluded else {
      return false
    }
    let (aEnd, bEnd) = (try RangeTest.end(a), try RangeTest.end(b))
    let order = try RangeTest.order(aEnd, bEnd)
    return order == .less || (order == .equal && (!aEnd.isIncluded || bEnd.isIncluded))
  }

  private static func starts(_ point: Value, _ range: ValueRange) throws(Refusal) -> Bool {
    let start = try RangeTest.start(range)
    return try RangeTest.order(point, start) == .equal && start.isIncluded
  }

  private static func includes(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (aStart, aEnd) = (try RangeTest.start(a), try RangeTest.end(a))
    let (bStart, bEnd) = (try RangeTest.start(b), try RangeTest.end(b))
    let starts = try RangeTest.order(aStart, bStart)
    let ends = try RangeTest.order(aEnd, bEnd)
    return (starts == .less || (starts == .equal && (aStart.isIncluded || !bStart.isIncluded)))
      && (ends == .greater || (ends == .equal && (aEnd.isIncluded || !bEnd.isIncluded)))
  }

  private static func includes(_ range: ValueRange, _ point: Value) throws(Refusal) -> Bool {
    let (start, end) = (try RangeTest.start(range), try RangeTest.end(range))
    let (fromStart, fromEnd) = (try RangeTest.order(point, start), try RangeTest.order(point, end))
    return (fromStart == .greater || (fromStart == .equal && start.isIncluded))
      && (fromEnd == .less || (fromEnd == .equal && end.isIncluded))
  }

  private static func coincides(_ a: ValueRange, _ b: ValueRange) throws(Refusal) -> Bool {
    let (aStart, aEnd) = (try RangeTest.start(a), try RangeTest.end(a))
    let (bStart, bEnd) = (try RangeTest.start(b), try RangeTest.end(b))
    let (starts, ends) = (try RangeTest.order(aStart, bStart), try RangeTest.order(aEnd, bEnd))
    return starts == .equal && aStart.isIncluded == bStart.isIncluded
      && ends == .equal && aEnd.isIncluded == bEnd.isIncluded
  }
}
