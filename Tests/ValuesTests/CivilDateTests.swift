import TestSupport
import Testing
import Values

@Suite struct CivilDateTests {
  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "\(text)") }

  /// Walks day by day, counting with the rule of leap years alone.
  @Test(arguments: [-400...(-398), -5...5, 1599...1601, 1899...1905, 1968...2042, 9998...10_001])
  func everyDayOfAnEra(years: ClosedRange<Int>) throws {
    var number = try #require(CivilDate(year: years.lowerBound, month: 1, day: 1)).dayNumber
    for year in years {
      var dayOfYear = 1
      for month in 1...12 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        #expect(CivilDate.daysInMonth(year: year, month: month) == length)
        for day in 1...length {
          let date = try #require(CivilDate(year: year, month: month, day: day))
          guard date.dayNumber == number, CivilDate(dayNumber: number) == date, date.dayOfYear == dayOfYear,
            CivilDate(date.description) == date
          else {
            Issue.record("\(date) \(number)")
            return
          }
          number += 1
          dayOfYear += 1
        }
        #expect(CivilDate(year: year, month: month, day: length + 1) == nil)
      }
    }
  }

  @Test func knownDayNumbers() throws {
    #expect(try date("1970-01-01").dayNumber == 0)
    #expect(try date("2000-03-01").dayNumber == 11_017)
    #expect(try date("0001-01-01").dayNumber == -719_162)
    #expect(CivilDate(dayNumber: Int.max) == CivilDate.latest)
    #expect(CivilDate(dayNumber: Int.min) == CivilDate.earliest)
    #expect(CivilDate(dayNumber: CivilDate.earliest.dayNumber) == CivilDate.earliest)
    #expect(CivilDate(dayNumber: CivilDate.latest.dayNumber) == CivilDate.latest)
    #expect(CivilDate(dayNumber: CivilDate.latest.dayNumber - 1).description == "999999999-12-30")
    var random = SeededGenerator(seed: 7)
    let range = CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber
    for _ in 0..<2000 {
      let number = Int.random(in: range, using: &random)
      #expect(CivilDate(dayNumber: number).dayNumber == number)
    }
  }

  @Test(arguments: [
    "2026-05-14", "0001-01-01", "0000-02-29", "-0045-01-01", "9999-12-31", "12345-06-07", "999999999-12-31",
    "-999999999-01-01", "2024-02-29",
  ])
  func readsAndWrites(text: String) {
    #expect(CivilDate(text)?.description == text)
  }

  @Test(arguments: [
    "", "-", "2026", "2026-05", "2026-5-14", "2026-05-1", "26-05-14", "2026-13-01", "2026-00-01",
    "2026-01-00",
    "2026-02-29", "1900-02-29", "2026-04-31", "02026-01-01", "-0000-01-01", "+2026-01-01", "1234567890-01-01",
    "2026-05-14Z", "2026-05-14 ", " 2026-05-14", "2026/05/14", "20260514", "2026-05-14T00:00:00",
    "--2026-01-01",
    "99999999999999999999-01-01", "２０２６-05-14",
  ])
  func refusesEverythingElse(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func monthsAreClampedToTheirEnd() throws {
    #expect(try date("2026-01-31").adding(months: 1)?.description == "2026-02-28")
    #expect(try date("2024-01-31").adding(months: 1)?.description == "2024-02-29")
    #expect(try date("2024-02-29").adding(months: 12)?.description == "2025-02-28")
    #expect(try date("2024-02-29").adding(months: -48)?.description == "2020-02-29")
    #expect(try date("2026-03-31").adding(months: -1)?.description == "2026-02-28")
    #expect(try date("2026-01-15").adding(months: -1)?.description == "2025-12-15")
    #expect(try date("0000-01-15").adding(months: -1)?.description == "-0001-12-15")
    #expect(try date("2026-12-31").adding(months: 0)?.description == "2026-12-31")
    #expect(CivilDate.latest.adding(months: 1) == nil)
    #expect(CivilDate.earliest.adding(months: -1) == nil)
    #expect(CivilDate.latest.adding(months: Int.max) == nil)
    #expect(CivilDate.earliest.adding(months: Int.min) == nil)
  }

  /// The clamp against a model: the last day, from the wanted one downward, that exists.
  @Test func monthArithmeticAgreesWithAModel() throws {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<2000 {
      let start = CivilDate(dayNumber: Int.random(in: -800_000...800_000, using: &random))
      let months = Int.random(in: -5000...5000, using: &random)
      var year = start.year
      var month = start.month
      for _ in 0..<months.magnitude {
        month += months.signum()
        if month == 0 { (year, month) = (year - 1, 12) }
        if month == 13 { (year, month) = (year + 1, 1) }
      }
      let expected = (28...31).compactMap { CivilDate(year: year, month: month, day: min($0, start.day)) }
        .last
      #expect(start.adding(months: months) == expected)
    }
  }

  @Test func daysAreCheckedAtTheEnds() throws {
    #expect(try date("2026-05-14").adding(days: -14)?.description == "2026-04-30")
    #expect(CivilDate.latest.adding(days: 1) == nil)
    #expect(CivilDate.earliest.adding(days: -1) == nil)
    #expect(CivilDate.latest.adding(days: Int.max) == nil)
    #expect(CivilDate.earliest.adding(days: Int.min) == nil)
    #expect(try date("2024-02-28").days(until: date("2024-03-01")) == 2)
    #expect(try date("2024-03-01").days(until: date("2024-02-28")) == -2)
  }

  @Test func wholeMonths() throws {
    #expect(try date("2026-01-31").wholeMonths(until: date("2026-02-28")) == 0)
    #expect(try date("2026-01-31").wholeMonths(until: date("2026-03-31")) == 2)
    #expect(try date("2026-03-31").wholeMonths(until: date("2026-01-31")) == -2)
    #expect(try date("2026-03-15").wholeMonths(until: date("2026-02-16")) == 0)
    #expect(try date("2026-02-10").endOfMonth.description == "2026-02-28")
  }

  /// Pairs from ISO 8601 and the corners of its week rule.
  @Test(arguments: [
    ("1970-01-01", 4, 1, 1970), ("2005-01-01", 6, 53, 2004), ("2005-01-02", 7, 53, 2004),
    ("2005-12-31", 6, 52, 2005),
    ("2007-01-01", 1, 1, 2007), ("2008-12-29", 1, 1, 2009), ("2008-12-28", 7, 52, 2008),
    ("2009-12-31", 4, 53, 2009),
    ("2010-01-03", 7, 53, 2009), ("2012-01-01", 7, 52, 2011), ("2020-12-31", 4, 53, 2020),
    ("2026-05-14", 4, 20, 2026),
    ("0000-01-01", 6, 52, -1),
  ])
  func weeks(text: String, weekday: Int, week: Int, year: Int) throws {
    let date = try date(text)
    #expect(date.isoWeekday == weekday)
    #expect(date.isoWeek == week)
    #expect(date.isoWeekYear == year)
  }

  /// The week number changes on Mondays only, and starts again at 1 after 52 or 53.
  @Test func weeksFollowEachOther() {
    var previous = CivilDate(dayNumber: -50_000)
    for number in -49_999...0 {
      let date = CivilDate(dayNumber: number)
      let expected = date.isoWeekday == 1 ? (date.isoWeek == 1 ? 1 : previous.isoWeek + 1) : previous.isoWeek
      if date.isoWeek != expected || (date.isoWeek == 1 && date.isoWeekday == 1 && previous.isoWeek < 52) {
        Issue.record("\(date)")
        return
      }
      previous = date
    }
  }

  @Test func orderIsThatOfTheDayNumbers() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<1000 {
      let a = CivilDate(dayNumber: Int.random(in: -1_000_000...1_000_000, using: &random))
      let b = CivilDate(dayNumber: Int.random(in: -1_000_000...1_000_000, using: &random))
      #expect((a < b) == (a.dayNumber < b.dayNumber))
    }
    #expect(CivilDate.earliest < CivilDate.latest)
  }
}
