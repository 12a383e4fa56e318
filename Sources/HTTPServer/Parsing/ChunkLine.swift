/// The line before a chunk: its size, and extensions that nobody here understands (RFC 9112 section 7.1).
struct ChunkLine: Equatable {
  let size: Int
  /// Bytes of the extensions.
  let extensionBytes: Int

  /// Reads the line, its CRLF taken off.
  init(_ line: Span<UInt8>) throws(HTTPRefusal) {
    var size = 0
    var place = 0
    while place < line.count, let digit = line[place].hexadecimalValue {
      // 15 digits hold more than any body and no overflow.
      guard place < 15 else { throw .invalidChunk }
      size = size << 4 | Int(digit)
      place += 1
    }
    guard place > 0 else { throw .invalidChunk }
    self.size = size
    extensionBytes = line.count - place
    try Self.checkExtensions(line.extracting(place..<line.count))
  }

  /// `*( BWS ";" BWS name [ BWS "=" BWS value ] )`, checked because a proxy that is laxer here could find another end of the line.
  private static func checkExtensions(_ text: Span<UInt8>) throws(HTTPRefusal) {
    var place = 0
    while place < text.count {
      skipSpace(text, &place)
      guard take(UInt8(ascii: ";"), text, &place) else { throw .invalidChunk }
      skipSpace(text, &place)
      guard takeToken(text, &place) else { throw .invalidChunk }
      var next = place
      skipSpace(text, &next)
      guard take(UInt8(ascii: "="), text, &next) else { continue }
      place = next
      skipSpace(text, &place)
      guard takeToken(text, &place) || takeQuoted(text, &place) else { throw .invalidChunk }
    }
  }

  private static func skipSpace(_ text: Span<UInt8>, _ place: inout Int) {
    while place < text.count, text[place] == .space || text[place] == .tab { place += 1 }
  }

  private static func take(_ byte: UInt8, _ text: Span<UInt8>, _ place: inout Int) -> Bool {
    guard place < text.count, text[place] == byte else { return false }
    place += 1
    return true
  }

  private static func takeToken(_ text: Span<UInt8>, _ place: inout Int) -> Bool {
    let start = place
    while place < text.count, text[place].isTokenCharacter { place += 1 }
    return place > start
  }

  private static func takeQuoted(_ text: Span<UInt8>, _ place: inout Int) -> Bool {
    let quote = UInt8(ascii: "\"")
    guard take(quote, text, &place) else { return false }
    while place < text.count, text[place].isFieldValueCharacter {
      if take(quote, text, &place) { return true }
      if take(UInt8(ascii: "\\"), text, &place) {
        guard place < text.count, text[place].isFieldValueCharacter else { return false }
      }
      place += 1
    }
    return false
  }
}
