import Values

/// The date of Easter in the Western churches, by which most movable holidays are counted.
public enum Easter {
  /// Easter Sunday of a year of the Gregorian calendar; nil for years that dates do not have.
  ///
  /// The method of the anonymous correspondent of Nature, 1876, as in J. Meeus, "Astronomical Algorithms", chapter 8.
  public static func sunday(of year: Int) -> CivilDate? {
    guard CivilDate.years.contains(year) else { return nil }
    // The calendar repeats itself after 5,700,000 years; a year above 0 keeps the remainders positive.
    let year0 = year
    let year = ((year0 % 5_700_000) + 5_700_000) % 5_700_000
    let (golden, century, ofCentury) = (year % 19, year / 100, year % 100)
    let correction = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
    let shift = (golden + 11 * epact + 22 * weekday) / 451
    let days = epact + weekday - 7 * shift + 114
    return CivilDate(year: year0, month: days / 31, day: days % 31 + 1)
  }
}
