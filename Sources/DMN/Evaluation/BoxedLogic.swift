internal import FEEL
internal import Values

/// A boxed context: entries evaluated in order, each visible to the later ones (DMN 1.5, 10.2.1.4).
final class ContextLogic: Logic {
  struct Entry: Sendable {
    var slot: Int
    var logic: any Logic
  }
  private let shape: ContextShape
  private let entries: [Entry]
  private let result: (any Logic)?

  /// - Parameter result: the logic of the last row without a name, whose value is the context's.
  init(shape: ContextShape, entries: [Entry], result: (any Logic)?) {
    self.shape = shape
    self.entries = entries
    self.result = result
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    var values: [Value] = []
    values.reserveCapacity(entries.count)
    for entry in entries {
      let value = entry.logic.evaluate(frame, recorder, &evaluation)
      frame[entry.slot] = value
      if result == nil { values.append(value) }
    }
    if let result { return result.evaluate(frame, recorder, &evaluation) }
    return .context(Context(shape: shape, values: values))
  }
}

/// A boxed list.
final class ListLogic: Logic {
  private let items: [any Logic]

  init(_ items: [any Logic]) { self.items = items }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    .list(items.map { $0.evaluate(frame, recorder, &evaluation) })
  }
}

/// A relation: a list of contexts of one shape.
final class RelationLogic: Logic {
  private let shape: ContextShape
  private let rows: [[any Logic]]

  init(shape: ContextShape, rows: [[any Logic]]) {
    self.shape = shape
    self.rows = rows
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    .list(
      rows.map { row in
        .context(Context(shape: shape, values: row.map { $0.evaluate(frame, recorder, &evaluation) }))
      })
  }
}

/// A boxed `if`.
final class ConditionalLogic: Logic {
  private let condition: any Logic
  private let then: any Logic
  private let otherwise: any Logic
  private let place: ModelPlace

  init(condition: any Logic, then: any Logic, otherwise: any Logic, at place: ModelPlace) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = condition.evaluate(frame, recorder, &evaluation)
    switch value {
    case .boolean(true): return then.evaluate(frame, recorder, &evaluation)
    case .boolean(false), .null: return otherwise.evaluate(frame, recorder, &evaluation)
    default:
      evaluation.warn(.conditionNotBoolean, [value.kindName])
      recorder.collect(&evaluation, at: place)
      return .null
    }
  }
}

/// A boxed filter, which unlike FEEL's keeps to lists and conditions (DMN 1.5, 10.2.2.8).
final class FilterLogic: Logic {
  private let collection: any Logic
  private let match: any Logic
  private let itemSlot: Int
  /// The entries of the item that the condition sees directly, with their slots.
  private let fields: [(name: String, slot: Int)]
  private let place: ModelPlace

  init(
    collection: any Logic, match: any Logic, itemSlot: Int, fields: [(name: String, slot: Int)],
    at place: ModelPlace
  ) {
    self.collection = collection
    self.match = match
    self.itemSlot = itemSlot
    self.fields = fields
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = collection.evaluate(frame, recorder, &evaluation)
    guard case .list(let items) = value else {
      evaluation.warn(.notIterable, [value.kindName])
      recorder.collect(&evaluation, at: place)
      return .null
    }
    var kept: [Value] = []
    for item in items {
      guard evaluation.step() else {
        recorder.collect(&evaluation, at: place)
        return .null
      }
      frame[itemSlot] = item
      for field in fields { frame[field.slot] = item.context?[field.name] ?? .null }
      let matches = match.evaluate(frame, recorder, &evaluation)
      switch matches {
      case .boolean(true): kept.append(item)
      case .boolean(false), .null: break
      default:
        evaluation.warn(.conditionNotBoolean, [matches.kindName])
        recorder.collect(&evaluation, at: place)
        return .null
      }
    }
    return .list(kept)
  }
}

/// A boxed `for`, `some` or `every` (DMN 1.5, 10.2.2.9 and 10.2.2.10).
final class IterationLogic: Logic {
  private let kind: Iteration.Kind
  private let collection: any Logic
  private let body: any Logic
  private let itemSlot: Int
  private let partialSlot: Int?
  private let place: ModelPlace

  /// - Parameter partialSlot: the slot of `partial`, the results so far.
  init(
    _ kind: Iteration.Kind, collection: any Logic, body: any Logic, itemSlot: Int, partialSlot: Int?,
    at place: ModelPlace
  ) {
    self.kind = kind
    self.collection = collection
    self.body = body
    self.itemSlot = itemSlot
    self.partialSlot = partialSlot
    self.place = place
  }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let value = collection.evaluate(frame, recorder, &evaluation)
    guard let items = Elements(value) else {
      evaluation.warn(.notIterable, [value.kindName])
      recorder.collect(&evaluation, at: place)
      return .null
    }
    var results: [Value] = []
    var isUndecided = false
    for index in 0..<items.count {
      guard evaluation.step(), results.count < evaluation.limits.listItems else {
        if !evaluation.hasWarnings { evaluation.warn(.sizeLimit, ["\(evaluation.limits.listItems)"]) }
        recorder.collect(&evaluation, at: place)
        return .null
      }
      frame[itemSlot] = items[index]
      if kind == .transform {
        if let partialSlot { frame[partialSlot] = .list(results) }
        results.append(body.evaluate(frame, recorder, &evaluation))
        continue
      }
      let result = body.evaluate(frame, recorder, &evaluation)
      switch result {
      case .boolean(let satisfied): if satisfied == (kind == .some) { return .boolean(satisfied) }
      case .null: isUndecided = true
      default:
        isUndecided = true
        evaluation.warn(.conditionNotBoolean, [result.kindName])
        recorder.collect(&evaluation, at: place)
      }
    }
    if kind == .transform { return .list(results) }
    return isUndecided ? .null : .boolean(kind == .every)
  }
}

/// What an iteration goes through: the items of a list, or the whole numbers or days of a range.
private struct Elements {
  private enum Source {
    case items([Value])
    case numbers(from: Int)
    case days(from: Int)
  }
  private let source: Source
  let count: Int

  init?(_ value: Value) {
    switch value {
    case .list(let items):
      source = .items(items)
      count = items.count
    case .range(let range):
      guard let low = range.low, let high = range.high else { return nil }
      let first: Int
      let last: Int
      switch (low, high) {
      case (.number(let low), .number(let high)):
        guard let low = low.integer(), let high = high.integer() else { return nil }
        (first, last) = (low, high)
        source = .numbers(from: first + (range.lowIncluded ? 0 : 1))
      case (.date(let low), .date(let high)):
        (first, last) = (low.dayNumber, high.dayNumber)
        source = .days(from: first + (range.lowIncluded ? 0 : 1))
      default: return nil
      }
      let (span, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, span < Int.max - 1 else { return nil }
      count = Swift.max(0, span + 1 - (range.lowIncluded ? 0 : 1) - (range.highIncluded ? 0 : 1))
    default: return nil
    }
  }

  subscript(index: Int) -> Value {
    switch source {
    case .items(let items): items[index]
    case .numbers(let first): .number(Decimal(first &+ index))
    case .days(let first): .date(CivilDate(dayNumber: first &+ index))
    }
  }
}
