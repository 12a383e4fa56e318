extension FixedPoint {
  /// e to the power of a value below 3.
  ///
  /// The argument is divided by 2¹², its Taylor series summed and the result squared twelve times; the squarings
  /// cost twelve of the 256 fraction bits.
  func exponential() -> FixedPoint {
    let small = shiftedRight(by: 12)
    var sum = FixedPoint.one + small
    var term = small
    var n: UInt64 = 2
    while !term.isZero {
      term = (term * small) / n
      sum = sum + term
      n += 1
    }
    for _ in 0..<12 { sum = sum * sum }
    return sum
  }

  /// The natural logarithm of a value in 0.3...3.3, as a sign and a magnitude.
  ///
  /// A power of two brings the value near to one, and two divisions by the neighbouring 1/64 and 1/4096 within 2⁻¹¹
  /// of it. The logarithms of the two fractions come from a series over small integers, that of the rest from its
  /// Taylor series, so there is no table. A value very near to one passes all steps unchanged and keeps all of
  /// its relative precision.
  func naturalLogarithm() -> (negative: Bool, magnitude: FixedPoint) {
    var result = SignedSum()
    var value = self
    while value.integer >= 2 || (value.integer == 1 && value.limbs[3] >> 63 == 1) {
      value = value.shiftedRight(by: 1)
      result.add((false, FixedPoint.naturalLogarithmOfTwo))
    }
    while value.integer == 0 && value.limbs[3] >> 62 < 3 {
      value = value * 2
      result.add((true, FixedPoint.naturalLogarithmOfTwo))
    }
    let coarse = (value * 64).nearestInteger
    let first = (value * 64) / coarse
    let fine = (first * 4096).nearestInteger
    let rest = (first * 4096) / fine
    result.add(FixedPoint.logarithm(of: coarse, over: 64))
    result.add(FixedPoint.logarithm(of: fine, over: 4096))
    result.add(rest.logarithmNearOne())
    return (result.negative, result.magnitude)
  }

  private var nearestInteger: UInt64 { limbs[4] + (limbs[3] >> 63) }

  /// ln(numerator / denominator) = 2 · artanh((numerator − denominator) / (numerator + denominator)).
  private static func logarithm(
    of numerator: UInt64, over denominator: UInt64
  ) -> (negative: Bool, magnitude: FixedPoint) {
    let negative = numerator < denominator
    let top = negative ? denominator - numerator : numerator - denominator
    let bottom = numerator + denominator
    var power = FixedPoint(integer: top) / bottom
    var sum = power
    var n: UInt64 = 3
    while !power.isZero {
      power = (power * (top * top)) / (bottom * bottom)
      sum = sum + power / n
      n += 2
    }
    return (negative, sum + sum)
  }

  /// ln(1 + d) = d − d²/2 + d³/3 − …, for a |d| below 2⁻¹⁰.
  private func logarithmNearOne() -> (negative: Bool, magnitude: FixedPoint) {
    let below = self < FixedPoint.one
    let distance = below ? FixedPoint.one - self : self - FixedPoint.one
    var power = distance
    var odd = distance
    var even = FixedPoint(integer: 0)
    var n: UInt64 = 2
    while !power.isZero {
      power = power * distance
      if n & 1 == 0 { even = even + power / n } else { odd = odd + power / n }
      n += 1
    }
    return below ? (true, odd + even) : (false, odd - even)
  }
}

/// A running sum of signed fixed-point numbers.
struct SignedSum {
  private(set) var negative = false
  private(set) var magnitude = FixedPoint(integer: 0)

  mutating func add(_ term: (negative: Bool, magnitude: FixedPoint)) {
    if term.negative == negative {
      magnitude = magnitude + term.magnitude
    } else if magnitude < term.magnitude {
      magnitude = term.magnitude - magnitude
      negative = term.negative
    } else {
      magnitude = magnitude - term.magnitude
    }
  }
}
