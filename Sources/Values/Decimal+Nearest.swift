extension Decimal {
  /// The decimal nearest to `±(high · 2¹²⁸ + low) · 10^exponent`, half-even; nil beyond the greatest decimal.
  ///
  /// `sticky` says that the true magnitude lies strictly between this integer and the next one; then the integer
  /// must have at least 35 digits. The integer must be below 10⁷².
  static func nearest(
    negative: Bool, high: UInt128, low: UInt128, exponent: Int, sticky: Bool = false
  ) -> Decimal? {
    if high == 0 && low == 0 && !sticky {
      return Decimal(narrow: 0, exponent: Int32(min(max(exponent, leastExponent), greatestExponent)))
    }
    // Far outside of the range nothing below can overflow an Int.
    if exponent > 2 * greatestExponent { return nil }
    if exponent < 2 * leastExponent { return zero }

    let digits = PowersOfTen.digits(high: high, low: low)
    var exponent = exponent
    var magnitude = low
    var inexact = sticky
    if digits > precision {
      let drop = digits - precision
      let divisor = PowersOfTen.wide(drop)
      let (quotient, rest) = divide(high: high, low: low, by: divisor)
      magnitude = quotient
      exponent += drop
      if exponent >= leastExponent {
        let half = divisor >> 1
        if rest > half || (rest == half && (inexact || quotient & 1 == 1)) { magnitude += 1 }
      } else {
        inexact = inexact || rest > 0
        // A remainder above the half must still count after the second step, which only sees "inexact": it does,
        // because that step drops at least one more digit.
      }
    }
    if exponent < leastExponent {
      let drop = leastExponent - exponent
      guard drop <= precision else { return zero }
      let divisor = PowersOfTen.wide(drop)
      let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: divisor)
      let half = divisor >> 1
      let up = rest > half || (rest == half && (inexact || quotient & 1 == 1))
      magnitude = up ? quotient + 1 : quotient
      exponent = leastExponent
    }
    if magnitude == PowersOfTen.wide(precision) {
      magnitude = PowersOfTen.wide(precision - 1)
      exponent += 1
    }
    if exponent > greatestExponent {
      let pad = exponent - greatestExponent
      guard PowersOfTen.digits(magnitude) + pad <= precision else { return nil }
      magnitude *= PowersOfTen.wide(pad)
      exponent = greatestExponent
    }
    return Decimal(negative: negative, magnitude: magnitude, exponent: Int32(exponent))
  }

  /// Divides a 256-bit integer by a 128-bit one; the quotient must fit 128 bits.
  ///
  /// A divisor of 64 bits takes two or three machine divisions instead of the general algorithm.
  static func divide(
    high: UInt128, low: UInt128, by divisor: UInt128
  ) -> (quotient: UInt128, remainder: UInt128) {
    if high == 0 { return low.quotientAndRemainder(dividingBy: divisor) }
    if divisor <= UInt128(UInt64.max) {
      // The quotient fits, so `high` is below the divisor and fits 64 bits as well.
      let narrow = UInt64(truncatingIfNeeded: divisor)
      let first = narrow.dividingFullWidth(
        (UInt64(truncatingIfNeeded: high), UInt64(truncatingIfNeeded: low >> 64)))
      let second = narrow.dividingFullWidth((first.remainder, UInt64(truncatingIfNeeded: low)))
      return (UInt128(first.quotient) << 64 | UInt128(second.quotient), UInt128(second.remainder))
    }
    return divisor.dividingFullWidth((high, low))
  }
}
