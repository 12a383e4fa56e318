internal import FEEL
internal import Values

/// Makes a table's result from its matching rules by the hit policy (DMN 1.5, 8.2.8 to 8.2.11).
struct TableResult {
  private let table: CompiledTable
  private let frame: Frame
  private let recorder: TraceRecorder
  private let start: Int

  /// - Parameter start: where the table's matching rules stand in the log.
  init(_ table: CompiledTable, _ frame: Frame, _ recorder: TraceRecorder, start: Int) {
    self.table = table
    self.frame = frame
    self.recorder = recorder
    self.start = start
  }

  func value(_ evaluation: inout Evaluation) -> Value {
    let matched = Matched(recorder: recorder, start: start, wordCount: table.wordCount)
    guard let first = matched.first else { return valueWithoutMatch(&evaluation) }
    switch table.hitPolicy {
    case .first: return output(first, &evaluation)
    case .unique:
      if matched.count > 1 { return fault("more than one rule matches (\(list(matched)))", &evaluation) }
      return output(first, &evaluation)
    case .any:
      let value = output(first, &evaluation)
      for rule in matched.dropFirst() where output(rule, &evaluation) != value {
        return fault("matching rules have different outputs (\(list(matched)))", &evaluation)
      }
      return value
    case .priority:
      return ranked(matched, &evaluation).first ?? .null
    case .outputOrder: return .list(ranked(matched, &evaluation))
    case .ruleOrder: return .list(matched.map { output($0, &evaluation) })
    case .collect:
      switch table.aggregation {
      case nil: return .list(matched.map { output($0, &evaluation) })
      case .count: return .number(Decimal(matched.count))
      case .sum: return sum(matched, &evaluation)
      case .min, .max: return extreme(matched, &evaluation)
      }
    }
  }

  /// Default outputs, else nothing collected is an empty list or the count 0, else null.
  private func valueWithoutMatch(_ evaluation: inout Evaluation) -> Value {
    if table.hasDefault {
      let values = table.outputs.map { output -> Value in
        switch output.defaultEntry {
        case nil: .null
        case .constant(let value): value
        case .logic(let logic):
          output.type.fit(
            logic.evaluate(frame, recorder, &evaluation), at: output.place, recorder, &evaluation)
        }
      }
      let value = values.count == 1 ? values[0] : .context(Context(shape: table.shape, values: values))
      switch table.hitPolicy {
      case .ruleOrder, .outputOrder: return value.list == nil ? .list([value]) : value
      case .collect where table.aggregation == nil: return value.list == nil ? .list([value]) : value
      default: return value
      }
    }
    if table.hitPolicy == .collect && table.aggregation == nil { return .list([]) }
    if table.aggregation == .count { return .number(0) }
    return .null
  }

  /// The output of a rule: a value, or a context where there are several columns.
  private func output(_ rule: Int, _ evaluation: inout Evaluation) -> Value {
    if let constants = table.constants { return constants[rule] }
    let cells = table.results[rule]
    if table.outputs.count == 1 { return value(rule, 0, cells.first, &evaluation) }
    var values: [Value] = []
    values.reserveCapacity(table.outputs.count)
    for column in table.outputs.indices {
      values.append(value(rule, column, column < cells.count ? cells[column] : nil, &evaluation))
    }
    return .context(Context(shape: table.shape, values: values))
  }

  private func value(
    _ rule: Int, _ column: Int, _ cell: CompiledTable.Cell?, _ evaluation: inout Evaluation
  ) -> Value {
    switch cell {
    case nil: return .null
    case .constant(let value): return value
    case .logic(let logic):
      let output = table.outputs[column]
      let value = output.type.fit(
        logic.evaluate(frame, recorder, &evaluation), at: table.place(rule: rule, output: column), recorder,
        &evaluation)
      if let admits = output.admits, !value.isNull, !admits(value) {
        evaluation.warn(.constraint, [value.description, "the column's output values \(output.valuesText)"])
        recorder.collect(&evaluation, at: table.place(rule: rule, output: column))
        return .null
      }
      return value
    }
  }

