public import FEEL

/// A compiled decision table, to be looked at: columns, cells, constant results, annotations.
public struct TableView: Sendable {
  private let table: CompiledTable

  init(_ table: CompiledTable) { self.table = table }

  /// The table's number in the model.
  public var number: Int { table.number }
  /// The table as written.
  public var source: DecisionTable { table.source }
  /// Where the table stands.
  public var place: ModelPlace { table.place }
  /// How several matching rules make one result.
  public var hitPolicy: HitPolicy { table.hitPolicy }
  /// What a COLLECT table makes of the collected outputs.
  public var aggregation: Aggregation? { table.aggregation }
  /// The letter of the hit policy and the sign of the aggregation, as drawn: `C+`.
  public var hitPolicyText: String { table.hitPolicy.letter + (table.aggregation?.sign ?? "") }
  /// The texts of the input expressions.
  public var inputExpressions: [String] { table.source.inputs.map(\.expression.text) }
  /// The headings of the input columns: label or expression.
  public var inputNames: [String] { table.source.inputs.map { $0.label ?? $0.expression.text } }
  /// The names of the output columns.
  public var outputNames: [String] { table.outputs.map(\.name) }
  /// The names of the annotation columns.
  public var annotationNames: [String] { table.source.annotations }
  /// How many rules there are.
  public var ruleCount: Int { table.cells.count }

  /// The `id` of a rule.
  public func ruleID(_ rule: Int) -> String? { table.source.rules[rule].id }

  /// The text of an input cell.
  public func inputText(rule: Int, column: Int) -> String { table.source.rules[rule].inputs[column].text }

  /// Whether an input cell tests anything, being not `-`.
  public func isTested(rule: Int, column: Int) -> Bool { table.cells[rule][column] != nil }

  /// The input columns that a rule tests.
  public func testedColumns(rule: Int) -> [Int] {
    table.cells[rule].indices.filter { table.cells[rule][$0] != nil }
  }

  /// What an input cell tests; nil for `-`.
  public func shape(rule: Int, column: Int) -> UnaryTests.Shape? { table.cells[rule][column]?.shape }

  /// Whether a value passes an input cell that turns on the value alone; nil for other cells.
  public func passes(_ value: Value, rule: Int, column: Int) -> Bool? {
    guard let tests = table.cells[rule][column] else { return true }
    if case .general = tests.shape { return nil }
    var evaluation = Evaluation()
    return tests.evaluate(value, Frame(count: max(tests.slotCount, tests.inputSlot + 1)), &evaluation) == true
  }

  /// The text of an output cell.
  public func outputText(rule: Int, column: Int) -> String { table.source.rules[rule].outputs[column].text }

  /// The value of an output cell, if it is a constant.
  public func outputConstant(rule: Int, column: Int = 0) -> Value? {
    guard column < table.results[rule].count, case .constant(let value) = table.results[rule][column] else {
      return nil
    }
    return value
  }

  /// The annotation of a rule in a column.
  public func annotation(rule: Int, named name: String) -> String? {
    guard let column = table.source.annotations.firstIndex(of: name) else { return nil }
    let cells = table.source.rules[rule].annotations
    return column < cells.count ? cells[column] : nil
  }

  /// A rule on one line: number, tests, results.
  public func ruleText(_ rule: Int) -> String {
    let tests = testedColumns(rule: rule).map { "\(inputNames[$0]) \(inputText(rule: rule, column: $0))" }
    let results = table.source.rules[rule].outputs.map(\.text)
    let condition = tests.isEmpty ? "always" : tests.joined(separator: ", ")
    return "rule \(rule + 1): \(condition) → \(results.joined(separator: ", "))"
  }
}

extension DecisionModel {
  /// All tables of the model, in the order in which they were compiled.
  public var tables: [TableView] { core.tables.map(TableView.init) }

  /// The table that is the logic of a decision; nil if its logic is something else.
  public func table(of decision: DecisionHandle) -> TableView? {
    var logic = core.decisions[decision.index].logic
    while let typed = logic as? TypedLogic { logic = typed.logic }
    return (logic as? TableLogic).map { TableView($0.table) }
  }
}
