import DMN
import Decisioning
import FEEL
import Values

/// Finds customers whom a model treats in a wanted way: goes back from wanted values of decisions to inputs.
///
/// A table is gone back through by its rules, a scorecard by the sums it can reach. Whatever is found is evaluated by
/// the live model, and only what holds there is given.
final class CustomerFinder {
  /// How often the model is evaluated for one wish.
  private static let tryLimit = 300

  let policy: PolicyModel
  private let plan: EvaluationPlan
  private let order: [String]
  /// The decisions without whose values the pipeline cannot decide.
  let asked: [(name: String, decision: DecisionHandle)]
  /// Values that are worth trying for each input.
  private let pools: [[Value]]
  /// The customer about whom there is nothing to say.
  private(set) var usual: [Value]
  private var tries = 0

  /// - Parameter usual: the customer about whom there is nothing to say, by slot; nil to have one looked for.
  init(_ policy: PolicyModel, usual given: [Value]? = nil) {
    self.policy = policy
    let model = policy.model
    let decisions = model.decisions.filter(model.isMain)
    plan = model.plan(for: decisions)
    order = policy.decisionNames
    asked = PolicyModel.askedDecisions.compactMap { name in
      model.decision(named: name).map { (name, $0) }
    }
    pools = policy.inputNames.map { name in
      var pool = policy.axis(name).atoms.map(\.sample)
      for table in policy.tables where table.decision != nil {
        for (column, axis) in table.columns.indices.map({ ($0, policy.geometry(of: table).axes[$0]) })
        where table.columns[column].variable == nil && table.columns[column].mentions == [name] {
          for atom in axis.atoms where !axis.isOpaque && !pool.contains(atom.sample) {
            pool.append(atom.sample)
          }
        }
      }
      return pool
    }
    usual =
      given
      ?? zip(pools, policy.inputNames).map { pool, name in
        // Without an order and without a rating before there is least to say.
        PolicyName.optionalInputs.contains(name) ? .null : pool.first { !$0.isNull } ?? .null
      }
    if given == nil { settleUsual() }
  }

  /// Makes the usual customer one with the best of points and as few circumstances as can be.
  private func settleUsual() {
    for table in policy.tables {
      for characteristic in policy.reach(of: table.name)?.characteristics ?? [] {
        let axis = policy.axis(characteristic.variable)
        let best = characteristic.points.indices.max {
          (characteristic.points[$0], -$0) < (characteristic.points[$1], -$1)
        }
        if let best, let slot = slot(characteristic.variable) { usual[slot] = axis.atoms[best].sample }
      }
    }
    for slot in usual.indices where pools[slot].count > 1 {
      var best = burden(usual)
      for value in pools[slot] where !value.isNull {
        var other = usual
        other[slot] = value
        let found = burden(other)
        if found < best { (best, usual) = (found, other) }
      }
    }
  }

  /// How much there is to say about a customer: values that are missing, rows of lists that apply.
  private func burden(_ inputs: [Value]) -> Int {
    let trace = policy.model.evaluate(plan, inputs: inputs).trace
    var burden = trace.warnings.count * 100
    for decision in plan.decisions {
      burden += trace.value(of: decision).list?.count ?? 0
    }
    for (_, decision) in asked where trace.value(of: decision).isNull { burden += 10 }
    return burden
  }

  private func slot(_ input: String) -> Int? { policy.inputNames.firstIndex(of: input) }

  // MARK: - Evaluation

  /// The live model's evaluation for inputs by slot.
  func evaluate(_ inputs: [Value]) -> EvaluationTrace { policy.model.evaluate(plan, inputs: inputs).trace }

  /// A customer of these inputs with what the model makes of them.
  func customer(_ inputs: [Value]) -> ExampleCustomer {
    let trace = evaluate(inputs)
    let entries = zip(policy.inputNames, inputs).map { ExampleCustomer.Entry(name: $0, value: $1) }
    return ExampleCustomer(
      inputs: entries,
      results: asked.filter { $0.name != PolicyName.validityInDays }
        .map { ExampleCustomer.Entry(name: $0.name, value: trace.value(of: $0.decision)) },
      remarkable: entries.enumerated().filter { $1.value != usual[$0] }.map(\.element))
  }

  // MARK: - Search

  /// Inputs for which variables have wanted values and the live model confirms it.
  ///
  /// - Parameters:
  ///   - wishes: the atoms that inputs or decisions shall have.
  ///   - values: values that inputs shall have one of, where no axis has them.
  ///   - holds: what the evaluation has to show.
  func find(
    _ wishes: [String: AtomSet], values: [String: [Value]] = [:], where holds: (EvaluationTrace) -> Bool
  ) -> [Value]? {
    tries = Self.tryLimit
    return resolve(wishes, values, holds)
  }

  private func resolve(
    _ wishes: [String: AtomSet], _ values: [String: [Value]], _ holds: (EvaluationTrace) -> Bool
  ) -> [Value]? {
    guard tries > 0 else { return nil }
    // The decision that comes last is gone back through first.
    let open = order.last { wishes[$0] != nil && policy.reach(of: $0)?.sums == nil }
    guard let open, let wanted = wishes[open] else { return settle(wishes, values, holds) }
    var rest = wishes
    rest[open] = nil
    guard let table = policy.table(of: open) else {
      return resolveExpression(open, wanted, rest, values, holds)
    }
    let geometry = policy.geometry(of: table)
    let axis = policy.axis(open)
    for rule in table.rules where !geometry.isDead(rule) {
      guard let output = table.view.outputConstant(rule: rule), let atom = axis.atom(of: output),
        wanted.contains(atom), let both = combined(rest, with: geometry.possible[rule], of: table)
      else { continue }
      if let found = resolve(both, values.merging(self.values(table, rule)) { first, _ in first }, holds) {
        return found
      }
    }
    // A default, or logic that gives it otherwise: perhaps the other wishes lead there too.
    return settle(rest, values, holds)
  }