  // MARK: - Several matching rules

  /// The outputs of the matching rules, the best first: by the order of the columns' output values, the first
  /// column before the second; of equal ones the earlier rule comes first.
  private func ranked(_ matched: Matched, _ evaluation: inout Evaluation) -> [Value] {
    let outputs = matched.map { rule -> (value: Value, ranks: [Int]) in
      let value = output(rule, &evaluation)
      let columns = table.outputs.count == 1 ? [value] : value.context?.values ?? []
      let ranks = zip(columns, table.outputs).map { column, output in
        output.ranking?.firstIndex { Value.isSame($0, column) } ?? output.ranking?.count ?? 0
      }
      return (value, ranks)
    }
    let order = outputs.indices.sorted { left, right in
      for (one, other) in zip(outputs[left].ranks, outputs[right].ranks) where one != other {
        return one < other
      }
      return left < right
    }
    return order.map { outputs[$0].value }
  }

  private func sum(_ matched: Matched, _ evaluation: inout Evaluation) -> Value {
    var total: Decimal = 0
    if !table.numbers.isEmpty {
      for rule in matched {
        guard let next = total.adding(table.numbers[rule]) else {
          return fault("the sum is too large", &evaluation)
        }
        total = next
      }
      return .number(total)
    }
    for rule in matched {
      guard case .number(let number) = output(rule, &evaluation) else {
        return fault("output of rule \(rule + 1) is not a number and cannot be added up", &evaluation)
      }
      guard let next = total.adding(number) else { return fault("the sum is too large", &evaluation) }
      total = next
    }
    return .number(total)
  }

  private func extreme(_ matched: Matched, _ evaluation: inout Evaluation) -> Value {
    var best: Value?
    for rule in matched {
      let value = output(rule, &evaluation)
      guard let current = best else {
        if value.isNull {
          return fault("output of rule \(rule + 1) is null and cannot be compared", &evaluation)
        }
        best = value
        continue
      }
      guard let order = Value.compare(value, current) else {
        return fault("output of rule \(rule + 1) cannot be compared with the others", &evaluation)
      }
      if order == (table.aggregation == .min ? .less : .greater) { best = value }
    }
    return best ?? .null
  }

  // MARK: - Faults

  private func fault(_ reason: String, _ evaluation: inout Evaluation) -> Value {
    evaluation.warn(.host, [reason])
    recorder.collect(&evaluation, at: table.place)
    return .null
  }

  private func list(_ matched: Matched) -> String {
    "rules " + matched.prefix(10).map { String($0 + 1) }.joined(separator: ", ")
      + (matched.count > 10 ? ", ..." : "")
  }
}

/// The matching rules in the log, gone through while the log may grow and move.
private struct Matched: Sequence {
  let recorder: TraceRecorder
  let start: Int
  let wordCount: Int

  var first: Int? {
    for word in 0..<wordCount {
      let bits = recorder.rules(start)[word]
      if bits != 0 { return word << 6 + bits.trailingZeroBitCount }
    }
    return nil
  }

  var count: Int { (0..<wordCount).reduce(0) { $0 + recorder.rules(start)[$1].nonzeroBitCount } }

  func makeIterator() -> Iterator { Iterator(matched: self) }

  struct Iterator: IteratorProtocol {
    private let matched: Matched
    private var word = -1
    private var rest: UInt64 = 0

    init(matched: Matched) { self.matched = matched }

    mutating func next() -> Int? {
      while rest == 0 {
        word += 1
        guard word < matched.wordCount else { return nil }
        rest = matched.recorder.rules(matched.start)[word]
      }
      let bit = rest.trailingZeroBitCount
      rest &= rest &- 1
      return word << 6 + bit
    }
  }
}
