internal import Values

/// The content of an at-literal: `@"2024-02-29"` (DMN 1.5, grammar rule 66, 10.3.2.3).
enum TemporalLiteral {
  /// The date, time, date and time or duration that a text writes; nil if it writes none.
  static func value(of text: String) -> Value? {
    if text.hasPrefix("P") || text.hasPrefix("-P") {
      if let duration = YearsMonthsDuration(text) { return .yearsMonthsDuration(duration) }
      return DaysTimeDuration(text).map { .daysTimeDuration($0) }
    }
    if text.utf8.contains(UInt8(ascii: "T")), let moment = CivilDateTime(text) {
      return isKnown(moment.zone, date: moment.date, time: moment.time) ? .dateTime(moment) : nil
    }
    if let date = CivilDate(text) { return .date(date) }
    guard let time = CivilTime(text), let day = CivilDate(year: 1970, month: 1, day: 1) else { return nil }
    return isKnown(time.zone, date: day, time: time) ? .time(time) : nil
  }

  private static func isKnown(_ zone: Zone?, date: CivilDate, time: CivilTime) -> Bool {
    guard let zone else { return true }
    return zone.offsetSeconds(date: date, time: time) != nil
  }
}
