import DMN
import FEEL

/// One decision table of a policy, with its cells compiled to stand alone.
struct PolicyTable {
  /// What an input column tests.
  struct Column {
    /// The heading for people.
    let name: String
    /// The input or decision that the column is, where its expression is nothing but a name.
    let variable: String?
    /// The names of the inputs and decisions that the expression mentions.
    let mentions: [String]
    let domain: ValueDomain
  }

  let view: TableView
  /// The decision whose logic the table is; nil for a table within something else.
  let decision: DecisionHandle?
  /// The name of the decision or function.
  let name: String
  let columns: [Column]
  /// The tests by rule and column; nil for `-`.
  let cells: [[UnaryTests?]]
  /// The domains of the output columns.
  let outputDomains: [ValueDomain]

  var rules: Range<Int> { 0..<view.ruleCount }

  /// The `id` of a rule, or its number.
  func id(_ rule: Int) -> String { view.ruleID(rule) ?? "rule \(rule + 1)" }

  func ids(_ rules: some Sequence<Int>) -> [String] { rules.map(id) }

  /// Whether the table is a scorecard: points of several characteristics added up.
  var isScorecard: Bool { view.hitPolicy == .collect && view.aggregation == .sum }

  /// Whether a rule has to apply to every value.
  var needsCompleteness: Bool {
    switch view.hitPolicy {
    case .unique, .first, .priority, .any: !hasDefault
    case .collect, .ruleOrder, .outputOrder: false
    }
  }

  /// Whether the table gives a value where no rule applies.
  var hasDefault: Bool {
    view.source.outputs.contains { $0.defaultEntry.map { !$0.text.allSatisfy(\.isWhitespace) } ?? false }
  }

  /// The constant outputs of a rule by column; nil where any is an expression.
  func outputs(_ rule: Int) -> [Value]? {
    let values = view.source.outputs.indices.compactMap { view.outputConstant(rule: rule, column: $0) }
    return values.count == view.source.outputs.count ? values : nil
  }

  /// The tests of a column, those of all rules.
  func tests(column: Int) -> [UnaryTests] { rules.compactMap { cells[$0][column] } }

  /// Compiles the cells of a table.
  ///
  /// - Parameters:
  ///   - names: the inputs and decisions that expressions may name.
  ///   - domain: what is known of each of them.
  init(
    _ view: TableView, decision: DecisionHandle?, name: String, in definitions: Definitions,
    names: [String], domain: (String) -> ValueDomain
  ) {
    self.view = view
    self.decision = decision
    self.name = name
    let columns = view.source.inputs.enumerated().map { place, input in
      let text = input.expression.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let variable = decision != nil && names.contains(text) ? text : nil
      var declared = variable.map(domain) ?? ValueDomain()
      let own = ValueDomain(typeReference: input.typeReference, in: definitions)
      if variable == nil || declared.type == .any { declared = own } else { declared.narrow(by: own) }
      if let values = input.values?.text { declared.add(values) }
      if variable == nil {
        declared.isNullable = view.source.rules.contains { rule in
          place < rule.inputs.count && FEELText(rule.inputs[place].text).words.contains("null")
        }
      }
      return Column(
        name: input.label ?? text, variable: variable,
        mentions: decision == nil ? [] : names.filter { text.contains($0) }, domain: declared)
    }
    self.columns = columns
    cells = view.source.rules.map { rule in
      columns.indices.map { column in
        let text = column < rule.inputs.count ? rule.inputs[column].text : "-"
        if text.allSatisfy({ $0.isWhitespace }) { return nil }
        let tests = FEEL.compile(unaryTests: text, in: Scope(), inputType: columns[column].domain.type)
        if case .any = tests.shape, tests.isSound { return nil }
        return tests
      }
    }
    outputDomains = view.source.outputs.map { output in
      let named = output.typeReference
      var domain = ValueDomain(typeReference: named, in: definitions)
      if named == nil, view.source.outputs.count == 1, decision != nil, view.hitPolicy.givesOne {
        let type = definitions.decisions.first { $0.identity.name == name }?.variable.typeReference
        domain = ValueDomain(typeReference: type, in: definitions)
      }
      if let values = output.values?.text { domain.add(values) }
      return domain
    }
  }
}

extension ValueDomain {
  /// Adds what a column's own type says to what its variable's type says.
  fileprivate mutating func narrow(by other: ValueDomain) {
    guard other.typeName != typeName else { return }
    constraints += other.constraints
    parts += other.parts
    isWhole = isWhole || other.isWhole
  }
}

extension HitPolicy {
  fileprivate var givesOne: Bool {
    switch self {
    case .unique, .first, .priority, .any: true
    case .collect, .ruleOrder, .outputOrder: false
    }
  }
}
