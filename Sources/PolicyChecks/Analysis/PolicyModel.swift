import DMN
import FEEL
import Values

/// A model of a policy as analysis sees it: its variables with their possible values, and its tables as geometry.
///
/// Domains follow the requirement graph: what a table can give bounds the column of the table that uses it.
final class PolicyModel {
  let file: String
  let model: DecisionModel
  /// The names of the inputs, by slot.
  let inputNames: [String]
  /// The names of the decisions, each after those that it requires.
  let decisionNames: [String]
  /// The tables, those of decisions after the tables of what they require.
  private(set) var tables: [PolicyTable] = []
  private var domains: [String: ValueDomain] = [:]
  private var axes: [String: Axis] = [:]
  private var geometries: [Int: TableGeometry] = [:]
  private var reaches: [String: ScoreReach] = [:]

  private let nullable: Set<String>
  /// Points at which another model cuts the same variables.
  private let foreign: [String: [UnaryTests]]

  /// - Parameters:
  ///   - nullable: the inputs that may be missing.
  ///   - foreign: tests by variable whose points are cut too.
  init(
    file: String, _ model: DecisionModel, nullable: Set<String>, foreign: [String: [UnaryTests]] = [:]
  ) {
    self.file = file
    self.nullable = nullable
    self.foreign = foreign
    self.model = model
    inputNames = model.inputs.map(\.name)
    let definitions = model.definitions
    let decisions = Self.ordered(model)
    decisionNames = decisions.map(model.name(of:))
    let names = inputNames + decisionNames
    // A variable may be missing if it is a feature, or if any rule says what to do then.
    var mayBeMissing = nullable
    for table in model.tables {
      for (column, input) in table.source.inputs.enumerated() {
        let text = input.expression.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isTested = table.source.rules.contains { rule in
          column < rule.inputs.count && FEELText(rule.inputs[column].text).words.contains("null")
        }
        if isTested { mayBeMissing.insert(text) }
      }
    }
    for input in definitions.inputData {
      var domain = ValueDomain(typeReference: input.variable.typeReference, in: definitions)
      domain.isNullable = mayBeMissing.contains(input.identity.name)
      domains[input.identity.name] = domain
    }
    var byNumber: [Int: DecisionHandle] = [:]
    for decision in decisions {
      if let table = model.table(of: decision) { byNumber[table.number] = decision }
      let name = model.name(of: decision)
      let declared = definitions.decisions.first { $0.identity.name == name }
      var domain = ValueDomain(typeReference: declared?.variable.typeReference, in: definitions)
      domain.isNullable = mayBeMissing.contains(name)
      domains[name] = domain
    }
    let unplaced = model.tables.filter { byNumber[$0.number] == nil }
    tables = decisions.compactMap { decision in
      model.table(of: decision).map { view in
        PolicyTable(
          view, decision: decision, name: model.name(of: decision), in: definitions, names: names
        ) { self.domains[$0] ?? ValueDomain() }
      }
    }
    tables += unplaced.map { view in
      PolicyTable(
        view, decision: nil, name: view.place.elementName ?? model.name, in: definitions, names: []
      ) { _ in ValueDomain() }
    }
    for table in tables where table.decision != nil { derive(table) }
  }

  /// The decisions of the model itself, each after those that it requires.
  private static func ordered(_ model: DecisionModel) -> [DecisionHandle] {
    var ordered: [DecisionHandle] = []
    var seen: Set<DecisionHandle> = []
    func visit(_ decision: DecisionHandle) {
      guard seen.insert(decision).inserted else { return }
      for required in model.requirements(of: decision) { visit(required) }
      ordered.append(decision)
    }
    for decision in model.decisions where model.isMain(decision) { visit(decision) }
    return ordered
  }

