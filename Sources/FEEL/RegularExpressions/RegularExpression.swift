/// A regular expression in the flavour of XPath and XQuery Functions and Operators 3.1.
///
/// DMN asks for it in `matches`, `replace` and `split`. It works on Unicode scalars and its running time is bounded for every pattern.
struct RegularExpression: Sendable {
  /// The steps that one call may take: well under a second, and far beyond what honest patterns need.
  static let stepLimit = 10_000_000

  private let program: PatternProgram
  private let flags: RegularExpressionFlags

  /// Compiles a pattern.
  init(_ pattern: String, flags: RegularExpressionFlags = []) throws(RegularExpressionError) {
    var parser = PatternParser(pattern.unicodeScalars.map(\.value), flags: flags)
    let node = try parser.parse()
    self.flags = flags
    program = try PatternProgram(
      node, groupCount: parser.groupCount, usesBackReference: parser.usesBackReference,
      isMultiline: flags.contains(.multiline))
  }

  /// Whether some part of the text matches.
  func matches(_ text: String) throws(RegularExpressionError) -> Bool {
    var search = Search(program, text.unicodeScalars.map(\.value), flags, capturing: false)
    return try search.next(from: 0) != nil
  }

  /// The text with every match replaced; in the replacement `$1` is a group, `\$` and `\\` are characters.
  ///
  /// A replacement can repeat what was matched, so the result has a `limit` in code points; beyond it there is none.
  func replacing(
    in text: String, with replacement: String, limit: Int = .max
  ) throws(RegularExpressionError) -> String? {
    let template = try Replacement(
      replacement, groupCount: program.groupCount, isLiteral: flags.contains(.literal))
    try refuseEmptyMatch()
    let scalars = text.unicodeScalars.map(\.value)
    var result: [UInt32] = []
    var copied = 0
    var size = 0
    try forEachMatch(in: scalars) { slots in
      size += slots[0] - copied + template.length(slots)
      if size > limit { return false }
      result += scalars[copied..<slots[0]]
      template.write(slots, of: scalars, to: &result)
      copied = slots[1]
      return true
    }
    if size > limit { return nil }
    result += scalars[copied...]
    return String(scalars: result[...])
  }

  /// The parts of the text between the matches.
  func splitting(_ text: String) throws(RegularExpressionError) -> [String] {
    try refuseEmptyMatch()
    let scalars = text.unicodeScalars.map(\.value)
    var parts: [String] = []
    var copied = 0
    try forEachMatch(in: scalars) { slots in
      parts.append(String(scalars: scalars[copied..<slots[0]]))
      copied = slots[1]
      return true
    }
    parts.append(String(scalars: scalars[copied...]))
    return parts
  }

  /// A pattern that matches the empty string has no sensible places to replace or split at: FORX0003 of XPath.
  private func refuseEmptyMatch() throws(RegularExpressionError) {
    var search = Search(program, [], flags, capturing: false)
    if try search.next(from: 0) != nil { throw RegularExpressionError(.matchesEmpty) }
  }

  /// Calls the body for each match, until it answers false.
  private func forEachMatch(
    in scalars: [UInt32], _ body: ([Int]) -> Bool
  ) throws(RegularExpressionError) {
    var search = Search(program, scalars, flags, capturing: true)
    var position = 0
    while position <= scalars.count, let slots = try search.next(from: position) {
      // `^` in multi-line mode may still match nothing inside a text although it does not in the empty one.
      guard slots[1] > slots[0] else {
        position = slots[1] + 1
        continue
      }
      guard body(slots) else { return }
      position = slots[1]
    }
  }

  /// One walk through one text, with one allowance of steps for all of its matches.
  private struct Search {
    private var parallel: ParallelMatcher?
    private let backtracking: BacktrackingMatcher?
    private var steps = RegularExpression.stepLimit

    init(_ program: PatternProgram, _ text: [UInt32], _ flags: RegularExpressionFlags, capturing: Bool) {
      if program.usesBackReference {
        backtracking = BacktrackingMatcher(
          program, text: text, ignoringCase: flags.contains(.ignoringCase))
        parallel = nil
      } else {
        backtracking = nil
        parallel = ParallelMatcher(program, text: text, capturing: capturing)
      }
    }

    mutating func next(from position: Int) throws(RegularExpressionError) -> [Int]? {
      if let backtracking { return try backtracking.firstMatch(from: position, steps: &steps) }
      return try parallel?.firstMatch(from: position, steps: &steps)
    }
  }
}

extension String {
  /// Makes a string of scalars held as numbers.
  fileprivate init(scalars values: ArraySlice<UInt32>) {
    var view = UnicodeScalarView()
    for value in values { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    self.init(view)
  }
}

extension RegularExpression {
  /// What stands in the place of a match (XPath Functions and Operators 3.1, section 5.6.4).
  private struct Replacement {
    private enum Part {
      case scalar(UInt32)
      case group(Int)
    }

    private var parts: [Part] = []

    init(_ text: String, groupCount: Int, isLiteral: Bool) throws(RegularExpressionError) {
      let scalars = Array(text.unicodeScalars)
      guard !isLiteral else {
        parts = scalars.map { .scalar($0.value) }
        return
      }
      var offset = 0
      while offset < scalars.count {
        let scalar = scalars[offset]
        let following = offset + 1 < scalars.count ? scalars[offset + 1] : nil
        offset += 1
        switch scalar {
        case "\\":
          guard following == "\\" || following == "$", let following else {
            throw RegularExpressionError(.invalidReplacement, at: offset - 1)
          }
          parts.append(.scalar(following.value))
          offset += 1
        case "$":
          guard let following, var number = PatternParser.digit(following) else {
            throw RegularExpressionError(.invalidReplacement, at: offset - 1)
          }
          offset += 1
          // As many digits as still name a group; a single digit without a group stands for nothing.
          while offset < scalars.count, let digit = PatternParser.digit(scalars[offset]),
            number * 10 + digit <= groupCount
          {
            number = number * 10 + digit
            offset += 1
          }
          if number <= groupCount { parts.append(.group(number)) }
        default: parts.append(.scalar(scalar.value))
        }
      }
    }

    /// How many code points `write` would append.
    func length(_ slots: [Int]) -> Int {
      parts.reduce(0) { length, part in
        switch part {
        case .scalar: length + 1
        case .group(let number): length + max(slots[2 * number + 1] - slots[2 * number], 0)
        }
      }
    }

    func write(_ slots: [Int], of text: [UInt32], to result: inout [UInt32]) {
      for part in parts {
        switch part {
        case .scalar(let value): result.append(value)
        case .group(let number):
          let first = slots[2 * number]
          let last = slots[2 * number + 1]
          if first >= 0, last >= first { result += text[first..<last] }
        }
      }
    }
  }
}
