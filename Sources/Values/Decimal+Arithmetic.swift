extension Decimal {
  /// The sum, to 34 digits; nil beyond the greatest decimal.
  public func adding(_ other: Decimal) -> Decimal? {
    let (sum, exponent, fits) = narrowSum(other)
    return fits ? Decimal(narrow: sum, exponent: exponent) : addingWide(other)
  }

  /// The sum of two narrow decimals whose exponents are at most 18 apart, where 64 bits hold it.
  @inline(__always)
  private func narrowSum(_ other: Decimal) -> (sum: Int64, exponent: Int32, fits: Bool) {
    guard isNarrow && other.isNarrow else { return (0, 0, false) }
    var a = narrow
    var b = other.narrow
    var exponent = scale10
    var fits = true
    if scale10 != other.scale10 {
      let distance = Int(scale10) - Int(other.scale10)
      if distance > 0 && distance < 19 {
        (a, fits) = Decimal.scaled(a, by: distance)
        exponent = other.scale10
      } else if distance < 0 && distance > -19 {
        (b, fits) = Decimal.scaled(b, by: -distance)
      } else {
        fits = false
      }
    }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return (sum, exponent, fits && !overflow)
  }

  @inline(__always)
  private static func scaled(_ value: Int64, by power: Int) -> (Int64, Bool) {
    let (product, overflow) = value.multipliedReportingOverflow(
      by: Int64(bitPattern: PowersOfTen.narrow(power)))
    return (product, !overflow)
  }

  private func addingWide(_ other: Decimal) -> Decimal? {
    if other.isZero { return self }
    if isZero { return other }
    let (upper, lower) = exponent >= other.exponent ? (self, other) : (other, self)
    var magnitude = upper.wideMagnitude
    var addend = lower.wideMagnitude
    var exponent = lower.exponent
    var shift = upper.exponent - lower.exponent
    if shift > 38 {
      // Give the upper one all of its digits; what still lies more than 38 places below it can only decide
      // a rounding, for which its last place is as good as itself.
      let pad = Decimal.precision - PowersOfTen.digits(magnitude)
      magnitude *= PowersOfTen.wide(pad)
      shift -= pad
      if shift > 38 {
        exponent += shift - 38
        shift = 38
        addend = 1
      }
    }
    var (high, low) = magnitude.multipliedFullWidth(by: PowersOfTen.wide(shift))
    var negative = upper.isNegative
    if upper.isNegative == lower.isNegative {
      let (sum, carry) = low.addingReportingOverflow(addend)
      low = sum
      if carry { high += 1 }
    } else if high == 0 && low < addend {
      low = addend - low
      negative = lower.isNegative
    } else {
      let (difference, borrow) = low.subtractingReportingOverflow(addend)
      low = difference
      if borrow { high -= 1 }
    }
    return Decimal.nearest(negative: negative, high: high, low: low, exponent: exponent)
  }

  /// The difference, to 34 digits; nil beyond the greatest decimal.
  public func subtracting(_ other: Decimal) -> Decimal? { adding(-other) }

  /// The product, to 34 digits; nil beyond the greatest decimal.
  public func multiplied(by other: Decimal) -> Decimal? {
    if isNarrow && other.isNarrow {
      let exponent = scale10 &+ other.scale10
      if exponent >= Int32(Decimal.leastExponent) && exponent <= Int32(Decimal.greatestExponent) {
        let (product, overflow) = narrow.multipliedReportingOverflow(by: other.narrow)
        if !overflow { return Decimal(narrow: product, exponent: exponent) }
      }
    }
    let (high, low) = wideMagnitude.multipliedFullWidth(by: other.wideMagnitude)
    return Decimal.nearest(
      negative: isNegative != other.isNegative, high: high, low: low, exponent: exponent + other.exponent)
  }

  /// The quotient, to 34 digits; nil for a division by zero and beyond the greatest decimal.
  public func divided(by other: Decimal) -> Decimal? {
    if other.isZero { return nil }
    let ideal = exponent - other.exponent
    if isZero { return Decimal.nearest(negative: false, high: 0, low: 0, exponent: ideal) }
    if isNarrow && other.isNarrow && ideal >= Decimal.leastExponent && ideal <= Decimal.greatestExponent {
      let (quotient, overflow) = narrow.dividedReportingOverflow(by: other.narrow)
      if !overflow && quotient &* other.narrow == narrow {
        return Decimal(narrow: quotient, exponent: Int32(ideal))
      }
    }
    let divisor = other.wideMagnitude
    let dividend = wideMagnitude
    // 34 digits times a power with as many digits as the divisor and one more: a quotient of 35 or 36 digits.
    let pad = Decimal.precision - PowersOfTen.digits(dividend)
    let shift = PowersOfTen.digits(divisor) + 1
    let (high, low) = (dividend * PowersOfTen.wide(pad)).multipliedFullWidth(by: PowersOfTen.wide(shift))
    let (quotient, rest) = Decimal.divide(high: high, low: low, by: divisor)
    let result = Decimal.nearest(
      negative: isNegative != other.isNegative, high: 0, low: quotient,
      exponent: ideal - pad - shift, sticky: rest != 0)
    return rest == 0 ? result?.stripped(upTo: min(ideal, Decimal.greatestExponent)) : result
  }

  /// `self − other · ⌊self / other⌋`, which has the sign of `other`; nil for a division by zero.
  ///
  /// The quotient is never rounded, however many digits it has; only a result that itself needs more than
  /// 34 digits is.
  public func floorRemainder(dividingBy other: Decimal) -> Decimal? {
    if other.isZero { return nil }
    if isZero { return Decimal.zero }
    var rest = wideMagnitude
    let restExponent = min(exponent, other.exponent)
    let divisor = other.wideMagnitude
    if exponent >= other.exponent {
      rest = Decimal.remainder(of: rest, timesTenToThe: exponent - other.exponent, dividingBy: divisor)
    } else if other.exponent - exponent <= Decimal.precision {
      let (high, low) = divisor.multipliedFullWidth(by: PowersOfTen.wide(other.exponent - exponent))
      if high == 0 { rest %= low }
    }
    let remainder = Decimal(negative: isNegative, magnitude: rest, exponent: Int32(restExponent))
    return rest != 0 && isNegative != other.isNegative ? remainder.adding(other) : remainder
  }

  /// `value · 10^power mod divisor`, by repeated squaring, for a divisor below 10³⁴.
  private static func remainder(
    of value: UInt128, timesTenToThe power: Int, dividingBy divisor: UInt128
  ) -> UInt128 {
    func product(_ a: UInt128, _ b: UInt128) -> UInt128 {
      let (high, low) = a.multipliedFullWidth(by: b)
      return high == 0 ? low % divisor : divisor.dividingFullWidth((high, low)).remainder
    }
    var result = value % divisor
    var base = 10 % divisor
    var rest = power
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, base) }
      base = product(base, base)
      rest >>= 1
    }
    return result
  }

  /// The negated value.
  public static prefix func - (value: Decimal) -> Decimal {
    if value.isNarrow && value.narrow != Int64.min {
      return Decimal(narrow: -value.narrow, exponent: value.scale10)
    }
    return Decimal(negative: !value.isNegative, magnitude: value.wideMagnitude, exponent: value.scale10)
  }

  private static func greatest(negative: Bool) -> Decimal {
    negative ? -greatestFiniteMagnitude : greatestFiniteMagnitude
  }

  /// The sum; the greatest finite value of its sign where it would be beyond.
  public static func + (left: Decimal, right: Decimal) -> Decimal {
    let (sum, exponent, fits) = left.narrowSum(right)
    if fits { return Decimal(narrow: sum, exponent: exponent) }
    return left.addingWide(right) ?? greatest(negative: left.isNegative)
  }

  /// The difference; the greatest finite value of its sign where it would be beyond.
  public static func - (left: Decimal, right: Decimal) -> Decimal {
    left.subtracting(right) ?? greatest(negative: left.isNegative)
  }

  /// The product; the greatest finite value of its sign where it would be beyond.
  public static func * (left: Decimal, right: Decimal) -> Decimal {
    left.multiplied(by: right) ?? greatest(negative: left.isNegative != right.isNegative)
  }

  /// Adds in place, saturating.
  public static func += (left: inout Decimal, right: Decimal) { left = left + right }

  /// Subtracts in place, saturating.
  public static func -= (left: inout Decimal, right: Decimal) { left = left - right }
}
