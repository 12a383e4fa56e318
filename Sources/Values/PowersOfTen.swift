/// Powers of ten and the digit counts found with them.
enum PowersOfTen {
  /// 10⁰ … 10¹⁹, all that fit 64 bits.
  private static let table: InlineArray<20, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    10_000_000_000_000_000_000,
  ]

  /// 10^n for n in 0...19.
  @inline(__always)
  static func narrow(_ n: Int) -> UInt64 { table[n] }

  /// 10^n for n in 0...38.
  @inline(__always)
  static func wide(_ n: Int) -> UInt128 {
    n <= 19 ? UInt128(table[n]) : UInt128(table[19]) &* UInt128(table[n - 19])
  }

  /// The number of decimal digits of `value`; 0 has none.
  @inline(__always)
  static func digits(_ value: UInt64) -> Int {
    let bits = UInt64.bitWidth - value.leadingZeroBitCount
    // 1233/4096 is log₁₀2 closely enough to give the digit count or one too few.
    let estimate = (bits &* 1233) >> 12
    return estimate + (value >= table[estimate] ? 1 : 0)
  }

  /// The number of decimal digits of `value`, which must be below 10³⁸; 0 has none.
  static func digits(_ value: UInt128) -> Int {
    let high = UInt64(truncatingIfNeeded: value >> 64)
    if high == 0 { return digits(UInt64(truncatingIfNeeded: value)) }
    let bits = UInt128.bitWidth - value.leadingZeroBitCount
    let estimate = (bits &* 1233) >> 12
    return estimate + (value >= wide(estimate) ? 1 : 0)
  }

  /// The number of decimal digits of `high · 2¹²⁸ + low`, which must be below 10⁷².
  static func digits(high: UInt128, low: UInt128) -> Int {
    let bits = 2 * UInt128.bitWidth - (high == 0 ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount)
    let estimate = (bits &* 1233) >> 12
    if estimate <= 38 {
      return estimate + (high > 0 || low >= wide(estimate) ? 1 : 0)
    }
    let power = wide(38).multipliedFullWidth(by: wide(estimate - 38))
    return estimate + (high > power.high || (high == power.high && low >= power.low) ? 1 : 0)
  }
}
