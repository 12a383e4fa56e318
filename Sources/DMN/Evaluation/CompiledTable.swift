internal import FEEL

/// A decision table made ready for evaluation.
final class CompiledTable: Sendable {
  /// One input column.
  struct Input: Sendable {
    var logic: any Logic
    /// The slot of the value in the frame where the expression is nothing but a name.
    var variableSlot: Int?
    var type: ExpectedType
    /// The check against the column's allowed values.
    var admits: DefinedType.Constraint?
    var valuesText: String
    /// The rules by value; nil where every cell of the column is `-` or none can be looked up.
    var index: ColumnIndex?
    /// The slot in which general tests find the value.
    var slot: Int
    var place: ModelPlace
  }

  /// One output column.
  struct Output: Sendable {
    var name: String
    var type: ExpectedType
    /// The allowed values, the best first; nil where the column has none or they are not constants.
    var ranking: [Value]?
    var admits: DefinedType.Constraint?
    var valuesText: String
    /// What the column gives where no rule matches.
    var defaultEntry: Cell?
    var place: ModelPlace
  }

  /// An output cell: a constant, or logic.
  enum Cell: Sendable {
    case constant(Value)
    case logic(any Logic)
  }

  /// A test that no index decides.
  struct GeneralTest: Sendable {
    var input: Int
    var tests: UnaryTests
  }

  /// The table's number in the model.
  let number: Int
  let place: ModelPlace
  let source: DecisionTable
  let hitPolicy: HitPolicy
  let aggregation: Aggregation?
  let inputs: [Input]
  let outputs: [Output]
  /// The tests by rule and input; nil for `-`.
  let cells: [[UnaryTests?]]
  /// For each rule the tests that have to be evaluated.
  let generalTests: [[GeneralTest]]
  /// Whether any rule has such a test.
  let hasGeneralTests: Bool
  /// The output cells by rule.
  let results: [[Cell]]
  /// The constant result of each rule, where the table has one output column of constants.
  let constants: [Value]?
  let shape: ContextShape
  let wordCount: Int
  /// The rules, all bits set.
  let allRules: [UInt64]
  /// Whether the table always has a value; a default is given where no rule matches.
  let hasDefault: Bool

  init(
    number: Int, source: DecisionTable, inputs: [Input], outputs: [Output], cells: [[UnaryTests?]],
    generalTests: [[GeneralTest]], results: [[Cell]], at place: ModelPlace
  ) {
    self.number = number
    self.place = place
    self.source = source
    hitPolicy = source.hitPolicy
    aggregation = source.hitPolicy == .collect ? source.aggregation : nil
    self.inputs = inputs
    self.outputs = outputs
    self.cells = cells
    self.generalTests = generalTests
    hasGeneralTests = generalTests.contains { !$0.isEmpty }
    self.results = results
    hasDefault = outputs.contains { $0.defaultEntry != nil }
    shape = ContextShape(outputs.map(\.name))
    wordCount = (cells.count + 63) / 64
    var all = Array(repeating: UInt64.max, count: wordCount)
    if cells.count & 63 != 0 { all[wordCount - 1] = 1 << UInt64(cells.count & 63) - 1 }
    allRules = all
    if outputs.count == 1 {
      let single = results.compactMap { cells -> Value? in
        if case .constant(let value)? = cells.first { value } else { nil }
      }
      constants = single.count == results.count ? single : nil
    } else {
      constants = nil
    }
  }
}
