import Facts
import Values

/// An invented world of debtors: who they are and what they do hangs on the seed alone.
struct DebtWorld: Sendable {
  /// How much trouble there is.
  enum Mix: String, Sendable {
    /// Most customers pay in time, as in a portfolio.
    case portfolio
    /// Nobody does, and everything happens often.
    case trouble
  }

  let seed: UInt64
  let size: Int
  let first: CivilDate
  let days: Int
  let mix: Mix

  /// The day after the last.
  var end: CivilDate { CivilDate(dayNumber: first.dayNumber + days) }

  func customer(_ place: Int) -> DebtCustomer { DebtCustomer(place, self) }

  func chance(_ name: String) -> DebtChance { DebtChance(seed, name) }

  /// So many of a thousand, more where there is much trouble.
  func rate(_ portfolio: Int, trouble: Int) -> Int { mix == .portfolio ? portfolio : trouble }

  /// Whether a person looks again at what was decided about a contract, on a day: a contest is open.
  func isUnderReview(_ contract: String, on day: CivilDate) -> Bool {
    guard let days = contest(of: contract) else { return false }
    return days.contains(day.dayNumber)
  }

  /// The days on which a contest about a contract is open.
  func contest(of contract: String) -> Range<Int>? {
    var chance = chance("contest \(contract)")
    guard chance.happens(rate(5, trouble: 40)) else { return nil }
    let from = first.dayNumber + chance.number(0...max(1, days - 1))
    return from..<from + chance.number(3...30)
  }
}

extension CivilDate {
  /// So many days later, or earlier.
  func after(_ days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }
}

extension Money {
  /// An amount of euros in cents.
  static func cents(_ cents: Int) -> Money {
    Money(Decimal(mantissa: Int128(cents), exponent: -2) ?? 0, .eur)
  }
}
