internal import Values

/// How two values stand to each other.
public enum Ordering: Sendable, Hashable {
  case less
  case equal
  case greater
}

extension Value {
  /// The order of two values of one kind, or nil where FEEL defines none (DMN 1.5, 10.3.2.13.2 and Table 44).
  public static func compare(_ left: Value, _ right: Value) -> Ordering? {
    // The kinds that are compared most, before a switch over both, which copies them.
    switch left {
    case .number(let left): if case .number(let right) = right { return order(left, right) }
    case .date(let left): if case .date(let right) = right { return order(left, right) }
    default: break
    }
    switch (left, right) {
    case (.string(let left), .string(let right)): return orderStrings(left, right)
    case (.time(let left), .time(let right)):
      guard (left.zone == nil) == (right.zone == nil) else { return nil }
      return order(left.timePoint, right.timePoint)
    case (.dateTime(let left), .dateTime(let right)):
      guard (left.time.zone == nil) == (right.time.zone == nil) else { return nil }
      return order(left.timePoint, right.timePoint)
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)):
      return order(left.months, right.months)
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)):
      return order(
        TimePoint(seconds: left.seconds, nanoseconds: left.nanoseconds),
        TimePoint(seconds: right.seconds, nanoseconds: right.nanoseconds))
    default: return nil
    }
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Ordering {
    left < right ? .less : left == right ? .equal : .greater
  }

  /// By code point, which is the order of the UTF-8 bytes too.
  private static func orderStrings(_ left: String, _ right: String) -> Ordering {
    if left.utf8.elementsEqual(right.utf8) { return .equal }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
  }
}

extension ValueRange {
  /// Whether a value lies in the range; nil where an end cannot be compared with it.
  public func contains(_ value: Value) -> Bool? {
    if form == .inequality {
      guard let point = low else { return nil }
      return Value.feelEquals(value, point).map { !$0 }
    }
    if form == .equality {
      guard let point = low else { return nil }
      return Value.feelEquals(value, point)
    }
    // The end that a comparison leaves open bounds nothing; an end of an interval that is null is not known.
    var unknown = form == .interval && (low == nil || high == nil)
    if let low {
      switch Value.compare(value, low) {
      case nil: unknown = true
      case .less?: return false
      case .equal?: if !lowIncluded { return false }
      case .greater?: break
      }
    }
    if let high {
      switch Value.compare(value, high) {
      case nil: unknown = true
      case .greater?: return false
      case .equal?: if !highIncluded { return false }
      case .less?: break
      }
    }
    return unknown ? nil : true
  }
}
