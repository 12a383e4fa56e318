import FEEL

/// Something wrong with a mapping, found when it is loaded.
public struct MappingFinding: Hashable, Sendable {
  /// The mapping file.
  public var file: String
  /// Where in the file: a JSON pointer (RFC 6901) such as `/facts/0/fields/amount`; empty for the whole.
  public var pointer: String
  /// Where in the expression, if it stands in one.
  public var position: SourcePosition?
  /// What is wrong and how to mend it.
  public var message: String

  /// Says where, what, and how to mend it.
  public var sentence: String {
    var place = file
    if !pointer.isEmpty { place += " at \(pointer)" }
    if let position { place += ", line \(position.line), column \(position.column) of the expression" }
    return "\(place): \(message)"
  }
}

/// A mapping that cannot be used, with everything that is wrong with it.
public struct MappingError: Error, Hashable, Sendable {
  /// What is wrong; never empty.
  public let findings: [MappingFinding]

  /// The stable code.
  public var code: String { "mapping-invalid" }

  /// All findings, a line each.
  public var sentence: String { findings.map(\.sentence).joined(separator: "\n") }
}
