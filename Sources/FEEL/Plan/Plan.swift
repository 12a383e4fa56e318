/// A compiled expression: an immutable tree of final classes that evaluates in a frame.
protocol Plan: AnyObject, Sendable {
  /// The value in a frame.
  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value
}

/// A constant.
final class ConstantPlan: Plan {
  let value: Value

  init(_ value: Value) { self.value = value }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value { value }
}
