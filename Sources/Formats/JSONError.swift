/// Why a text is not accepted as JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
  /// The kinds of trouble; the raw value is a stable code.
  public enum Reason: String, Hashable, Sendable {
    case empty = "json-empty"
    case tooLarge = "json-too-large"
    case tooDeep = "json-too-deep"
    case invalidUTF8 = "json-invalid-utf8"
    case unexpectedEnd = "json-unexpected-end"
    case unexpectedCharacter = "json-unexpected-character"
    case trailingContent = "json-trailing-content"
    case controlCharacter = "json-control-character"
    case invalidEscape = "json-invalid-escape"
    case loneSurrogate = "json-lone-surrogate"
    case invalidNumber = "json-invalid-number"
    case numberOutOfRange = "json-number-out-of-range"
    case duplicateKey = "json-duplicate-key"
  }

  /// What is wrong.
  public let reason: Reason
  /// Where it was noticed.
  public let position: TextPosition
  /// What stands there or what is too much: the duplicate key, the character, the limit.
  ///
  /// May be empty.
  public let detail: String

  /// The stable code.
  public var code: String { reason.rawValue }
}
