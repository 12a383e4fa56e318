/// Why a built-in has no result for its arguments; the function's value is null and the reason becomes a warning.
enum Refusal: Error {
  /// An argument that has the right type and makes no sense, in a few words.
  case invalid(String)
  /// A null where a value has to be given.
  case missing(parameter: String, type: FEELType, given: String = "null")
  /// The result is too large for its type.
  case overflow
  case divisionByZero
  /// Two values that have no order.
  case notComparable(Value, Value)
  /// The result would be larger than the evaluation allows.
  case sizeLimit(Int)
  /// The regular expression is faulty, or matching it takes too long.
  case regularExpression(RegularExpressionError)
  /// The cause stands among the warnings already.
  case reported

  /// Records the warning.
  func report(by function: String, to evaluation: inout Evaluation) {
    switch self {
    case .invalid(let reason): evaluation.warn(.invalidArgument, [function, reason])
    case .missing(let parameter, let type, let given):
      evaluation.warn(.argumentType, [function, parameter, type.description, given])
    case .overflow: evaluation.warn(.overflow, [function])
    case .divisionByZero: evaluation.warn(.divisionByZero)
    case .notComparable(let left, let right):
      evaluation.warn(.notComparable, [left.kindName, right.kindName])
    case .sizeLimit(let limit): evaluation.warn(.sizeLimit, ["\(limit)"])
    case .regularExpression(let error): evaluation.warn(.invalidArgument, [function, error.sentence])
    case .reported: break
    }
  }
}
