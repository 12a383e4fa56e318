/// The character classes of RFC 9110 section 5.6.2 and RFC 3986, as bit sets: no table in memory, no branch.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let colon = UInt8(ascii: ":")

  /// `tchar`: what methods and field names are made of.
  var isTokenCharacter: Bool { isMember(of: Self.token) }

  /// `pchar` and "/": what a path is made of; percent signs are looked at apart.
  var isPathCharacter: Bool { isMember(of: Self.path) }

  /// `reg-name`, and ":" for the port.
  var isHostCharacter: Bool { isMember(of: Self.host) }

  /// `field-vchar`, space and tab: no control character, but the bytes of UTF-8 and the older encodings.
  var isFieldValueCharacter: Bool { self >= 0x20 ? self != 0x7F : self == .tab }

  var isDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self &- 0x30
    case 0x41...0x46: self &- 0x37
    case 0x61...0x66: self &- 0x57
    default: nil
    }
  }

  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  private typealias Set = (low: UInt64, high: UInt64)

  private func isMember(of set: Set) -> Bool {
    guard self < 0x80 else { return false }
    return ((self < 64 ? set.low : set.high) &>> UInt64(self & 63)) & 1 == 1
  }

  // One bit for each character below 128, the bit of "0" is the 48th of the first number. The test spells the sets out.
  private static var token: Set { (0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE) }
  private static var path: Set { (0x2FFF_FFF2_0000_0000, 0x47FF_FFFE_87FF_FFFF) }
  private static var host: Set { (0x2FFF_7FF2_0000_0000, 0x47FF_FFFE_87FF_FFFE) }
}

extension Span<UInt8> {
  /// The place of the first byte that no field value may hold; nil where there is none.
  func firstOutsideFieldValue() -> Int? {
    var place = plainWords()
    while place < count {
      if !self[place].isFieldValueCharacter { return place }
      place += 1
    }
    return nil
  }

  /// How many bytes at the start, by eights, are neither a control character nor a tab: nearly all of nearly every value.
  private func plainWords() -> Int {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    return withUnsafeBytes { bytes in
      var place = 0
      while place + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        // The high bit of a byte stays set only where taking the smallest allowed one from it borrows.
        let controls = (word &- ones &* 0x20) & ~word & highs
        let deletes = ((word ^ (ones &* 0x7F)) &- ones) & ~(word ^ (ones &* 0x7F)) & highs
        if controls | deletes != 0 { break }
        place += 8
      }
      return place
    }
  }

  /// Whether these are the bytes of the text, to the letter.
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != text.utf8Start[index] { return false }
    return true
  }

  /// Whether these are the bytes of the text, which is written in small letters, whatever the case.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index].lowercased != text.utf8Start[index] { return false }
    return true
  }

  /// Where the byte first stands at or after a place.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Whether two hexadecimal digits follow every percent sign (RFC 3986 section 2.1).
  var hasWholeEncodings: Bool {
    var place = 0
    while let sign = firstIndex(of: UInt8(ascii: "%"), from: place) {
      guard sign + 2 < count, self[sign + 1].hexadecimalValue != nil, self[sign + 2].hexadecimalValue != nil
      else { return false }
      place = sign + 3
    }
    return true
  }

  /// Without spaces and tabs at both ends (RFC 9110 section 5.6.3).
  func trimmedRange() -> Range<Int> {
    var start = 0
    var end = count
    while start < end, self[start] == .space || self[start] == .tab { start += 1 }
    while end > start, self[end - 1] == .space || self[end - 1] == .tab { end -= 1 }
    return start..<end
  }
}
