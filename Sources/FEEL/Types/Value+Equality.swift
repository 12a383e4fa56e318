internal import Values

extension Value {
  /// What `=` answers (DMN 1.5, 10.3.2.13.1 and Table 42): nil, meaning null, where the kinds differ.
  ///
  /// Null equals null and nothing else. Contexts are equal whatever the order of their entries. Times are compared
  /// by their value functions (10.3.2.3.5 and .7), which count whole seconds.
  public static func feelEquals(_ left: Value, _ right: Value) -> Bool? {
    // The kinds that are compared most, before a switch over both, which copies them.
    switch left {
    case .null: return right.isNull
    case .number(let left): if case .number(let right) = right { return left == right }
    case .date(let left): if case .date(let right) = right { return left == right }
    case .boolean(let left): if case .boolean(let right) = right { return left == right }
    default: break
    }
    switch (left, right) {
    case (_, .null): return false
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)):
      return hasSameBytes(left, right)
    case (.date(let left), .date(let right)): return left == right
    case (.time(let left), .time(let right)):
      return (left.zone == nil) == (right.zone == nil) && left.timePoint.seconds == right.timePoint.seconds
    case (.dateTime(let left), .dateTime(let right)):
      return (left.time.zone == nil) == (right.time.zone == nil)
        && left.timePoint.seconds == right.timePoint.seconds
    case (.yearsMonthsDuration(let left), .yearsMonthsDuration(let right)): return left == right
    case (.daysTimeDuration(let left), .daysTimeDuration(let right)): return left == right
    case (.yearsMonthsDuration(let months), .daysTimeDuration(let time)),
      (.daysTimeDuration(let time), .yearsMonthsDuration(let months)):
      // Only the zero lengths of both kinds are the same length.
      return months.months == 0 && time.seconds == 0 && time.nanoseconds == 0 ? true : nil
    case (.list(let left), .list(let right)): return equalLists(left, right)
    case (.context(let left), .context(let right)): return equalContexts(left, right)
    case (.range(let left), .range(let right)): return equalRanges(left, right)
    case (.function(let left), .function(let right)): return left == right
    default: return nil
    }
  }

  /// Equality by code point: Swift's == holds canonically equivalent strings to be equal.
  private static func hasSameBytes(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let isSame = left.utf8.withContiguousStorageIfAvailable { left in
      right.utf8.withContiguousStorageIfAvailable { right in left.elementsEqual(right) }
    }
    return (isSame ?? nil) ?? left.utf8.elementsEqual(right.utf8)
  }

  private static func equalLists(_ left: [Value], _ right: [Value]) -> Bool? {
    guard left.count == right.count else { return false }
    for (left, right) in zip(left, right) where feelEquals(left, right) != true { return false }
    return true
  }

  private static func equalContexts(_ left: Context, _ right: Context) -> Bool? {
    guard left.count == right.count else { return false }
    for (name, value) in zip(left.shape.names, left.values) {
      guard let other = right[name], feelEquals(value, other) == true else { return false }
    }
    return true
  }

  private static func equalRanges(_ left: ValueRange, _ right: ValueRange) -> Bool? {
    guard left.form == right.form, left.lowIncluded == right.lowIncluded,
      left.highIncluded == right.highIncluded
    else { return false }
    return feelEquals(left.low ?? .null, right.low ?? .null) == true
      && feelEquals(left.high ?? .null, right.high ?? .null) == true
  }

  /// Whether both are the same element of the semantic domain, which is what `is()` and lists of distinct values ask.
  public static func isSame(_ left: Value, _ right: Value) -> Bool { feelEquals(left, right) == true }
}
