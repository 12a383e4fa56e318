/// A non-negative binary number with 64 integer and 256 fraction bits (77 decimal places).
///
/// The working form of the elementary functions: enough guard digits for results correct to 34 digits.
struct FixedPoint {
  /// Least significant first; the last one is the integer part.
  var limbs: InlineArray<5, UInt64>

  init(limbs: InlineArray<5, UInt64>) {
    self.limbs = limbs
  }

  init(integer: UInt64) {
    limbs = [0, 0, 0, 0, integer]
  }

  /// The quotient, cut off; it must be below 2⁶⁴ and the denominator below 2¹²⁷.
  init(_ numerator: UInt128, over denominator: UInt128) {
    limbs = InlineArray(repeating: 0)
    var (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    limbs[4] = UInt64(truncatingIfNeeded: quotient)
    for place in 0..<4 {
      (quotient, rest) = denominator.dividingFullWidth((rest >> 64, rest << 64))
      limbs[3 - place] = UInt64(truncatingIfNeeded: quotient)
    }
  }

  static let one = FixedPoint(integer: 1)
  /// ln 2, cut off after 256 bits.
  static let naturalLogarithmOfTwo = FixedPoint(
    limbs: [0x8a0d_175b_8baa_fa2b, 0x40f3_4326_7298_b62d, 0xc9e3_b398_03f2_f6af, 0xb172_17f7_d1cf_79ab, 0])
  /// ln 10, cut off after 256 bits.
  static let naturalLogarithmOfTen = FixedPoint(
    limbs: [0x0f18_7a08_07c0_b5ca, 0x8a3f_b3e7_6977_e43a, 0xa95b_58ae_0b4c_28a3, 0x4d76_3776_aaa2_b05b, 2])
  /// 1 / ln 10, cut off after 256 bits.
  static let inverseNaturalLogarithmOfTen = FixedPoint(
    limbs: [0x1d1f_96a2_7bc7_529e, 0x1f71_a301_22e4_d101, 0x9aad_d557_d699_ee19, 0x6f2d_ec54_9b94_38ca, 0])

  var integer: UInt64 { limbs[4] }

  var isZero: Bool { bitWidth == 0 }

  /// The number of bits up to the highest one set; 256 of them lie behind the binary point.
  var bitWidth: Int {
    for place in 0..<5 where limbs[4 - place] != 0 {
      return 64 * (5 - place) - limbs[4 - place].leadingZeroBitCount
    }
    return 0
  }

  static func < (left: FixedPoint, right: FixedPoint) -> Bool {
    for place in 0..<5 where left.limbs[4 - place] != right.limbs[4 - place] {
      return left.limbs[4 - place] < right.limbs[4 - place]
    }
    return false
  }

  /// The sum, modulo 2⁶⁴.
  static func + (left: FixedPoint, right: FixedPoint) -> FixedPoint {
    var result = left
    var carry: UInt64 = 0
    for place in 0..<5 {
      let (first, overflow) = left.limbs[place].addingReportingOverflow(right.limbs[place])
      let (sum, again) = first.addingReportingOverflow(carry)
      result.limbs[place] = sum
      carry = (overflow ? 1 : 0) + (again ? 1 : 0)
    }
    return result
  }

  /// The difference, which must not be negative.
  static func - (left: FixedPoint, right: FixedPoint) -> FixedPoint {
    var result = left
    var borrow: UInt64 = 0
    for place in 0..<5 {
      let (first, overflow) = left.limbs[place].subtractingReportingOverflow(right.limbs[place])
      let (difference, again) = first.subtractingReportingOverflow(borrow)
      result.limbs[place] = difference
      borrow = (overflow ? 1 : 0) + (again ? 1 : 0)
    }
    return result
  }

  /// The product, cut off; it must be below 2⁶⁴.
  static func * (left: FixedPoint, right: FixedPoint) -> FixedPoint {
    var product = InlineArray<10, UInt64>(repeating: 0)
    for i in 0..<5 {
      let factor = left.limbs[i]
      if factor == 0 { continue }
      var carry: UInt64 = 0
      for j in 0..<5 {
        // Never overflows: (2⁶⁴−1)² + 2·(2⁶⁴−1) = 2¹²⁸−1.
        let sum = UInt128(factor) &* UInt128(right.limbs[j]) &+ UInt128(product[i + j]) &+ UInt128(carry)
        product[i + j] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      product[i + 5] = carry
    }
    return FixedPoint(limbs: [product[4], product[5], product[6], product[7], product[8]])
  }

  /// The product with a small integer; it must be below 2⁶⁴.
  static func * (left: FixedPoint, right: UInt64) -> FixedPoint {
    var result = left
    var carry: UInt64 = 0
    for place in 0..<5 {
      let sum = UInt128(left.limbs[place]) &* UInt128(right) &+ UInt128(carry)
      result.limbs[place] = UInt64(truncatingIfNeeded: sum)
      carry = UInt64(truncatingIfNeeded: sum >> 64)
    }
    return result
  }

  /// The quotient by a small integer, cut off.
  static func / (left: FixedPoint, right: UInt64) -> FixedPoint {
    var result = left
    var rest: UInt64 = 0
    for place in 0..<5 {
      let step = right.dividingFullWidth((rest, left.limbs[4 - place]))
      result.limbs[4 - place] = step.quotient
      rest = step.remainder
    }
    return result
  }

  /// The value divided by 2^bits, for 1...63 bits.
  func shiftedRight(by bits: UInt64) -> FixedPoint {
    var result = self
    for place in 0..<4 {
      result.limbs[place] = limbs[place] >> bits | limbs[place + 1] << (64 - bits)
    }
    result.limbs[4] = limbs[4] >> bits
    return result
  }
}
