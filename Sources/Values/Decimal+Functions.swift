extension Decimal {
  /// The square root, correctly rounded to 34 digits; nil for a negative value.
  public func squareRoot() -> Decimal? {
    if isNegative { return nil }
    if isZero { return Decimal.zero }
    let pad = Decimal.precision - PowersOfTen.digits(wideMagnitude)
    // 69 or 70 digits, with an even exponent: a root of 35 digits.
    let shift = (exponent - pad) & 1 == 0 ? 36 : 35
    let (high, low) = (wideMagnitude * PowersOfTen.wide(pad)).multipliedFullWidth(by: PowersOfTen.wide(shift))
    // Newton's iteration from above falls until it stands on the integer root.
    let bits = 256 - high.leadingZeroBitCount
    var root: UInt128 = 1 << UInt128((bits + 1) / 2)
    while true {
      let next = (root + root.dividingFullWidth((high, low)).quotient) >> 1
      if next >= root { break }
      root = next
    }
    let square = root.multipliedFullWidth(by: root)
    let exact = square.high == high && square.low == low
    let result = Decimal.nearest(
      negative: false, high: 0, low: root, exponent: (exponent - pad - shift) / 2, sticky: !exact)
    return exact ? result?.stripped(upTo: max(0, exponent / 2)) : result
  }

  /// e to the power of this value, to 34 digits; nil beyond the greatest decimal.
  public func exponential() -> Decimal? {
    if isZero { return Decimal.one }
    let leading = PowersOfTen.digits(wideMagnitude) + exponent
    // |x| ≥ 10⁵: far outside of the range. |x| < 10⁻³⁶: 1 to 34 digits.
    if leading > 5 { return isNegative ? Decimal.zero : nil }
    if leading < -36 { return Decimal.one }
    return Decimal.exponential(negative: isNegative, Decimal.fixedPoint(wideMagnitude, exponent: exponent))
  }

  /// The natural logarithm, to 34 digits; nil for zero and below.
  public func naturalLogarithm() -> Decimal? {
    guard sign > 0 else { return nil }
    if self == Decimal.one { return Decimal.zero }
    let (negative, magnitude) = logarithm()
    return Decimal(negative: negative, nearest: magnitude)
  }

  /// This value to the power of another, to 34 digits and exact where the result has no more than these.
  ///
  /// Nil beyond the greatest decimal, for zero to a negative power and for a negative value to a fractional power.
  /// `0 ** 0` is 1.
  public func power(_ exponent: Decimal) -> Decimal? {
    if exponent.isZero { return Decimal.one }
    if isZero { return exponent.isNegative ? nil : Decimal.zero }
    let base = magnitude.reduced
    let power = exponent.reduced
    let whole = power.exponent >= 0
    if isNegative && !whole { return nil }
    let odd = power.exponent == 0 && power.low & 1 == 1
    let negative = isNegative && odd
    guard let result = base.positivePower(power, whole: whole) else { return nil }
    return negative ? -result : result
  }

  /// The power of a positive reduced value.
  private func positivePower(_ power: Decimal, whole: Bool) -> Decimal? {
    if isNarrow && narrow == 1 {
      // 10^e: only the exponent moves.
      if scale10 == 0 { return self }
      if whole {
        guard let exponent = power.multiplied(by: Decimal(exponent)) else {
          return (power.isNegative == (scale10 > 0)) ? Decimal.zero : nil
        }
        if exponent.isNegative {
          guard let moved = exponent.integer(), moved >= Decimal.leastExponent else { return Decimal.zero }
          return Decimal(mantissa: 1, exponent: moved)
        }
        guard let moved = exponent.integer() else { return nil }
        return Decimal(mantissa: 1, exponent: moved)
      }
    }
    // A significand of 2 or more is exact only up to its 112th power, 34 digits.
    if whole, let count = power.magnitude.integer(), count <= 112, let exact = exactPower(count) {
      if !power.isNegative { return exact }
      return Decimal.one.divided(by: exact)
    }
    let logarithm = logarithm()
    return Decimal.exponential(
      ofLogarithm: logarithm.magnitude, times: power.wideMagnitude, exponent: power.exponent,
      negative: logarithm.negative != power.isNegative)
  }

  /// The power by repeated squaring; nil as soon as a step is not exact.
  private func exactPower(_ count: Int) -> Decimal? {
    func exact(_ a: Decimal, _ b: Decimal) -> Decimal? {
      let (high, low) = a.wideMagnitude.multipliedFullWidth(by: b.wideMagnitude)
      guard high == 0 && low < PowersOfTen.wide(Decimal.precision) else { return nil }
      return Decimal(mantissa: Int128(low), exponent: a.exponent + b.exponent)
    }
    var result = Decimal.one
    var square = self
    var rest = count
    while true {
      if rest & 1 == 1 {
        guard let product = exact(result, square) else { return nil }
        result = product
      }
      rest >>= 1
      if rest == 0 { return result }
      guard let next = exact(square, square), !next.isZero else { return nil }
      square = next
    }
  }

  /// The natural logarithm of a positive value, with at least 43 good digits.
  private func logarithm() -> (negative: Bool, magnitude: FixedPoint) {
    let digits = PowersOfTen.digits(wideMagnitude)
    // m · 10^k with m in 0.3162…3.162, so that values next to one have k = 0 and lose nothing.
    var k = exponent + digits - 1
    var denominator = PowersOfTen.wide(digits - 1)
    if wideMagnitude / denominator >= 4 || wideMagnitude * 1000 / denominator >= 3162 {
      k += 1
      denominator *= 10
    }
    var result = SignedSum()
    result.add(FixedPoint(wideMagnitude, over: denominator).naturalLogarithm())
    result.add((k < 0, FixedPoint.naturalLogarithmOfTen * UInt64(k.magnitude)))
    return (result.negative, result.magnitude)
  }

  /// `magnitude · 10^exponent` for a value below 10⁵ and not below 10⁻³⁷.
  private static func fixedPoint(_ magnitude: UInt128, exponent: Int) -> FixedPoint {
    if exponent >= 0 {
      return FixedPoint(integer: UInt64(truncatingIfNeeded: magnitude * PowersOfTen.wide(exponent)))
    }
    let first = min(-exponent, 38)
    var result = FixedPoint(magnitude, over: PowersOfTen.wide(first))
    var rest = -exponent - first
    while rest > 0 {
      let step = min(rest, 19)
      result = result / PowersOfTen.narrow(step)
      rest -= step
    }
    return result
  }

  /// e^±x for an x below 10⁶.
  private static func exponential(negative: Bool, _ x: FixedPoint, maybeExact: Bool = false) -> Decimal? {
    // x = k · ln 10 + r with 0 ≤ r < ln 10; for a negative argument −x = −k · ln 10 + r.
    var k = (x * FixedPoint.inverseNaturalLogarithmOfTen).integer
    var multiple = FixedPoint.naturalLogarithmOfTen * k
    var rest: FixedPoint
    if negative {
      k += 1
      multiple = multiple + FixedPoint.naturalLogarithmOfTen
      rest = multiple < x ? FixedPoint(integer: 0) : multiple - x
    } else {
      rest = x < multiple ? FixedPoint(integer: 0) : x - multiple
    }
    rest = rest.exponential()
    return Decimal(
      negative: false, nearest: rest, exponent: negative ? -Int(k) : Int(k), maybeExact: maybeExact)?
      .stripped(upTo: 0)
  }

  /// e^±(logarithm · magnitude · 10^exponent).
  private static func exponential(
    ofLogarithm logarithm: FixedPoint, times magnitude: UInt128, exponent: Int, negative: Bool
  ) -> Decimal? {
    // The place of the product's leading digit, good to one; 0.30103 = log₁₀2.
    let leading =
      PowersOfTen.digits(magnitude) + exponent + (logarithm.bitWidth - 256) * 30103 / 100_000
    if leading > 7 { return negative ? Decimal.zero : nil }
    if leading < -38 { return Decimal.one }
    var product = InlineArray<7, UInt64>(repeating: 0)
    let factors = (UInt64(truncatingIfNeeded: magnitude), UInt64(truncatingIfNeeded: magnitude >> 64))
    let lower = multiply(logarithm, by: factors.0)
    let upper = multiply(logarithm, by: factors.1)
    var carry = false
    for place in 0..<7 {
      let a = place < 6 ? lower[place] : 0
      let b = place > 0 ? upper[place - 1] : 0
      let (first, overflow) = a.addingReportingOverflow(b)
      let (sum, again) = first.addingReportingOverflow(carry ? 1 : 0)
      product[place] = sum
      carry = overflow || again
    }
    var rest = Int(exponent.magnitude)
    while rest > 0 {
      let step = min(rest, 19)
      scale(&product, PowersOfTen.narrow(step), up: exponent > 0)
      rest -= step
    }
    if product[6] != 0 || product[5] != 0 || product[4] > 1_000_000 { return negative ? Decimal.zero : nil }
    return Decimal.exponential(
      negative: negative,
      FixedPoint(limbs: [product[0], product[1], product[2], product[3], product[4]]), maybeExact: true)
  }

  private static func multiply(_ value: FixedPoint, by factor: UInt64) -> InlineArray<6, UInt64> {
    var result = InlineArray<6, UInt64>(repeating: 0)
    for place in 0..<5 { result[place] = value.limbs[place] }
    var carry: UInt64 = 0
    for place in 0..<6 {
      let (high, low) = result[place].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result[place] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    return result
  }

  private static func scale(_ value: inout InlineArray<7, UInt64>, _ power: UInt64, up: Bool) {
    var carry: UInt64 = 0
    for step in 0..<7 {
      if up {
        let (high, low) = value[step].multipliedFullWidth(by: power)
        let (sum, overflow) = low.addingReportingOverflow(carry)
        value[step] = sum
        carry = high &+ (overflow ? 1 : 0)
      } else {
        let part = power.dividingFullWidth((carry, value[6 - step]))
        value[6 - step] = part.quotient
        carry = part.remainder
      }
    }
  }

  /// The decimal nearest to `±value · 10^exponent`.
  ///
  /// Where the true value may have few digits (a power, never an exponential or logarithm of a decimal other
  /// than 0 and 1) the value is taken for what it misses by less than 2⁻¹¹² of the 36th digit: 2.5 to the power of
  /// 2.0 is 6.25, not 6.2499…, and a tie is a tie. The error of the functions is 2⁻¹²⁰ there, and the nearest
  /// inexact values, powers of 1 ± 10⁻³³, are 2⁻¹⁰⁶ away.
  private init?(negative: Bool, nearest value: FixedPoint, exponent: Int = 0, maybeExact: Bool = false) {
    if value.isZero { return nil }
    var fraction = value
    var integer = UInt128(value.integer)
    var exponent = exponent
    while integer < PowersOfTen.wide(35) {
      // In steps of 10⁹ while there is far to go.
      let power: UInt64 = integer < PowersOfTen.wide(26) ? 1_000_000_000 : 10
      fraction.limbs[4] = 0
      fraction = fraction * power
      integer = integer * UInt128(power) + UInt128(fraction.integer)
      exponent -= power == 10 ? 1 : 9
    }
    var sticky = true
    if maybeExact {
      let leading = UInt128(fraction.limbs[3]) << 64 | UInt128(fraction.limbs[2])
      if leading >> 16 == UInt128.max >> 16 { integer += 1 }
      sticky = leading >> 16 != UInt128.max >> 16 && leading >> 16 != 0
    }
    guard
      let result = Decimal.nearest(
        negative: negative, high: 0, low: integer, exponent: exponent, sticky: sticky)
    else { return nil }
    self = result
  }
}
