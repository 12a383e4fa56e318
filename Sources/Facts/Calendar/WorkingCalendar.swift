import Values

/// Which days a country works: Monday to Friday, its public holidays excepted.
public struct WorkingCalendar: Hashable, Sendable {
  /// The holidays by law, in the order of the law.
  public let holidays: [Holiday]

  /// A calendar with holidays; without any, only weekends are free.
  public init(holidays: [Holiday] = []) {
    self.holidays = holidays
  }

  /// The free days of a year by law, in the order of the year; also those on a weekend, and those that follow one.
  ///
  /// A day that two holidays share stands once for each.
  public func days(of year: Int) -> [(date: CivilDate, name: String)] {
    guard CivilDate.years.contains(year) else { return [] }
    var days: [(date: CivilDate, name: String)] = []
    // A holiday of the last days of December may move into the next year, one of January may lie in the year before.
    for candidate in [year - 1, year, year + 1] {
      for holiday in holidays {
        guard let date = holiday.date(in: candidate) else { continue }
        days.append((date, holiday.name))
      }
    }
    let free = Set(days.map(\.date))
    for holiday in holidays where holiday.movesFromWeekend {
      for candidate in [year - 1, year] {
        guard let date = holiday.date(in: candidate), date.isoWeekday > 5 else { continue }
        var next = date
        while next.isoWeekday > 5 || free.contains(next), let day = next.adding(days: 1) { next = day }
        days.append((next, holiday.name))
      }
    }
    return days.filter { $0.date.year == year }.sorted { ($0.date, $0.name) < ($1.date, $1.name) }
  }

  /// Whether a day is one on which people work.
  public func isWorkingDay(_ date: CivilDate) -> Bool {
    date.isoWeekday <= 5 && !days(of: date.year).contains { $0.date == date }
  }

  /// How many working days there are after a day, up to another and with it; counted no further than the most asked for.
  public func workingDays(after start: CivilDate, through end: CivilDate, most: Int) -> Int {
    var (days, count) = (WorkingDays(self, after: start), 0)
    while count < most, let day = days.next(), day <= end { count += 1 }
    return count
  }

  /// The day that is so many working days after another, which does not count itself; nil beyond the end of the calendar.
  ///
  /// With none, the day itself. More than a hundred thousand, four centuries, are as many as that.
  public func adding(workingDays: Int, to start: CivilDate) -> CivilDate? {
    var (days, last) = (WorkingDays(self, after: start), start)
    for _ in 0..<max(0, min(workingDays, 100_000)) {
      guard let day = days.next() else { return nil }
      last = day
    }
    return last
  }

  /// The working days after a day, in order; the holidays of a year are looked up once.
  private struct WorkingDays: IteratorProtocol {
    private let calendar: WorkingCalendar
    private var day: CivilDate
    private var year: (number: Int, free: Set<CivilDate>)?

    init(_ calendar: WorkingCalendar, after start: CivilDate) {
      self.calendar = calendar
      day = start
    }

    mutating func next() -> CivilDate? {
      while let next = day.adding(days: 1) {
        day = next
        guard day.isoWeekday <= 5 else { continue }
        if year?.number != day.year { year = (day.year, Set(calendar.days(of: day.year).map(\.date))) }
        if year?.free.contains(day) == false { return day }
      }
      return nil
    }
  }
}
