import TestSupport
import Testing
import Values

@Suite struct CivilTimeTests {
  @Test(arguments: [
    ("08:30:00", "08:30:00"), ("23:59:59.999999999", "23:59:59.999999999"), ("08:30:00.250", "08:30:00.25"),
    ("08:30:00Z", "08:30:00Z"), ("08:30:00+00:00", "08:30:00Z"), ("08:30:00-00:00", "08:30:00Z"),
    ("08:30:00+02:00", "08:30:00+02:00"), ("08:30:00-11:30:15", "08:30:00-11:30:15"),
    ("08:30:00+18:00", "08:30:00+18:00"), ("08:30:00@Europe/Riga", "08:30:00@Europe/Riga"),
    ("08:30:00.5@Etc/GMT+5", "08:30:00.5@Etc/GMT+5"),
  ])
  func readsAndWrites(text: String, canonical: String) {
    #expect(CivilTime(text)?.description == canonical)
    let dateTime = CivilDateTime("-0045-01-01T" + text)
    #expect(dateTime?.description == "-0045-01-01T" + canonical)
  }

  @Test(arguments: [
    "", "8:30:00", "08:30", "08:30:0", "24:00:00", "23:60:00", "23:59:60", "08:30:00.", "08:30:00.1234567890",
    "08:30:00+2:00", "08:30:00+02", "08:30:00+02:60", "08:30:00+18:01", "08:30:00+19:00", "08:30:00+02:00:60",
    "08:30:00+02:0", "08:30:00@", "08:30:00@ Europe", "08:30:00@1", "08:30:00ZZ", "08:30:00 Z",
    "T08:30:00", "08:30:00+02:00@Europe/Riga", "08.30.00", "-1:00:00",
  ])
  func refusesEverythingElse(text: String) {
    #expect(CivilTime(text) == nil)
    #expect(CivilDateTime("2026-05-14T" + text) == nil)
  }

  @Test func dateTimesNeedTheirLetter() {
    #expect(CivilDateTime("2026-05-14") == nil)
    #expect(CivilDateTime("2026-05-14 08:30:00") == nil)
    #expect(CivilDateTime("2026-05-14t08:30:00") == nil)
    #expect(CivilDateTime("999999999-12-31T23:59:59.999999999-18:00")?.date == CivilDate.latest)
  }

  @Test func longRegionNamesAreRefused() {
    #expect(Zone("@" + String(repeating: "a", count: 65)) == nil)
    #expect(Zone("@" + String(repeating: "a", count: 64)) != nil)
  }

  @Test func partsAreChecked() {
    #expect(CivilTime(hour: 24, minute: 0) == nil)
    #expect(CivilTime(hour: 0, minute: 0, second: 0, nanosecond: 1_000_000_000) == nil)
    #expect(CivilTime(hour: Int.min, minute: Int.max, second: Int.max, nanosecond: Int.min) == nil)
    #expect(CivilTime(hour: 0, minute: 0, zone: .offset(seconds: Int.min)) == nil)
    #expect(CivilTime(hour: 0, minute: 0, zone: .offset(seconds: 64_801)) == nil)
  }

  @Test func timesWrapAroundMidnight() throws {
    let time = try #require(CivilTime("23:59:59.5+02:00"))
    let second = try #require(DaysTimeDuration("PT0.5S"))
    #expect(time.adding(second).description == "00:00:00+02:00")
    #expect(CivilTime.midnight.adding(DaysTimeDuration(seconds: -1)).description == "23:59:59")
    #expect(CivilTime.midnight.adding(DaysTimeDuration(seconds: Int.min)).nanosecond == 0)
    #expect(CivilTime(nanosecondOfDay: -1).description == "23:59:59.999999999")
    #expect(CivilTime(nanosecondOfDay: Int.min).nanosecondOfDay >= 0)
    #expect(CivilTime(nanosecondOfDay: time.nanosecondOfDay, zone: time.zone) == time)
    #expect(time.with(zone: nil).description == "23:59:59.5")
    #expect(time.offsetSeconds == 7200)
  }

  @Test func dateTimesCarryOverMidnight() throws {
    let value = try #require(CivilDateTime("2026-12-31T23:59:59.75@Europe/Riga"))
    let later = try #require(DaysTimeDuration("P1DT0.5S"))
    #expect(value.adding(later)?.description == "2027-01-02T00:00:00.25@Europe/Riga")
    let earlier = try #require(DaysTimeDuration("-P365DT23H59M59.76S"))
    #expect(value.adding(earlier)?.description == "2025-12-30T23:59:59.99@Europe/Riga")
    #expect(value.adding(months: 2)?.description == "2027-02-28T23:59:59.75@Europe/Riga")
    #expect(value.adding(DaysTimeDuration(seconds: Int.max)) == nil)
    #expect(value.adding(DaysTimeDuration(seconds: Int.min)) == nil)
    let last = try #require(CivilDateTime("999999999-12-31T23:59:59"))
    #expect(last.adding(DaysTimeDuration(seconds: 1)) == nil)
    let first = try #require(CivilDateTime("-999999999-01-01T00:00:00"))
    #expect(first.adding(DaysTimeDuration(seconds: -1)) == nil)
    #expect(first.localDuration(until: last).seconds == last.localSeconds - first.localSeconds)
    #expect(CivilDateTime(localSeconds: Int.max) == nil)
    #expect(CivilDateTime(localSeconds: Int.min) == nil)
    #expect(CivilDateTime(localSeconds: 0, nanosecond: -1) == nil)
  }

  @Test func durationBetweenIsTheInverseOfAdding() throws {
    var random = SeededGenerator(seed: 10)
    for _ in 0..<1000 {
      let a = try #require(
        CivilDateTime(
          localSeconds: Int.random(in: -100_000_000_000...100_000_000_000, using: &random),
          nanosecond: Int.random(in: 0...999_999_999, using: &random)))
      let duration = try #require(
        DaysTimeDuration(
          seconds: Int.random(in: -100_000_000_000...100_000_000_000, using: &random),
          nanoseconds: Int.random(in: 0...999_999_999, using: &random)))
      let b = try #require(a.adding(duration))
      #expect(a.localDuration(until: b) == duration)
      #expect(try b.adding(#require(duration.negated())) == a)
    }
  }
}
