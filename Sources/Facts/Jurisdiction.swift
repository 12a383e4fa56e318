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
  public init?(_ code: String) {
    var bytes = code.utf8.makeIterator()
    let capitals: ClosedRange<UInt8> = 0x41...0x5A
    guard let first = bytes.next(), let second = bytes.next(), bytes.next() == nil, capitals.contains(first),
      capitals.contains(second)
    else { return nil }
    self.init(first: first, second: second)
  }

  /// The two-letter code.
  public var code: String {
    String(unsafeUninitializedCapacity: 2) { bytes in
      bytes[0] = UInt8(truncatingIfNeeded: letters >> 8)
      bytes[1] = UInt8(truncatingIfNeeded: letters)
      return 2
    }
  }

  /// The two-letter code.
  public var description: String { code }

  /// Orders countries by their code.
  public static func < (left: Jurisdiction, right: Jurisdiction) -> Bool { left.letters < right.letters }
}
