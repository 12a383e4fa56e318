/// The clock on the wall in Riga: its date is the default business date, and people are told instants by it.
///
/// Eastern European Time by the rule of Directive 2000/84/EC: summer time from 01:00 UTC on the last Sunday of March to
/// 01:00 UTC on the last Sunday of October. Latvia follows it since 2001; only "today" is ever asked for, so the years
/// before do not matter and no zone database is needed.
public enum RigaTime {
  /// The civil date at an instant.
  public static func date(at instant: Instant) -> CivilDate {
    CivilDate(dayNumber: floorDivide(local(instant), 86_400))
  }

  /// Date and time of day to the minute, as a clock on the wall shows them: `2026-11-22 09:41`.
  public static func minute(at instant: Instant) -> String {
    let seconds = local(instant)
    let day = floorDivide(seconds, 86_400)
    let minutes = (seconds - day * 86_400) / 60
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(CivilDate(dayNumber: day)) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// Seconds since 1970 as if Riga's clock were UTC.
  private static func local(_ instant: Instant) -> Int {
    let seconds = floorDivide(instant.microseconds, 1_000_000)
    let year = CivilDate(dayNumber: floorDivide(seconds, 86_400)).year
    let isSummer = turn(month: 3, of: year) <= seconds && seconds < turn(month: 10, of: year)
    return seconds + (isSummer ? 3 : 2) * 3600
  }

  /// The first moment of a civil date in Riga; summer time never begins or ends at midnight.
  public static func start(of date: CivilDate) -> Instant {
    let midnight = date.dayNumber * 86_400
    let early = Instant(microseconds: (midnight - 3 * 3600) * 1_000_000)
    return Self.date(at: early) == date ? early : Instant(microseconds: (midnight - 2 * 3600) * 1_000_000)
  }

  /// 01:00 UTC on the last Sunday of the month, in seconds since 1970.
  private static func turn(month: Int, of year: Int) -> Int {
    guard let last = CivilDate(year: year, month: month, day: 31) else { return 0 }
    let sunday = last.dayNumber - last.isoWeekday % 7
    return sunday * 86_400 + 3600
  }

  private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}
