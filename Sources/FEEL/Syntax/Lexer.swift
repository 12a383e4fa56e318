internal import Values

/// A text that is not FEEL, with the place and what is wrong there.
struct SyntaxError: Error {
  let finding: Finding
}

/// Reads the smallest pieces of an expression.
///
/// The tokens of FEEL depend on the names in scope (`a-b` may be one name or a subtraction), so there is no list of
/// tokens: the parser asks at each place for what may stand there.
struct Lexer {
  /// The text by code point.
  let source: [Unicode.Scalar]
  /// Where reading goes on.
  var offset = 0

  /// Where each line begins.
  private let lineStarts: [Int]

  init(_ text: String) {
    source = Array(text.unicodeScalars)
    var starts = [0]
    for (place, scalar) in source.enumerated() where scalar == "\n" { starts.append(place + 1) }
    lineStarts = starts
  }

  /// The code point at a distance, or nil beyond the end.
  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    let place = offset + distance
    return place < source.count ? source[place] : nil
  }

  /// Whether only white space and comments are left.
  mutating func atEnd() throws(SyntaxError) -> Bool {
    try skipSpace()
    return offset >= source.count
  }

  /// Line and column of an offset.
  func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - lineStarts[low] + 1, offset: offset)
  }

  func error(_ sentence: String, code: Finding.Code = .syntax, at place: Int? = nil) -> SyntaxError {
    SyntaxError(finding: Finding(code, .error, sentence, at: position(at: place ?? offset)))
  }

  /// Skips white space and comments (rules 61 to 65).
  mutating func skipSpace() throws(SyntaxError) {
    while offset < source.count {
      let scalar = source[offset]
      if scalar.isFEELSpace {
        offset += 1
      } else if scalar == "/" && peek(1) == "/" {
        while let next = peek(), next != "\n", next != "\r" { offset += 1 }
      } else if scalar == "/" && peek(1) == "*" {
        let start = offset
        offset += 2
        while !(peek() == "*" && peek(1) == "/") {
          guard offset < source.count else {
            throw error("the comment that begins here has no end: write */ after it", at: start)
          }
          offset += 1
        }
        offset += 2
      } else {
        return
      }
    }
  }

  /// Skips space and takes a symbol if it stands here.
  mutating func take(_ symbol: String) throws(SyntaxError) -> Bool {
    try skipSpace()
    guard matches(symbol) else { return false }
    offset += symbol.unicodeScalars.count
    return true
  }

  /// Whether a symbol stands here.
  func matches(_ symbol: String) -> Bool {
    var place = offset
    for scalar in symbol.unicodeScalars {
      guard place < source.count, source[place] == scalar else { return false }
      place += 1
    }
    return true
  }

  /// The end of the run of name characters that begins at an offset; the offset itself if there is none.
  func wordEnd(from start: Int) -> Int {
    guard start < source.count, source[start].isNameStart else { return start }
    var end = start + 1
    while end < source.count, source[end].isNamePart { end += 1 }
    return end
  }

  /// The word that stands here.
  func word() -> String { text(offset, wordEnd(from: offset)) }

  /// The text between two offsets.
  func text(_ start: Int, _ end: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source[start..<max(start, min(end, source.count))])
    return String(view)
  }

  /// Skips space and takes a keyword if it stands here as a whole word.
  mutating func take(keyword: String) throws(SyntaxError) -> Bool {
    try skipSpace()
    guard stands(keyword) else { return false }
    offset += keyword.unicodeScalars.count
    return true
  }

  /// Whether a word stands here as a whole.
  func stands(_ keyword: String) -> Bool {
    matches(keyword) && wordEnd(from: offset) == offset + keyword.unicodeScalars.count
  }

  /// A numeric literal (rule 37): digits, fraction, exponent; `1..2` is not a fraction.
  mutating func number() throws(SyntaxError) -> Decimal? {
    let start = offset
    var text = ""
    func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0 >= "0" && $0 <= "9" } ?? false }
    while let digit = peek(), isDigit(digit) {
      text.unicodeScalars.append(digit)
      offset += 1
    }
    if peek() == ".", isDigit(peek(1)) {
      if text.isEmpty { text = "0" }
      text.append(".")
      offset += 1
      while let digit = peek(), isDigit(digit) {
        text.unicodeScalars.append(digit)
        offset += 1
      }
    }
    guard !text.isEmpty else { return nil }
    if peek() == "e" || peek() == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if isDigit(peek(signed ? 2 : 1)) {
        text.append("E")
        if signed, let sign = peek(1) { text.unicodeScalars.append(sign) }
        offset += signed ? 2 : 1
        while let digit = peek(), isDigit(digit) {
          text.unicodeScalars.append(digit)
          offset += 1
        }
      }
    }
    guard let value = Decimal(text) else {
      throw error("the number \(text) is out of range", code: .invalidLiteral, at: start)
    }
    return value
  }

  /// The content of a string literal whose opening quote stands here (rules 35 and 64).
  mutating func string() throws(SyntaxError) -> String {
    let start = offset
    offset += 1
    var result = String.UnicodeScalarView()
    while true {
      guard let scalar = peek() else {
        throw error("the text that begins here has no closing quotation mark", at: start)
      }
      offset += 1
      if scalar == "\"" { return String(result) }
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      try appendEscape(to: &result)
    }
  }

  /// An escape after its backslash; one that FEEL does not know stays as it is written.
  private mutating func appendEscape(to result: inout String.UnicodeScalarView) throws(SyntaxError) {
    guard let kind = peek() else { return }
    switch kind {
    case "n": result.append("\n")
    case "r": result.append("\r")
    case "t": result.append("\t")
    case "\"", "\\", "'": result.append(kind)
    case "u", "U":
      let digits = kind == "u" ? 4 : 6
      guard let unit = hexadecimal(at: offset + 1, digits: digits) else {
        throw error(
          "after \\\(kind) \(digits) hexadecimal digits are due", code: .invalidLiteral, at: offset - 1)
      }
      let escapeStart = offset - 1
      offset += 1 + digits
      var code = unit
      if (0xD800..<0xDC00).contains(unit), peek() == "\\", peek(1) == "u",
        let low = hexadecimal(at: offset + 2, digits: 4), (0xDC00..<0xE000).contains(low)
      {
        code = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        offset += 6
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw error("this escape is not a character", code: .invalidLiteral, at: escapeStart)
      }
      result.append(scalar)
      return
    default:
      result.append("\\")
      result.append(kind)
    }
    offset += 1
  }

  private func hexadecimal(at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= source.count else { return nil }
    var value: UInt32 = 0
    for place in start..<start + digits {
      switch source[place].value {
      case let digit where (0x30...0x39).contains(digit): value = value << 4 | (digit - 0x30)
      case let digit where (0x41...0x46).contains(digit): value = value << 4 | (digit - 0x37)
      case let digit where (0x61...0x66).contains(digit): value = value << 4 | (digit - 0x57)
      default: return nil
      }
    }
    return value
  }
}
