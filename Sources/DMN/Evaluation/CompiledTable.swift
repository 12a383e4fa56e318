internal import FEEL
internal import Values

/// A decision table made ready for evaluation.
final class CompiledTable: @unchecked Sendable {
  /// One input column.
  final class Input: Sendable {
    let logic: any Logic
    /// The slot of the value in the frame where the expression is nothing but a name.
    let variableSlot: Int?
    let type: ExpectedType
    /// The check against the column's allowed values.
    let admits: DefinedType.Constraint?
    let valuesText: String
    /// The rules by value; nil where every cell of the column is `-` or none can be looked up.
    let index: ColumnIndex?
    /// The slot in which general tests find the value.
    let slot: Int
    let place: ModelPlace

    init(
      logic: any Logic, variableSlot: Int?, type: ExpectedType, admits: DefinedType.Constraint?,
      valuesText: String, index: ColumnIndex?, slot: Int, place: ModelPlace
    ) {
      self.logic = logic
      self.variableSlot = variableSlot
      self.type = type
      self.admits = admits
      self.valuesText = valuesText
      self.index = index
      self.slot = slot
      self.place = place
    }
  }

  /// What the evaluation of a column needs most, without anything that is counted by reference.
  struct FastInput {
    /// The slot of the value; -1 where the column has to be evaluated by its logic.
    var slot: Int
    var type: ExpectedType.Quick
    var index: Unmanaged<ColumnIndex>?
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
  // Raw memory, written in `init` and only read afterwards: what each evaluation goes through.
  let fastInputs: UnsafeMutableBufferPointer<FastInput>
  /// The rules, all bits set.
  let allRules: UnsafeMutableBufferPointer<UInt64>
  /// The constant results, where all are numbers; else empty.
  let numbers: UnsafeMutableBufferPointer<Decimal>
  let shape: ContextShape
  let wordCount: Int
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
    allRules = .allocate(capacity: wordCount)
    allRules.initialize(repeating: .max)
    if cells.count & 63 != 0 { allRules[wordCount - 1] = 1 << UInt64(cells.count & 63) - 1 }
    let fast = inputs.map { input in
      // Columns with a check of their own, or general tests that want the value in its slot, take the long way.
      let isFast = input.admits == nil && generalTests.allSatisfy(\.isEmpty)
      return FastInput(
        slot: isFast ? input.variableSlot ?? -1 : -1, type: input.type.quick,
        index: input.index.map { Unmanaged.passUnretained($0) })
    }
    fastInputs = .allocate(capacity: fast.count)
    _ = fastInputs.initialize(from: fast)
    let single = outputs.count == 1 ? results.compactMap(Self.constant) : []
    constants = outputs.count == 1 && single.count == results.count ? single : nil
    let constantNumbers = constants?.compactMap(\.number) ?? []
    numbers = .allocate(capacity: constantNumbers.count == results.count ? results.count : 0)
    _ = numbers.initialize(from: constantNumbers.prefix(numbers.count))
  }

  deinit {
    allRules.deallocate()
    fastInputs.deallocate()
    numbers.deallocate()
  }

  private static func constant(_ cells: [Cell]) -> Value? {
    if case .constant(let value)? = cells.first { value } else { nil }
  }
}
