import Values

/// Writes JSON piece by piece into bytes that can be taken away as they come.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.beginObject()
/// writer.member("rows", 3)
/// writer.endObject()
/// print(writer.text)
/// ```
public struct JSONWriter: Sendable {
  /// With line breaks and two spaces for each level, or without any white space.
  public enum Style: Sendable { case compact, pretty }

  /// What was written and not yet taken.
  private var buffer: ByteBuffer
  private let style: Style
  /// How many arrays and objects are open.
  private var depth = 0
  /// Whether the innermost of them holds something already; those around it hold at least it.
  private var isFilled = false
  private var afterKey = false

  /// A writer with nothing written, and room for so many bytes.
  public init(_ style: Style = .compact, capacity: Int = 0) {
    self.style = style
    buffer = ByteBuffer(capacity: capacity)
  }

  /// A writer of members of an object, or elements of an array, that another writer takes in with `raw`.
  public static func part(capacity: Int = 0) -> JSONWriter {
    var part = JSONWriter(capacity: capacity)
    part.depth = 1
    return part
  }

  /// How many bytes were written and not yet taken.
  public var count: Int { buffer.count }

  /// Ends a part, and begins another one behind it.
  public mutating func beginPart() { isFilled = false }

  /// What was written and not yet taken.
  public var bytes: [UInt8] { Array(buffer.bytes) }

  /// What was written and not yet taken, as text.
  public var text: String { String(decoding: buffer.bytes, as: UTF8.self) }

  /// Hands over what was written so far, without a copy, and forgets it, so that a long document needs little memory.
  public mutating func take() -> [UInt8] { buffer.take() }

  /// Opens an object.
  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  /// Closes the object opened last.
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  /// Opens an array.
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  /// Closes the array opened last.
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes the key of the member that follows; it has nothing in it that is escaped.
  public mutating func key(_ key: StaticString) {
    separate()
    key.withUTF8Buffer { buffer.appendQuoted($0) }
    colon()
  }
  /// Writes a key that only the running program knows.
  public mutating func key(named key: String) {
    separate()
    quoted(key)
    colon()
  }

  /// Writes a string.
  public mutating func string(_ text: String) {
    separate()
    quoted(text)
  }
  /// Writes a digest as a string of its first hexadecimal digits, all 64 where nothing is said.
  public mutating func string(_ digest: Digest, digits: Int = 2 * Digest.byteCount) {
    separate()
    digest.withHexadecimal { text in
      buffer.appendQuoted(
        UnsafeBufferPointer(rebasing: text.bindMemory(to: UInt8.self).prefix(max(0, digits))))
    }
  }
  /// Writes a number in plain digits.
  public mutating func number(_ value: Decimal) { plain(value.description) }
  /// Writes a whole number.
  public mutating func number(_ value: Int) { plain(String(value)) }
  /// Writes true or false.
  public mutating func bool(_ value: Bool) { plain(value ? "true" : "false") }
  /// Writes null.
  public mutating func null() { plain("null") }

  /// Writes elements or members that were written before, with commas between them, at least one.
  public mutating func raw(_ elements: ArraySlice<UInt8>) {
    separate()
    elements.withUnsafeBufferPointer { buffer.append($0) }
  }

  /// Parts two texts that stand beside each other in no array, as `raw` takes them.
  public mutating func comma() { buffer.append(UInt8(ascii: ",")) }

  /// Writes any value; members in their own order.
  public mutating func value(_ value: JSONValue) { write(value, sorted: false) }

