import Testing
import Values

/// A decimal of a text that is known to be one; zero would betray a mistake in the test at once.
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
  }

  @Test func equalValuesHashAlike() {
    #expect(decimal("1.0") == decimal("1.000"))
    #expect(decimal("1.0").hashValue == decimal("1.000").hashValue)
    #expect(decimal("1E+3").hashValue == Decimal(1000).hashValue)
    #expect(decimal("-0") == 0)
    #expect(decimal("0E+6000").hashValue == Decimal.zero.hashValue)
    #expect(decimal("1.01") > decimal("1.0"))
    #expect(decimal("-1E-6176") < 0)
  }
}
