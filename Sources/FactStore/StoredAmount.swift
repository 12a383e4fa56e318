import Values

/// Amounts at rest: whole hundred-thousandths of the currency unit.
///
/// Facts hold amounts below 10^13 with at most five fraction digits, so every amount is an exact 64-bit integer. It
/// compares and sums in SQL, takes a third of the bytes of text, and equal amounts have one form (1.0 and 1.00).
enum StoredAmount {
  private static let scale: Decimal = 100_000

  static func units(_ amount: Decimal) throws(StoreError) -> Int {
    guard let units = amount.multiplied(by: scale)?.integer() else {
      throw .amountNotStorable(amount.description)
    }
    return units
  }

  static func amount(_ units: Int) throws(StoreError) -> Decimal {
    // Most amounts are whole cents: the shorter form keeps sums in the fast mantissa.
    let isCents = units % 1000 == 0
    let mantissa = Int128(isCents ? units / 1000 : units)
    guard let amount = Decimal(mantissa: mantissa, exponent: isCents ? -2 : -5) else {
      throw .amountNotStorable(String(units))
    }
    return amount
  }
}
