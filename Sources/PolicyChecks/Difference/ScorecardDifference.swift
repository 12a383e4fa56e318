import DMN
import FEEL
import Values

/// Compares two scorecards: how many points each value of each characteristic gives.
struct ScorecardDifference {
  private let merged: MergedTables
  private let comparison: PolicyComparison

  init(_ merged: MergedTables, _ comparison: PolicyComparison) {
    self.merged = merged
    self.comparison = comparison
  }

  /// What a value of a characteristic gives.
  private struct Given: Hashable {
    let points: Decimal?
    let reasons: [String]
  }

  func changes() -> [PolicyChange] {
    var changes: [PolicyChange] = []
    for column in merged.axes.indices {
      let old = given(merged.old, column)
      let new = given(merged.new, column)
      let name = merged.axes[column].name
      switch (old.isScored, new.isScored) {
      case (false, false): continue
      case (false, true):
        changes.append(
          change(
            .characteristic, "The characteristic \(name) is new: \(bins(new.byAtom, column)).", column, nil))
      case (true, false):
        changes.append(
          change(
            .characteristic,
            "The characteristic \(name) is no longer scored; it gave \(bins(old.byAtom, column)).",
            column, nil))
      case (true, true): changes += points(old.byAtom, new.byAtom, column)
      }
    }
    return changes
  }

  private func given(_ side: MergedTables.Side, _ column: Int) -> (byAtom: [Given], isScored: Bool) {
    let table = side.table
    let rules = table.rules.filter { rule in
      table.view.testedColumns(rule: rule).map { table.columns[$0].name } == [merged.axes[column].name]
    }
    let byAtom = merged.axes[column].atoms.indices.map { atom -> Given in
      let applying = rules.filter { side.rows[$0][column].contains(atom) }
      let points = applying.compactMap { table.view.outputConstant(rule: $0)?.number }
      return Given(
        points: points.isEmpty ? nil : points.reduce(0, +),
        reasons: applying.compactMap { table.view.annotation(rule: $0, named: "Reason code") })
    }
    return (byAtom, !rules.isEmpty)
  }

  /// Every bin of a characteristic with its points.
  private func bins(_ given: [Given], _ column: Int) -> String {
    let axis = merged.axes[column]
    var bins: [(given: Given, atoms: [Int])] = []
    for (atom, points) in given.enumerated() {
      if let place = bins.firstIndex(where: { $0.given.points == points.points }) {
        bins[place].atoms.append(atom)
      } else {
        bins.append((points, [atom]))
      }
    }
    return bins.map { bin in
      "\(bin.given.points.words) for \(axis.words(AtomSet(bin.atoms, count: axis.atoms.count)))"
    }.joined(separator: ", ")
  }

  private func points(_ old: [Given], _ new: [Given], _ column: Int) -> [PolicyChange] {
    let axis = merged.axes[column]
    var groups: [(old: Given, new: Given, atoms: [Int])] = []
    for atom in axis.atoms.indices where old[atom] != new[atom] {
      if let place = groups.firstIndex(where: { $0.old == old[atom] && $0.new == new[atom] }) {
        groups[place].atoms.append(atom)
      } else {
        groups.append((old[atom], new[atom], [atom]))
      }
    }
    return groups.map { group in
      let atoms = AtomSet(group.atoms, count: axis.atoms.count)
      var parts: [String] = []
      if group.old.points != group.new.points {
        parts.append("\(group.new.points.words) instead of \(group.old.points.number)")
      }
      if group.old.reasons != group.new.reasons, group.old.points != nil, group.new.points != nil {
        parts.append("reason \(group.new.reasons.words) instead of \(group.old.reasons.words)")
      }
      return change(
        .region,
        "\(merged.new.table.name), \(axis.name) \(axis.words(atoms)): \(parts.joined(separator: ", ")).",
        column, (atoms, group.old.points, group.new.points))
    }
  }

  private func change(
    _ kind: PolicyChange.Kind, _ sentence: String, _ column: Int,
    _ region: (atoms: AtomSet, old: Decimal?, new: Decimal?)?
  ) -> PolicyChange {
    PolicyChange(
      kind, file: Policy.ratingPath, element: merged.new.table.name, sentence,
      example: example(column, region))
  }

  /// A customer of the region; for a whole characteristic one whose score differs.
  private func example(
    _ column: Int, _ region: (atoms: AtomSet, old: Decimal?, new: Decimal?)?
  ) -> ComparedCustomer? {
    guard let variable = merged.variables[column], let old = merged.old.table.decision,
      let new = merged.new.table.decision
    else { return nil }
    let axis = merged.axes[column]
    let samples = (region?.atoms ?? axis.all).members.map { axis.atoms[$0].sample }
    return comparison.find([variable: samples]) { both in
      guard let region else { return both.old.value(of: old) != both.new.value(of: new) }
      return points(both.old, old, merged.old.table, variable) == region.old
        && points(both.new, new, merged.new.table, variable) == region.new
    }
  }

  /// The points that the live table gave for a variable.
  private func points(
    _ trace: EvaluationTrace, _ decision: DecisionHandle, _ table: PolicyTable, _ variable: String
  ) -> Decimal? {
    let points = (trace.matchedRules(of: decision) ?? .none).filter { rule in
      table.view.testedColumns(rule: rule).map { table.columns[$0].variable } == [variable]
    }.compactMap { table.view.outputConstant(rule: $0)?.number }
    return points.isEmpty ? nil : points.reduce(0, +)
  }
}

extension Decimal? {
  /// "25 points", "no points".
  fileprivate var words: String {
    guard let self else { return "no points" }
    return self == 1 ? "1 point" : "\(self) points"
  }

  fileprivate var number: String { map(\.description) ?? "none" }
}

extension [String] {
  fileprivate var words: String { isEmpty ? "none" : joinedByAnd }
}
