import Facts
import Testing
import Values

struct CurrencyTests {
  @Test func `known codes are taken and spelt back`() {
    for code in ["EUR", "TWD", "USD", "LVL", "EEK", "SEK", "ZWG"] { #expect(Currency(code)?.code == code) }
    #expect(Currency("EUR") == .eur)
    #expect(Currency("EEK").map { $0 < .eur } == true)
  }

  @Test(arguments: ["", "EU", "EURO", "eur", "XXX", "XTS", "ÄUR", "€", "ERU", "NTD", "E R", "EUR "])
  func `others are refused`(code: String) {
    #expect(Currency(code) == nil)
  }

  @Test func `money is written with its code`() {
    #expect(Money(Decimal("10.50") ?? 0, .eur).description == "10.5 EUR")
  }

  @Test func `a country code is two capital letters`() {
    #expect(Jurisdiction("LV") == .latvia && Jurisdiction("EE") == .estonia)
    #expect(Jurisdiction("FI")?.code == "FI")
    for code in ["", "L", "lv", "LVA", "ĻV", "1V"] { #expect(Jurisdiction(code) == nil) }
  }
}
