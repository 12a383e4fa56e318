/// The encodings of text files: UTF-8 and the single-byte code pages of the Baltic countries.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case windows1257 = "windows-1257"
  case iso8859_13 = "iso-8859-13"
  case iso8859_1 = "iso-8859-1"

  /// The encoding of a name as people write it: "UTF8", "windows-1257", "cp1257", "ISO_8859-13", ...
  public init?(name: String) {
    switch name.lowercased().replacing("_", with: "-") {
    case "utf-8", "utf8": self = .utf8
    case "windows-1257", "windows1257", "cp1257", "cp-1257", "1257": self = .windows1257
    case "iso-8859-13", "iso8859-13", "latin-7", "latin7": self = .iso8859_13
    case "iso-8859-1", "iso8859-1", "latin-1", "latin1": self = .iso8859_1
    default: return nil
    }
  }

  /// The usual way to write its name.
  public var label: String {
    switch self {
    case .utf8: "UTF-8"
    case .windows1257: "windows-1257"
    case .iso8859_13: "ISO-8859-13"
    case .iso8859_1: "ISO-8859-1"
    }
  }

  /// Decodes text; a byte that the encoding does not know is an error with its place.
  public func decode(_ bytes: [UInt8]) throws(TextEncodingError) -> String {
    String(decoding: try utf8(from: bytes), as: UTF8.self)
  }

  /// Turns text into UTF-8; a byte that the encoding does not know is an error with its place.
  public func utf8(from bytes: [UInt8]) throws(TextEncodingError) -> [UInt8] {
    var output: [UInt8] = []
    let bad = bytes.withUnsafeBufferPointer { buffer -> TextEncodingError? in
      if let bad = firstInvalid(in: buffer) {
        // Columns of a single-byte text are bytes; of UTF-8, characters: both are what was valid before it.
        var position = TextPosition.start
        if self == .utf8 {
          position = TextPosition(of: bad, in: buffer)
        } else {
          for byte in buffer[..<bad] {
            position.column += 1
            if byte == 0x0A { (position.line, position.column) = (position.line + 1, 1) }
          }
          position.offset = bad
        }
        return TextEncodingError(encoding: self, position: position, byte: buffer[bad])
      }
      append(buffer, to: &output)
      return nil
    }
    if let bad { throw bad }
    return output
  }

  /// The offset of the first byte that is not text in this encoding, or nil.
  ///
  /// With `mayContinue` a sequence cut off by the end of the buffer is no fault.
  public func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>, mayContinue: Bool = false) -> Int? {
    switch self {
    case .utf8: UTF8Scan.firstInvalid(in: bytes, mayContinue: mayContinue)
    case .windows1257: bytes.firstIndex { $0 >= 0x80 && Self.table1257[Int($0) - 0x80] == 0 }
    case .iso8859_13, .iso8859_1: nil
    }
  }

  /// Decodes bytes that were found valid; others become the replacement character.
  public func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    if self == .utf8 { return String(decoding: bytes, as: UTF8.self) }
    var output: [UInt8] = []
    append(bytes, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    let table: [UInt16]
    switch self {
    case .utf8:
      output.append(contentsOf: bytes)
      return
    case .windows1257: table = Self.table1257
    case .iso8859_13: table = Self.table13
    case .iso8859_1: table = []
    }
    output.reserveCapacity(output.count + bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        output.append(byte)
        continue
      }
      let code = table.isEmpty ? UInt16(byte) : table[Int(byte) - 0x80]
      let scalar = code == 0 ? Unicode.Scalar(0xFFFD as UInt16) : Unicode.Scalar(code)
      if let scalar, let encoded = UTF8.encode(scalar) { output.append(contentsOf: encoded) }
    }
  }

  /// Windows code page 1257 from 0x80; 0 where it has no character.
  private static let table1257: [UInt16] = [
    0x20AC, 0, 0x201A, 0, 0x201E, 0x2026, 0x2020, 0x2021,
    0, 0x2030, 0, 0x2039, 0, 0x00A8, 0x02C7, 0x00B8,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0, 0x2122, 0, 0x203A, 0, 0x00AF, 0x02DB, 0,
    0x00A0, 0, 0x00A2, 0x00A3, 0x00A4, 0, 0x00A6, 0x00A7,
    0x00D8, 0x00A9, 0x0156, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00C6,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
    0x00F8, 0x00B9, 0x0157, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00E6,
    0x0104, 0x012E, 0x0100, 0x0106, 0x00C4, 0x00C5, 0x0118, 0x0112,
    0x010C, 0x00C9, 0x0179, 0x0116, 0x0122, 0x0136, 0x012A, 0x013B,
    0x0160, 0x0143, 0x0145, 0x00D3, 0x014C, 0x00D5, 0x00D6, 0x00D7,
    0x0172, 0x0141, 0x015A, 0x016A, 0x00DC, 0x017B, 0x017D, 0x00DF,
    0x0105, 0x012F, 0x0101, 0x0107, 0x00E4, 0x00E5, 0x0119, 0x0113,
    0x010D, 0x00E9, 0x017A, 0x0117, 0x0123, 0x0137, 0x012B, 0x013C,
    0x0161, 0x0144, 0x0146, 0x00F3, 0x014D, 0x00F5, 0x00F6, 0x00F7,
    0x0173, 0x0142, 0x015B, 0x016B, 0x00FC, 0x017C, 0x017E, 0x02D9,
  ]

  /// ISO/IEC 8859-13:1998 from 0x80; 0x80 to 0x9F are the C1 controls.
  private static let table13: [UInt16] = [
    0x0080, 0x0081, 0x0082, 0x0083, 0x0084, 0x0085, 0x0086, 0x0087,
    0x0088, 0x0089, 0x008A, 0x008B, 0x008C, 0x008D, 0x008E, 0x008F,
    0x0090, 0x0091, 0x0092, 0x0093, 0x0094, 0x0095, 0x0096, 0x0097,
    0x0098, 0x0099, 0x009A, 0x009B, 0x009C, 0x009D, 0x009E, 0x009F,
    0x00A0, 0x201D, 0x00A2, 0x00A3, 0x00A4, 0x201E, 0x00A6, 0x00A7,
    0x00D8, 0x00A9, 0x0156, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00C6,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x201C, 0x00B5, 0x00B6, 0x00B7,
    0x00F8, 0x00B9, 0x0157, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00E6,
    0x0104, 0x012E, 0x0100, 0x0106, 0x00C4, 0x00C5, 0x0118, 0x0112,
    0x010C, 0x00C9, 0x0179, 0x0116, 0x0122, 0x0136, 0x012A, 0x013B,
    0x0160, 0x0143, 0x0145, 0x00D3, 0x014C, 0x00D5, 0x00D6, 0x00D7,
    0x0172, 0x0141, 0x015A, 0x016A, 0x00DC, 0x017B, 0x017D, 0x00DF,
    0x0105, 0x012F, 0x0101, 0x0107, 0x00E4, 0x00E5, 0x0119, 0x0113,
    0x010D, 0x00E9, 0x017A, 0x0117, 0x0123, 0x0137, 0x012B, 0x013C,
    0x0161, 0x0144, 0x0146, 0x00F3, 0x014D, 0x00F5, 0x00F6, 0x00F7,
    0x0173, 0x0142, 0x015B, 0x016B, 0x00FC, 0x017C, 0x017E, 0x2019,
  ]
}

/// A byte that is no text in the encoding, and where it stands.
public struct TextEncodingError: Error, Hashable, Sendable {
  /// The encoding that was tried.
  public let encoding: TextEncoding
  /// The place of the byte.
  public let position: TextPosition
  /// The byte.
  public let byte: UInt8

  /// The stable code.
  public var code: String { "invalid-encoding" }

  /// Says where, what, and how to mend it.
  public var sentence: String {
    let value = String(byte, radix: 16, uppercase: true)
    let hint =
      encoding == .utf8
      ? "the file may be windows-1257 or ISO-8859-13: name its encoding, or save it as UTF-8"
      : "the file seems to have another encoding"
    return "\(position): the byte 0x\(value) is not \(encoding.label) text; \(hint)."
  }
}
