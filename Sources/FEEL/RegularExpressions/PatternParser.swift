/// Reads a pattern of XPath Functions and Operators 3.1, section 5.6.1: the regular expressions of XML Schema with
/// anchors, reluctant quantifiers, back references and groups that do not capture.
struct PatternParser {
  /// Parentheses and class subtractions may nest this deep.
  static let depthLimit = 200

  let pattern: [UInt32]
  let flags: RegularExpressionFlags
  var offset = 0
  var groupCount = 0
  var usesBackReference = false
  private var closedGroups: Set<Int> = []
  private var depth = 0

  init(_ pattern: [UInt32], flags: RegularExpressionFlags) {
    self.pattern = pattern
    self.flags = flags
  }

  mutating func parse() throws(RegularExpressionError) -> PatternNode {
    if flags.contains(.literal) { return .sequence(pattern.map { literal($0) }) }
    let node = try alternatives()
    if offset < pattern.count { throw RegularExpressionError(.unexpectedCharacter, at: offset) }
    return node
  }

  // MARK: Structure

  private mutating func alternatives() throws(RegularExpressionError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw RegularExpressionError(.tooLarge, at: offset) }
    var branches = [try sequence()]
    while accept("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(RegularExpressionError) -> PatternNode {
    var pieces: [PatternNode] = []
    while let next = peek(), next != "|", next != ")" {
      let atom = try atom()
      pieces.append(try quantified(atom))
    }
    return pieces.count == 1 ? pieces[0] : .sequence(pieces)
  }

  private mutating func atom() throws(RegularExpressionError) -> PatternNode {
    let start = offset
    guard let next = peek() else { throw RegularExpressionError(.unexpectedEnd, at: offset) }
    offset += 1
    switch next {
    case "(": return try group(at: start)
    case "[": return .set(try characterClass())
    case "\\": return try escape(at: start)
    case ".": return flags.contains(.dotAll) ? .any : .anyButLineEnd
    case "^": return .start
    case "$": return .end
    case "]", "{", "}", "*", "+", "?", ")", "|":
      throw RegularExpressionError(.unexpectedCharacter, at: start)
    default: return literal(next.value)
    }
  }

  private mutating func group(at start: Int) throws(RegularExpressionError) -> PatternNode {
    var capture: Int?
    if accept("?") {
      guard accept(":") else { throw RegularExpressionError(.unsupportedGroup, at: start) }
    } else {
      groupCount += 1
      capture = groupCount
    }
    let body = try alternatives()
    guard accept(")") else { throw RegularExpressionError(.unexpectedEnd, at: start) }
    if let capture { closedGroups.insert(capture) }
    return .group(body, capture: capture)
  }

  private mutating func quantified(_ atom: PatternNode) throws(RegularExpressionError) -> PatternNode {
    let start = offset
    let least: Int
    let most: Int?
    switch peek() {
    case "*": (least, most) = (0, nil)
    case "+": (least, most) = (1, nil)
    case "?": (least, most) = (0, 1)
    case "{":
      offset += 1
      least = try count()
      if accept(",") { most = peek() == "}" ? nil : try count() } else { most = least }
      guard peek() == "}" else {
        throw RegularExpressionError(peek() == nil ? .unexpectedEnd : .unexpectedCharacter, at: offset)
      }
      if let most, most < least { throw RegularExpressionError(.invalidQuantifier, at: start) }
    default: return atom
    }
    offset += 1
    return .repetition(atom, least: least, most: most, reluctant: accept("?"))
  }

  private mutating func count() throws(RegularExpressionError) -> Int {
    let start = offset
    var value = 0
    while let next = peek(), let digit = Self.digit(next) {
      value = value * 10 + digit
      if value > PatternProgram.instructionLimit { throw RegularExpressionError(.tooLarge, at: start) }
      offset += 1
    }
    if offset == start {
      throw RegularExpressionError(peek() == nil ? .unexpectedEnd : .unexpectedCharacter, at: offset)
    }
    return value
  }

