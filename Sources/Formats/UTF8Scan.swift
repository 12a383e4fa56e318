/// Validation of UTF-8 that says where the first bad byte stands.
enum UTF8Scan {
  /// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, at
  /// most U+10FFFF), or nil.
  ///
  /// With `mayContinue`, a sequence cut off by the end of the buffer is left alone: look at `incompleteTail`
  /// and join it to the next block.
  static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>, mayContinue: Bool = false) -> Int? {
    let count = bytes.count
    var index = 0
    while index < count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        // Most text is ASCII: eight bytes at a time.
        while index + 8 <= count, let base = bytes.baseAddress {
          let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
          if word & 0x8080_8080_8080_8080 != 0 { break }
          index += 8
        }
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch byte {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF:
        length = 3
        if byte == 0xE0 { low = 0xA0 }
        if byte == 0xED { high = 0x9F }
      case 0xF0...0xF4:
        length = 4
        if byte == 0xF0 { low = 0x90 }
        if byte == 0xF4 { high = 0x8F }
      default: return index
      }
      var next = 1
      while next < length {
        guard index + next < count else { return mayContinue ? nil : index }
        let follow = bytes[index + next]
        guard follow >= low, follow <= high else { return index }
        low = 0x80
        high = 0xBF
        next += 1
      }
      index += length
    }
    return nil
  }

  /// How many bytes at the end of a valid buffer begin a sequence that the next block must complete.
  static func incompleteTail(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var back = 1
    while back <= 3, back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 {
        back += 1
        continue
      }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > back ? back : 0
    }
    return 0
  }
}
