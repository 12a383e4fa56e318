import Values

/// Late interest by law: simple, on the principal, for each day after the due date (LV-C-1).
enum StatutoryInterest {
  /// The interest on an invoice from the day after it was due up to and with a day, not rounded.
  ///
  /// What is paid on a day bears no interest for that day. A year has 365 days, as contracts count.
  ///
  /// - Parameters:
  ///   - amount: what was billed and bears interest.
  ///   - steps: what settled it, in order of time; negative where it was taken back.
  static func of(
    _ amount: Decimal, settledBy steps: [(date: CivilDate, amount: Decimal)], due: CivilDate,
    until last: CivilDate,
    rates: [InterestRates.Rate]
  ) -> Decimal {
    // Days on which the open amount or the rate changes: between them both stand.
    var turns = Set(steps.map(\.date) + rates.map(\.from))
    guard let first = due.adding(days: 1), let end = last.adding(days: 1), first < end else { return 0 }
    turns = turns.filter { $0 > first && $0 < end }
    var total: Decimal = 0
    let bounds = [first] + turns.sorted() + [end]
    for (from, next) in zip(bounds, bounds.dropFirst()) {
      let settled = steps.reduce(Decimal.zero) { $1.date <= from ? $0 + $1.amount : $0 }
      let open = max(0, amount - settled)
      let rate = rates.last { $0.from <= from }?.percent ?? 0
      total += open * rate * Decimal(from.days(until: next))
    }
    return total.divided(by: 36_500) ?? 0
  }

  /// Whole cents, never more than is owed.
  static func cents(_ amount: Decimal) -> Decimal {
    amount.rounded(scale: 2, .down) ?? 0
  }
}
