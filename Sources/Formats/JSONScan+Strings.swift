extension JSONScan {
  /// Whether two strings that were gone through are one text, as Swift compares them.
  static func areSame(
    _ one: JSONTape.Entry, _ other: JSONTape.Entry, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard one.isPlain, one.isASCII, other.isPlain, other.isASCII else {
      return text(one, in: bytes) == text(other, in: bytes)
    }
    let count = one.end - one.start
    guard other.end - other.start == count else { return false }
    for place in 0..<count where bytes[Int(one.start + place)] != bytes[Int(other.start + place)] {
      return false
    }
    return true
  }

  /// The text of a string that was gone through.
  static func text(_ entry: JSONTape.Entry, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = UnsafeBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.end)])
    if entry.isPlain { return String(decoding: text, as: UTF8.self) }
    // It is known to be without a fault.
    var scan = JSONScan(text, JSONLimits())
    let read = try? scan.unescaped(from: 0)
    return String(decoding: read ?? [], as: UTF8.self)
  }

  /// Goes through a string.
  mutating func string() throws(JSONError) {
    index += 1
    var entry = JSONTape.Entry(
      kind: .string, start: Int32(truncatingIfNeeded: index),
      next: Int32(truncatingIfNeeded: entries.count + 1))
    var seen: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        entry.isPlain = false
        _ = try unescaped(from: index)
        break
      }
      guard byte >= 0x20 else { throw failure(.controlCharacter) }
      seen |= byte
      index += 1
    }
    guard index < bytes.count else { throw failure(.unexpectedEnd, "a string") }
    entry.isASCII = seen < 0x80
    entry.end = Int32(truncatingIfNeeded: index)
    index += 1
    entries.append(entry)
  }

  /// The bytes of a string from an index on, up to its end or that of the text.
  private mutating func unescaped(from start: Int) throws(JSONError) -> [UInt8] {
    var text: [UInt8] = []
    index = start
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure(.controlCharacter)
      default:
        text.append(byte)
        index += 1
      }
    }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let start = index
    guard index + 1 < bytes.count else { throw failure(.unexpectedEnd, "a string") }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      if (0xD800..<0xDC00).contains(code) {
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
          bytes[index + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate, at: start) }
        index += 2
        let low = UInt32(try hexadecimal())
        guard (0xDC00..<0xE000).contains(low) else { throw failure(.loneSurrogate, at: start) }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure(.loneSurrogate, at: start) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw failure(.invalidEscape, at: start)
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    var code: UInt16 = 0
    for _ in 0..<4 {
      guard index < bytes.count else { throw failure(.unexpectedEnd, "a string") }
      switch bytes[index] {
      case let byte where byte >= 0x30 && byte <= 0x39: code = code << 4 | UInt16(byte - 0x30)
      case let byte where byte >= 0x41 && byte <= 0x46: code = code << 4 | UInt16(byte - 0x41 + 10)
      case let byte where byte >= 0x61 && byte <= 0x66: code = code << 4 | UInt16(byte - 0x61 + 10)
      default: throw failure(.invalidEscape)
      }
      index += 1
    }
    return code
  }
}
