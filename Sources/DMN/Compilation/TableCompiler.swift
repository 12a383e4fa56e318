internal import FEEL

/// Compiles one decision table: columns to indices, cells to tests and constants.
struct TableCompiler {
  private let compiler: LogicCompiler
  private let table: DecisionTable
  private let wanted: FEELType
  private let place: ModelPlace
  private let scope: Scope
  private var state: CompilationState { compiler.state }

  /// - Parameter wanted: the type of the result, if the table or what holds it says so.
  init(
    _ compiler: LogicCompiler, _ table: DecisionTable, wanted: FEELType, in scope: Scope, at place: ModelPlace
  ) {
    self.compiler = compiler
    self.table = table
    self.wanted = wanted
    self.place = place
    self.scope = scope
  }

  func compile() -> LogicCompiler.Result {
    let number = state.nextTableNumber()
    guard !table.outputs.isEmpty else {
      state.find(.missingAttribute(element: "decisionTable", attribute: "output"), at: place)
      return LogicCompiler.Result(logic: FaultyLogic("the table has no output", at: place), type: .any)
    }
    if table.outputs.count > 1, table.hitPolicy == .collect,
      let aggregation = table.aggregation, aggregation != .count
    {
      state.find(.unusableAggregation("\(aggregation.rawValue) is defined for one output only"), at: place)
      return LogicCompiler.Result(
        logic: FaultyLogic("\(aggregation.rawValue) over several outputs is not defined", at: place),
        type: .any)
    }
    // One slot for each input's value, where the general tests find it as `?`.
    var cellScope = scope
    let slots = table.inputs.map { _ in cellScope.reserve() }
    compiler.frameCount.include(cellScope.slotCount)
    let types = table.inputs.map {
      state.type(named: $0.typeReference, in: compiler.model, at: place)
    }
    let columns = table.inputs.indices.map { column($0, type: types[$0]) }
    let cells = table.rules.indices.map { rule in
      table.inputs.indices.map { column in
        test(rule, column, type: columns[column].testedType, slot: slots[column], in: cellScope)
      }
    }
    let inputs = columns.enumerated().map { position, column in
      CompiledTable.Input(
        logic: column.logic, variableSlot: column.variableSlot, type: column.type,
        admits: column.values?.constraint, valuesText: table.inputs[position].values?.text ?? "",
        index: index(cells.map { $0[position] }), slot: slots[position], place: column.place)
    }
    let general = cells.map { row in
      zip(inputs.indices, row).compactMap { column, tests -> CompiledTable.GeneralTest? in
        guard let tests, !(inputs[column].index != nil && tests.shape.isIndexable) else { return nil }
        return CompiledTable.GeneralTest(input: column, tests: tests)
      }
    }
    let outputs = table.outputs.enumerated().map { output($0, $1) }
    let results = table.rules.indices.map { self.results(rule: $0, outputs) }
    let compiled = CompiledTable(
      number: number, source: table, inputs: inputs, outputs: outputs, cells: cells,
      generalTests: general, results: results, at: place)
    state.add(compiled)
    return LogicCompiler.Result(logic: TableLogic(compiled), type: resultType(outputs))
  }

  // MARK: - Inputs

  /// An input column before its cells are compiled.
  private struct Column {
    var logic: any Logic
    var variableSlot: Int?
    var type: ExpectedType
    var values: AllowedValues?
    var place: ModelPlace
    /// The type of what the cells test, for the compiler's checks.
    var testedType: FEELType
  }

  /// The index of a column, where its cells' constants allow one.
  private func index(_ cells: [UnaryTests?]) -> ColumnIndex? {
    let kinds = Set(cells.compactMap { $0?.shape.kindOfConstants })
    guard kinds.count == 1 else { return nil }
    return ColumnIndex(cells: cells, isIndexed: cells.map { $0?.shape.isIndexable ?? true })
  }

  private func column(_ column: Int, type: FEELType) -> Column {
    let clause = table.inputs[column]
    var inputPlace = place.part(
      "input '\(clause.label ?? clause.expression.text)'", id: clause.expression.id ?? clause.id)
    inputPlace.position = clause.expression.position ?? place.position
    let result = compiler.literal(clause.expression, in: scope, at: inputPlace)
    let values = clause.values.flatMap { allowed($0, type: type, at: inputPlace.part("input values")) }
    return Column(
      logic: result.logic,
      variableSlot: scope.binding(of: ModelReader.normalized(clause.expression.text))?.slot,
      type: ExpectedType(type), values: values, place: inputPlace,
      testedType: type == .any ? result.type : type)
  }

