internal import Values

extension BuiltIns {
  /// Conversion functions (DMN 1.5, 10.3.4.1).
  static let conversion: [BuiltIn] = [
    BuiltIn(
      "date",
      .one("from", result: .date) { (from: String, _) throws(Refusal) in
        .date(try TemporalText.date(from).orRefuse(.unreadable(from, "date")))
      },
      .one("from", result: .date) { (from: CivilDate, _) in .date(from) },
      .one("from", result: .date) { (from: CivilDateTime, _) in .date(from.date) },
      .three("year", "month", "day", result: .date) {
        (year: Decimal, month: Decimal, day: Decimal, _) throws(Refusal) in
        guard let year = year.integer(), let month = month.integer(), let day = day.integer(),
          let date = CivilDate(year: year, month: month, day: day)
        else { throw .invalid("there is no day \(day) of month \(month) in the year \(year)") }
        return .date(date)
      }),
    BuiltIn(
      "date and time",
      .one("from", result: .dateTime) { (from: String, _) throws(Refusal) in
        .dateTime(try TemporalText.dateTime(from).orRefuse(.unreadable(from, "date and time")))
      },
      .two("date", "time", result: .dateTime) { (date: CivilDate, time: CivilTime, _) in
        .dateTime(CivilDateTime(date: date, time: time))
      },
      .two("date", "time", result: .dateTime) { (date: CivilDateTime, time: CivilTime, _) in
        .dateTime(CivilDateTime(date: date.date, time: time))
      }),
    BuiltIn(
      "time",
      .one("from", result: .time) { (from: String, _) throws(Refusal) in
        .time(try TemporalText.time(from).orRefuse(.unreadable(from, "time")))
      },
      .one("from", result: .time) { (from: CivilTime, _) in .time(from) },
      .one("from", result: .time) { (from: CivilDateTime, _) in .time(from.time) },
      .four("hour", "minute", "second", "offset", result: .time) {
        (hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTimeDuration?, _) throws(Refusal) in
        .time(try time(hour, minute, second, offset))
      }),
    BuiltIn(
      "number",
      .three("from", "grouping separator", "decimal separator", result: .number) {
        (from: String, grouping: String?, decimal: String?, _) throws(Refusal) in
        .number(try number(from, grouping: grouping, decimal: decimal))
      }),
    BuiltIn(
      "string",
      .one("from", result: .string) { (from: Value, evaluation) throws(Refusal) in
        switch from {
        case .null: return .null
        case .string: return from
        default:
          var text = ValueText(limit: evaluation.limits.stringLength)
          guard text.write(from) else { throw .sizeLimit(evaluation.limits.stringLength) }
          return .string(text.result)
        }
      }),
    BuiltIn(
      "duration",
      .one("from") { (from: String, _) throws(Refusal) in
        try TemporalText.duration(from).orRefuse(.unreadable(from, "duration"))
      },
      .one("from") { (from: DaysTimeDuration, _) in .daysTimeDuration(from) },
      .one("from") { (from: YearsMonthsDuration, _) in .yearsMonthsDuration(from) }),
    BuiltIn(
      "years and months duration",
      .two("from", "to", result: .yearsMonthsDuration) { (from: CivilDate, to: CivilDate, _) in
        months(from, to)
      },
      .two("from", "to", result: .yearsMonthsDuration) { (from: CivilDateTime, to: CivilDateTime, _) in
        months(from.date, to.date)
      },
      .two("from", "to", result: .yearsMonthsDuration) { (from: CivilDate, to: CivilDateTime, _) in
        months(from, to.date)
      },
      .two("from", "to", result: .yearsMonthsDuration) { (from: CivilDateTime, to: CivilDate, _) in
        months(from.date, to)
      }),
  ]

  private static func months(_ from: CivilDate, _ to: CivilDate) -> Value {
    .yearsMonthsDuration(YearsMonthsDuration(months: from.wholeMonths(until: to)))
  }

  private static func time(
    _ hour: Decimal, _ minute: Decimal, _ second: Decimal, _ offset: DaysTimeDuration?
  ) throws(Refusal) -> CivilTime {
    let whole = second.rounded(scale: 0, .floor)
    let fraction = whole.map { second - $0 }?.multiplied(by: Decimal(1_000_000_000))?.rounded(scale: 0, .down)
    if let offset, offset.nanoseconds != 0 { throw .invalid("the offset must be of whole seconds") }
    guard let hour = hour.integer(), let minute = minute.integer(), let second = whole?.integer(),
      let nanosecond = fraction?.integer(),
      let time = CivilTime(
        hour: hour, minute: minute, second: second, nanosecond: nanosecond,
        zone: offset.map { .offset(seconds: $0.seconds) })
    else { throw .invalid("there is no such time or offset") }
    return time
  }

  private static func number(
    _ text: String, grouping: String?, decimal: String?
  ) throws(Refusal) -> Decimal {
    guard grouping == nil || grouping == " " || grouping == "," || grouping == "." else {
      throw .invalid("the grouping separator must be a space, a comma or a full stop")
    }
    guard decimal == nil || decimal == "," || decimal == "." else {
      throw .invalid("the decimal separator must be a comma or a full stop")
    }
    if let decimal, decimal == grouping { throw .invalid("the two separators must differ") }
    var plain = text.unicodeScalars.filter { String($0) != grouping }
    if decimal == "," {
      // What stands for itself in the text must not be taken for the decimal separator.
      guard !plain.contains(".") else { throw .unreadable(text, "number") }
      plain = String.UnicodeScalarView(plain.map { $0 == "," ? "." : $0 })
    }
    return try Decimal(String(plain)).orRefuse(.unreadable(text, "number"))
  }
}

extension Refusal {
  /// A string that does not read as a value of the kind.
  static func unreadable(_ text: String, _ kind: String) -> Refusal {
    .invalid("'\(String(text.unicodeScalars.prefix(60)))' is not a \(kind)")
  }
}
