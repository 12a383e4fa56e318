extension Decimal {
  /// The value rounded to `scale` decimals; a negative scale rounds to tens, hundreds and so on.
  ///
  /// Nil where the scale is outside of -6111...6176, as FEEL demands of `decimal`, `floor`, `ceiling` and `round`.
  public func rounded(scale: Int, _ mode: RoundingMode) -> Decimal? {
    guard scale >= -Decimal.greatestExponent && scale <= -Decimal.leastExponent else { return nil }
    if isZero { return Decimal(narrow: 0, exponent: 0) }
    let drop = -exponent - scale
    if drop <= 0 { return self }
    let target = Int32(-scale)
    let negative = isNegative
    if isNarrow && drop < 19 {
      let divisor = PowersOfTen.narrow(drop)
      let (quotient, rest) = narrow.magnitude.quotientAndRemainder(dividingBy: divisor)
      let up = Decimal.roundsUp(
        mode, negative: negative, odd: quotient & 1 == 1, rest: UInt128(rest), divisor: UInt128(divisor))
      // The quotient is at most a tenth of 2⁶³.
      let magnitude = Int64(quotient) + (up ? 1 : 0)
      return Decimal(narrow: negative ? -magnitude : magnitude, exponent: target)
    }
    var magnitude: UInt128 = 0
    var up = false
    if drop <= Decimal.precision {
      let divisor = PowersOfTen.wide(drop)
      let (quotient, rest) = wideMagnitude.quotientAndRemainder(dividingBy: divisor)
      magnitude = quotient
      up = Decimal.roundsUp(mode, negative: negative, odd: quotient & 1 == 1, rest: rest, divisor: divisor)
    } else {
      // Every digit is dropped and the value is below half of a unit.
      up = Decimal.roundsUp(mode, negative: negative, odd: false, rest: 1, divisor: 10)
    }
    return Decimal(negative: negative, magnitude: up ? magnitude + 1 : magnitude, exponent: target)
  }

  /// Whether a magnitude with this remainder grows by one unit.
  @inline(__always)
  private static func roundsUp(
    _ mode: RoundingMode, negative: Bool, odd: Bool, rest: UInt128, divisor: UInt128
  ) -> Bool {
    if rest == 0 { return false }
    let half = divisor >> 1
    switch mode {
    case .halfEven: return rest > half || (rest == half && odd)
    case .halfUp: return rest >= half
    case .halfDown: return rest > half
    case .up: return true
    case .down: return false
    case .floor: return negative
    case .ceiling: return !negative
    }
  }
}
