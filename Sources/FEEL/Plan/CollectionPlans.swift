internal import Synchronization
internal import Values

/// `[a, b]`.
final class ListPlan: Plan {
  let items: [any Plan]

  init(_ items: [any Plan]) { self.items = items }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var values: [Value] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(item.evaluate(frame, &evaluation)) }
    return .list(values)
  }
}

/// `{a: 1, b: a}`: each entry that a later one reads is put into its slot.
final class ContextPlan: Plan {
  let shape: ContextShape
  /// The slots of the entries; nil where no later one reads it.
  let slots: [Int?]
  let entries: [any Plan]

  init(_ shape: ContextShape, slots: [Int?], _ entries: [any Plan]) {
    self.shape = shape
    self.slots = slots
    self.entries = entries
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    var values: [Value] = []
    values.reserveCapacity(entries.count)
    for position in entries.indices {
      let value = entries[position].evaluate(frame, &evaluation)
      if let slot = slots[position] { frame.slots[slot] = value }
      values.append(value)
    }
    return .context(Context(shape: shape, values: values))
  }
}

/// `a..b` with its brackets, and `(<a)`.
final class RangePlan: Plan {
  let low: (any Plan)?
  let lowIncluded: Bool
  let high: (any Plan)?
  let highIncluded: Bool
  let form: ValueRange.Form
  let position: SourcePosition

  init(
    low: (any Plan)?, lowIncluded: Bool, high: (any Plan)?, highIncluded: Bool, _ form: ValueRange.Form,
    at position: SourcePosition
  ) {
    self.low = low
    self.lowIncluded = lowIncluded
    self.high = high
    self.highIncluded = highIncluded
    self.form = form
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let low = end(self.low, frame, &evaluation)
    let high = end(self.high, frame, &evaluation)
    if form == .interval {
      if let low, let high, Value.compare(low, high) == nil {
        return evaluation.null(.invalidRange, [low.kindName, high.kindName], at: position)
      }
    }
    return .range(
      ValueRange(low: low, lowIncluded: lowIncluded, high: high, highIncluded: highIncluded, form: form))
  }

  private func end(_ plan: (any Plan)?, _ frame: Frame, _ evaluation: inout Evaluation) -> Value? {
    guard let value = plan?.evaluate(frame, &evaluation) else { return nil }
    // `(=null)` has null as its point; an end of an interval that is null is no end.
    return value.isNull && form != .equality && form != .inequality ? nil : value
  }
}

/// `a.b`.
final class PathPlan: Plan {
  let base: any Plan
  let name: String
  /// Where in the context the entry stands if the value was made as its type says.
  let guess: Int
  let position: SourcePosition
  /// The number of a shape in which the entry stands there: most contexts that come by are of one shape.
  private let fittingShape = Atomic<UInt64>(0)

  init(_ base: any Plan, _ name: String, guess: Int, at position: SourcePosition) {
    self.base = base
    self.name = name
    self.guess = guess
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    value(in: base.evaluate(frame, &evaluation), &evaluation)
  }

  private func value(in base: Value, _ evaluation: inout Evaluation) -> Value {
    switch base {
    case .context(let context):
      if fittingShape.load(ordering: .relaxed) == context.shape.number { return context.values[guess] }
      if let position = context.shape.position(of: name, guess: guess) {
        if position == guess { fittingShape.store(context.shape.number, ordering: .relaxed) }
        return context.values[position]
      }
    case .list(let items):
      // 10.3.2.5: a path over a list gives the list of its items' entries.
      guard evaluation.step(items.count) else { return .null }
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for index in items.indices { values.append(value(in: items[index], &evaluation)) }
      return .list(values)
    case .null: break
    default:
      if let value = Property.value(of: name, in: base) { return value }
    }
    return evaluation.null(.unknownEntry, [name, base.kindName], at: position)
  }
}

/// A name in a filter whose item may have an entry of that name.
final class ItemEntryPlan: Plan {
  let slot: Int
  let name: String
  /// What tells most contexts apart that have no entry of the name.
  let mark: UInt64
  let otherwise: (any Plan)?
  let position: SourcePosition

  init(slot: Int, name: String, otherwise: (any Plan)?, at position: SourcePosition) {
    self.slot = slot
    self.name = name
    mark = ContextShape.mark(of: name)
    self.otherwise = otherwise
    self.position = position
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    if case .context(let context) = frame.slots[slot],
      let position = context.shape.position(of: name, mark: mark)
    {
      return context.values[position]
    }
    if let otherwise { return otherwise.evaluate(frame, &evaluation) }
    return evaluation.null(.unknownEntry, [name, frame.slots[slot].kindName], at: position)
  }
}

/// `a[b]` (10.3.2.5, Table 53): by condition or by position.
final class FilterPlan: Plan {
  let base: any Plan
  let slot: Int
  let condition: any Plan
  /// Whether the condition is a number for certain and so is evaluated once.
  let isPosition: Bool
  let position: SourcePosition

  init(_ base: any Plan, slot: Int, _ condition: any Plan, type: FEELType, at position: SourcePosition) {
    self.base = base
    self.slot = slot
    self.condition = condition
    self.position = position
    isPosition = type.resolved == .number
  }

  func evaluate(_ frame: Frame, _ evaluation: inout Evaluation) -> Value {
    let base = base.evaluate(frame, &evaluation)
    let items: [Value]
    switch base {
    case .list(let list): items = list
    case .null: items = []
    default: items = [base]
    }
    if isPosition { frame.slots[slot] = .null }
    if isPosition || items.isEmpty {
      if !isPosition { return base.isNull ? .null : .list([]) }
      return item(condition.evaluate(frame, &evaluation), of: items, &evaluation)
    }
    guard evaluation.step(items.count) else { return .null }
    // As long as every item is kept, the list is the one that there is already.
    var kept: [Value] = []
    var isWhole = true
    for index in items.indices {
      frame.slots[slot] = items[index]
      let verdict = condition.evaluate(frame, &evaluation)
      switch verdict {
      case .boolean(true):
        if !isWhole { kept.append(items[index]) }
      case .number where index == 0: return item(verdict, of: items, &evaluation)
      case .null, .boolean(false):
        if isWhole {
          kept = Array(items[..<index])
          isWhole = false
        }
      default: return evaluation.null(.filterNotBooleanOrNumber, [verdict.kindName], at: position)
      }
    }
    return .list(isWhole ? items : kept)
  }

  private func item(_ verdict: Value, of items: [Value], _ evaluation: inout Evaluation) -> Value {
    guard case .number(let number) = verdict, let index = number.integer() else {
      return evaluation.null(.filterNotBooleanOrNumber, [verdict.kindName], at: position)
    }
    let place = index > 0 ? index - 1 : index < 0 && -items.count <= index ? items.count + index : -1
    guard items.indices.contains(place) else {
      return evaluation.null(.indexOutOfBounds, ["\(index)", "\(items.count)"], at: position)
    }
    return items[place]
  }
}
