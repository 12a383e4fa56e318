internal import Values

/// Dates, times and durations as FEEL writes them in strings (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8).
enum TemporalText {
  /// Reads `2024-02-29`.
  static func date(_ text: String) -> CivilDate? { CivilDate(text) }

  /// Reads `08:30:00`, with an offset or a region that is known; `24:00:00` is midnight.
  static func time(_ text: String) -> CivilTime? {
    guard let time = CivilTime(text) ?? endOfDay(text), time.zone?.isKnown ?? true else { return nil }
    return time
  }

  /// Reads a date with a time, or a date alone, which is its midnight; `24:00:00` is midnight of the next day.
  static func dateTime(_ text: String) -> CivilDateTime? {
    if let value = CivilDateTime(text) { return value.time.zone?.isKnown ?? true ? value : nil }
    if let date = CivilDate(text) { return CivilDateTime(date: date, time: .midnight) }
    guard let separator = text.utf8.firstIndex(of: UInt8(ascii: "T")),
      let date = CivilDate(text[..<separator]),
      let time = endOfDay(String(text[text.utf8.index(after: separator)...])), time.zone?.isKnown ?? true,
      let next = date.adding(days: 1)
    else { return nil }
    return CivilDateTime(date: next, time: time)
  }

  /// Reads a duration of either kind.
  static func duration(_ text: String) -> Value? {
    if let value = YearsMonthsDuration(text) { return .yearsMonthsDuration(value) }
    if let value = DaysTimeDuration(text) { return .daysTimeDuration(value) }
    return nil
  }

  /// Reads what stands in an at-literal, `@"2024-02-29"` (grammar rule 62).
  static func literal(_ text: String) -> Value? {
    if let value = CivilDate(text) { return .date(value) }
    if let value = time(text) { return .time(value) }
    if let value = dateTime(text) { return .dateTime(value) }
    return duration(text)
  }

  /// Reads `24:00:00` with or without a fraction of nothing and a zone, as midnight (XML Schema part 2, 3.3.8).
  private static func endOfDay(_ text: String) -> CivilTime? {
    guard text.hasPrefix("24:00:00"), let time = CivilTime("00" + text.dropFirst(2)) else { return nil }
    return time.nanosecondOfDay == 0 ? time : nil
  }
}