  /// What a table can give becomes the domain of its decision.
  private func derive(_ table: PolicyTable) {
    if table.isScorecard {
      let reach = ScoreReach(table, self)
      reaches[table.name] = reach
      if let ends = reach.ends {
        domains[table.name]?.possible = .sums(low: ends.low, high: ends.high, all: reach.sums)
      }
    } else if table.view.source.outputs.count == 1 {
      switch table.view.hitPolicy {
      case .unique, .first, .priority, .any: break
      case .collect, .ruleOrder, .outputOrder: return
      }
      let geometry = self.geometry(of: table)
      var values: [Value] = []
      for rule in table.rules where !geometry.isDead(rule) {
        guard let value = table.view.outputConstant(rule: rule) else { return }
        if !values.contains(where: { $0 == value }) { values.append(value) }
      }
      if table.hasDefault {
        let text = table.view.source.outputs[0].defaultEntry?.text ?? ""
        guard let value = FEEL.compile(expression: text, in: Scope()).constant else { return }
        if !values.contains(where: { $0 == value }) { values.append(value) }
      }
      domains[table.name]?.possible = .values(values)
    }
  }

  /// The same model, its variables cut at the points of another one too.
  func alsoCut(like other: PolicyModel) -> PolicyModel {
    let names = other.inputNames + other.decisionNames
    return PolicyModel(
      file: file, model, nullable: nullable,
      foreign: Dictionary(names.map { ($0, other.tests($0)) }) { first, _ in first })
  }

  /// What is known of a variable's values.
  func domain(_ variable: String) -> ValueDomain { domains[variable] ?? ValueDomain() }

  /// The points at which any table or expression of the model cuts a variable.
  func tests(_ variable: String) -> [UnaryTests] {
    let inTables = tables.flatMap { table in
      table.columns.indices.filter { table.columns[$0].variable == variable }
        .flatMap { table.tests(column: $0) }
    }
    return inTables + expressionTests(variable)
  }

  /// The constants of expressions that use a variable: there its line is cut too, though they may mean another one.
  private func expressionTests(_ variable: String) -> [UnaryTests] {
    let type = domain(variable).type.resolved
    return decisionNames.filter { required(by: $0).contains(variable) }.compactMap { name in
      guard let text = model.decision(named: name).flatMap(model.text) else { return nil }
      let named = required(by: name).compactMap(constant)
      let constants = (FEELText(text).literals + named).filter { $0.type == type }.map(\.description)
      let tests = FEEL.compile(unaryTests: constants.joined(separator: ", "), in: Scope(), inputType: type)
      return constants.isEmpty || !tests.isSound ? nil : tests
    }
  }

  /// The value of a decision that is nothing but a constant.
  private func constant(_ decision: String) -> Value? {
    model.decision(named: decision).flatMap(model.text)
      .flatMap { FEEL.compile(expression: $0, in: Scope()).constant }
  }

  /// The line of a variable, cut by all tables that use it.
  func axis(_ variable: String) -> Axis {
    if let axis = axes[variable] { return axis }
    let axis = Axis(variable, domain(variable), tests: tests(variable) + (foreign[variable] ?? []))
    axes[variable] = axis
    return axis
  }

  /// A table as boxes over axes.
  func geometry(of table: PolicyTable) -> TableGeometry {
    if let geometry = geometries[table.view.number] { return geometry }
    let axes = table.columns.indices.map { place -> Axis in
      let column = table.columns[place]
      if let variable = column.variable { return axis(variable) }
      return Axis(column.name, column.domain, tests: table.tests(column: place))
    }
    let geometry = TableGeometry(table, axes: axes)
    geometries[table.view.number] = geometry
    return geometry
  }

  /// The sums that a scorecard can reach.
  func reach(of decision: String) -> ScoreReach? { reaches[decision] }

  /// The inputs and decisions that a decision requires directly, decisions first.
  func required(by decision: String) -> [String] {
    guard let handle = model.decision(named: decision) else { return [] }
    return model.requirements(of: handle).map(model.name(of:))
      + model.requiredInputs(of: handle).map { inputNames[$0] }
  }

  /// The table that is a decision's logic.
  func table(of decision: String) -> PolicyTable? {
    tables.first { $0.decision != nil && $0.name == decision }
  }

  /// Whether a decision or input is of this name.
  func isInput(_ name: String) -> Bool { inputNames.contains(name) }
}
