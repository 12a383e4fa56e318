import Values

/// Bounds on what a JSON reader accepts from a stranger.
public struct JSONLimits: Hashable, Sendable {
  /// Deepest nesting of arrays and objects.
  public var depth: Int
  /// Longest text in bytes.
  public var bytes: Int
  /// Longest numeral, as written and as written out without exponent.
  public var digits: Int

  /// Limits; a depth above 512 is held at 512, since the reader calls itself.
  public init(depth: Int = 64, bytes: Int = 256 << 20, digits: Int = 400) {
    self.depth = min(max(depth, 1), 512)
    self.bytes = bytes
    self.digits = digits
  }
}

/// A strict reader of JSON (RFC 8259): one value, no comments, no duplicate keys, valid UTF-8, exact numbers.
public struct JSONReader {
  /// Reads bytes that hold exactly one value; a byte-order mark before it is passed over.
  public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue
  {
    var outcome: Result<JSONValue, JSONError> = .success(.null)
    bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer, limits)
      do throws(JSONError) {
        outcome = .success(try reader.document())
      } catch {
        outcome = .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Reads a text that holds exactly one value.
  public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8), limits: limits)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: JSONLimits
  private var index = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  private func failure(_ reason: JSONError.Reason, _ detail: String = "", at offset: Int? = nil) -> JSONError
  {
    JSONError(reason: reason, position: TextPosition(of: offset ?? index, in: bytes), detail: detail)
  }

  private mutating func document() throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw JSONError(reason: .tooLarge, position: .start, detail: String(limits.bytes))
    }
    if let bad = UTF8Scan.firstInvalid(in: bytes) { throw failure(.invalidUTF8, at: bad) }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    skipSpace()
    guard index < bytes.count else { throw failure(.empty) }
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw failure(.trailingContent) }
    return value
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard index < bytes.count else { throw failure(.unexpectedEnd, "a value") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw failure(.unexpectedCharacter, "a value is expected here, not \(shown())")
    }
  }

  private func shown() -> String {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return "'\(String(decoding: bytes[index..<end], as: UTF8.self))'"
  }

  private mutating func word(_ text: StaticString) throws(JSONError) {
    let start = index
    for place in 0..<text.utf8CodeUnitCount {
      guard index < bytes.count else { throw failure(.unexpectedEnd, "the word \(text)") }
      guard bytes[index] == text.utf8Start[place] else {
        throw failure(.unexpectedCharacter, "only true, false and null are known words", at: start)
      }
      index += 1
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= limits.depth else { throw failure(.tooDeep, String(limits.depth)) }
    index += 1
    var elements: [JSONValue] = []
    skipSpace()
    if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
      index += 1
      return .array(elements)
    }
    // To grow one by one from nothing would allocate four times for as many elements.
    elements.reserveCapacity(8)
    while true {
      skipSpace()
      elements.append(try value(depth: depth))
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an array") }
      switch bytes[index] {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return .array(elements)
      default: throw failure(.unexpectedCharacter, "a comma or ] is expected here, not \(shown())")
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= limits.depth else { throw failure(.tooDeep, String(limits.depth)) }
    index += 1
    var object = JSONObject()
    skipSpace()
    if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
      index += 1
      return .object(object)
    }
    while true {
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      let keyPlace = index
      guard bytes[index] == UInt8(ascii: "\"") else {
        throw failure(.unexpectedCharacter, "a key in double quotes is expected here, not \(shown())")
      }
      let key = try string()
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      guard bytes[index] == UInt8(ascii: ":") else {
        throw failure(.unexpectedCharacter, "a colon is expected after the key, not \(shown())")
      }
      index += 1
      skipSpace()
      guard object.append(key, try value(depth: depth)) else {
        throw failure(.duplicateKey, key, at: keyPlace)
      }
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      switch bytes[index] {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return .object(object)
      default: throw failure(.unexpectedCharacter, "a comma or } is expected here, not \(shown())")
      }
    }
  }

  // MARK: Strings

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        index += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw failure(.controlCharacter) }
      index += 1
    }
    throw failure(.unexpectedEnd, "a string")
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure(.controlCharacter)
      default:
        text.append(byte)
        index += 1
      }
    }
    throw failure(.unexpectedEnd, "a string")
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

  // MARK: Numbers

  private mutating func digits() -> Int {
    let start = index
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
    return index - start
  }

  private mutating func number() throws(JSONError) -> Decimal {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard index < bytes.count else { throw failure(.unexpectedEnd, "a number") }
    let leading = bytes[index]
    let whole = digits()
    guard whole > 0 else { throw failure(.invalidNumber, "a digit must follow the minus sign") }
    guard whole == 1 || leading != UInt8(ascii: "0") else {
      throw failure(.invalidNumber, "leading zeros are not allowed", at: start)
    }
    var fraction = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      fraction = digits()
      guard fraction > 0 else { throw failure(.invalidNumber, "a digit must follow the decimal point") }
    }
    var exponent = 0
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      var negative = false
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        negative = bytes[index] == UInt8(ascii: "-")
        index += 1
      }
      let first = index
      guard digits() > 0 else { throw failure(.invalidNumber, "a digit must follow the exponent sign") }
      for place in first..<index { exponent = min(exponent * 10 + Int(bytes[place] - 0x30), 1_000_000) }
      if negative { exponent = -exponent }
    }
    // Written out plainly the number must stay short too: 1e6000 is six bytes here and six thousand in an answer.
    guard index - start <= limits.digits, max(whole, 1) + max(exponent, 0) <= limits.digits,
      fraction + max(-exponent, 0) <= limits.digits
    else { throw failure(.numberOutOfRange, "at most \(limits.digits) digits", at: start) }
    guard let value = Decimal(utf8: UnsafeBufferPointer(rebasing: bytes[start..<index])) else {
      throw failure(.numberOutOfRange, "at most 34 significant digits", at: start)
    }
    return value
  }
}
