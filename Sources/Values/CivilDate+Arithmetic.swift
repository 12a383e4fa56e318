extension CivilDate {
  /// The date this many days later, or earlier for a negative number; nil beyond the first or last day.
  public func adding(days: Int) -> CivilDate? {
    let (number, overflow) = dayNumber.addingReportingOverflow(days)
    guard !overflow, number >= CivilDate.earliest.dayNumber, number <= CivilDate.latest.dayNumber
    else { return nil }
    return CivilDate(dayNumber: number)
  }

  /// The date this many months later or earlier, on the last day of the month where the month is too short.
  public func adding(months: Int) -> CivilDate? {
    let (count, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    if overflow { return nil }
    let (quotient, rest) = count.quotientAndRemainder(dividingBy: 12)
    let year = rest < 0 ? quotient - 1 : quotient
    let month = (rest < 0 ? rest + 12 : rest) + 1
    guard CivilDate.years.contains(year) else { return nil }
    return CivilDate(unchecked: year, month, min(day, CivilDate.daysInMonth(year: year, month: month)))
  }

  /// The number of days to a later date; negative for an earlier one.
  public func days(until other: CivilDate) -> Int { other.dayNumber - dayNumber }

  /// The number of whole months to a later date; negative for an earlier one, counted toward zero.
  public func wholeMonths(until other: CivilDate) -> Int {
    let months = (other.year - year) * 12 + other.month - month
    if months > 0 && other.day < day { return months - 1 }
    if months < 0 && other.day > day { return months + 1 }
    return months
  }

  /// The last day of this month.
  public var endOfMonth: CivilDate {
    CivilDate(unchecked: year, month, CivilDate.daysInMonth(year: year, month: month))
  }

  /// The day of the week, 1 for Monday to 7 for Sunday.
  public var isoWeekday: Int {
    // 1970-01-01 was a Thursday.
    let rest = (dayNumber + 3) % 7
    return (rest < 0 ? rest + 7 : rest) + 1
  }

  /// The day of the year, 1...366.
  public var dayOfYear: Int { dayNumber - CivilDate(unchecked: year, 1, 1).dayNumber + 1 }

  /// The number of the ISO 8601 week, 1...53: week 1 is the one with the first Thursday of the year.
  public var isoWeek: Int {
    let week = (dayOfYear - isoWeekday + 10) / 7
    if week < 1 { return CivilDate.isoWeeks(inYear: year - 1) }
    return week > CivilDate.isoWeeks(inYear: year) ? 1 : week
  }

  /// The year that the ISO 8601 week belongs to, which may be the one before or after.
  public var isoWeekYear: Int {
    if month == 1 && isoWeek > 51 { return year - 1 }
    return month == 12 && isoWeek == 1 ? year + 1 : year
  }

  /// A year has 53 weeks where it begins on a Thursday, or on a Wednesday and is a leap year.
  private static func isoWeeks(inYear year: Int) -> Int {
    let first = CivilDate(unchecked: year, 1, 1).isoWeekday
    return first == 4 || (first == 3 && isLeapYear(year)) ? 53 : 52
  }
}
