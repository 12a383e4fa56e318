public import Facts
public import Values

/// The public holidays of a country, computed by code that shares nothing with the calendar of the policy.
public struct DebtCalendar: Hashable, Sendable {
  /// How a holiday is told.
  enum Rule: Hashable, Sendable {
    case fixed(DayOfYear)
    case easter(Int)
    case weekday(Int, number: Int, month: Int)
    case once(CivilDate)
  }

  struct Holiday: Hashable, Sendable {
    let rule: Rule
    let movesFromWeekend: Bool
    let years: ClosedRange<Int>
  }

  let holidays: [Holiday]

  /// The holidays of a year, also those on weekends, and the days that are free in their stead.
  public func holidays(of year: Int) -> Set<CivilDate> {
    // A holiday at the end of December may be made good in January.
    var all: Set<CivilDate> = []
    var moving: [CivilDate] = []
    for year in year - 1...year + 1 {
      for holiday in holidays {
        guard let date = holiday.date(in: year) else { continue }
        all.insert(date)
        if holiday.movesFromWeekend, date.isoWeekday >= 6 { moving.append(date) }
      }
    }
    let proper = all
    for date in moving {
      for ahead in 1...30 {
        guard let day = date.adding(days: ahead), day.isoWeekday < 6, !proper.contains(day) else { continue }
        all.insert(day)
        break
      }
    }
    return all.filter { $0.year == year }
  }

  /// Easter Sunday of a year from 1583 to 9999, by the method of Gauss as Lichtenberg amended it in 1997.
  public static func easterSunday(of year: Int) -> CivilDate? {
    guard (1583...9999).contains(year) else { return nil }
    let century = year / 100
    let secular = (3 * century + 3) / 4
    let moon = 15 + secular - (8 * century + 13) / 25
    let golden = year % 19
    let seed = (19 * golden + moon) % 30
    let fullMoon = 21 + seed - (seed + golden / 11) / 29
    let firstSunday = 7 - (year + year / 4 + 2 - secular) % 7
    let wait = 7 - ((fullMoon - firstSunday) % 7 + 7) % 7
    return CivilDate(year: year, month: 3, day: 1)?.adding(days: fullMoon + wait - 1)
  }
}

extension DebtCalendar.Holiday {
  func date(in year: Int) -> CivilDate? {
    guard years.contains(year) else { return nil }
    switch rule {
    case .fixed(let day): return CivilDate(year: year, month: day.month, day: day.day)
    case .once(let date): return date.year == year ? date : nil
    case .easter(let offset): return DebtCalendar.easterSunday(of: year)?.adding(days: offset)
    case .weekday(let weekday, let number, let month):
      var found = 0
      for day in 1...31 {
        guard let date = CivilDate(year: year, month: month, day: day), date.isoWeekday == weekday else {
          continue
        }
        found += 1
        if found == number { return date }
      }
      return nil
    }
  }
}

/// The holidays of every country that there is a file of.
public struct DebtCalendars: Hashable, Sendable {
  let calendars: [Jurisdiction: DebtCalendar]

  /// The calendar of a country; nil where none is known, and then no working day can be counted.
  public subscript(jurisdiction: Jurisdiction) -> DebtCalendar? { calendars[jurisdiction] }
}
