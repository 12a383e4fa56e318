import Glibc

/// One answer of the service, where it lies in the buffer it was received in.
struct ServiceAnswer {
  let status: Int
  /// Status line and fields.
  let head: UnsafeRawBufferPointer
  let body: UnsafeRawBufferPointer
  /// Whether the service said that this answer was stored before.
  let isReplayed: Bool
  /// Whether the service closes the connection after it.
  let closes: Bool
  /// How many bytes it took.
  var length: Int { head.count + body.count }
}

/// Finds answers in received bytes, as cheaply as that can be done: status, length, two fields.
///
/// It is no HTTP parser: the service's tests look at its grammar. An answer without a Content-Length is an error.
enum AnswerScanner {
  /// The first answer in the bytes; nil where it is not complete yet.
  static func next(_ bytes: UnsafeRawBufferPointer) throws(LoadError) -> ServiceAnswer? {
    guard let base = bytes.baseAddress else { return nil }
    // "HTTP/1.1 201": the digits stand at fixed places.
    guard bytes.count >= 13 else { return nil }
    guard bytes[0] == UInt8(ascii: "H"), bytes[8] == UInt8(ascii: " "),
      let status = number(bytes[9..<12]), (100...599).contains(status)
    else { throw .answer(shown(bytes)) }
    var length: Int?
    var replayed = false
    var closes = false
    var line = 0
    while let end = memchr(base + line, 0x0A, bytes.count - line) {
      let next = UnsafeRawPointer(end) - base + 1
      if next - line <= 2 {
        // The empty line that ends the head.
        guard let length, line > 0 else { throw .answer("no Content-Length in \(shown(bytes))") }
        guard bytes.count - next >= length else { return nil }
        return ServiceAnswer(
          status: status, head: UnsafeRawBufferPointer(rebasing: bytes[..<next]),
          body: UnsafeRawBufferPointer(rebasing: bytes[next..<(next + length)]), isReplayed: replayed,
          closes: closes)
      }
      switch bytes[line] | 0x20 {
      case UInt8(ascii: "c"):
        if let value = value(of: "content-length:", bytes[line..<next]) {
          guard let found = number(value) else { throw .answer(shown(bytes)) }
          length = found
        } else if let value = value(of: "connection:", bytes[line..<next]) {
          closes = value.count == 5 && value.first.map { $0 | 0x20 } == UInt8(ascii: "c")
        }
      case UInt8(ascii: "i"):
        replayed = replayed || value(of: "idempotency-replayed:", bytes[line..<next]) != nil
      default: break
      }
      line = next
    }
    return nil
  }

  /// The text of a member of a flat JSON object, taken without reading the rest; nil where it is not there.
  static func member(_ name: StaticString, in body: UnsafeRawBufferPointer) -> String? {
    // `name` is written as it stands in the JSON, with quotes and colon.
    let size = name.utf8CodeUnitCount
    guard let base = body.baseAddress else { return nil }
    var start = 0
    while start + size < body.count, let found = memchr(base + start, 0x22, body.count - start - size) {
      let place = UnsafeRawPointer(found) - base
      if memcmp(found, name.utf8Start, size) == 0 {
        let value = body[(place + size)...].drop { $0 == 0x20 || $0 == 0x22 }
        return String(decoding: value.prefix { $0 != 0x22 && $0 != 0x2C && $0 != 0x7D }, as: UTF8.self)
      }
      start = place + 1
    }
    return nil
  }

  /// The value of a field line (with its line end) if it is the field of that name, given in lower case with the colon.
  private static func value(
    of name: StaticString, _ line: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer>? {
    let size = name.utf8CodeUnitCount
    guard line.count > size else { return nil }
    for place in 0..<size {
      let byte = line[line.startIndex + place]
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      if lower != name.utf8Start[place] { return nil }
    }
    var value = line.dropFirst(size)
    while let first = value.first, first == 0x20 { value.removeFirst() }
    while let last = value.last, last <= 0x20 { value.removeLast() }
    return value
  }

  private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard (1...9).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }

  private static func shown(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription
  }
}
