import Testing
import Values

@testable import Facts

/// Easter, holidays of every kind, and counting of working days against a naive count.
@Suite struct WorkingCalendarTests {
  /// From the tables of the dates of Easter; the first four are the extremes and near-extremes of the calendar.
  @Test(arguments: [
    "1818-03-22", "1886-04-25", "1943-04-25", "2038-04-25", "2000-04-23", "2018-04-01", "2019-04-21",
    "2020-04-12",
    "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
    "2028-04-16", "2029-04-01", "2030-04-21", "2285-03-22",
  ])
  func easterIsWhereTheTablesHaveIt(_ text: String) throws {
    let date = try #require(CivilDate(text))
    #expect(Easter.sunday(of: date.year) == date)
  }

  /// Gauss's method with its two exceptions, told in another way than the one that is used.
  @Test func easterAgreesWithGauss() throws {
    for year in 1583...4000 {
      let century = year / 100
      let lunar = (15 - (13 + 8 * century) / 25 + century - century / 4) % 30
      let solar = (4 + century - century / 4) % 7
      let epact = (19 * (year % 19) + lunar) % 30
      let weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * epact + solar) % 7
      var afterMarch = 22 + epact + weekday
      if epact == 29, weekday == 6 { afterMarch = 50 }
      if epact == 28, weekday == 6, (11 * lunar + 11) % 30 < 19 { afterMarch = 49 }
      let expected = CivilDate(year: year, month: 3, day: 1)?.adding(days: afterMarch - 1)
      #expect(Easter.sunday(of: year) == expected)
      #expect(Easter.sunday(of: year)?.isoWeekday == 7)
    }
  }

  @Test func easterOfAnyYearIsASundayOrNone() {
    for year in [0, -1, -4713, 999_999_999, -999_999_999] {
      #expect(Easter.sunday(of: year)?.isoWeekday == 7)
      #expect(Easter.sunday(of: year)?.year == year)
    }
    for year in [Int.max, Int.min, 1_000_000_000] { #expect(Easter.sunday(of: year) == nil) }
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test func aHolidayOnAWeekendMovesWhereTheLawSaysSo() throws {
    let moving = WorkingCalendar(holidays: [
      Holiday("May", .fixed(month: 5, day: 4), movesFromWeekend: true)
    ])
    let staying = WorkingCalendar(holidays: [Holiday("May", .fixed(month: 5, day: 4))])
    // 2024: a Saturday; 2025: a Sunday; 2026: a Monday.
    for (holiday, monday) in [("2024-05-04", "2024-05-06"), ("2025-05-04", "2025-05-05")] {
      #expect(!moving.isWorkingDay(try date(holiday)))
      #expect(!moving.isWorkingDay(try date(monday)))
      #expect(staying.isWorkingDay(try date(monday)))
    }
    #expect(!moving.isWorkingDay(try date("2026-05-04")))
    #expect(moving.isWorkingDay(try date("2026-05-05")))
  }

  @Test func aMovedHolidayGoesPastOtherHolidaysAndTheEndOfTheYear() throws {
    let calendar = WorkingCalendar(holidays: [
      Holiday("Last", .fixed(month: 12, day: 31), movesFromWeekend: true),
      Holiday("First", .fixed(month: 1, day: 1)), Holiday("Second", .fixed(month: 1, day: 2)),
    ])
    // 31 December 2022 was a Saturday; Sunday and Monday are holidays of their own, so Tuesday is free.
    #expect(!calendar.isWorkingDay(try date("2023-01-03")))
    #expect(calendar.isWorkingDay(try date("2023-01-04")))
    #expect(calendar.days(of: 2023).map(\.name) == ["First", "Second", "Last", "Last"])
  }

  @Test func holidaysOfOneYearAndOfAWeekday() throws {
    let calendar = WorkingCalendar(holidays: [
      Holiday("Visit", .once(try date("2018-09-24"))),
      Holiday("Second Friday of May", .weekday(5, number: 2, month: 5)),
      Holiday("Fifth Monday of February", .weekday(1, number: 5, month: 2)),
      Holiday("Leap day", .fixed(month: 2, day: 29)),
      Holiday("New", .fixed(month: 7, day: 1), firstYear: 2025),
      Holiday("Gone", .fixed(month: 7, day: 2), lastYear: 2024),
    ])
    #expect(!calendar.isWorkingDay(try date("2018-09-24")))
    #expect(calendar.isWorkingDay(try date("2019-09-24")))
    #expect(
      calendar.days(of: 2026).map { "\($0.date) \($0.name)" } == [
        "2026-05-08 Second Friday of May", "2026-07-01 New",
      ])
    #expect(calendar.days(of: 2024).map(\.date.description) == ["2024-02-29", "2024-05-10", "2024-07-02"])
    // The one leap year in twenty-eight that has five Mondays in February.
    #expect(calendar.days(of: 2044).map(\.date.description).first == "2044-02-29")
  }

  @Test func workingDaysAreCountedAfterTheDay() throws {
    let weekends = WorkingCalendar()
    for (start, days, expected) in [
      ("2026-06-05", 0, "2026-06-05"), ("2026-06-06", 0, "2026-06-06"), ("2026-06-05", 1, "2026-06-08"),
      ("2026-06-06", 1, "2026-06-08"), ("2026-06-05", 5, "2026-06-12"), ("2026-06-05", -3, "2026-06-05"),
    ] {
      #expect(weekends.adding(workingDays: days, to: try date(start)) == (try date(expected)))
    }
    #expect(weekends.adding(workingDays: 1, to: .latest) == nil)
    #expect(weekends.adding(workingDays: Int.max, to: try date("2026-06-05")) != nil)
    #expect(weekends.isWorkingDay(.latest) == (CivilDate.latest.isoWeekday < 6))
    #expect(weekends.days(of: Int.min / 2).isEmpty)
  }

  /// Many starts and counts against asking day by day.
  @Test func countingAgreesWithAskingDayByDay() throws {
    let calendar = WorkingCalendar(holidays: [
      Holiday("A", .easter(offset: -2)), Holiday("B", .fixed(month: 12, day: 25), movesFromWeekend: true),
      Holiday("C", .fixed(month: 1, day: 1), movesFromWeekend: true),
      Holiday("D", .weekday(3, number: 1, month: 6)),
    ])
    let first = try date("2023-11-20").dayNumber
    for start in stride(from: first, to: first + 1200, by: 13) {
      for count in [1, 2, 5, 10, 23] {
        var day = CivilDate(dayNumber: start)
        var left = count
        while left > 0 {
          day = try #require(day.adding(days: 1))
          if calendar.isWorkingDay(day) { left -= 1 }
        }
        #expect(calendar.adding(workingDays: count, to: CivilDate(dayNumber: start)) == day)
      }
    }
  }
}
