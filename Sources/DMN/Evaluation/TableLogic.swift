internal import FEEL

/// A boxed decision table: finds the matching rules, writes them down, makes the result (DMN 1.5, 8.2).
final class TableLogic: Logic {
  let table: CompiledTable

  init(_ table: CompiledTable) { self.table = table }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let start = recorder.beginTable(table.number, table.allRules)
    defer { recorder.endTable(start) }
    guard strikeByInputs(start, frame, recorder, &evaluation) else {
      recorder.rules(start).update(repeating: 0, count: table.wordCount)
      return .null
    }
    if recorder.probe != nil { probe(frame, recorder, &evaluation) }
    if table.hasGeneralTests { strikeByTests(start, frame, recorder, &evaluation) }
    if table.hitPolicy == .first { keepFirst(recorder.rules(start)) }
    return TableResult(table, frame, recorder, start: start).value(&evaluation)
  }

  /// Evaluates the inputs and strikes out rules by the columns' indices; false where an input is not allowed.
  private func strikeByInputs(
    _ start: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) -> Bool {
    let isProbed = recorder.probe != nil
    for column in table.fastInputs.indices {
      let fast = table.fastInputs[column]
      if fast.slot >= 0, !isProbed {
        let value = frame[fast.slot]
        if fast.type.admits(value) {
          guard let index = fast.index else { continue }
          if index._withUnsafeGuaranteedRef({ $0.strike(value, recorder.rules(start)) }) { continue }
        }
      }
      guard strike(column, start, frame, recorder, &evaluation) else { return false }
    }
    return true
  }

  /// Evaluates one input and strikes out rules by it; false where its value is not allowed.
  private func strike(
    _ column: Int, _ start: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) -> Bool {
    let input = table.inputs[column]
    let given = input.variableSlot.map { frame[$0] } ?? input.logic.evaluate(frame, recorder, &evaluation)
    let value = input.type.fit(given, at: input.place, recorder, &evaluation)
    if let admits = input.admits, !admits(value) {
      evaluation.warn(.constraint, [value.description, "the column's input values \(input.valuesText)"])
      recorder.collect(&evaluation, at: input.place)
      return false
    }
    if table.hasGeneralTests || recorder.probe != nil { frame[input.slot] = value }
    if let index = input.index, !index.strike(value, recorder.rules(start)) {
      strike(column, value, start, frame, recorder, &evaluation)
    }
    return true
  }

  /// Tests the cells of a column one by one, for a value of a kind that the column's index does not know.
  private func strike(
    _ column: Int, _ value: Value, _ start: Int, _ frame: Frame, _ recorder: TraceRecorder,
    _ evaluation: inout Evaluation
  ) {
    for rule in table.cells.indices {
      guard let tests = table.cells[rule][column], tests.shape.isIndexable else { continue }
      if tests.evaluate(value, frame, &evaluation) != true {
        recorder.rules(start)[rule >> 6] &= ~(1 << UInt64(rule & 63))
      }
      if evaluation.hasWarnings { recorder.collect(&evaluation, at: table.place(rule: rule, input: column)) }
    }
  }

  /// Evaluates the tests that no index decides, of the rules that are left.
  private func strikeByTests(
    _ start: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) {
    for word in 0..<table.wordCount {
      var rest = recorder.rules(start)[word]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let rule = word << 6 + bit
        if !matches(rule, frame, recorder, &evaluation) {
          recorder.rules(start)[word] &= ~(1 << UInt64(bit))
        } else if table.hitPolicy == .first {
          return
        }
      }
    }
  }

  private func matches(
    _ rule: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) -> Bool {
    for test in table.generalTests[rule] {
      let passes = test.tests.evaluate(frame, &evaluation) == true
      if evaluation.hasWarnings {
        recorder.collect(&evaluation, at: table.place(rule: rule, input: test.input))
      }
      if !passes { return false }
    }
    return true
  }

  /// Tests the cells of the rule that is asked for, in their order, and tells the first that does not hold.
  private func probe(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) {
    guard let rule = recorder.probe?.rule, recorder.probe?.table == table.number,
      table.cells.indices.contains(rule)
    else { return }
    for (column, tests) in table.cells[rule].enumerated() {
      guard let tests else { continue }
      let value = frame[table.inputs[column].slot]
      let passes = tests.evaluate(value, frame, &evaluation) == true
      if evaluation.hasWarnings { recorder.collect(&evaluation, at: table.place(rule: rule, input: column)) }
      if !passes {
        recorder.probe?.found.append(BlockingCell(rule: rule, input: column, value: value, test: tests.text))
        return
      }
    }
    recorder.probe?.found.append(nil)
  }

  private func keepFirst(_ rules: UnsafeMutablePointer<UInt64>) {
    var isFound = false
    for word in 0..<table.wordCount {
      let bits = rules[word]
      rules[word] = isFound ? 0 : bits & (~bits &+ 1)
      if bits != 0 { isFound = true }
    }
  }
}

extension CompiledTable {
  /// The place of an input cell.
  func place(rule: Int, input: Int) -> ModelPlace {
    let name = source.inputs[input].label ?? source.inputs[input].expression.text
    let cell = source.rules[rule].inputs[input]
    return place.part("rule \(rule + 1), input '\(name)'", id: cell.id, position: cell.position)
  }

  /// The place of an output cell.
  func place(rule: Int, output: Int) -> ModelPlace {
    let cell = source.rules[rule].outputs[output]
    return place.part(
      "rule \(rule + 1), output '\(outputs[output].name)'", id: cell.id, position: cell.position)
  }
}
