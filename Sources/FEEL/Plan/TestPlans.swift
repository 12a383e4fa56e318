/// `a in tests`.
final class MembershipPlan: Plan {
  let value: any Plan
  let tests: TestListPlan
  let slot: Int

  init(_ value: any Plan, _ tests: TestListPlan, slot: Int) {
    self.value = value
    self.tests = tests
    self.slot = slot
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    frame.slots[slot] = value.evaluate(frame, &evaluation)
    return tests.evaluate(frame, &evaluation)
  }
}

/// The tests of a cell or on the right of `in`, over the value in a slot (Table 55).
final class TestListPlan: Plan {
  private enum Test: Sendable {
    case comparison(ComparisonOperator, any Plan)
    case expression(any Plan, mentionsInput: Bool, isCondition: Bool)
  }

  private let tests: [Test]
  private let slot: Int
  private let negated: Bool
  private let position: SourcePosition

  init(_ tests: [UnaryTest], slot: Int, negated: Bool, at position: SourcePosition) {
    self.tests = tests.map { test in
      switch test.kind {
      case .comparison(let comparison, let operand): return .comparison(comparison, Planner.plan(operand))
      case .expression(let operand, let mentionsInput):
        return .expression(
          Planner.plan(operand), mentionsInput: mentionsInput, isCondition: operand.isCondition)
      }
    }
    self.slot = slot
    self.negated = negated
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var unknown = false
    for test in tests {
      // Read anew each time: an operand with a filter or a nested `in` has slots of its own, never this one.
      let value = frame.slots[slot]
      let truth: Bool?
      switch test {
      case .comparison(let comparison, let operand):
        let point = operand.evaluate(frame, &evaluation)
        truth = holds(comparison, value, point, &evaluation)
      case .expression(let operand, let mentionsInput, let isCondition):
        let result = operand.evaluate(frame, &evaluation)
        if isCondition && result.isNull {
          // A condition that cannot be decided is not the null that a cell may list.
          truth = nil
        } else {
          truth = satisfies(value, result, mentionsInput: mentionsInput, &evaluation)
        }
      }
      if truth == true { return .boolean(!negated) }
      if truth == nil { unknown = true }
    }
    return unknown ? .null : .boolean(negated)
  }

  private func holds(
    _ comparison: ComparisonOperator, _ value: Value, _ point: Value, _ evaluation: inout Evaluation
  ) -> Bool? {
    let truth = comparison.holds(value, point)
    if truth == nil && !value.isNull {
      evaluation.record(Warning(.notComparable, [value.kindName, point.kindName], position: position))
    }
    return truth
  }

  /// Whether a value satisfies a test that is an expression of this result.
  private func satisfies(
    _ value: Value, _ result: Value, mentionsInput: Bool, _ evaluation: inout Evaluation
  ) -> Bool? {
    switch result {
    case .boolean(let truth):
      if mentionsInput { return truth }
      if case .boolean(let value) = value { return value == truth }
      // A condition about something else that holds, in the cell of a value that is not a boolean.
      return truth && !value.isNull
    case .range(let range):
      if case .range = value { return Value.isSame(value, result) }
      let truth = range.contains(value)
      if truth == nil && !value.isNull {
        evaluation.record(Warning(.notComparable, [value.kindName, range.description], position: position))
      }
      return truth
    case .list(let items):
      if Value.feelEquals(value, result) == true { return true }
      guard evaluation.step(items.count) else { return nil }
      for item in items {
        if case .range(let range) = item, range.contains(value) == true { return true }
        if Value.isSame(value, item) { return true }
      }
      return false
    case .null:
      return mentionsInput ? nil : value.isNull
    default:
      return Value.feelEquals(value, result) ?? false
    }
  }
}
