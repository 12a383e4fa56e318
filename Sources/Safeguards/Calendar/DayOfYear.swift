import Values

/// A day of every year.
public struct DayOfYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The month, 1...12.
  public let month: Int
  /// The day of the month.
  public let day: Int

  /// The day written as in `05-04`; nil where no year, not even a leap year, has it.
  init?(_ text: String) {
    guard text.utf8.count == 5, let date = CivilDate("2024-" + text) else { return nil }
    month = date.month
    day = date.day
  }

  /// The day of the year that a date is.
  init(_ date: CivilDate) {
    month = date.month
    day = date.day
  }

  /// As in `05-04`.
  public var description: String { "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

  /// Orders the days of a year.
  public static func < (left: DayOfYear, right: DayOfYear) -> Bool {
    (left.month, left.day) < (right.month, right.day)
  }
}

/// A part of every year, both days within; it may go over the turn of the year.
public struct Season: Hashable, Sendable {
  /// The first day.
  public let from: DayOfYear
  /// The last day.
  public let until: DayOfYear

  /// Whether a date lies in it.
  public func contains(_ date: CivilDate) -> Bool {
    let day = DayOfYear(date)
    return from <= until ? from <= day && day <= until : day >= from || day <= until
  }
}
