/// The country whose law applies, by its two-letter code of ISO 3166-1.
public struct Jurisdiction: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let letters: UInt16

  /// Latvia.
  public static let latvia = Jurisdiction(first: 0x4C, second: 0x56)
  /// Estonia.
  public static let estonia = Jurisdiction(first: 0x45, second: 0x45)

  private init(first: UInt8, second: UInt8) {
    letters = UInt16(first) << 8 | UInt16(second)
  }

  /// The country with this code of two capital letters.
  public init?(_ code: some StringProtocol) {
    let bytes = Array(code.utf8)
    guard bytes.count == 2, bytes.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return nil }
    self.init(first: bytes[0], second: bytes[1])
  }

  /// The two-letter code.
  public var code: String {
    String(
      decoding: [UInt8(truncatingIfNeeded: letters >> 8), UInt8(truncatingIfNeeded: letters)], as: UTF8.self)
  }

  /// The two-letter code.
  public var description: String { code }

  /// Orders countries by their code.
  public static func < (left: Jurisdiction, right: Jurisdiction) -> Bool { left.letters < right.letters }
}
