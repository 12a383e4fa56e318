import Values

/// Goes through a JSON text once, checks it, and notes where its values lie.
struct JSONScan {
  var entries: [JSONTape.Entry] = []
  private(set) var numbers: [Decimal] = []
  let bytes: UnsafeBufferPointer<UInt8>
  private let limits: JSONLimits
  /// The place that it has come to.
  var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
    // An eighth of a text of short members are entries; a long one grows as it comes.
    entries.reserveCapacity(min(bytes.count / 8, 256) + 4)
  }

  func failure(_ reason: JSONError.Reason, _ detail: String = "", at offset: Int? = nil) -> JSONError {
    JSONError(reason: reason, position: TextPosition(of: offset ?? index, in: bytes), detail: detail)
  }

  /// Goes through a text that holds exactly one value.
  mutating func document() throws(JSONError) {
    guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
      throw JSONError(reason: .tooLarge, position: .start, detail: String(limits.bytes))
    }
    if let bad = UTF8Scan.firstInvalid(in: bytes) { throw failure(.invalidUTF8, at: bad) }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    skipSpace()
    guard index < bytes.count else { throw failure(.empty) }
    try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw failure(.trailingContent) }
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(JSONError) {
    guard index < bytes.count else { throw failure(.unexpectedEnd, "a value") }
    switch bytes[index] {
    case UInt8(ascii: "{"): try object(depth: depth + 1)
    case UInt8(ascii: "["): try array(depth: depth + 1)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"):
      try word("true")
      enter(.yes)
    case UInt8(ascii: "f"):
      try word("false")
      enter(.no)
    case UInt8(ascii: "n"):
      try word("null")
      enter(.null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try number()
      enter(.number, start: numbers.count)
      numbers.append(number)
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

  /// Enters a value that has nothing in it.
  private mutating func enter(_ kind: JSONTape.Entry.Kind, start: Int = 0) {
    let next = Int32(truncatingIfNeeded: entries.count + 1)
    entries.append(JSONTape.Entry(kind: kind, start: Int32(truncatingIfNeeded: start), next: next))
  }

  /// Enters what the value at a place ends with.
  private mutating func close(_ place: Int) {
    index += 1
    entries[place].next = Int32(truncatingIfNeeded: entries.count)
  }

  private mutating func array(depth: Int) throws(JSONError) {
    guard depth <= limits.depth else { throw failure(.tooDeep, String(limits.depth)) }
    let place = entries.count
    enter(.array)
    index += 1
    skipSpace()
    if index < bytes.count, bytes[index] == UInt8(ascii: "]") { return close(place) }
    while true {
      skipSpace()
      try value(depth: depth)
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an array") }
      switch bytes[index] {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"): return close(place)
      default: throw failure(.unexpectedCharacter, "a comma or ] is expected here, not \(shown())")
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) {
    guard depth <= limits.depth else { throw failure(.tooDeep, String(limits.depth)) }
    let place = entries.count
    enter(.object)
    index += 1
    var keys = Keys(first: entries.count)
    skipSpace()
    if index < bytes.count, bytes[index] == UInt8(ascii: "}") { return close(place) }
    while true {
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      let keyPlace = index
      guard bytes[index] == UInt8(ascii: "\"") else {
        throw failure(.unexpectedCharacter, "a key in double quotes is expected here, not \(shown())")
      }
      let key = entries.count
      try string()
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      guard bytes[index] == UInt8(ascii: ":") else {
        throw failure(.unexpectedCharacter, "a colon is expected after the key, not \(shown())")
      }
      index += 1
      skipSpace()
      try value(depth: depth)
      guard keys.add(key, entries, bytes) else {
        throw failure(.duplicateKey, Self.text(entries[key], in: bytes), at: keyPlace)
      }
      skipSpace()
      guard index < bytes.count else { throw failure(.unexpectedEnd, "an object") }
      switch bytes[index] {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"): return close(place)
      default: throw failure(.unexpectedCharacter, "a comma or } is expected here, not \(shown())")
      }
    }
  }

  /// The keys of an object that was begun, so that none comes twice.
  private struct Keys {
    /// The entry of the first.
    let first: Int
    private var count = 0
    /// Their texts, kept once there are too many to walk through.
    private var texts: Set<String> = []
    private static let walkable = 16

    init(first: Int) { self.first = first }

    /// Adds a key; false where it is there already.
    mutating func add(
      _ key: Int, _ entries: [JSONTape.Entry], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
      count += 1
      if count <= Self.walkable {
        var place = first
        while place < key {
          if JSONScan.areSame(entries[place], entries[key], bytes) { return false }
          place = Int(entries[place + 1].next)
        }
        return true
      }
      if texts.isEmpty {
        var place = first
        while place < key {
          texts.insert(JSONScan.text(entries[place], in: bytes))
          place = Int(entries[place + 1].next)
        }
      }
      return texts.insert(JSONScan.text(entries[key], in: bytes)).inserted
    }
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