  /// An expression often passes on the value of something of its own type: that is wished for in its stead.
  private func resolveExpression(
    _ decision: String, _ wanted: AtomSet, _ rest: [String: AtomSet], _ values: [String: [Value]],
    _ holds: (EvaluationTrace) -> Bool
  ) -> [Value]? {
    let samples = wanted.members.map { policy.axis(decision).atoms[$0].sample }
    let type = policy.domain(decision).typeName
    for source in policy.required(by: decision) where type != nil && policy.domain(source).typeName == type {
      let axis = policy.axis(source)
      let atoms = AtomSet(samples.compactMap(axis.atom), count: axis.atoms.count)
      let both = rest[source].map { $0.intersection(atoms) } ?? atoms
      guard !both.isEmpty else { continue }
      var wishes = rest
      wishes[source] = both
      if let found = resolve(wishes, values, holds) { return found }
    }
    // It may come of what its inputs are: then each of their values is tried.
    var tried = values
    for (slot, name) in policy.inputNames.enumerated()
    where policy.required(by: decision).contains(name) && tried[name] == nil {
      tried[name] = pools[slot]
    }
    return settle(rest, tried, holds)
  }

  /// Wishes that a box of a table adds to others; nil where they exclude each other.
  func combined(_ wishes: [String: AtomSet], with box: [AtomSet], of table: PolicyTable) -> [String: AtomSet]?
  {
    var wishes = wishes
    for (column, atoms) in zip(table.columns, box) {
      guard let variable = column.variable else { continue }
      let axis = policy.axis(variable)
      if axis.isOpaque || axis.isAll(atoms) && wishes[variable] == nil { continue }
      let both = wishes[variable].map { $0.intersection(atoms) } ?? atoms
      if both.isEmpty { return nil }
      wishes[variable] = both
    }
    return wishes
  }

  /// Values to be tried for inputs behind the expressions that a box bounds.
  func values(_ table: PolicyTable, box: [AtomSet]) -> [String: [Value]] {
    var values: [String: [Value]] = [:]
    let geometry = policy.geometry(of: table)
    for (place, column) in table.columns.enumerated() where column.variable == nil {
      let axis = geometry.axes[place]
      guard let input = column.mentions.first, column.mentions.count == 1, policy.isInput(input),
        !axis.isAll(box[place]), !axis.isOpaque
      else { continue }
      values[input] = box[place].members.map { axis.atoms[$0].sample }
    }
    return values
  }

  private func values(_ table: PolicyTable, _ rule: Int) -> [String: [Value]] {
    values(table, box: policy.geometry(of: table).possible[rule])
  }

  /// Only wishes about inputs and sums are left: takes values and asks the model.
  private func settle(
    _ wishes: [String: AtomSet], _ values: [String: [Value]], _ holds: (EvaluationTrace) -> Bool
  ) -> [Value]? {
    var chosen = usual
    var alternatives: [(slot: Int, values: [Value])] = []
    for (slot, name) in policy.inputNames.enumerated() {
      var wanted: [Value]
      if let atoms = wishes[name] {
        wanted = atoms.members.map { policy.axis(name).atoms[$0].sample }
      } else if let tried = values[name] {
        wanted = tried
      } else {
        continue
      }
      if let place = wanted.firstIndex(of: usual[slot]) { wanted.swapAt(0, place) }
      guard let first = wanted.first else { return nil }
      chosen[slot] = first
      if wanted.count > 1 { alternatives.append((slot, Array(wanted.dropFirst()))) }
    }
    for decision in order {
      guard let wanted = wishes[decision], let reach = policy.reach(of: decision) else { continue }
      let axis = policy.axis(decision)
      var usualAtoms: [String: Int] = [:]
      for characteristic in reach.characteristics {
        guard let slot = slot(characteristic.variable) else { continue }
        usualAtoms[characteristic.variable] = policy.axis(characteristic.variable).atom(of: chosen[slot])
      }
      guard
        let choice = reach.choice(
          usual: usualAtoms, allowed: wishes,
          isWanted: { sum in axis.atom(of: .number(sum)).map(wanted.contains) ?? false })
      else { return nil }
      for (variable, atom) in choice {
        if let slot = slot(variable) { chosen[slot] = policy.axis(variable).atoms[atom].sample }
      }
    }
    if holdsFor(chosen, holds) { return chosen }
    for (slot, values) in alternatives {
      for value in values {
        var other = chosen
        other[slot] = value
        if holdsFor(other, holds) { return other }
      }
    }
    return nil
  }

  private func holdsFor(_ inputs: [Value], _ holds: (EvaluationTrace) -> Bool) -> Bool {
    guard tries > 0 else { return false }
    tries -= 1
    return holds(evaluate(inputs))
  }
}

extension PolicyModel {
  /// The decisions that the pipeline asks a rating model for, and needs a value of.
  static let askedDecisions = [
    PolicyName.score, PolicyName.rating, PolicyName.orderOutcome, PolicyName.outcome,
    PolicyName.validityInDays,
  ]
}
