/// A day of the proleptic Gregorian calendar, without a time or a zone.
///
/// Years run from -999,999,999 to 999,999,999; the year before 1 is 0, as in ISO 8601.
public struct CivilDate: Hashable, Sendable {
  private let storedYear: Int32
  private let storedMonth: UInt8
  private let storedDay: UInt8

  /// The years that a date can have.
  public static let years = -999_999_999...999_999_999
  /// The first day of all.
  public static let earliest = CivilDate(unchecked: years.lowerBound, 1, 1)
  /// The last day of all.
  public static let latest = CivilDate(unchecked: years.upperBound, 12, 31)

  /// The year.
  public var year: Int { Int(storedYear) }
  /// The month, 1...12.
  public var month: Int { Int(storedMonth) }
  /// The day of the month, 1...31.
  public var day: Int { Int(storedDay) }

  /// Makes a date of parts that are known to name a day.
  @inline(__always)
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    storedYear = Int32(truncatingIfNeeded: year)
    storedMonth = UInt8(truncatingIfNeeded: month)
    storedDay = UInt8(truncatingIfNeeded: day)
  }

  /// Makes a date; nil where no such day exists.
  public init?(year: Int, month: Int, day: Int) {
    guard CivilDate.years.contains(year), month >= 1, month <= 12, day >= 1 else { return nil }
    guard day <= 28 || day <= CivilDate.daysInMonth(year: year, month: month) else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// Makes the date this many days after 1970-01-01, clamped to the first and the last day of all.
  ///
  /// The inverse of `dayNumber`: eras of 400 years counted from 0000-03-01, so that the leap day ends a year
  /// (H. Hinnant, "chrono-compatible low-level date algorithms").
  public init(dayNumber: Int) {
    if dayNumber <= CivilDate.earliest.dayNumber {
      self = CivilDate.earliest
      return
    }
    if dayNumber >= CivilDate.latest.dayNumber {
      self = CivilDate.latest
      return
    }
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The number of days from 1970-01-01.
  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whether a year of the proleptic Gregorian calendar has a 29 February.
  public static func isLeapYear(_ year: Int) -> Bool {
    year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Whether the year of this date has a 29 February.
  public var isLeapYear: Bool { CivilDate.isLeapYear(year) }

  /// The number of days of a month; 0 for a month outside of 1...12.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1, 3, 5, 7, 8, 10, 12: 31
    default: 0
    }
  }
}

extension CivilDate: Comparable {
  /// Whether the left date is earlier.
  @inline(__always)
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.ordinal < right.ordinal }

  private var ordinal: Int { year << 16 | month << 8 | day }
}
