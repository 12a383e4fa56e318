/// Why a value became null, or what else went wrong in an evaluation.
public struct Warning: Sendable, Hashable {
  /// The stable code of a cause; the sentence is made by `Warning.sentence`.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// Arguments: what was asked for.
    case notCompiled
    case unknownName
    case unknownEntry
    case notAFunction
    case unknownParameter
    case wrongNumberOfArguments
    case argumentType
    case resultType
    case noMatchingOverload
    case invalidArgument
    case operandTypes
    case notComparable
    case overflow
    case divisionByZero
    case conditionNotBoolean
    case notIterable
    case filterNotBooleanOrNumber
    case indexOutOfBounds
    case invalidRange
    case nestedTooDeep
    case stepLimit
    case sizeLimit
    case invalidLiteral
    case coercion
    case constraint
    case host
  }

  /// The stable code of the cause.
  public let code: Code
  /// The particulars, in the order in which the sentence names them.
  public let arguments: [String]
  /// The place in the expression, if known.
  public let position: SourcePosition?

  /// Makes a warning.
  public init(_ code: Code, _ arguments: [String] = [], position: SourcePosition? = nil) {
    self.code = code
    self.arguments = arguments
    self.position = position
  }
}
