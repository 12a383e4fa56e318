import Facts
import Values

/// Identifiers that pass every check and yet belong to nobody.
///
/// Personal codes are those of people born in the nineteenth century. Registration numbers start with digits that
/// the registers have not given out: 7 in Latvia, 2 to 6 in Estonia.
enum FictitiousCodes {
  private static let century = CivilDate(year: 1800, month: 1, day: 1)?.dayNumber ?? 0
  private static let daysOfCentury = 36_524

  static func latvianPersonal(_ index: Int) -> String {
    let (date, serial) = birth(index)
    let day = date.day * 10_000 + date.month * 100 + date.year % 100
    let digits = digits(day, count: 6) + [0] + digits(serial, count: 3)
    let code = text(digits + [IdentifierChecksum.latvianPersonal(digits)])
    return "\(code.prefix(6))-\(code.suffix(5))"
  }

  static func estonianPersonal(_ index: Int, isFemale: Bool) -> String {
    let (date, serial) = birth(index)
    let day = date.year % 100 * 10_000 + date.month * 100 + date.day
    let digits = [isFemale ? 2 : 1] + digits(day, count: 6) + digits(serial, count: 3)
    return text(digits + [IdentifierChecksum.estonian(digits)])
  }

  static func latvianRegistration(_ index: Int) -> String {
    // One of two neighbours always has a check digit: their weighted sums differ by 6, so not both give 10.
    for last in 0...1 {
      let digits = [7] + digits(index * 10 + last, count: 9)
      if let check = IdentifierChecksum.latvianRegistration(digits) { return text(digits + [check]) }
    }
    return ""
  }

  static func estonianRegistry(_ index: Int) -> String {
    let digits = [2 + index / 1_000_000 % 5] + digits(index % 1_000_000, count: 6)
    return text(digits + [IdentifierChecksum.estonian(digits)])
  }

  /// A birth date of the nineteenth century and a serial number below 1000, different for every index.
  private static func birth(_ index: Int) -> (date: CivilDate, serial: Int) {
    // 7919 is prime to the number of days, so neighbours lie far apart and nothing repeats.
    let day = index % daysOfCentury * 7919 % daysOfCentury
    return (CivilDate(dayNumber: century + day), index / daysOfCentury % 1000)
  }

  private static func digits(_ number: Int, count: Int) -> [Int] {
    var rest = number
    var digits = [Int](repeating: 0, count: count)
    for place in digits.indices.reversed() {
      digits[place] = rest % 10
      rest /= 10
    }
    return digits
  }

  private static func text(_ digits: [Int]) -> String {
    String(decoding: digits.map { UInt8($0 + 0x30) }, as: UTF8.self)
  }
}