  /// Writes a key and a string.
  public mutating func member(_ key: StaticString, _ text: String) {
    self.key(key)
    string(text)
  }
  /// Writes a key and a string, or null.
  public mutating func member(_ key: StaticString, _ text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }
  /// Writes a key and a string put together of up to three, without making it first.
  public mutating func member(_ key: StaticString, _ first: String, _ second: String, _ third: String = "") {
    self.key(key)
    separate()
    buffer.append(UInt8(ascii: "\""))
    escaped(first)
    escaped(second)
    escaped(third)
    buffer.append(UInt8(ascii: "\""))
  }
  /// Writes a key and a whole number.
  public mutating func member(_ key: StaticString, _ value: Int) {
    self.key(key)
    number(value)
  }
  /// Writes a key and a number.
  public mutating func member(_ key: StaticString, _ value: Decimal) {
    self.key(key)
    number(value)
  }
  /// Writes a key and true or false.
  public mutating func member(_ key: StaticString, _ value: Bool) {
    self.key(key)
    bool(value)
  }
  /// Writes a key and any value.
  public mutating func member(_ key: StaticString, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  /// Writes a key and any value with the members of its objects in their canonical order.
  public mutating func canonicalMember(_ key: StaticString, _ value: JSONValue) {
    self.key(key)
    write(value, sorted: true)
  }

  mutating func write(_ value: JSONValue, sorted: Bool) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let value): number(value)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { write(element, sorted: sorted) }
      endArray()
    case .object(let object):
      beginObject()
      let members =
        sorted
        ? object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : object.members
      for member in members {
        key(named: member.key)
        write(member.value, sorted: sorted)
      }
      endObject()
    }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    buffer.append(bracket)
    depth += 1
    isFilled = false
  }

  private mutating func close(_ bracket: UInt8) {
    if depth > 0 { depth -= 1 }
    if isFilled { lineBreak() }
    isFilled = true
    buffer.append(bracket)
  }

  private mutating func plain(_ text: String) {
    separate()
    text.withUTF8Bytes { buffer.append($0) }
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    guard depth > 0 else { return }
    if isFilled { buffer.append(UInt8(ascii: ",")) }
    isFilled = true
    lineBreak()
  }

  private mutating func lineBreak() {
    guard style == .pretty else { return }
    buffer.append(0x0A)
    for _ in 0..<2 * depth { buffer.append(0x20) }
  }

  private mutating func colon() {
    buffer.append(UInt8(ascii: ":"))
    if style == .pretty { buffer.append(0x20) }
    afterKey = true
  }

  private mutating func quoted(_ text: String) {
    text.withUTF8Bytes { text in
      if Self.needsEscape(UnsafeRawBufferPointer(text)) {
        buffer.append(UInt8(ascii: "\""))
        escaped(text)
        buffer.append(UInt8(ascii: "\""))
      } else {
        buffer.appendQuoted(text)
      }
    }
  }

  private mutating func escaped(_ text: String) {
    text.withUTF8Bytes { text in
      // Hardly any text has a byte that is not written as it stands.
      if Self.needsEscape(UnsafeRawBufferPointer(text)) { escaped(text) } else { buffer.append(text) }
    }
  }

  private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte)
      case 0x08: escape(UInt8(ascii: "b"))
      case 0x09: escape(UInt8(ascii: "t"))
      case 0x0A: escape(UInt8(ascii: "n"))
      case 0x0C: escape(UInt8(ascii: "f"))
      case 0x0D: escape(UInt8(ascii: "r"))
      case 0..<0x20:
        escape(UInt8(ascii: "u"))
        for digit in [0, 0, byte >> 4, byte & 15] { buffer.append(Self.hexadecimal[Int(digit)]) }
      default: buffer.append(byte)
      }
    }
  }

  private mutating func escape(_ letter: UInt8) {
    buffer.append(UInt8(ascii: "\\"))
    buffer.append(letter)
  }

  /// Whether any byte is a control character, a quote or a backslash: eight at a time, as every text of every answer is asked.
  private static func needsEscape(_ text: UnsafeRawBufferPointer) -> Bool {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    // The high bit of a byte stays set only where taking `least` from it borrows: where it is smaller.
    func hasSmaller(_ word: UInt64, than least: UInt64) -> Bool {
      (word &- ones &* least) & ~word & highs != 0
    }
    func needsEscape(at place: Int) -> Bool {
      let word = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      return hasSmaller(word, than: 0x20) || hasSmaller(word ^ (ones &* 0x22), than: 1)
        || hasSmaller(word ^ (ones &* 0x5C), than: 1)
    }
    var place = 0
    while place + 8 <= text.count {
      if needsEscape(at: place) { return true }
      place += 8
    }
    // The rest once more with some bytes before it.
    if text.count >= 8 { return place < text.count && needsEscape(at: text.count - 8) }
    while place < text.count {
      let byte = text[place]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
      place += 1
    }
    return false
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}

extension JSONValue {
  /// The canonical form: keys sorted by code point, no white space, shortest escapes, numbers in plain digits.
  ///
  /// RFC 8785 with two differences that exact numbers ask for: numbers are decimals, not doubles, and keys are
  /// ordered by code point, which differs from UTF-16 order only beyond U+FFFF.
  public var canonicalBytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self, sorted: true)
    return writer.bytes
  }

  /// The canonical form as text.
  public var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }

  /// A form for people: members in their own order, two spaces for each level.
  public var pretty: String {
    var writer = JSONWriter(.pretty)
    writer.write(self, sorted: false)
    return writer.text
  }
}
