/// `Date` as RFC 9110 section 5.6.7 wants it, `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  static func text(unixSeconds: Int64) -> String {
    // Years 1970 to 9999: what a clock may say beyond that does not fit the form.
    let seconds = max(0, min(unixSeconds, 253_402_300_799))
    let days = Int(seconds / 86_400)
    let rest = Int(seconds % 86_400)
    let (year, month, day) = civil(days)
    let time = [rest / 3_600, rest / 60 % 60, rest % 60].map(twoDigits).joined(separator: ":")
    return "\(weekdays[(days + 4) % 7]), \(twoDigits(day)) \(months[month - 1]) \(year) \(time) GMT"
  }

  /// The day of the calendar, by the count of days since 0000-03-01 in eras of 400 years.
  private static func civil(_ daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let days = daysSince1970 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
