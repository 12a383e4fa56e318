/// A 32-byte digest, held in place.
public struct Digest: Hashable, Sendable {
  /// The bytes as four big-endian words, so that the order of the words is that of the bytes.
  let words: InlineWords

  struct InlineWords: Hashable, Sendable {
    var a: UInt64
    var b: UInt64
    var c: UInt64
    var d: UInt64
  }

  init(words: InlineWords) {
    self.words = words
  }

  /// The number of bytes of a digest.
  public static let byteCount = 32

  /// 32 zero bytes.
  public static let zero = Digest(words: InlineWords(a: 0, b: 0, c: 0, d: 0))

  /// Makes a digest of 32 bytes; nil for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Digest.byteCount else { return nil }
    var words = InlineWords(a: 0, b: 0, c: 0, d: 0)
    for byte in bytes { words.shift(in: UInt64(byte), bits: 8) }
    self.init(words: words)
  }

  /// Makes a digest of 32 bytes in memory; nil for any other number.
  ///
  /// Stores read one with every row; the general initialiser, not specialised in another module, was a third of
  /// the cost of reading a fact.
  public init?(memory: UnsafeRawBufferPointer) {
    guard memory.count == Digest.byteCount else { return nil }
    func word(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    self.init(words: InlineWords(a: word(0), b: word(8), c: word(16), d: word(24)))
  }

  /// Makes a digest of 64 hexadecimal digits in either case; nil for anything else.
  public init?(hexadecimal text: some StringProtocol) {
    var text = String(text)
    guard let digest = text.withUTF8({ Digest(hexadecimal: $0) }) else { return nil }
    self = digest
  }

  /// Makes a digest of 64 hexadecimal digits in memory; nil for anything else.
  public init?(hexadecimal digits: UnsafeBufferPointer<UInt8>) {
    guard digits.count == 2 * Digest.byteCount else { return nil }
    var words = InlineWords(a: 0, b: 0, c: 0, d: 0)
    for byte in digits {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      words.shift(in: UInt64(digit), bits: 4)
    }
    self.init(words: words)
  }

  /// One of the four big-endian words of eight bytes that the digest is made of; places are counted from 0 and begin anew after 3.
  public func word(_ place: Int) -> UInt64 { words[place & 3] }

  /// Puts the 32 bytes behind others.
  public func append(to bytes: inout [UInt8]) { withBytes { bytes.append(contentsOf: $0) } }

  /// The 32 bytes.
  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// Hands over the 32 bytes, for as long as the call takes and without an array of them.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let ordered = InlineWords(
      a: words.a.bigEndian, b: words.b.bigEndian, c: words.c.bigEndian, d: words.d.bigEndian)
    return try withUnsafeBytes(of: ordered, body)
  }

  /// The 64 hexadecimal digits in lower case.
  public var hexadecimal: String { withHexadecimal { String(decoding: $0, as: UTF8.self) } }

  /// Hands over the 64 hexadecimal digits in lower case, for as long as the call takes and without a string of them.
  public func withHexadecimal<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // Eight digits at a time.
    func digits(_ half: UInt32) -> UInt64 {
      var spread = UInt64(half)
      spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
      spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
      spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
      // 1 in each byte whose digit is a letter, which lies 39 places further than ten digits do.
      let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
      return (spread &+ 0x3030_3030_3030_3030 &+ letters &* 39).bigEndian
    }
    func both(_ word: UInt64) -> (UInt64, UInt64) {
      (digits(UInt32(truncatingIfNeeded: word >> 32)), digits(UInt32(truncatingIfNeeded: word)))
    }
    return withUnsafeBytes(of: (both(words.a), both(words.b), both(words.c), both(words.d)), body)
  }
}

extension Digest.InlineWords {
  /// The words in their order, 0...3.
  @inline(__always)
  subscript(place: Int) -> UInt64 {
    switch place {
    case 0: a
    case 1: b
    case 2: c
    default: d
    }
  }

  /// Moves everything up by some bits and puts new ones at the end.
  mutating func shift(in value: UInt64, bits: UInt64) {
    a = a << bits | b >> (64 - bits)
    b = b << bits | c >> (64 - bits)
    c = c << bits | d >> (64 - bits)
    d = d << bits | value
  }
}

extension Digest: Comparable, CustomStringConvertible {
  /// Whether the left digest is below the right one, byte by byte.
  public static func < (left: Digest, right: Digest) -> Bool {
    let (l, r) = (left.words, right.words)
    if l.a != r.a { return l.a < r.a }
    if l.b != r.b { return l.b < r.b }
    return l.c != r.c ? l.c < r.c : l.d < r.d
  }

  /// The 64 hexadecimal digits in lower case.
  public var description: String { hexadecimal }
}
