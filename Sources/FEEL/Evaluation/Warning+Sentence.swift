extension Warning {
  /// One sentence for people: what became null and why.
  public var sentence: String {
    let text = body
    guard let position else { return text }
    return "\(text) (at \(position))"
  }

  private func argument(_ position: Int) -> String {
    arguments.indices.contains(position) ? arguments[position] : "?"
  }

  private var body: String {
    switch code {
    case .notCompiled: "the expression could not be read: \(argument(0))"
    case .unknownName: "the name '\(argument(0))' is not known here"
    case .unknownEntry: "there is no entry '\(argument(0))' in \(argument(1))"
    case .notAFunction: "'\(argument(0))' is not a function but \(argument(1))"
    case .unknownParameter: "the function '\(argument(0))' has no parameter list with '\(argument(1))'"
    case .wrongNumberOfArguments:
      "the function '\(argument(0))' takes \(argument(1)) arguments, \(argument(2)) given"
    case .argumentType:
      "the parameter '\(argument(1))' of '\(argument(0))' takes \(argument(2)), given was \(argument(3))"
    case .resultType: "the result of '\(argument(0))' should be \(argument(1)) and is \(argument(2))"
    case .noMatchingOverload: "the function '\(argument(0))' does not take (\(argument(1)))"
    case .invalidArgument: "\(argument(0)): \(argument(1))"
    case .operandTypes: "'\(argument(0))' is not defined between \(argument(1)) and \(argument(2))"
    case .notComparable: "\(argument(0)) and \(argument(1)) cannot be compared"
    case .overflow: "the result of '\(argument(0))' is too large"
    case .divisionByZero: "division by zero"
    case .conditionNotBoolean: "a condition should be true or false and is \(argument(0))"
    case .notIterable: "\(argument(0)) cannot be iterated over"
    case .filterNotBooleanOrNumber: "a filter should be true, false or a whole number and is \(argument(0))"
    case .indexOutOfBounds: "the list has no item \(argument(0)), its length is \(argument(1))"
    case .invalidRange: "\(argument(0)) and \(argument(1)) are not the ends of a range"
    case .nestedTooDeep: "the calls are nested too deeply"
    case .stepLimit: "the evaluation takes more than \(argument(0)) steps"
    case .sizeLimit: "the result would hold more than \(argument(0)) items"
    case .invalidLiteral: "'\(argument(0))' is not a valid \(argument(1))"
    case .coercion: "\(argument(0)) does not conform to the type \(argument(1))"
    case .constraint: "\(argument(0)) is not among the allowed values of \(argument(1))"
    case .host: argument(0)
    }
  }
}
