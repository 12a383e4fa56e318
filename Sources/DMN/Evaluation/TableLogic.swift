internal import FEEL

/// A boxed decision table: finds the matching rules, writes them down, makes the result (DMN 1.5, 8.2).
final class TableLogic: Logic {
  let table: CompiledTable

  init(_ table: CompiledTable) { self.table = table }

  func evaluate(_ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation) -> Value {
    let start = recorder.beginTable(table.number, wordCount: table.wordCount)
    defer { recorder.endTable(start) }
    for (word, bits) in table.allRules.enumerated() { recorder.words[start + word] = bits }
    guard strikeByInputs(start, frame, recorder, &evaluation) else {
      for word in 0..<table.wordCount { recorder.words[start + word] = 0 }
      return .null
    }
    if recorder.probe != nil { probe(frame, recorder, &evaluation) }
    if table.hasGeneralTests { strikeByTests(start, frame, recorder, &evaluation) }
    if table.hitPolicy == .first { keepFirst(start, recorder) }
    let matched = MatchedRules(words: recorder.words[start..<(start + table.wordCount)])
    return TableResult(table, frame, recorder).value(of: matched, &evaluation)
  }

  /// Evaluates the inputs and strikes out rules by the columns' indices; false where an input is not allowed.
  private func strikeByInputs(
    _ start: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) -> Bool {
    for (column, input) in table.inputs.enumerated() {
      var value =
        if let slot = input.variableSlot { frame[slot] } else {
          input.logic.evaluate(frame, recorder, &evaluation)
        }
      value = input.type.fit(value, at: input.place, recorder, &evaluation)
      if let admits = input.admits, !admits(value) {
        evaluation.warn(.constraint, [value.description, "the column's input values \(input.valuesText)"])
        recorder.collect(&evaluation, at: input.place)
        return false
      }
      if table.hasGeneralTests || recorder.probe != nil { frame[input.slot] = value }
      guard let index = input.index else { continue }
      let isKnown = recorder.words.withUnsafeMutableBufferPointer { words -> Bool in
        guard let base = words.baseAddress else { return true }
        return index.strike(value, base + start)
      }
      if !isKnown { strike(column, value, start, frame, recorder, &evaluation) }
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
        recorder.words[start + rule >> 6] &= ~(1 << UInt64(rule & 63))
      }
      if evaluation.hasWarnings { recorder.collect(&evaluation, at: table.place(rule: rule, input: column)) }
    }
  }

  /// Evaluates the tests that no index decides, of the rules that are left.
  private func strikeByTests(
    _ start: Int, _ frame: Frame, _ recorder: TraceRecorder, _ evaluation: inout Evaluation
  ) {
    for word in 0..<table.wordCount {
      var rest = recorder.words[start + word]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        let rule = word << 6 + bit
        if !matches(rule, frame, recorder, &evaluation) {
          recorder.words[start + word] &= ~(1 << UInt64(bit))
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

  private func keepFirst(_ start: Int, _ recorder: TraceRecorder) {
    var isFound = false
    for word in start..<(start + table.wordCount) {
      let bits = recorder.words[word]
      recorder.words[word] = isFound ? 0 : bits & (~bits &+ 1)
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
