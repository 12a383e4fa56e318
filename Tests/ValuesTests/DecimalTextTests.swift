import TestSupport
import Testing
import Values

@Suite struct DecimalTextTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("0.000", "0"), ("-12.50", "-12.5"), (".5", "0.5"), ("-.5", "-0.5"),
    ("1E+5", "100000"),
    ("1e5", "100000"), ("1.5E-3", "0.0015"), ("1000", "1000"), ("00012.30", "12.3"), ("10.00", "10"),
    ("123456789012345678", "123456789012345678"), ("1234567890123456789", "1234567890123456789"),
    ("0.000000000000000000001", "0.000000000000000000001"),
    ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775808", "9223372036854775808"), ("99999999999999999.99", "99999999999999999.99"),
    ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
    ("12345678901234567890.12345678901234", "12345678901234567890.12345678901234"),
    ("1E+40", "10000000000000000000000000000000000000000"), ("1E+64", "1E+64"), ("12E+100", "1.2E+101"),
    ("1E-70", "1E-70"), ("-1.50E-100", "-1.5E-100"), ("1E+6144", "1E+6144"),
    ("9.999999999999999999999999999999999E+6144", "9.999999999999999999999999999999999E+6144"),
  ])
  func readsAndWrites(text: String, canonical: String) {
    #expect(Decimal(text)?.description == canonical)
    #expect(Decimal(canonical) == Decimal(text))
    var bytes: [UInt8] = [33]
    decimal(text).write(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "!" + canonical)
  }

  @Test(arguments: [
    "", "-", "+", "+1", ".", "-.", "1.", "1..2", "1.2.3", "--1", "1-", " 1", "1 ", "1_000", "1,5", "12abc",
    "abc", "e5",
    "1e", "1e+", "1e-", "1e5.0", "1E5E5", "0x10", "NaN", "Infinity", "١٢", "1\u{0}", "1e ", ".e5", "1.e5",
    "½", "−1",
    "123456789012345678901234567890.", "1234567890123456789x",
  ])
  func refusesEverythingElse(text: String) {
    #expect(Decimal(text) == nil)
    #expect(Decimal("x\(text)".dropFirst()) == nil)
  }

  @Test func readsEverySortOfText() {
    #expect(Decimal("[12.5]".dropFirst().dropLast()) == decimal("12.5"))
    let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    #expect(Decimal(utf8: none) == nil)
  }

  @Test func longNumeralsAreRounded() {
    let nines = String(repeating: "9", count: 35)
    #expect(Decimal(nines)?.description == "1" + String(repeating: "0", count: 35))
    let tie = "1234567890123456789012345678901234"
    #expect(Decimal(tie + "5") == Decimal(tie + "0"))
    #expect(Decimal(tie + "5" + String(repeating: "0", count: 100) + ".00000") == Decimal(tie + "0E+100"))
    #expect(
      Decimal(tie + "5" + String(repeating: "0", count: 100) + ".00001")
        == decimal(tie.dropLast() + "50E+100"))
    #expect(Decimal("0." + String(repeating: "0", count: 100_000) + "1") == 0)
    #expect(Decimal(String(repeating: "0", count: 100_000) + "7") == 7)
    #expect(Decimal(String(repeating: "7", count: 6144)) != nil)
    #expect(Decimal(String(repeating: "7", count: 6146)) == nil)
    #expect(Decimal("0." + String(repeating: "0", count: 7000) + "1E+7001") == 1)
    #expect(Decimal("1" + String(repeating: "0", count: 7000) + "E-7000") == 1)
    #expect(Decimal("1E99999999999999999999999999") == nil)
    #expect(Decimal("1E-99999999999999999999999999") == 0)
    #expect(Decimal("0E99999999999999999999999999") == 0)
  }

  @Test(arguments: [
    ("10.5", 2, "10.50"), ("10.505", 2, "10.50"), ("10.515", 2, "10.52"), ("-0.005", 2, "-0.00"),
    ("-0.006", 2, "-0.01"),
    ("0", 0, "0"), ("0", 2, "0.00"), ("0.000", 1, "0.0"), ("1E+3", 2, "1000.00"), ("2.5", 0, "2"),
    ("3.5", 0, "4"),
    ("123456.789", -3, "123457"), ("1E-20", 3, "0.000"), ("99.995", 2, "100.00"), ("0.05", 3, "0.050"),
  ])
  func writesAFixedNumberOfDecimals(text: String, digits: Int, expected: String) {
    let wanted = expected == "-0.00" ? "0.00" : expected
    #expect(decimal(text).text(fractionDigits: digits) == wanted)
  }

  @Test func manyDecimalsAreWritten() {
    let text = decimal("1.5").text(fractionDigits: Int.max)
    #expect(text.utf8.count == 6178)
    #expect(text.hasPrefix("1.500"))
    #expect(Decimal.greatestFiniteMagnitude.text(fractionDigits: 1).utf8.count == 6147)
  }

  @Test func fixedDecimalsAreTheRoundedValue() {
    var random = SeededGenerator(seed: 13)
    for _ in 0..<2000 {
      let mantissa = Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random)
      let exponent = Int.random(in: -30...3, using: &random)
      let digits = Int.random(in: 0...25, using: &random)
      let value = Decimal(mantissa: Int128(mantissa), exponent: exponent) ?? Decimal.zero
      let text = value.text(fractionDigits: digits)
      #expect(Decimal(text) == value.rounded(scale: digits, .halfEven))
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      #expect(parts.count == (digits == 0 ? 1 : 2))
      #expect(digits == 0 || parts.last?.utf8.count == digits)
    }
    #expect(Decimal(Int.min).text(fractionDigits: 2) == "-9223372036854775808.00")
  }

  @Test func everyValueIsReadBackAsWritten() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let digits = Int.random(in: 1...34, using: &random)
      var mantissa: Int128 = 0
      for _ in 0..<digits { mantissa = mantissa * 10 + Int128(Int.random(in: 0...9, using: &random)) }
      if Bool.random(using: &random) { mantissa = -mantissa }
      let wide = Bool.random(using: &random)
      let exponent = Int.random(in: wide ? -6176...6111 : -40...10, using: &random)
      guard let value = Decimal(mantissa: mantissa, exponent: exponent) else {
        Issue.record("no value of \(mantissa)E\(exponent)")
        continue
      }
      #expect(Decimal(value.description) == value)
      #expect(value.description == value.reduced.description)
    }
  }
}
