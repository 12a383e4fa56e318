/// A compiled expression: an immutable tree of final classes that evaluates in a frame.
protocol Plan: AnyObject, Sendable {
  /// The value in a frame.
  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value
}

extension Evaluation {
  /// Records the cause at a place and answers null.
  mutating func null(_ code: Warning.Code, _ arguments: [String], at position: SourcePosition) -> Value {
    record(Warning(code, arguments, position: position))
    return .null
  }
}

/// A constant.
final class ConstantPlan: Plan {
  let value: Value

  init(_ value: Value) { self.value = value }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value { value }
}

/// The value of a slot.
final class SlotPlan: Plan {
  let slot: Int

  init(_ slot: Int) { self.slot = slot }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value { frame.slots[slot] }
}

/// Null with its cause.
final class FaultPlan: Plan {
  let code: Warning.Code
  let arguments: [String]
  let position: SourcePosition

  init(_ code: Warning.Code, _ arguments: [String], at position: SourcePosition) {
    self.code = code
    self.arguments = arguments
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    evaluation.null(code, arguments, at: position)
  }
}

/// A value as one of a type.
final class CoercionPlan: Plan {
  let operand: any Plan
  let type: FEELType
  let position: SourcePosition

  init(_ operand: any Plan, _ type: FEELType, at position: SourcePosition) {
    self.operand = operand
    self.type = type
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let value = operand.evaluate(frame, &evaluation)
    if let coerced = value.coerced(to: type) { return coerced }
    return evaluation.null(.coercion, [value.kindName, type.description], at: position)
  }
}

/// `a instance of T`.
final class InstancePlan: Plan {
  let operand: any Plan
  let type: FEELType

  init(_ operand: any Plan, _ type: FEELType) {
    self.operand = operand
    self.type = type
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    .boolean(operand.evaluate(frame, &evaluation).isInstance(of: type))
  }
}
