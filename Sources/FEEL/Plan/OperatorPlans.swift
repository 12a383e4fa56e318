internal import Values

/// `a + b` and its like.
final class ArithmeticPlan: Plan {
  let operation: ArithmeticOperator
  let left: any Plan
  let right: any Plan
  let position: SourcePosition

  init(_ operation: ArithmeticOperator, _ left: any Plan, _ right: any Plan, at position: SourcePosition) {
    self.operation = operation
    self.left = left
    self.right = right
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let left = left.evaluate(frame, &evaluation)
    let right = right.evaluate(frame, &evaluation)
    do throws(Arithmetic.Fault) {
      let value = try Arithmetic.evaluate(operation, left, right)
      if case .string(let text) = value, text.utf8.count > evaluation.limits.stringLength {
        return evaluation.null(.sizeLimit, ["\(evaluation.limits.stringLength)"], at: position)
      }
      return value
    } catch {
      return evaluation.failure(error, operation.rawValue, left, right, at: position)
    }
  }
}

extension Evaluation {
  fileprivate mutating func failure(
    _ failure: Arithmetic.Fault, _ operation: String, _ left: Value, _ right: Value,
    at position: SourcePosition
  ) -> Value {
    switch failure {
    case .operandTypes: null(.operandTypes, [operation, left.kindName, right.kindName], at: position)
    case .overflow: null(.overflow, [operation], at: position)
    case .divisionByZero: null(.divisionByZero, [], at: position)
    }
  }
}

/// `-a`.
final class NegationPlan: Plan {
  let operand: any Plan
  let position: SourcePosition

  init(_ operand: any Plan, at position: SourcePosition) {
    self.operand = operand
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let value = operand.evaluate(frame, &evaluation)
    do throws(Arithmetic.Fault) {
      return try Arithmetic.negation(value)
    } catch {
      guard case .operandTypes = error else {
        return evaluation.failure(error, "-", .null, value, at: position)
      }
      return evaluation.null(
        .invalidArgument, ["-", "it takes a number or a duration, not \(value.kindName)"], at: position)
    }
  }
}

/// `a = b` and `a != b`.
final class EqualityPlan: Plan {
  let negated: Bool
  let left: any Plan
  let right: any Plan
  let position: SourcePosition

  init(negated: Bool, _ left: any Plan, _ right: any Plan, at position: SourcePosition) {
    self.negated = negated
    self.left = left
    self.right = right
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let left = left.evaluate(frame, &evaluation)
    let right = right.evaluate(frame, &evaluation)
    guard let equal = Value.feelEquals(left, right) else {
      return evaluation.null(.notComparable, [left.kindName, right.kindName], at: position)
    }
    return .boolean(equal != negated)
  }
}

/// `a < b` and its like.
final class OrderingPlan: Plan {
  let comparison: ComparisonOperator
  let left: any Plan
  let right: any Plan
  let position: SourcePosition

  init(_ comparison: ComparisonOperator, _ left: any Plan, _ right: any Plan, at position: SourcePosition) {
    self.comparison = comparison
    self.left = left
    self.right = right
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let left = left.evaluate(frame, &evaluation)
    let right = right.evaluate(frame, &evaluation)
    guard let holds = comparison.holds(left, right) else {
      return evaluation.null(.notComparable, [left.kindName, right.kindName], at: position)
    }
    return .boolean(holds)
  }
}

extension ComparisonOperator {
  /// Whether the comparison holds; nil for null.
  func holds(_ left: Value, _ right: Value) -> Bool? {
    switch self {
    case .equal: return Value.feelEquals(left, right)
    case .notEqual: return Value.feelEquals(left, right).map { !$0 }
    case .less: return Value.compare(left, right).map { $0 == .less }
    case .lessOrEqual: return Value.compare(left, right).map { $0 != .greater }
    case .greater: return Value.compare(left, right).map { $0 == .greater }
    case .greaterOrEqual: return Value.compare(left, right).map { $0 != .less }
    }
  }
}

/// `a between b and c`: `a >= b and a <= c`.
final class BetweenPlan: Plan {
  let value: any Plan
  let low: any Plan
  let high: any Plan
  let position: SourcePosition

  init(_ value: any Plan, _ low: any Plan, _ high: any Plan, at position: SourcePosition) {
    self.value = value
    self.low = low
    self.high = high
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let value = value.evaluate(frame, &evaluation)
    let low = low.evaluate(frame, &evaluation)
    let high = high.evaluate(frame, &evaluation)
    let fromLow = ComparisonOperator.greaterOrEqual.holds(value, low)
    let toHigh = ComparisonOperator.lessOrEqual.holds(value, high)
    if fromLow == false || toHigh == false { return .boolean(false) }
    if fromLow == true && toHigh == true { return .boolean(true) }
    let other = fromLow == nil ? low : high
    return evaluation.null(.notComparable, [value.kindName, other.kindName], at: position)
  }
}

/// `and` and `or` of any number of operands in three-valued logic (Table 48).
final class LogicalPlan: Plan {
  let operands: [any Plan]
  /// The value that decides the whole: false for `and`, true for `or`.
  let decisive: Bool
  let position: SourcePosition

  init(_ operands: [any Plan], decisive: Bool, at position: SourcePosition) {
    self.operands = operands
    self.decisive = decisive
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var unknown = false
    for index in operands.indices {
      let value = operands[index].evaluate(frame, &evaluation)
      if case .boolean(let truth) = value {
        if truth == decisive { return .boolean(decisive) }
      } else {
        unknown = true
        if !value.isNull {
          evaluation.record(Warning(.conditionNotBoolean, [value.kindName], position: position))
        }
      }
    }
    return unknown ? .null : .boolean(!decisive)
  }
}

/// `if a then b else c`: whatever is not true takes the second way.
final class ConditionalPlan: Plan {
  let condition: any Plan
  let first: any Plan
  let second: any Plan
  let position: SourcePosition

  init(_ condition: any Plan, _ first: any Plan, _ second: any Plan, at position: SourcePosition) {
    self.condition = condition
    self.first = first
    self.second = second
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let value = condition.evaluate(frame, &evaluation)
    if case .boolean(let truth) = value {
      return truth ? first.evaluate(frame, &evaluation) : second.evaluate(frame, &evaluation)
    }
    if !value.isNull {
      evaluation.record(Warning(.conditionNotBoolean, [value.kindName], position: position))
    }
    return second.evaluate(frame, &evaluation)
  }
}