  // MARK: Characters

  func literal(_ value: UInt32) -> PatternNode {
    guard flags.contains(.ignoringCase) else { return .scalar(value) }
    let variants = CaseVariants.variants(of: value)
    return variants.count == 1 ? .scalar(value) : .set(CharacterClass(variants))
  }

  private mutating func escape(at start: Int) throws(RegularExpressionError) -> PatternNode {
    guard let next = peek() else { throw RegularExpressionError(.unexpectedEnd, at: start) }
    if let digit = Self.digit(next), digit > 0 { return try backReference(at: start) }
    if let escaped = try classEscape(at: start) {
      var set = CharacterClass()
      set.insert(escaped)
      set.prepare()
      return .set(set)
    }
    return literal(try singleEscape(at: start))
  }

  private mutating func backReference(at start: Int) throws(RegularExpressionError) -> PatternNode {
    var number = 0
    // Further digits belong to the number only while that many groups have begun (section 5.6.1).
    while let next = peek(), let digit = Self.digit(next) {
      if number > 0, number * 10 + digit > groupCount { break }
      number = number * 10 + digit
      offset += 1
    }
    guard closedGroups.contains(number) else {
      throw RegularExpressionError(.invalidBackReference, at: start)
    }
    usesBackReference = true
    return .backReference(number)
  }

  /// Reads a multi-character, category or block escape after its backslash; nil (and nothing read) if it is none.
  mutating func classEscape(at start: Int) throws(RegularExpressionError) -> CharacterClass.Escape? {
    guard let letter = peek() else { throw RegularExpressionError(.unexpectedEnd, at: start) }
    if let escape = CharacterClass.Escape.multiCharacter(letter) {
      offset += 1
      return escape
    }
    guard letter == "p" || letter == "P" else { return nil }
    offset += 1
    guard accept("{") else { throw RegularExpressionError(.unknownProperty, at: start) }
    var name = String.UnicodeScalarView()
    while let next = peek(), next != "}" {
      name.append(next)
      offset += 1
    }
    guard accept("}") else { throw RegularExpressionError(.unexpectedEnd, at: start) }
    let text = String(name)
    var escape = CharacterClass.Escape()
    if let mask = UnicodeCategory.mask(named: text) {
      escape.categories = mask
    } else if text.hasPrefix("Is"), let block = UnicodeBlock.scalars(of: text.dropFirst(2)) {
      escape.ranges = [block]
    } else {
      throw RegularExpressionError(.unknownProperty, at: start)
    }
    return letter == "P" ? escape.complement : escape
  }

  /// Reads a single-character escape after its backslash.
  mutating func singleEscape(at start: Int) throws(RegularExpressionError) -> UInt32 {
    guard let next = peek() else { throw RegularExpressionError(.unexpectedEnd, at: start) }
    offset += 1
    switch next {
    case "n": return 0xA
    case "r": return 0xD
    case "t": return 0x9
    case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$": return next.value
    default: throw RegularExpressionError(.unknownEscape, at: start)
    }
  }

  // MARK: Reading

  /// The next scalar of the pattern; white space is passed over where the flag `x` says so.
  mutating func peek() -> Unicode.Scalar? {
    if flags.contains(.extended) {
      while offset < pattern.count, [0x9, 0xA, 0xD, 0x20].contains(pattern[offset]) { offset += 1 }
    }
    return peekInClass()
  }

  /// The next scalar; within a class, white space always counts.
  func peekInClass() -> Unicode.Scalar? {
    offset < pattern.count ? Unicode.Scalar(pattern[offset]) : nil
  }

  mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    offset += 1
    return true
  }

  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    scalar.value >= 0x30 && scalar.value <= 0x39 ? Int(scalar.value - 0x30) : nil
  }

  mutating func nested<Result>(
    _ body: (inout Self) throws(RegularExpressionError) -> Result
  ) throws(RegularExpressionError) -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw RegularExpressionError(.tooLarge, at: offset) }
    return try body(&self)
  }
}
