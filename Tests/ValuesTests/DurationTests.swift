import TestSupport
import Testing
import Values

@Suite struct DurationTests {
  @Test(arguments: [
    ("P1Y2M", "P1Y2M", 14), ("P14M", "P1Y2M", 14), ("-P1Y", "-P1Y", -12), ("P0M", "P0M", 0),
    ("P0Y", "P0M", 0),
    ("-P0Y0M", "P0M", 0), ("-P26M", "-P2Y2M", -26), ("P99999999Y", "P99999999Y", 1_199_999_988),
    ("P1M", "P1M", 1),
    ("P0Y11M", "P11M", 11),
  ])
  func yearsAndMonths(text: String, canonical: String, months: Int) {
    let duration = YearsMonthsDuration(text)
    #expect(duration?.description == canonical)
    #expect(duration?.months == months)
  }

  @Test(arguments: [
    "", "P", "-P", "P1", "1Y", "PY", "P1Y2", "P2M1Y", "P1Y1Y", "P1M1M", "P1D", "P1Y1D", "P1YT1H", "PT1M",
    "P1.5Y",
    "+P1Y", "P+1Y", "P-1Y", "p1y", "P1Y ", " P1Y", "P1W", "P99999999999999999999Y", "P9223372036854775807Y",
  ])
  func refusesOtherYearsAndMonths(text: String) {
    #expect(YearsMonthsDuration(text) == nil)
  }

  @Test(arguments: [
    ("P1DT2H3M4.5S", "P1DT2H3M4.5S", "93784.5"), ("PT0S", "PT0S", "0"), ("P0D", "PT0S", "0"),
    ("-P0D", "PT0S", "0"),
    ("PT0.S", "PT0S", "0"), ("PT24H", "P1D", "86400"),
    ("PT1000M0.999999999S", "PT16H40M0.999999999S", "60000.999999999"),
    ("P2DT274M", "P2DT4H34M", "189240"), ("-PT1H2M", "-PT1H2M", "-3720"), ("PT555M", "PT9H15M", "33300"),
    ("-PT0.000000001S", "-PT0.000000001S", "-0.000000001"), ("-P1DT0.5S", "-P1DT0.5S", "-86400.5"),
    ("PT3600S", "PT1H", "3600"), ("PT61M", "PT1H1M", "3660"), ("P1DT1S", "P1DT1S", "86401"),
    ("-P1D", "-P1D", "-86400"),
  ])
  func daysAndTime(text: String, canonical: String, total: String) throws {
    let duration = try #require(DaysTimeDuration(text))
    #expect(duration.description == canonical)
    #expect(duration.totalSeconds == Decimal(total))
    #expect(DaysTimeDuration(totalSeconds: duration.totalSeconds) == duration)
    #expect(DaysTimeDuration(canonical) == duration)
  }

  @Test(arguments: [
    "", "P", "-P", "PT", "P1DT", "P1H", "P1S", "P1", "P0", "PT1D", "PT1M1H", "PT1S1M", "PT1H1H", "P1Y", "P1M",
    "P1DT1Y",
    "PT1.5H", "P1.5D", "PT.5S", "PT1.0000000001S", "PT1", "PT1.5", "1D", "+P1D", "P-1D", "PT-1S", "P1D ",
    "PT1,5S", "P1W",
    "P99999999999999999999D", "P9223372036854775807D", "PT9223372036854775807S1S",
    "PT9223372036854775807M", "P1DT9223372036854775807S", "PT0.5S0.5S",
  ])
  func refusesOtherDaysAndTimes(text: String) {
    #expect(DaysTimeDuration(text) == nil)
  }

  @Test func partsCarryTheSign() throws {
    let duration = try #require(DaysTimeDuration("-P1DT2H3M4.5S"))
    #expect(duration.daysPart == -1 && duration.hoursPart == -2 && duration.minutesPart == -3)
    #expect(duration.secondsPart == -4 && duration.nanosecondsPart == -500_000_000)
    #expect(duration.seconds == -93785 && duration.nanoseconds == 500_000_000)
    let months = YearsMonthsDuration(months: -14)
    #expect(months.yearsPart == -1 && months.monthsPart == -2)
  }

  @Test func arithmeticIsChecked() throws {
    let least = DaysTimeDuration(seconds: Int.min)
    let greatest = try #require(DaysTimeDuration(seconds: Int.max, nanoseconds: 999_999_999))
    #expect(least.negated() == nil)
    #expect(least.magnitude() == nil)
    #expect(greatest.adding(DaysTimeDuration(seconds: 1)) == nil)
    #expect(try greatest.adding(#require(DaysTimeDuration("PT0.000000001S"))) == nil)
    #expect(try least.subtracting(#require(DaysTimeDuration("PT0.000000001S"))) == nil)
    #expect(greatest.negated()?.description == "-P106751991167300DT15H30M7.999999999S")
    #expect(least.description == "-P106751991167300DT15H30M8S")
    #expect(DaysTimeDuration(totalSeconds: decimal("1E30")) == nil)
    #expect(DaysTimeDuration(totalSeconds: decimal("1E-30")) == DaysTimeDuration.zero)
    #expect(DaysTimeDuration(totalSeconds: least.totalSeconds) == least)
    #expect(DaysTimeDuration(totalSeconds: greatest.totalSeconds) == greatest)
    #expect(DaysTimeDuration(days: Int.max) == nil)
    #expect(DaysTimeDuration(days: -2)?.description == "-P2D")
    #expect(DaysTimeDuration(seconds: 0, nanoseconds: 1_000_000_000) == nil)
    #expect(YearsMonthsDuration(months: Int.min).negated() == nil)
    #expect(YearsMonthsDuration(months: Int.max).adding(YearsMonthsDuration(months: 1)) == nil)
    #expect(YearsMonthsDuration(months: Int.min).subtracting(YearsMonthsDuration(months: 1)) == nil)
    #expect(YearsMonthsDuration(months: Int.min).description == "-P768614336404564650Y8M")
    #expect(YearsMonthsDuration(years: Int.max, months: 0) == nil)
  }

  /// The parts against the total in decimals.
  @Test func sumsAgreeWithDecimals() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<1000 {
      let a = try #require(
        DaysTimeDuration(
          seconds: Int.random(in: -200_000...200_000, using: &random),
          nanoseconds: Int.random(in: 0...999_999_999, using: &random)))
      let b = try #require(
        DaysTimeDuration(
          seconds: Int.random(in: -200_000...200_000, using: &random),
          nanoseconds: Int.random(in: 0...999_999_999, using: &random)))
      #expect(a.adding(b)?.totalSeconds == a.totalSeconds + b.totalSeconds)
      #expect(a.subtracting(b)?.totalSeconds == a.totalSeconds - b.totalSeconds)
      #expect((a < b) == (a.totalSeconds < b.totalSeconds))
      #expect(DaysTimeDuration(a.description) == a)
    }
  }
}
