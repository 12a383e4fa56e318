/// An exact decimal number of up to 34 significant digits.
///
/// The arithmetic is that of IEEE 754 decimal128: results that need more than 34 digits are rounded half-even,
/// exponents run from -6176 to 6111 (so values from 1E-6176 to 9.99…E+6144), a result too small becomes zero.
/// There is no infinity and no NaN: the named operations answer nil where the result cannot be represented,
/// the operators saturate at the greatest finite value.
///
/// The value holds no reference, so copying it costs nothing. Most amounts fit a 64-bit mantissa, and every
/// operation tries that form first; the 128-bit form is behind it.
public struct Decimal: Sendable {
  /// The lower half of the two's complement significand.
  let low: UInt64
  /// The upper half of the two's complement significand; only the sign of `low` where the value is narrow.
  let high: Int64
  /// The power of ten that the significand is multiplied by.
  let scale10: Int32

  /// The smallest exponent a decimal can hold.
  static let leastExponent = -6176
  /// The greatest exponent a decimal can hold.
  static let greatestExponent = 6111
  /// The number of significant digits a decimal can hold.
  static let precision = 34

  /// Makes a decimal of a significand that fits 64 bits.
  @inline(__always)
  init(narrow: Int64, exponent: Int32) {
    low = UInt64(bitPattern: narrow)
    high = narrow >> 63
    scale10 = exponent
  }

  /// Makes a decimal of a sign and a magnitude below 10³⁴.
  @inline(__always)
  init(negative: Bool, magnitude: UInt128, exponent: Int32) {
    let signed = negative ? 0 &- magnitude : magnitude
    low = UInt64(truncatingIfNeeded: signed)
    high = Int64(truncatingIfNeeded: signed >> 64)
    scale10 = exponent
  }

  /// Makes a decimal of an integer, exactly.
  public init(_ value: Int) {
    self.init(narrow: Int64(value), exponent: 0)
  }

  /// Makes the decimal nearest to `mantissa · 10^exponent`; nil where that is beyond the greatest decimal.
  public init?(mantissa: Int128, exponent: Int) {
    if let narrow = Int64(exactly: mantissa), exponent >= Decimal.leastExponent, exponent <= 0 {
      self.init(narrow: narrow, exponent: Int32(exponent))
      return
    }
    guard
      let value = Decimal.nearest(
        negative: mantissa < 0, high: 0, low: mantissa.magnitude, exponent: exponent)
    else { return nil }
    self = value
  }

  /// Zero.
  public static let zero = Decimal(narrow: 0, exponent: 0)
  /// One.
  public static let one = Decimal(narrow: 1, exponent: 0)
  /// The greatest decimal, 9.99…E+6144.
  public static let greatestFiniteMagnitude = Decimal(
    negative: false, magnitude: PowersOfTen.wide(34) - 1, exponent: Int32(greatestExponent))

  /// Whether the significand fits 64 bits.
  @inline(__always)
  var isNarrow: Bool { high == Int64(bitPattern: low) >> 63 }

  /// The significand of a narrow decimal.
  @inline(__always)
  var narrow: Int64 { Int64(bitPattern: low) }

  /// The significand without its sign.
  var wideMagnitude: UInt128 { significand.magnitude }

  @inline(__always)
  var isZero: Bool { low == 0 && high == 0 }

  @inline(__always)
  var isNegative: Bool { high < 0 }

  /// The significand as held; the value is `significand · 10^exponent`.
  public var significand: Int128 { Int128(high) << 64 | Int128(low) }

  /// The exponent as held; equal values may be held with different exponents.
  public var exponent: Int { Int(scale10) }

  /// The absolute value.
  public var magnitude: Decimal { isNegative ? -self : self }

  /// -1, 0 or 1.
  public var sign: Int { isNegative ? -1 : (isZero ? 0 : 1) }

  /// Whether the value has no fraction.
  public var isInteger: Bool {
    if scale10 >= 0 || isZero { return true }
    if scale10 < -Int32(Decimal.precision) { return false }
    return wideMagnitude % PowersOfTen.wide(-exponent) == 0
  }

  /// The value as an integer; nil where it has a fraction or is out of range.
  public func integer() -> Int? {
    if isZero { return 0 }
    if scale10 == 0 { return Int(exactly: significand) }
    if scale10 > 0 {
      guard scale10 < 19, isNarrow else { return nil }
      return Int(exactly: significand * Int128(PowersOfTen.wide(exponent)))
    }
    guard scale10 >= -Int32(Decimal.precision) else { return nil }
    let (quotient, rest) = significand.quotientAndRemainder(dividingBy: Int128(PowersOfTen.wide(-exponent)))
    return rest == 0 ? Int(exactly: quotient) : nil
  }

  /// The same value in the shortest significand, with zeros at its end moved into the exponent.
  public var reduced: Decimal { stripped(upTo: Decimal.greatestExponent) }

  /// The same value with zeros at the end of the significand removed while the exponent is below `limit`.
  func stripped(upTo limit: Int) -> Decimal {
    if isZero { return Decimal.zero }
    var exponent = exponent
    if isNarrow {
      var rest = narrow
      while exponent < limit {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        if digit != 0 { break }
        rest = quotient
        exponent += 1
      }
      return Decimal(narrow: rest, exponent: Int32(exponent))
    }
    var rest = wideMagnitude
    for step in [16, 8, 4, 2, 1] {
      while exponent + step <= limit {
        let (quotient, digits) = rest.quotientAndRemainder(dividingBy: PowersOfTen.wide(step))
        if digits != 0 { break }
        rest = quotient
        exponent += step
      }
    }
    return Decimal(negative: isNegative, magnitude: rest, exponent: Int32(exponent))
  }
}

extension Decimal: ExpressibleByIntegerLiteral {
  /// Makes a decimal of an integer literal.
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}
