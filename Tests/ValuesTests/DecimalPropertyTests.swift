import TestSupport
import Testing
import Values

/// Laws, and agreement with plain 128-bit integers of hundred-thousandths.
@Suite struct DecimalPropertyTests {
  /// A decimal of five decimals at most beside the integer of hundred-thousandths.
  private static func sample(_ random: inout SeededGenerator) -> (value: Decimal, units: Int128) {
    let places = Int.random(in: 0...5, using: &random)
    let limits = [10, 10_000, 10_000_000_000, 4_000_000_000_000_000_000]
    let limit = limits[Int.random(in: 0..<4, using: &random)]
    let mantissa = Int.random(in: -limit...limit, using: &random)
    var units = Int128(mantissa)
    for _ in places..<5 { units *= 10 }
    return (Decimal(mantissa: Int128(mantissa), exponent: -places) ?? Decimal.zero, units)
  }

  @Test func agreesWithIntegers() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<4000 {
      let (a, x) = DecimalPropertyTests.sample(&random)
      let (b, y) = DecimalPropertyTests.sample(&random)
      #expect(a + b == Decimal(mantissa: x + y, exponent: -5))
      #expect(a - b == Decimal(mantissa: x - y, exponent: -5))
      #expect((a < b) == (x < y))
      #expect((a == b) == (x == y))
      if x == y { #expect(a.hashValue == b.hashValue) }
      if x.magnitude < 1 << 62 && y.magnitude < 1 << 62 {
        #expect(a * b == Decimal(mantissa: x * y, exponent: -10))
      }
      if y != 0 {
        let rest = x % y
        let floored = rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest
        #expect(a.floorRemainder(dividingBy: b) == Decimal(mantissa: floored, exponent: -5))
      }
    }
  }

  @Test func lawsHoldForEveryMagnitude() {
    var random = SeededGenerator(seed: 2)
    func any() -> Decimal {
      let mantissa = Int128(truncatingIfNeeded: random.next()) << 48 ^ Int128(random.next() >> 20)
      let shift = Int128(Int.random(in: 0...100, using: &random))
      let exponent = Int.random(in: -60...60, using: &random)
      return Decimal(
        mantissa: Bool.random(using: &random) ? mantissa >> shift : -mantissa >> shift, exponent: exponent)
        ?? Decimal.one
    }
    for _ in 0..<2000 {
      let a = any()
      let b = any()
      #expect(a + b == b + a)
      #expect(a * b == b * a)
      #expect(a - b == -(b - a))
      #expect(a - a == 0)
      #expect(a.reduced == a)
      #expect(a.reduced.hashValue == a.hashValue)
      #expect((a < b) == (b > a))
      #expect((a < b) == ((a - b).sign < 0))
      #expect((a == b) == ((a - b).sign == 0))
      #expect(a.magnitude >= 0)
      if !b.isZeroValue {
        let rest = a.floorRemainder(dividingBy: b)
        #expect(rest.map { $0.sign == 0 || $0.sign == b.sign } == true)
        #expect(rest.map { $0.magnitude <= b.magnitude } == true)
      }
    }
  }

  @Test func roundingBracketsTheValue() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<2000 {
      let (a, _) = DecimalPropertyTests.sample(&random)
      let scale = Int.random(in: -3...5, using: &random)
      guard let low = a.rounded(scale: scale, .floor), let high = a.rounded(scale: scale, .ceiling),
        let unit = Decimal(mantissa: 1, exponent: -scale)
      else {
        Issue.record("\(a) at \(scale)")
        continue
      }
      #expect(low <= a && a <= high)
      #expect(high - low == (low == a ? 0 : unit))
      for mode in RoundingMode.allCases {
        let rounded = a.rounded(scale: scale, mode)
        #expect(rounded == low || rounded == high)
      }
      #expect(a.rounded(scale: scale, .down) == (a.sign < 0 ? high : low))
      #expect(a.rounded(scale: scale, .up) == (a.sign < 0 ? low : high))
    }
  }

  @Test func functionsInvertEachOther() {
    var random = SeededGenerator(seed: 5)
    let tolerance = decimal("1E-31")
    for _ in 0..<100 {
      let value = Decimal(Int.random(in: 1...1_000_000, using: &random)) * decimal("0.001")
      guard let logarithm = value.naturalLogarithm(), let back = logarithm.exponential(),
        let root = value.squareRoot(), let half = value.power(decimal("0.5"))
      else {
        Issue.record("\(value)")
        continue
      }
      #expect((back - value).magnitude <= value * tolerance)
      #expect((root * root - value).magnitude <= value * tolerance)
      #expect(root == half)
    }
  }
}

extension Decimal {
  fileprivate var isZeroValue: Bool { sign == 0 }
}
