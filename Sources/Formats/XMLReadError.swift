/// Why a document is not accepted as XML, and where.
public struct XMLReadError: Error, Hashable, Sendable {
  /// The kinds of trouble; the raw value is a stable code.
  public enum Reason: String, Hashable, Sendable {
    case empty = "xml-empty"
    case tooLarge = "xml-too-large"
    case tooDeep = "xml-too-deep"
    case unsupportedEncoding = "xml-unsupported-encoding"
    case invalidEncoding = "xml-invalid-encoding"
    case doctype = "xml-doctype"
    case truncated = "xml-truncated"
    case malformed = "xml-malformed"
    case unboundPrefix = "xml-unbound-prefix"
    case duplicateAttribute = "xml-duplicate-attribute"
  }

  /// What is wrong.
  public let reason: Reason
  /// Where it was noticed.
  public let position: TextPosition
  /// What stands there or what is too much: the encoding, the element left open, the limit.
  ///
  /// May be empty.
  public let detail: String

  /// The stable code.
  public var code: String { reason.rawValue }
}
