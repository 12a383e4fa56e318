import Facts
import Foundation
import TestSupport
import Testing
import Values

@testable import Decisioning

/// The calendars of the shipped rules against the lists that the countries publish, and files with faults.
@Suite struct CalendarsTests {
  private static let calendars = Result {
    try Calendars(RuleSetFiles(folder: Repository.root.appending(path: "rules").path))
  }

  /// Every weekday that was or will be free by law; weekends aside.
  @Test(arguments: [
    (
      "LV", 2018,
      "01-01 03-30 04-02 05-01 05-04 07-09 09-24 11-19 12-24 12-25 12-26 12-31"
    ),
    ("LV", 2023, "04-07 04-10 05-01 05-04 05-29 06-23 07-10 11-20 12-25 12-26"),
    ("LV", 2024, "01-01 03-29 04-01 05-01 05-06 06-24 11-18 12-24 12-25 12-26 12-31"),
    ("LV", 2025, "01-01 04-18 04-21 05-01 05-05 06-23 06-24 11-18 12-24 12-25 12-26 12-31"),
    ("LV", 2026, "01-01 04-03 04-06 05-01 05-04 06-23 06-24 11-18 12-24 12-25 12-31"),
    ("EE", 2024, "01-01 03-29 05-01 06-24 08-20 12-24 12-25 12-26"),
    ("EE", 2025, "01-01 02-24 04-18 05-01 06-23 06-24 08-20 12-24 12-25 12-26"),
    ("EE", 2026, "01-01 02-24 04-03 05-01 06-23 06-24 08-20 12-24 12-25"),
  ])
  func freeWeekdaysAreThoseThatArePublished(country: String, year: Int, days: String) throws {
    let calendar = try Self.calendars.get()[try #require(Jurisdiction(country))]
    var found = calendar.days(of: year).map(\.date).filter { $0.isoWeekday < 6 }.map {
      String($0.description.dropFirst(5))
    }
    found = found.enumerated().filter { $0.offset == 0 || found[$0.offset - 1] != $0.element }.map(\.element)
    // Midsummer of 2018 fell on a weekend.
    #expect(found == days.split(separator: " ").map(String.init))
  }

  @Test func holidaysOnSundaysAreKnownToo() throws {
    let latvia = try Self.calendars.get()[.latvia].days(of: 2026)
    for (date, name) in [
      ("2026-05-10", "Mother's Day"), ("2026-05-24", "Whit Sunday"), ("2026-04-05", "Easter Sunday"),
    ] {
      #expect(latvia.contains { $0.date.description == date && $0.name == name })
    }
  }

  @Test func anUnknownCountryHasWeekendsAlone() throws {
    let calendars = try Self.calendars.get()
    #expect(calendars.countries.map(\.code) == ["EE", "LV"])
    let other = calendars[try #require(Jurisdiction("LT"))]
    #expect(other.isWorkingDay(try #require(CivilDate("2026-12-25"))))
    #expect(try Calendars(RuleSetFiles([:])).countries.isEmpty)
  }

  /// Before Easter of 2026, and over Christmas into the next year.
  @Test func workingDaysSkipHolidays() throws {
    let latvia = try Self.calendars.get()[.latvia]
    let estonia = try Self.calendars.get()[.estonia]
    for (start, days, inLatvia, inEstonia) in [
      ("2026-04-02", 1, "2026-04-07", "2026-04-06"), ("2026-12-23", 3, "2026-12-30", "2026-12-30"),
      ("2026-12-30", 1, "2027-01-04", "2026-12-31"), ("2026-06-22", 2, "2026-06-26", "2026-06-26"),
    ] {
      let day = try #require(CivilDate(start))
      #expect(latvia.adding(workingDays: days, to: day)?.description == inLatvia)
      #expect(estonia.adding(workingDays: days, to: day)?.description == inEstonia)
    }
  }

  @Test(arguments: [
    ("{", "line 1"), ("[]", "/: is not an object"), (#"{"jurisdiction": "lv"}"#, "two capital letters"),
    (#"{"jurisdiction": "LV", "holidays": []}"#, "/source: is missing"),
    (file(""), nil), (file(#"{"name": "A"}"#), "exactly one of on, easter and weekday"),
    (file(#"{"name": "A", "on": "05-04", "easter": 1}"#), "exactly one of on, easter and weekday"),
    (file(#"{"on": "05-04"}"#), "/holidays/0/name: is missing"),
    (file(#"{"name": "A", "on": "5-4"}"#), "'5-4' is neither a day"),
    (file(#"{"name": "A", "on": "02-30"}"#), "'02-30' is neither a day"),
    (file(#"{"name": "A", "on": "2023-02-29"}"#), "'2023-02-29' is neither a day"),
    (file(#"{"name": "A", "on": "02-29"}"#), nil),
    (file(#"{"name": "A", "easter": 1.5}"#), "not a whole number"),
    (file(#"{"name": "A", "easter": 400}"#), "not between -100 and 200"),
    (file(#"{"name": "A", "weekday": 8, "number": 1, "month": 5}"#), "not between 1 and 7"),
    (file(#"{"name": "A", "weekday": 7, "month": 5}"#), "/holidays/0/number: is missing"),
    (file(#"{"name": "A", "on": "05-04", "movesFromWeekend": "yes"}"#), "neither true nor false"),
    (
      file(#"{"name": "A", "on": "05-04", "firstYear": 2020, "lastYear": 2019}"#),
      "2019 is before the first year"
    ),
    (file(#"{"name": "A", "on": "05-04", "colour": "red"}"#), "/holidays/0/colour: is not a member"),
    (
      file((1...101).map { _ in #"{"name": "A", "on": "05-04"}"# }.joined(separator: ",")),
      "more than 100 days"
    ),
  ])
  func faultsAreToldWithTheirPlace(text: String, fault: String?) throws {
    do throws(RuleSetError) {
      _ = try Calendars(RuleSetFiles(["calendars/xx.json": Array(text.utf8)]))
      #expect(fault == nil)
    } catch {
      #expect(error.code == "rules.calendar")
      #expect(error.sentence.hasPrefix("calendars/xx.json, "))
      #expect(fault.map(error.sentence.contains) ?? false, "\(error.sentence)")
    }
  }

  @Test func aCountryHasOneCalendar() throws {
    let text = Array(Self.file("").utf8)
    let error = #expect(throws: RuleSetError.self) {
      _ = try Calendars(RuleSetFiles(["calendars/a.json": text, "calendars/b.json": text]))
    }
    #expect(error?.sentence.contains("there is another calendar of LV") == true)
  }

  private static func file(_ holidays: String) -> String {
    #"{"jurisdiction": "LV", "source": "x", "confidence": "read", "holidays": [\#(holidays)]}"#
  }
}
