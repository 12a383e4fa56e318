/// A place in a text: line and column as a person counts them, and the byte offset.
public struct TextPosition: Hashable, Sendable, CustomStringConvertible {
  /// Line, from 1.
  public var line: Int
  /// Column in characters (Unicode scalars), from 1.
  public var column: Int
  /// Bytes before this place.
  public var offset: Int

  /// A place from its parts.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// The first character of a text.
  public static let start = TextPosition(line: 1, column: 1, offset: 0)

  /// "line 3, column 14".
  public var description: String { "line \(line), column \(column)" }

  /// Moves over bytes up to `end`; CR, LF and CR LF each end a line, continuation bytes of UTF-8 count nothing.
  mutating func advance(to end: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    let end = min(end, bytes.count)
    while offset < end {
      let byte = bytes[offset]
      if byte == 0x0A || (byte == 0x0D && !(offset + 1 < bytes.count && bytes[offset + 1] == 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      offset += 1
    }
  }

  /// The place of a byte offset in a text.
  init(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    self = .start
    advance(to: offset, in: bytes)
  }
}
