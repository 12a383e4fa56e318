internal import Values

extension BuiltIns {
  /// Functions of the calendar and of the clock (DMN 1.5, 10.3.4.9 and 10.3.4.13).
  static let temporal: [BuiltIn] = [
    ofDate("day of year", result: .number) { .number(Decimal($0.dayOfYear)) },
    ofDate("day of week", result: .string) { .string(weekdays[$0.isoWeekday - 1]) },
    ofDate("month of year", result: .string) { .string(months[$0.month - 1]) },
    ofDate("week of year", result: .number) { .number(Decimal($0.isoWeek)) },
    BuiltIn(
      "now",
      .none(result: .dateTime) { (evaluation) throws(Refusal) in .dateTime(try now(evaluation)) }),
    BuiltIn(
      "today",
      .none(result: .date) { (evaluation) throws(Refusal) in .date(try now(evaluation).date) }),
  ]

  private static func now(_ evaluation: Evaluation) throws(Refusal) -> CivilDateTime {
    try evaluation.now.orRefuse(.invalid("this evaluation was given no clock"))
  }

  private static func ofDate(
    _ name: String, result: FEELType, _ body: @escaping @Sendable (CivilDate) -> Value
  ) -> BuiltIn {
    BuiltIn(
      name, .one("date", result: result) { (date: CivilDate, _) in body(date) },
      .one("date", result: result) { (value: CivilDateTime, _) in body(value.date) })
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
