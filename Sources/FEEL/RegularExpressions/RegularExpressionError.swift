/// Why a pattern, its flags or a replacement is no regular expression of XPath, or why matching was given up.
struct RegularExpressionError: Error, Hashable, Sendable {
  /// The kinds of fault, each with a stable code.
  enum Code: String, Sendable {
    /// A flag other than `s`, `m`, `i`, `x` and `q`.
    case unknownFlag
    /// A metacharacter where an ordinary character must stand.
    case unexpectedCharacter
    /// The pattern ends inside a group, class, escape or quantifier.
    case unexpectedEnd
    /// A backslash before a character that has no escape in XML Schema or XPath.
    case unknownEscape
    /// A category or block that Unicode does not have.
    case unknownProperty
    /// A range whose first character comes after its last one, or a misplaced hyphen.
    case invalidRange
    /// A quantifier whose least count is above its greatest one.
    case invalidQuantifier
    /// A group syntax that XPath does not have, such as lookaround or a named group.
    case unsupportedGroup
    /// A back reference to a group that is not closed before it.
    case invalidBackReference
    /// A replacement with a `$` or `\` that stands for nothing.
    case invalidReplacement
    /// The pattern matches the empty string, which XPath forbids for replacing and splitting.
    case matchesEmpty
    /// The pattern is nested or repeated beyond the limits of this engine.
    case tooLarge
    /// Matching took more steps than allowed.
    case tooMuchWork
  }

  /// What is wrong.
  let code: Code
  /// Where in the pattern or replacement, in Unicode scalars from 0.
  let offset: Int

  init(_ code: Code, at offset: Int = 0) {
    self.code = code
    self.offset = offset
  }
}
