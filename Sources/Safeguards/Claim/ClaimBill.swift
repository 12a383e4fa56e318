public import Facts
public import Values

/// An invoice of a claim and all that settled it.
public struct ClaimBill: Hashable, Sendable {
  /// Part of an invoice settled by money or credit; negative where a payment was taken back.
  public struct Settlement: Hashable, Sendable {
    /// The record of the payment, credit note, negative invoice or reversal.
    public let record: String
    /// The day.
    public let date: CivilDate
    /// How much.
    public let amount: Decimal
  }

  /// The invoice number.
  public let id: String
  /// The day of issue.
  public let issued: CivilDate
  /// The last day on which payment is in time.
  public let due: CivilDate
  /// What it bills.
  public let subject: Invoice.Subject
  /// What was billed.
  public let billed: Decimal
  /// What settled it, in order of time.
  public internal(set) var settlements: [Settlement] = []

  /// What is open.
  public var outstanding: Decimal { settlements.reduce(billed) { $0 - $1.amount } }

  /// What accrues day by day on what was open, from the day after the due date to a day, at so much of it a day.
  ///
  /// Money counts from the day after it came. Rounded up to the cent: the most that may be claimed.
  func accrued(until day: CivilDate, turns: [CivilDate], perDay: (CivilDate) -> Decimal) -> Decimal {
    let starts = Set([due] + turns + settlements.map(\.date)).filter { due <= $0 && $0 < day }.sorted()
    var sum: Decimal = 0
    for (place, start) in starts.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1] : day
      let open = settlements.filter { $0.date <= start }.reduce(billed) { $0 - $1.amount }
      guard open > 0, let first = start.adding(days: 1) else { continue }
      sum += open * Decimal(start.days(until: end)) * perDay(first)
    }
    return sum.rounded(scale: 2, .up) ?? sum
  }
}
