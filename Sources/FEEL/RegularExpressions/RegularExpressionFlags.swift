/// The flags of XPath Functions and Operators 3.1, section 5.6.2.
struct RegularExpressionFlags: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// `s`: the dot matches line ends too.
  static let dotAll = RegularExpressionFlags(rawValue: 1)
  /// `m`: anchors match at every line.
  static let multiline = RegularExpressionFlags(rawValue: 2)
  /// `i`: case variants match.
  static let ignoringCase = RegularExpressionFlags(rawValue: 4)
  /// `x`: white space in the pattern, outside classes, means nothing.
  static let extended = RegularExpressionFlags(rawValue: 8)
  /// `q`: every character of the pattern and the replacement stands for itself.
  static let literal = RegularExpressionFlags(rawValue: 16)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reads flags as FEEL's functions take them: letters in any order.
  init(letters: some StringProtocol) throws(RegularExpressionError) {
    self = []
    for (offset, letter) in letters.unicodeScalars.enumerated() {
      switch letter {
      case "s": insert(.dotAll)
      case "m": insert(.multiline)
      case "i": insert(.ignoringCase)
      case "x": insert(.extended)
      case "q": insert(.literal)
      default: throw RegularExpressionError(.unknownFlag, at: offset)
      }
    }
  }
}