  private func allowed(_ text: UnaryTestsText, type: FEELType, at place: ModelPlace) -> AllowedValues? {
    guard !text.text.allSatisfy(\.isWhitespace) else { return nil }
    let tests = FEEL.compile(unaryTests: text.text, in: scope, inputType: type)
    state.add(tests.findings, in: text, at: place)
    return tests.isSound ? AllowedValues(tests) : nil
  }

  private func test(_ rule: Int, _ column: Int, type: FEELType, slot: Int, in scope: Scope) -> UnaryTests? {
    let cell = table.rules[rule].inputs[column]
    let name = table.inputs[column].label ?? table.inputs[column].expression.text
    let cellPlace = place.part("rule \(rule + 1), input '\(name)'", id: cell.id, position: cell.position)
    // An empty cell is read as `-`: modellers write both (8.3.3).
    let text = cell.text.allSatisfy(\.isWhitespace) ? "-" : cell.text
    let tests = FEEL.compile(unaryTests: text, in: scope, inputType: type, inputSlot: slot)
    compiler.frameCount.include(tests.slotCount)
    state.add(tests.findings, in: cell, at: cellPlace)
    if case .any = tests.shape, tests.isSound { return nil }
    return tests
  }

  // MARK: - Outputs

  private func output(_ column: Int, _ clause: OutputClause) -> CompiledTable.Output {
    let name = clause.name ?? clause.label ?? table.outputLabel ?? "output \(column + 1)"
    let clausePlace = place.part("output '\(name)'", id: clause.id)
    let type = state.type(
      named: clause.typeReference, in: compiler.model, at: clausePlace, else: inheritedType(clause))
    let values = clause.values.flatMap { allowed($0, type: type, at: clausePlace.part("output values")) }
    var output = CompiledTable.Output(
      name: name, type: ExpectedType(type), ranking: values?.list, admits: values?.constraint,
      valuesText: clause.values?.text ?? "", defaultEntry: nil, place: clausePlace)
    if let entry = clause.defaultEntry, !entry.text.allSatisfy(\.isWhitespace) {
      output.defaultEntry = cell(entry, output, at: clausePlace.part("default output", id: entry.id))
    }
    return output
  }

  /// The type of an output column that names none: that of the table, or the table type's entry of that name.
  private func inheritedType(_ clause: OutputClause) -> FEELType {
    let element: FEELType
    switch table.hitPolicy {
    case .ruleOrder, .outputOrder: element = elementOfWanted
    case .collect: element = table.aggregation == nil ? elementOfWanted : .any
    default: element = wanted
    }
    if table.outputs.count == 1 { return element }
    guard case .context(let fields) = element.resolved else { return .any }
    return fields.first { $0.name == clause.name }?.type ?? .any
  }

  private var elementOfWanted: FEELType {
    if case .list(let element) = wanted.resolved { return element }
    return .any
  }

  private func results(rule: Int, _ outputs: [CompiledTable.Output]) -> [CompiledTable.Cell] {
    zip(table.rules[rule].outputs, outputs).map { entry, output in
      let cellPlace = place.part(
        "rule \(rule + 1), output '\(output.name)'", id: entry.id, position: entry.position)
      // An empty output cell is null; the modellers leave it so where the value does not matter.
      guard !entry.text.allSatisfy({ $0.isWhitespace }), entry.text != "-" else { return .constant(.null) }
      return cell(entry, output, at: cellPlace)
    }
  }

  private func cell(
    _ text: ExpressionText, _ output: CompiledTable.Output, at place: ModelPlace
  ) -> CompiledTable.Cell {
    let result = compiler.literal(text, in: scope, at: place)
    guard let constant = (result.logic as? ExpressionLogic)?.compiled.constant,
      let value = output.type.fit(constant), value.isNull || output.admits?(value) ?? true
    else { return .logic(result.logic) }
    return .constant(value)
  }

  private func resultType(_ outputs: [CompiledTable.Output]) -> FEELType {
    let one: FEELType
    if outputs.count == 1 {
      one = outputs[0].type.type
    } else {
      one = .context(outputs.map { FEELType.Field($0.name, $0.type.type) })
    }
    switch table.hitPolicy {
    case .unique, .first, .priority, .any: return one
    case .ruleOrder, .outputOrder: return .list(one)
    case .collect:
      switch table.aggregation {
      case nil: return .list(one)
      case .sum, .count: return .number
      case .min, .max: return one
      }
    }
  }
}
