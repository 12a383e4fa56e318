/// Looks through a whole text, block by block, for bytes that its encoding does not know.
///
/// A few damaged bytes in a long UTF-8 text are the fault of their rows. When about as many letters are broken as
/// are whole, the text has another encoding, and every row with a letter would be wrong.
public struct EncodingScan: Sendable {
  private let encoding: TextEncoding
  private var line = 1
  private var column = 1
  private var offset = 0
  private var tail: [UInt8] = []
  private var letters = 0
  private var broken = 0
  private var first: TextEncodingError?

  /// A scan with nothing seen yet.
  public init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// Looks at the next block.
  public mutating func feed(_ block: UnsafeBufferPointer<UInt8>) {
    if tail.isEmpty {
      look(at: block)
    } else {
      let joined = tail + Array(block)
      tail = []
      joined.withUnsafeBufferPointer { look(at: $0) }
    }
  }

  /// The first bad byte, when the text as a whole is not in the encoding.
  public mutating func finish() -> TextEncodingError? {
    if !tail.isEmpty {
      broken += 1
      note(tail[0])
    }
    guard let first else { return nil }
    return encoding == .utf8 && broken * 2 < letters ? nil : first
  }

  private mutating func note(_ byte: UInt8) {
    guard first == nil else { return }
    let position = TextPosition(line: line, column: column, offset: offset)
    first = TextEncodingError(encoding: encoding, position: position, byte: byte)
  }

  private mutating func look(at block: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for byte in block where byte >= 0xC0 { letters += 1 }
    while start < block.count {
      let rest = UnsafeBufferPointer(rebasing: block[start...])
      guard let bad = encoding.firstInvalid(in: rest, mayContinue: true) else { break }
      broken += 1
      if first == nil {
        count(UnsafeBufferPointer(rebasing: rest[..<bad]))
        note(rest[bad])
      }
      start += bad + 1
    }
    if encoding == .utf8 {
      let rest = UnsafeBufferPointer(rebasing: block[start...])
      let length = UTF8Scan.incompleteTail(of: rest)
      tail = Array(rest[(rest.count - length)...])
    }
    if first == nil { count(UnsafeBufferPointer(rebasing: block[..<(block.count - tail.count)])) }
  }

  /// Moves line and column over valid text; only up to the first bad byte, nobody asks for more.
  private mutating func count(_ text: UnsafeBufferPointer<UInt8>) {
    offset += text.count
    for byte in text {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if encoding != .utf8 || byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}
