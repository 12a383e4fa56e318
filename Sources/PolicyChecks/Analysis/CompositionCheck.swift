import DMN
import FEEL

/// Evaluates the whole model at every point where any table cuts a value, and asks whether the pipeline gets its answers.
///
/// Finds what no table shows alone: one table ends below 500 and another begins above it.
struct CompositionCheck {
  private let model: PolicyModel
  private let finder: CustomerFinder?
  /// The decisions whose gaps are told already.
  private let told: Set<String>

  init(_ model: PolicyModel, known: [PolicyFinding], finder: CustomerFinder?) {
    self.model = model
    self.finder = finder
    told = Set(
      known.compactMap { finding in
        switch finding.fault {
        case .gap, .unreachedGap, .missingRow, .scorecardGap, .overlap, .conflict: finding.decision
        default: nil
        }
      })
  }

  func findings() -> [PolicyFinding] {
    guard let finder else { return [] }
    var findings: [PolicyFinding] = []
    var seen: Set<[String]> = []
    let names = model.inputNames + model.tables.compactMap { $0.decision == nil ? nil : $0.name }
    for base in bases {
      // What only the scorecard looks at, it looks at one by one.
      for name in names where base.isEmpty || (model.isInput(name) && !isScored(name)) {
        let axis = model.axis(name)
        guard !axis.isOpaque, axis.atoms.count > 1 || base.isEmpty else { continue }
        var faulty: [(fault: Fault, atoms: AtomSet, example: [Value])] = []
        for atom in axis.atoms.indices {
          let atoms = AtomSet([atom], count: axis.atoms.count)
          var wishes = base
          wishes[name] = atoms
          var found: Fault?
          let inputs = finder.find(wishes) { trace in
            found = fault(trace)
            return true
          }
          guard let inputs, let fault = found else { continue }
          if let place = faulty.firstIndex(where: { $0.fault == fault }) {
            faulty[place].atoms = faulty[place].atoms.union(atoms)
          } else {
            faulty.append((fault, atoms, inputs))
          }
        }
        for entry in faulty where seen.insert(entry.fault.key).inserted {
          let region = axis.isAll(entry.atoms) ? "every customer" : "\(name) \(axis.words(entry.atoms))"
          findings.append(
            PolicyFinding(
              entry.fault.policyFault(region), file: model.file,
              decision: entry.fault.decisions.first, example: finder.customer(entry.example)))
        }
      }
    }
    return findings
  }

  /// What is held fixed while one value after the other is gone through: nothing, or one input of few values.
  private var bases: [[String: AtomSet]] {
    var bases: [[String: AtomSet]] = [[:]]
    for name in model.inputNames {
      let axis = model.axis(name)
      guard (2...6).contains(axis.atoms.count), !axis.isOpaque, !isScored(name) else { continue }
      bases += axis.atoms.indices.map { [name: AtomSet([$0], count: axis.atoms.count)] }
    }
    return bases
  }

  private func isScored(_ name: String) -> Bool {
    model.tables.contains { table in
      model.reach(of: table.name)?.characteristics.contains { $0.variable == name } ?? false
    }
  }

  // MARK: - Faults

  /// What is wrong with one evaluation.
  private struct Fault: Hashable {
    var decisions: [String]
    var tables: [String]
    var warning: String?

    var key: [String] { decisions + tables + [warning ?? ""] }

    func policyFault(_ region: String) -> PolicyFinding.Fault {
      if let warning { return .evaluation(message: warning, region: region) }
      return .noValue(
        decisions: decisions.map { "'\($0)'" }, region: region, tables: tables.map { "'\($0)'" })
    }
  }

  private func fault(_ trace: EvaluationTrace) -> Fault? {
    guard let finder else { return nil }
    // Tables that had no row, and those in which the null of one shows.
    let empty = model.tables.filter { table in
      guard let decision = table.decision, table.view.hitPolicy != .collect, !table.hasDefault,
        table.view.hitPolicy != .ruleOrder, table.view.hitPolicy != .outputOrder
      else { return false }
      return trace.matchedRules(of: decision)?.isEmpty ?? false
    }.map(\.name)
    if empty.contains(where: told.contains) { return nil }
    if let warning = trace.warnings.first {
      if let name = warning.place.elementName, told.contains(name) { return nil }
      return Fault(
        decisions: [warning.place.elementName ?? model.file], tables: [], warning: warning.sentence)
    }
    let missing = finder.asked.filter { trace.value(of: $0.decision).isNull }.map(\.name)
    guard !missing.isEmpty, !missing.contains(where: told.contains) else { return nil }
    return Fault(decisions: missing, tables: empty, warning: nil)
  }
}
