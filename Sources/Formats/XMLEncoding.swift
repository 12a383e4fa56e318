/// Turns the bytes of an XML document into UTF-8 and takes its declaration away.
///
/// The parser underneath knows encodings in which a `<!DOCTYPE` does not look like one (UTF-7, EBCDIC, UTF-32). So
/// it is only ever given UTF-8 without a declaration; the declaration is blanked out, not cut, to keep columns.
enum XMLEncoding {
  static func utf8(from bytes: [UInt8]) throws(XMLReadError) -> [UInt8] {
    var text: [UInt8]
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw XMLReadError(reason: .unsupportedEncoding, position: .start, detail: "UTF-32")
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0x3C, 0]) {
      text = try utf16(bytes, bigEndian: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0, 0x3C]) {
      text = try utf16(bytes, bigEndian: true)
    } else {
      // A byte-order mark is taken away: columns are counted from the first character.
      let marked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      text = marked ? Array(bytes.dropFirst(3)) : bytes
      let declared = declaredEncoding(text)
      if let table = try table(for: declared ?? "UTF-8", marked: marked) {
        do {
          text = try table.utf8(from: text)
        } catch {
          throw XMLReadError(reason: .invalidEncoding, position: error.position, detail: table.label)
        }
      }
    }
    let bad = text.withUnsafeBufferPointer { buffer in
      UTF8Scan.firstInvalid(in: buffer).map { TextPosition(of: $0, in: buffer) }
    }
    if let bad { throw XMLReadError(reason: .invalidEncoding, position: bad, detail: "UTF-8") }
    if let zero = text.firstIndex(of: 0) {
      let position = text.withUnsafeBufferPointer { TextPosition(of: zero, in: $0) }
      throw XMLReadError(reason: .malformed, position: position, detail: "a character with code zero")
    }
    blankDeclaration(&text)
    return text
  }

  /// The single-byte encoding of a declaration, nil for UTF-8.
  private static func table(for name: String, marked: Bool) throws(XMLReadError) -> TextEncoding? {
    if marked { return nil }
    switch name.uppercased() {
    case "UTF-8", "UTF8", "US-ASCII", "ASCII": return nil
    case "WINDOWS-1257", "CP1257": return .windows1257
    case "ISO-8859-13": return .iso8859_13
    case "ISO-8859-1", "LATIN1": return .iso8859_1
    default: throw XMLReadError(reason: .unsupportedEncoding, position: .start, detail: name)
    }
  }

  private static func declarationEnd(_ text: [UInt8]) -> Int? {
    guard text.starts(with: "<?xml".utf8), text.count > 5, [0x20, 0x09, 0x0A, 0x0D].contains(text[5]) else {
      return nil
    }
    return text.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
  }

  private static func declaredEncoding(_ text: [UInt8]) -> String? {
    guard let end = declarationEnd(text) else { return nil }
    let declaration = Array(text[..<end])
    let word = Array("encoding".utf8)
    guard
      let at = declaration.indices.first(where: { declaration[$0...].starts(with: word) }),
      let open = declaration[(at + word.count)...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let close = declaration[(open + 1)...].firstIndex(of: declaration[open])
    else { return nil }
    return String(decoding: declaration[(open + 1)..<close], as: UTF8.self)
  }

  private static func blankDeclaration(_ text: inout [UInt8]) {
    guard let end = declarationEnd(text) else { return }
    for index in 0..<end where text[index] != 0x0A && text[index] != 0x0D { text[index] = 0x20 }
  }

  private static func utf16(_ bytes: [UInt8], bigEndian: Bool) throws(XMLReadError) -> [UInt8] {
    let name = bigEndian ? "UTF-16BE" : "UTF-16LE"
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    func unit(_ index: Int) -> UInt32 {
      bigEndian
        ? UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
        : UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index])
    }
    func invalid() -> XMLReadError {
      let position = text.withUnsafeBufferPointer { TextPosition(of: text.count, in: $0) }
      return XMLReadError(reason: .invalidEncoding, position: position, detail: name)
    }
    guard bytes.count.isMultiple(of: 2) else { throw invalid() }
    var index = 0
    if bytes.count >= 2, unit(0) == 0xFEFF { index = 2 }
    while index < bytes.count {
      var code = unit(index)
      index += 2
      if (0xD800..<0xDC00).contains(code), index < bytes.count, (0xDC00..<0xE000).contains(unit(index)) {
        code = 0x10000 + ((code - 0xD800) << 10) + (unit(index) - 0xDC00)
        index += 2
      }
      guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else { throw invalid() }
      text.append(contentsOf: encoded)
    }
    return text
  }
}
