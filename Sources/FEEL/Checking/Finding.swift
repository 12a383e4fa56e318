/// What is wrong with an expression, found when it is compiled.
public struct Finding: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable {
    /// The expression, or a part of it, can only be null.
    case error
    /// The expression can be evaluated and is probably not meant so.
    case warning
  }

  /// The stable code of a finding.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case syntax
    case unknownName
    case unknownType
    case unknownEntry
    case unknownParameter
    case wrongNumberOfArguments
    case argumentType
    case operandTypes
    case notAFunction
    case conditionType
    case tooDeep
    case tooLong
    case invalidLiteral
    case duplicateEntry
  }

  /// The stable code.
  public let code: Code
  /// How bad it is.
  public let severity: Severity
  /// A sentence that an analyst understands.
  public let sentence: String
  /// The place in the text.
  public let position: SourcePosition

  /// Makes a finding.
  public init(_ code: Code, _ severity: Severity = .error, _ sentence: String, at position: SourcePosition) {
    self.code = code
    self.severity = severity
    self.sentence = sentence
    self.position = position
  }
}
