internal import Values

extension BuiltIns {
  /// Boolean functions (DMN 1.5, 10.3.4.2), and `is`, which is one of two values of any kind (10.3.4.7).
  static let boolean: [BuiltIn] = [
    BuiltIn(
      "not",
      .one("negand", result: .boolean) { (negand: Bool?, _) in negand.map { .boolean(!$0) } ?? .null }),
    BuiltIn(
      "is",
      .two("value1", "value2", result: .boolean) { (left: Value, right: Value, _) in
        .boolean(left.isIdentical(to: right))
      }),
  ]
}

extension Value {
  /// Whether both are the same element of the semantic domain: unlike `=`, times are the same only where their
  /// fields are, local or with the same offset (DMN 1.5, 10.3.4.7).
  func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.time(let left), .time(let right)):
      Value.isIdentical(left, right, on: CivilDate(dayNumber: 0), CivilDate(dayNumber: 0))
    case (.dateTime(let left), .dateTime(let right)):
      left.date == right.date && Value.isIdentical(left.time, right.time, on: left.date, right.date)
    case (.yearsMonthsDuration, .daysTimeDuration), (.daysTimeDuration, .yearsMonthsDuration): false
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.context(let left), .context(let right)):
      left.count == right.count
        && left.entries.allSatisfy { right[$0.name]?.isIdentical(to: $0.value) ?? false }
    default: Value.isSame(self, other)
    }
  }

  private static func isIdentical(
    _ left: CivilTime, _ right: CivilTime, on leftDate: CivilDate, _ rightDate: CivilDate
  ) -> Bool {
    left.nanosecondOfDay == right.nanosecondOfDay
      && left.zone?.offsetSeconds(date: leftDate, time: left)
        == right.zone?.offsetSeconds(date: rightDate, time: right)
  }
}
