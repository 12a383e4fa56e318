import Facts
import Formats
import Testing
import Values

@testable import Safeguards

/// The calendar of the safeguards and that of the policy are written apart and agree.
@Suite struct DebtCalendarTests {
  @Test func `Easter is what the policy's method says`() {
    for year in 1583...4099 {
      #expect(DebtCalendar.easterSunday(of: year) == Easter.sunday(of: year), "\(year)")
    }
    #expect(DebtCalendar.easterSunday(of: 2026) == CivilDate("2026-04-05"))
    // The latest and the earliest Easter there are.
    #expect(DebtCalendar.easterSunday(of: 2038) == CivilDate("2038-04-25"))
    #expect(DebtCalendar.easterSunday(of: 2285) == CivilDate("2285-03-22"))
    #expect(DebtCalendar.easterSunday(of: 1582) == nil && DebtCalendar.easterSunday(of: .max) == nil)
  }

  @Test(arguments: ["lv", "ee"]) func `holidays and working days are what the policy's calendar says`(
    _ name: String
  ) throws {
    let file = try #require(try ShippedLaw.files("calendars").first { $0.path.hasSuffix("\(name).json") })
    let country = try #require(Jurisdiction(name.uppercased()))
    let calendar = try #require(try ShippedLaw.calendars.get()[country])
    let items = try JSONReader.parse(file.bytes)["holidays"]?.arrayValue ?? []
    let other = WorkingCalendar(holidays: try items.map(Self.holiday))
    for year in 2016...2060 {
      #expect(calendar.holidays(of: year) == Set(other.days(of: year).map(\.date)), "\(year)")
    }
    var day = try #require(CivilDate("2023-01-01"))
    for step in 0..<1200 {
      let count = DayCount(days: step % 12, unit: .working, counting: .after)
      #expect(
        count.earliest(after: day) { calendar.holidays(of: $0.year).contains($0) }
          == other.adding(workingDays: step % 12, to: day), "\(day)")
      day = day.adding(days: 1) ?? day
    }
  }

  private static func holiday(_ json: JSONValue) throws -> Holiday {
    let day: Holiday.Day
    if let easter = json["easter"]?.integerValue {
      day = .easter(offset: easter)
    } else if let weekday = json["weekday"]?.integerValue {
      day = .weekday(
        weekday, number: json["number"]?.integerValue ?? 0, month: json["month"]?.integerValue ?? 0)
    } else {
      let text = json["on"]?.stringValue ?? ""
      let date = try #require(CivilDate(text) ?? CivilDate("2024-" + text))
      day = text.utf8.count == 5 ? .fixed(month: date.month, day: date.day) : .once(date)
    }
    return Holiday(
      json["name"]?.stringValue ?? "", day, movesFromWeekend: json["movesFromWeekend"]?.boolValue ?? false,
      firstYear: json["firstYear"]?.integerValue, lastYear: json["lastYear"]?.integerValue)
  }

  @Test func `a calendar file with a fault is refused`() throws {
    func code(_ text: String) -> String? {
      do throws(SafeguardsError) {
        _ = try DebtCalendars(files: [("calendars/x.json", Array(text.utf8))])
        return nil
      } catch {
        return error.sentence
      }
    }
    func file(_ holiday: String) -> String {
      #"{"jurisdiction":"LV","source":"s","confidence":"memory","note":"n","holidays":["# + holiday + "]}"
    }
    #expect(code(file(#"{"name":"a","on":"05-01"}"#)) == nil)
    #expect(code(file(#"{"name":"a","on":"02-30"}"#))?.contains("/holidays/0/on") == true)
    #expect(code(file(#"{"name":"a","on":"05-01","easter":1}"#))?.contains("exactly one") == true)
    #expect(code(file(#"{"name":"a","easter":1000}"#))?.contains("/easter") == true)
    #expect(
      code(file(#"{"name":"a","on":"05-01","firstYear":2020,"lastYear":2019}"#))?.contains("lastYear") == true
    )
    #expect(code("[") != nil)
  }

  @Test func `a season goes over the turn of the year`() throws {
    let season = Season(from: try #require(DayOfYear("10-01")), until: try #require(DayOfYear("04-30")))
    for (text, isIn) in [
      ("2026-10-01", true), ("2026-09-30", false), ("2027-04-30", true), ("2027-05-01", false),
      ("2028-02-29", true),
    ] {
      #expect(season.contains(try #require(CivilDate(text))) == isIn, "\(text)")
    }
  }
}
