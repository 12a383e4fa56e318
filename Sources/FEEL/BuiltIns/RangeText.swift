internal import Values

/// Reads a range from a string as `range()` takes it: brackets around two ends that are literals of one kind.
///
/// An end is a number, a string, an at-literal, or a call of `date`, `time`, `date and time` or `duration` with a
/// string literal. Anything else has to be evaluated, which the function does not do (DMN 1.5, 10.3.4.1).
enum RangeText {
  static func read(_ text: String) -> ValueRange? {
    var scanner = Scanner(Array(text.unicodeScalars))
    scanner.skipSpace()
    guard let open = scanner.next(), ["[", "(", "]"].contains(open), let low = scanner.endpoint(),
      scanner.take(".."), let high = scanner.endpoint(), let close = scanner.next(),
      ["]", ")", "["].contains(close)
    else { return nil }
    scanner.skipSpace()
    guard scanner.isAtEnd, let order = Value.compare(low, high), order != .greater else { return nil }
    return ValueRange(low: low, lowIncluded: open == "[", high: high, highIncluded: close == "]")
  }

  private struct Scanner {
    private let scalars: [Unicode.Scalar]
    private var offset = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    var isAtEnd: Bool { offset == scalars.count }

    mutating func next() -> Unicode.Scalar? {
      guard offset < scalars.count else { return nil }
      defer { offset += 1 }
      return scalars[offset]
    }

    mutating func skipSpace() {
      while offset < scalars.count, scalars[offset].properties.isWhitespace { offset += 1 }
    }

    mutating func take(_ text: String) -> Bool {
      let wanted = Array(text.unicodeScalars)
      guard scalars[offset...].starts(with: wanted) else { return false }
      offset += wanted.count
      return true
    }

    /// A literal with the white space around it.
    mutating func endpoint() -> Value? {
      skipSpace()
      guard let value = literal() else { return nil }
      skipSpace()
      return value
    }

    private mutating func literal() -> Value? {
      guard offset < scalars.count else { return nil }
      if scalars[offset] == "\"" { return quoted().map { .string($0) } }
      if take("@") { return quoted().flatMap(TemporalText.literal) }
      if let reader = call() {
        skipSpace()
        guard take("(") else { return nil }
        skipSpace()
        guard let text = quoted() else { return nil }
        skipSpace()
        return take(")") ? reader(text) : nil
      }
      return number().map { .number($0) }
    }

    private mutating func call() -> ((String) -> Value?)? {
      if take("date and time") { return { TemporalText.dateTime($0).map { .dateTime($0) } } }
      if take("date") { return { TemporalText.date($0).map { .date($0) } } }
      if take("time") { return { TemporalText.time($0).map { .time($0) } } }
      if take("duration") { return TemporalText.duration }
      return nil
    }

    /// A number, as far as the two dots or the bracket behind it.
    private mutating func number() -> Decimal? {
      let start = offset
      while offset < scalars.count {
        let scalar = scalars[offset]
        let isDouble = scalar == "." && offset + 1 < scalars.count && scalars[offset + 1] == "."
        guard "0123456789.+-eE".unicodeScalars.contains(scalar), !isDouble else { break }
        offset += 1
      }
      return Decimal(String(String.UnicodeScalarView(scalars[start..<offset])))
    }

    /// A string literal (grammar rule 35) with its escapes.
    private mutating func quoted() -> String? {
      guard take("\"") else { return nil }
      var text: [UInt16] = []
      while let scalar = next() {
        switch scalar {
        case "\"": return String(decoding: text, as: UTF16.self)
        case "\\":
          guard let escaped = escape() else { return nil }
          text += escaped
        default: text += UTF16.encode(scalar).map(Array.init) ?? []
        }
      }
      return nil
    }

    private mutating func escape() -> [UInt16]? {
      switch next() {
      case "n": return [0xA]
      case "r": return [0xD]
      case "t": return [0x9]
      case "\"": return [0x22]
      case "'": return [0x27]
      case "\\": return [0x5C]
      case "u": return hexadecimal(4).map { [UInt16(truncatingIfNeeded: $0)] }
      case "U":
        return hexadecimal(6).flatMap(Unicode.Scalar.init).flatMap { UTF16.encode($0).map(Array.init) }
      default: return nil
      }
    }

    private mutating func hexadecimal(_ digits: Int) -> UInt32? {
      guard scalars.count - offset >= digits else { return nil }
      let text = String(String.UnicodeScalarView(scalars[offset..<offset + digits]))
      offset += digits
      return UInt32(text, radix: 16)
    }
  }
}
