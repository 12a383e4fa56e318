import Values

/// A language that explanations are written in, with its forms of numbers, dates and plurals.
///
/// The forms follow Unicode CLDR 44. They are written out here because Foundation's formatters reach ICU, take
/// milliseconds each and change with its version, while an explanation is to stay the same for years.
public enum Language: String, CaseIterable, Hashable, Sendable {
  /// English.
  case english = "en"
  /// Estonian.
  case estonian = "et"
  /// Latvian.
  case latvian = "lv"

  /// The CLDR plural categories that these languages use.
  public enum PluralCategory: String, CaseIterable, Hashable, Sendable {
    case zero
    case one
    case other
  }

  /// Which form of a noun stands beside this number.
  public func pluralCategory(_ number: Decimal) -> PluralCategory {
    let text = number.magnitude.description
    let parts = text.split(separator: ".", maxSplits: 1)
    let fraction = parts.count > 1 ? Array(parts[1].utf8) : []
    let whole = parts.first.map { Array($0.utf8) } ?? []
    switch self {
    case .english, .estonian:
      // CLDR "en" and "et". One: 1 without a fraction. Estonian puts the partitive beside every other number.
      return text == "1" ? .one : .other
    case .latvian:
      // CLDR "lv". Zero: n % 10 = 0, n % 100 = 11..19, or two fraction digits of 11..19. One: n % 10 = 1, or a
      // fraction that ends in 1. Other: the rest.
      guard fraction.isEmpty else {
        if fraction.count == 2 && fraction[0] == 0x31 && fraction[1] != 0x30 { return .zero }
        return fraction.last == 0x31 ? .one : .other
      }
      let tens = whole.count > 1 ? whole[whole.count - 2] - 0x30 : 0
      let ones = (whole.last ?? 0x30) - 0x30
      if ones == 0 || tens == 1 { return .zero }
      return ones == 1 ? .one : .other
    }
  }

  /// A number with this language's decimal mark and groups of three digits.
  public func number(_ value: Decimal) -> String { number(text: value.description) }

  /// An amount of money with two decimals: `1,234.50`, `1234,50`.
  public func amount(_ value: Decimal) -> String { number(text: value.text(fractionDigits: 2)) }

  /// A number written with digits and a point, in the form of this language.
  func number(text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let text = isNegative ? text.dropFirst() : text[...]
    let parts = text.split(separator: ".", maxSplits: 1)
    let digits = parts.first.map(String.init) ?? "0"
    var grouped = ""
    for (place, digit) in digits.enumerated() {
      // CLDR "lv" and "et" group from the fifth digit on (minimum grouping digits 2).
      let groups = self == .english ? digits.count > 3 : digits.count > 4
      if groups && place > 0 && (digits.count - place) % 3 == 0 { grouped += groupMark }
      grouped.append(digit)
    }
    let sign = isNegative ? minus : ""
    return sign + grouped + (parts.count > 1 ? decimalMark + parts[1] : "")
  }

  /// A date as people write it: `14 May 2026`, `14. mai 2026`, `14.05.2026.`.
  public func date(_ date: CivilDate) -> String {
    switch self {
    case .english:
      return "\(date.day) \(Language.englishMonths[date.month - 1]) \(date.year)"
    case .estonian:
      return "\(date.day). \(Language.estonianMonths[date.month - 1]) \(date.year)"
    case .latvian:
      let day = date.day < 10 ? "0\(date.day)" : "\(date.day)"
      let month = date.month < 10 ? "0\(date.month)" : "\(date.month)"
      return "\(day).\(month).\(date.year)."
    }
  }

  private var decimalMark: String { self == .english ? "." : "," }
  /// CLDR "et" has the minus sign U+2212, the other two the hyphen-minus.
  private var minus: String { self == .estonian ? "\u{2212}" : "-" }
  private var groupMark: String { self == .english ? "," : "\u{A0}" }

  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]

  private static let estonianMonths = [
    "jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august", "september", "oktoober",
    "november", "detsember",
  ]
}
