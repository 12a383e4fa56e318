import Values

/// A public holiday by law: on which day of which years.
public struct Holiday: Hashable, Sendable {
  /// How its day is told.
  public enum Day: Hashable, Sendable {
    /// The same day of every year.
    case fixed(month: Int, day: Int)
    /// So many days after Easter Sunday, or before it.
    case easter(offset: Int)
    /// The weekday (1 is Monday) of a month, counted from 1.
    case weekday(Int, number: Int, month: Int)
    /// One day alone.
    case once(CivilDate)
  }

  /// What it is called.
  public let name: String
  /// Its day.
  public let day: Day
  /// Whether the next working day is a holiday too where it falls on a weekend.
  public let movesFromWeekend: Bool
  /// The first year of the law; nil for always.
  public let firstYear: Int?
  /// The last year of the law; nil while it holds.
  public let lastYear: Int?

  /// Describes a holiday.
  public init(
    _ name: String, _ day: Day, movesFromWeekend: Bool = false, firstYear: Int? = nil, lastYear: Int? = nil
  ) {
    self.name = name
    self.day = day
    self.movesFromWeekend = movesFromWeekend
    self.firstYear = firstYear
    self.lastYear = lastYear
  }

  /// The day of a year; nil where that year has none.
  func date(in year: Int) -> CivilDate? {
    if let firstYear, year < firstYear { return nil }
    if let lastYear, year > lastYear { return nil }
    switch day {
    case .fixed(let month, let day): return CivilDate(year: year, month: month, day: day)
    case .easter(let offset): return Easter.sunday(of: year)?.adding(days: offset)
    case .weekday(let weekday, let number, let month):
      guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
      let ahead = ((weekday - first.isoWeekday) % 7 + 7) % 7
      return first.adding(days: ahead + 7 * (number - 1)).flatMap { $0.month == month ? $0 : nil }
    case .once(let date): return date.year == year ? date : nil
    }
  }
}
