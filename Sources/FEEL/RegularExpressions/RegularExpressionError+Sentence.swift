extension RegularExpressionError {
  /// What is wrong with the regular expression, and where.
  var sentence: String {
    let place = "at character \(offset + 1)"
    return switch code {
    case .unknownFlag: "the flags may be s, m, i, x and q; there is another one \(place)"
    case .unexpectedCharacter:
      "the pattern has a character \(place) that must be escaped or does not belong there"
    case .unexpectedEnd: "the pattern ends before what begins \(place) is complete"
    case .unknownEscape: "the pattern has an escape \(place) that XPath does not know"
    case .unknownProperty: "the pattern names a category or block \(place) that Unicode does not have"
    case .invalidRange: "the pattern has a misplaced hyphen or a range that runs backwards \(place)"
    case .invalidQuantifier: "the pattern has a quantifier \(place) whose least count is above its greatest"
    case .unsupportedGroup: "the pattern has a kind of group \(place) that XPath does not know"
    case .invalidBackReference: "the pattern refers \(place) to a group that is not closed before"
    case .invalidReplacement: "the replacement has a $ or \\ \(place) that must be escaped"
    case .matchesEmpty: "the pattern matches the empty string"
    case .tooLarge: "the pattern is nested too deeply or repeats too much \(place)"
    case .tooMuchWork: "matching takes more than \(RegularExpression.stepLimit) steps"
    }
  }
}
