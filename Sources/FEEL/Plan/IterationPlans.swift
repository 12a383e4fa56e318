internal import Values

/// The nested rounds of `for`, `some` and `every`.
struct IterationLoop: Sendable {
  private struct Variable: Sendable {
    let slot: Int
    let source: any Plan
    let end: (any Plan)?
  }

  private let variables: [Variable]
  private let position: SourcePosition

  init(_ variables: [IterationVariable], at position: SourcePosition) {
    self.variables = variables.map {
      Variable(slot: $0.slot, source: Planner.plan($0.source), end: $0.end.map(Planner.plan))
    }
    self.position = position
  }

  /// How a loop ended.
  enum Outcome {
    case finished
    /// A round asked to stop.
    case stopped
    /// Something to iterate over is not iterable, or the budget is used up.
    case failed
  }

  /// Runs the rounds; `round` answers whether to go on.
  func run(
    _ frame: Frame, _ evaluation: inout Evaluation, _ round: (inout Evaluation) -> Bool
  ) -> Outcome {
    run(from: 0, frame, &evaluation, round)
  }

  private func run(
    from level: Int, _ frame: Frame, _ evaluation: inout Evaluation, _ round: (inout Evaluation) -> Bool
  ) -> Outcome {
    guard level < variables.count else { return round(&evaluation) ? .finished : .stopped }
    let variable = variables[level]
    let source = variable.source.evaluate(frame, &evaluation)

    func inner(_ value: Value, _ evaluation: inout Evaluation) -> Outcome {
      guard evaluation.step() else { return .failed }
      frame.slots[variable.slot] = value
      return run(from: level + 1, frame, &evaluation, round)
    }

    if let endPlan = variable.end {
      let end = endPlan.evaluate(frame, &evaluation)
      return count(from: source, to: end, &evaluation, inner)
    }
    switch source {
    case .list(let items):
      for item in items {
        let outcome = inner(item, &evaluation)
        if outcome != .finished { return outcome }
      }
      return .finished
    case .range(let range): return count(over: range, &evaluation, inner)
    case .null:
      evaluation.record(Warning(.notIterable, ["null"], position: position))
      return .failed
    default: return inner(source, &evaluation)
    }
  }

  /// A range of whole numbers or dates as something to count through.
  private func count(
    over range: ValueRange, _ evaluation: inout Evaluation,
    _ inner: (Value, inout Evaluation) -> Outcome
  ) -> Outcome {
    guard range.form == .interval || range.form == .equality, let low = range.low, let high = range.high
    else {
      evaluation.record(Warning(.notIterable, ["a range without end"], position: position))
      return .failed
    }
    return count(
      from: low, to: high, skipFirst: !range.lowIncluded, skipLast: !range.highIncluded, &evaluation, inner)
  }

  /// Counts upwards or downwards through whole numbers or dates.
  private func count(
    from low: Value, to high: Value, skipFirst: Bool = false, skipLast: Bool = false,
    _ evaluation: inout Evaluation, _ inner: (Value, inout Evaluation) -> Outcome
  ) -> Outcome {
    let first: Int
    let last: Int
    let isDate: Bool
    switch (low, high) {
    case (.number(let low), .number(let high)):
      guard let low = low.integer(), let high = high.integer() else {
        evaluation.record(
          Warning(.notIterable, ["a range of numbers that are not whole"], position: position))
        return .failed
      }
      (first, last, isDate) = (low, high, false)
    case (.date(let low), .date(let high)): (first, last, isDate) = (low.dayNumber, high.dayNumber, true)
    default:
      evaluation.record(
        Warning(.notIterable, ["a range of \(low.kindName) to \(high.kindName)"], position: position))
      return .failed
    }
    let step = first <= last ? 1 : -1
    var current = first
    while true {
      if !(skipFirst && current == first) && !(skipLast && current == last) {
        let value: Value = isDate ? .date(CivilDate(dayNumber: current)) : .number(Decimal(current))
        let outcome = inner(value, &evaluation)
        if outcome != .finished { return outcome }
      }
      if current == last { return .finished }
      current += step
    }
  }
}

/// `for x in xs return e`.
final class IterationPlan: Plan {
  let loop: IterationLoop
  /// The slot of the results so far.
  let partial: Int?
  let usesPartial: Bool
  let body: any Plan

  init(_ loop: IterationLoop, partial: Int?, usesPartial: Bool, _ body: any Plan) {
    self.loop = loop
    self.partial = partial
    self.usesPartial = usesPartial
    self.body = body
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var results: [Value] = []
    let outcome = loop.run(frame, &evaluation) { evaluation in
      guard let partial, usesPartial else {
        results.append(body.evaluate(frame, &evaluation))
        return results.count <= evaluation.limits.listItems
      }
      frame.slots[partial] = .list(results)
      let value = body.evaluate(frame, &evaluation)
      frame.slots[partial] = .null
      // Results made of results grow without bound, in depth as in size.
      guard evaluation.step(value.size(upTo: 100_000, depth: 500)) else { return false }
      results.append(value)
      return results.count <= evaluation.limits.listItems
    }
    switch outcome {
    case .finished: return .list(results)
    case .stopped:
      if results.count > evaluation.limits.listItems {
        evaluation.warn(.sizeLimit, ["\(evaluation.limits.listItems)"])
      }
      return .null
    case .failed: return .null
    }
  }
}

/// `some` and `every`: the disjunction or conjunction of all rounds.
final class QuantifiedPlan: Plan {
  let loop: IterationLoop
  let condition: any Plan
  /// The value that decides the whole.
  let decisive: Bool
  let position: SourcePosition

  init(_ loop: IterationLoop, _ condition: any Plan, decisive: Bool, at position: SourcePosition) {
    self.loop = loop
    self.condition = condition
    self.position = position
    self.decisive = decisive
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var unknown = false
    let outcome = loop.run(frame, &evaluation) { evaluation in
      let value = condition.evaluate(frame, &evaluation)
      guard case .boolean(let truth) = value else {
        if !value.isNull {
          evaluation.record(Warning(.conditionNotBoolean, [value.kindName], position: position))
        }
        unknown = true
        return true
      }
      return truth != decisive
    }
    switch outcome {
    case .stopped: return .boolean(decisive)
    case .finished: return unknown ? .null : .boolean(!decisive)
    case .failed: return .null
    }
  }
}

extension Value {
  /// How many values it holds, itself included; a huge number if it is nested deeper than allowed.
  func size(upTo limit: Int, depth: Int) -> Int {
    var remaining = limit
    return visit(&remaining, depth) ? limit - remaining : Int.max / 2
  }

  private func visit(_ remaining: inout Int, _ depth: Int) -> Bool {
    remaining -= 1
    guard remaining >= 0, depth > 0 else { return false }
    switch self {
    case .list(let items):
      for item in items where !item.visit(&remaining, depth - 1) { return false }
    case .context(let context):
      for value in context.values where !value.visit(&remaining, depth - 1) { return false }
    default: break
    }
    return true
  }
}
