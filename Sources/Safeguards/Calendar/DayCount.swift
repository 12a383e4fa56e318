import Values

/// So many days after an event, whose own day is not counted.
public struct DayCount: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    /// Every day.
    case calendar
    /// Days on which people work: no Saturdays, Sundays and public holidays.
    case working
  }

  /// From when something may be done.
  public enum Counting: String, CaseIterable, Hashable, Sendable {
    /// On the last day counted.
    case after
    /// On the day after it, since what is done on the last day is still in time.
    case afterLastDay
  }

  /// How many.
  public let days: Int
  /// What is counted.
  public let unit: Unit
  /// From when something may be done.
  public let counting: Counting

  /// The most days that are counted.
  static let most = 3660

  /// Describes a count.
  public init(days: Int, unit: Unit, counting: Counting) {
    self.days = days
    self.unit = unit
    self.counting = counting
  }

  /// The first day on which something may be done; nil beyond the last day of all.
  ///
  /// The holidays are asked for days from the event on alone.
  func earliest(after event: CivilDate, isHoliday: (CivilDate) -> Bool) -> CivilDate? {
    var day = event
    switch unit {
    case .calendar:
      guard let last = event.adding(days: days) else { return nil }
      day = last
    case .working:
      var left = days
      while left > 0 {
        guard let next = day.adding(days: 1) else { return nil }
        day = next
        if day.isoWeekday < 6, !isHoliday(day) { left -= 1 }
      }
    }
    return counting == .after ? day : day.adding(days: 1)
  }
}
