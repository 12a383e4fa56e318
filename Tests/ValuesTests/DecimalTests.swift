import Testing
import Values

/// A decimal of a text that is known to be one; a mistake in a test gives a value that no test expects.
func decimal(_ text: String) -> Decimal { Decimal(text) ?? Decimal.greatestFiniteMagnitude }

@Suite struct DecimalTests {
  @Test func sumsAndProductsAreExact() {
    #expect(decimal("0.1") + decimal("0.2") == decimal("0.3"))
    #expect((decimal("0.10") + decimal("0.2")).description == "0.3")
    #expect((decimal("1.5") * decimal("-1.5")).description == "-2.25")
    #expect(decimal("1").divided(by: 3)?.description == "0.3333333333333333333333333333333333")
    #expect(decimal("2").divided(by: 3)?.description == "0.6666666666666666666666666666666667")
    #expect(decimal("100").divided(by: 8)?.description == "12.5")
    #expect(decimal("1").divided(by: 0) == nil)
    #expect(decimal("0").divided(by: 0) == nil)
    #expect(decimal("1").floorRemainder(dividingBy: 0) == nil)
  }

  @Test func isPlainAndSmall() {
    #expect(MemoryLayout<Decimal>.size <= 24)
    #expect(_isPOD(Decimal.self))
    #expect(_isPOD(CivilDate.self))
    #expect(MemoryLayout<CivilDate>.size <= 8)
  }

  @Test func equalValuesHashAlike() {
    #expect(decimal("1.0") == decimal("1.000"))
    #expect(decimal("1.0").hashValue == decimal("1.000").hashValue)
    #expect(decimal("1E+3").hashValue == Decimal(1000).hashValue)
    #expect(decimal("-0") == 0)
    #expect(decimal("0E+6000").hashValue == Decimal.zero.hashValue)
    #expect(decimal("1000000000000000000000000000000").hashValue == decimal("1E30").hashValue)
    #expect(decimal("1.01") > decimal("1.0"))
    #expect(decimal("-1E-6176") < 0)
    #expect(Set([decimal("1"), decimal("1.0"), decimal("10E-1")]).count == 1)
  }

  @Test func operatorsSaturateAndNamedOperationsSayNil() {
    let greatest = Decimal.greatestFiniteMagnitude
    #expect(greatest.adding(greatest) == nil)
    #expect(greatest + greatest == greatest)
    #expect(-greatest - greatest == -greatest)
    #expect(greatest.multiplied(by: decimal("-10")) == nil)
    #expect(greatest * decimal("-10") == -greatest)
    #expect(greatest.divided(by: decimal("0.1")) == nil)
    // A sum that rounds to the greatest value is no overflow.
    #expect(greatest.adding(1) == greatest)
    #expect(decimal("1E-6176").multiplied(by: decimal("0.1")) == 0)
    #expect(decimal("1E-6176").divided(by: 10) == 0)
    var sum = Decimal(5)
    sum += decimal("0.5")
    sum -= 6
    #expect(sum == decimal("-0.5"))
  }

  @Test func integersAtTheLimits() {
    #expect(Decimal(Int.min).integer() == Int.min)
    #expect(Decimal(Int.max).integer() == Int.max)
    #expect((-Decimal(Int.min)).description == "9223372036854775808")
    #expect((-Decimal(Int.min)).integer() == nil)
    #expect(Decimal(Int.min).magnitude.description == "9223372036854775808")
    #expect(Decimal(Int.min).rounded(scale: 0, .up) == Decimal(Int.min))
    #expect(Decimal(Int.min).rounded(scale: -1, .up)?.description == "-9223372036854775810")
    #expect(Decimal(Int.min).divided(by: -1)?.description == "9223372036854775808")
    #expect((Decimal(Int.min) * Decimal(Int.min)).description == "85070591730234615865843651857942050000")
    #expect((Decimal(Int.max) + Decimal(Int.max)).description == "18446744073709551614")
    #expect(decimal("12.50").integer() == nil)
    #expect(decimal("12.00").integer() == 12)
    #expect(decimal("1E3").integer() == 1000)
    #expect(decimal("1E19").integer() == nil)
    #expect(decimal("1E6000").integer() == nil)
    #expect(decimal("1E-6000").integer() == nil)
    #expect(decimal("0E6000").integer() == 0)
    #expect(decimal("-5E18").integer() == -5_000_000_000_000_000_000)
    #expect(decimal("1234567890123456789012.0").isInteger)
    #expect(!decimal("0.5").isInteger)
    #expect(!decimal("1E-6000").isInteger)
    #expect(decimal("0E-6000").isInteger)
    #expect(decimal("-3").sign == -1 && Decimal.zero.sign == 0 && decimal("1E-20").sign == 1)
  }

  @Test func mantissaAndExponent() {
    #expect(Decimal(mantissa: 1250, exponent: -2) == decimal("12.5"))
    #expect(
      Decimal(mantissa: Int128.max, exponent: 0)?.description == "170141183460469231731687303715884100000")
    #expect(Decimal(mantissa: Int128.min, exponent: Int.min) == 0)
    #expect(Decimal(mantissa: 1, exponent: Int.max) == nil)
    #expect(Decimal(mantissa: 0, exponent: Int.max) == 0)
    #expect(Decimal(mantissa: 1, exponent: 6144)?.exponent == 6111)
    #expect(Decimal(mantissa: 1, exponent: 6145) == nil)
    let value = decimal("-12345678901234567890.12")
    #expect(Decimal(mantissa: value.significand, exponent: value.exponent) == value)
  }

  @Test func roundingRefusesAScaleOutOfRange() {
    #expect(decimal("1.5").rounded(scale: 6177, .halfEven) == nil)
    #expect(decimal("1.5").rounded(scale: -6112, .halfEven) == nil)
    #expect(decimal("1.5").rounded(scale: Int.max, .halfEven) == nil)
    #expect(decimal("1.5").rounded(scale: Int.min, .halfEven) == nil)
    #expect(decimal("1.5").rounded(scale: 6176, .halfEven) == decimal("1.5"))
    #expect(decimal("1.5").rounded(scale: -6111, .up) == decimal("1E6111"))
    #expect(decimal("-1.5").rounded(scale: -6111, .floor) == decimal("-1E6111"))
    #expect(decimal("-1.5").rounded(scale: -6111, .ceiling) == 0)
  }

  @Test func hugeExponentsAnswerAtOnce() {
    let huge = decimal("9E6144")
    #expect(huge.exponential() == nil)
    #expect((-huge).exponential() == 0)
    #expect(decimal("1.5").power(huge) == nil)
    #expect(decimal("1.5").power(-huge) == 0)
    #expect(huge.power(huge) == nil)
    #expect(huge.naturalLogarithm() != nil)
    #expect(huge.floorRemainder(dividingBy: decimal("1E-6176")) == 0)
    #expect(decimal("1E-6176").floorRemainder(dividingBy: -huge) == -huge)
    #expect(huge.adding(decimal("1E-6176")) == huge)
    #expect(decimal("-1").squareRoot() == nil)
    #expect(Decimal.zero.naturalLogarithm() == nil)
    #expect(decimal("-1").naturalLogarithm() == nil)
  }
}
