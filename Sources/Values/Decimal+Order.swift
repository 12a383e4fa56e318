extension Decimal: Hashable, Comparable {
  /// Whether the numeric values are equal, whatever the number of zeros they are held with.
  public static func == (left: Decimal, right: Decimal) -> Bool {
    if left.scale10 == right.scale10 { return left.low == right.low && left.high == right.high }
    return order(left, right) == 0
  }

  /// Whether the left value is below the right one.
  public static func < (left: Decimal, right: Decimal) -> Bool {
    if left.scale10 == right.scale10 {
      return left.high == right.high ? left.low < right.low : left.high < right.high
    }
    return order(left, right) < 0
  }

  /// Hashes the numeric value: 1.0 and 1.00 alike.
  public func hash(into hasher: inout Hasher) {
    let value = reduced
    hasher.combine(value.low)
    hasher.combine(value.scale10)
    if !value.isNarrow { hasher.combine(value.high) }
  }

  /// -1, 0 or 1 as the left value is below, equal to or above the right one.
  private static func order(_ left: Decimal, _ right: Decimal) -> Int {
    let distance = Int(left.scale10) - Int(right.scale10)
    if left.isNarrow && right.isNarrow && distance > -19 && distance < 19 {
      var a = Int128(left.narrow)
      var b = Int128(right.narrow)
      if distance >= 0 {
        a &*= Int128(PowersOfTen.narrow(distance))
      } else {
        b &*= Int128(PowersOfTen.narrow(-distance))
      }
      return a < b ? -1 : (a == b ? 0 : 1)
    }
    if left.sign != right.sign { return left.sign < right.sign ? -1 : 1 }
    if left.isZero { return 0 }
    let magnitudes = orderOfMagnitudes(left, right, distance)
    return left.isNegative ? -magnitudes : magnitudes
  }

  private static func orderOfMagnitudes(_ left: Decimal, _ right: Decimal, _ distance: Int) -> Int {
    let a = left.wideMagnitude
    let b = right.wideMagnitude
    let leading = PowersOfTen.digits(a) + left.exponent - PowersOfTen.digits(b) - right.exponent
    if leading != 0 { return leading < 0 ? -1 : 1 }
    // The leading digits stand at the same place, so the distance is below 34 and the scaled one fits.
    let scaledA = distance > 0 ? a * PowersOfTen.wide(distance) : a
    let scaledB = distance < 0 ? b * PowersOfTen.wide(-distance) : b
    return scaledA < scaledB ? -1 : (scaledA == scaledB ? 0 : 1)
  }
}
