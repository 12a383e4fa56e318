extension PatternParser {
  /// Reads a class expression after its `[`, up to and with its `]`.
  mutating func characterClass() throws(RegularExpressionError) -> CharacterClass {
    try nested { (parser: inout PatternParser) throws(RegularExpressionError) in
      try parser.classBody(at: parser.offset - 1)
    }
  }

  private mutating func classBody(at start: Int) throws(RegularExpressionError) -> CharacterClass {
    var result = CharacterClass()
    if acceptInClass("^") { result.negate() }
    var isFirst = true
    while true {
      guard let next = peekInClass() else { throw RegularExpressionError(.unexpectedEnd, at: start) }
      let itemStart = offset
      offset += 1
      switch next {
      case "]":
        if isFirst { throw RegularExpressionError(.unexpectedCharacter, at: itemStart) }
        result.prepare()
        return result
      case "[":
        throw RegularExpressionError(.unexpectedCharacter, at: itemStart)
      case "-" where !isFirst && acceptInClass("["):
        result.subtract(try characterClass())
        guard acceptInClass("]") else {
          throw RegularExpressionError(
            peekInClass() == nil ? .unexpectedEnd : .unexpectedCharacter, at: offset)
        }
        result.prepare()
        return result
      case "-":
        // An unescaped hyphen stands for itself only first, last or right before a subtraction.
        let following = peekInClass()
        let isLast = following == "]" || (following == "-" && peekInClass(ahead: 1) == "[")
        if !isFirst && !isLast { throw RegularExpressionError(.invalidRange, at: itemStart) }
        if !isLast, following == "-" { throw RegularExpressionError(.invalidRange, at: itemStart) }
        insert(0x2D...0x2D, into: &result)
      case "\\":
        if let escape = try classEscape(at: itemStart) {
          result.insert(escape)
        } else {
          try range(from: try singleEscape(at: itemStart), at: itemStart, into: &result)
        }
      default:
        try range(from: next.value, at: itemStart, into: &result)
      }
      isFirst = false
    }
  }

  /// Reads the rest of `a-z` after its first character; a lone character is a range of one.
  private mutating func range(
    from first: UInt32, at start: Int, into result: inout CharacterClass
  ) throws(RegularExpressionError) {
    let following = peekInClass(ahead: 1)
    guard peekInClass() == "-", let following, following != "[", following != "]" else {
      insert(first...first, into: &result)
      return
    }
    if following == "-", peekInClass(ahead: 2) == "[" {
      // `[a--[b]]`: the character, a hyphen, then a subtraction.
      insert(first...first, into: &result)
      return
    }
    offset += 2
    var last = following.value
    if following == "\\" {
      let escapeStart = offset - 1
      if try classEscape(at: escapeStart) != nil {
        throw RegularExpressionError(.invalidRange, at: start)
      }
      last = try singleEscape(at: escapeStart)
    } else if following == "-" {
      throw RegularExpressionError(.invalidRange, at: start)
    }
    if last < first { throw RegularExpressionError(.invalidRange, at: start) }
    insert(first...last, into: &result)
  }

  private func insert(_ range: ClosedRange<UInt32>, into result: inout CharacterClass) {
    result.insert(flags.contains(.ignoringCase) ? CaseVariants.closing([range]) : [range])
  }

  private mutating func acceptInClass(_ scalar: Unicode.Scalar) -> Bool {
    guard peekInClass() == scalar else { return false }
    offset += 1
    return true
  }

  private func peekInClass(ahead count: Int) -> Unicode.Scalar? {
    offset + count < pattern.count ? Unicode.Scalar(pattern[offset + count]) : nil
  }
}
