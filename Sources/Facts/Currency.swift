/// A currency of ISO 4217 by its three-letter code.
///
/// Withdrawn currencies that a Baltic supplier still meets in old ledgers (LVL, EEK, LTL) are known; anything
/// else that is not on the list is refused, because a mistyped currency would quietly split a customer's debt.
public struct Currency: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let letters: UInt32

  /// The euro.
  public static let eur = Currency(first: 0x45, second: 0x55, third: 0x52)

  private init(first: UInt8, second: UInt8, third: UInt8) {
    letters = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
  }

  /// The currency with this code in capital letters, or nil when ISO 4217 knows no such code.
  public init?(_ code: String) {
    var code = code
    guard let currency = code.withUTF8({ Currency(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = currency
  }

  /// The currency with this code of ASCII capital letters, or nil when ISO 4217 knows no such code.
  ///
  /// Stores read one with every amount; through strings, it was a quarter of the cost of reading a fact.
  public init?(utf8: UnsafeRawBufferPointer) {
    guard utf8.count == 3 else { return nil }
    self.init(first: utf8[0], second: utf8[1], third: utf8[2])
    guard self == .eur || Currency.known.contains(letters) else { return nil }
  }

  /// The three-letter code.
  public var code: String {
    String(
      decoding: [
        UInt8(truncatingIfNeeded: letters >> 16), UInt8(truncatingIfNeeded: letters >> 8),
        UInt8(truncatingIfNeeded: letters),
      ], as: UTF8.self)
  }

  /// The three-letter code.
  public var description: String { code }

  /// Orders currencies by their code.
  public static func < (left: Currency, right: Currency) -> Bool { left.letters < right.letters }

  private static let known: Set<UInt32> = {
    var codes: Set<UInt32> = []
    for code in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      codes.insert(code.utf8.reduce(0) { $0 << 8 | UInt32($1) })
    }
    return codes
  }()

  // ISO 4217:2015 list one (circulating currencies), and the three national currencies of the Baltic states
  // from list three. Fund, metal and testing codes are left out: nobody is billed in them.
  private static let list = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
    HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
    TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG EEK LTL LVL
    """
}
