import DMN
import FEEL
import Values

/// Finds rules that can never apply, and constants that are not among the declared values.
struct RuleCheck {
  private let table: PolicyTable
  private let geometry: TableGeometry
  private let check: TableCheck

  init(_ table: PolicyTable, _ geometry: TableGeometry, _ check: TableCheck) {
    self.table = table
    self.geometry = geometry
    self.check = check
  }

  func findings() -> [PolicyFinding] { table.rules.flatMap { conditions($0) + results($0) } }

  // MARK: - Conditions

  private func conditions(_ rule: Int) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (column, cell) in table.cells[rule].enumerated() {
      guard let tests = cell, tests.isSound, !geometry.axes[column].isOpaque else { continue }
      let name = table.columns[column].name
      if let reason = neverHolds(rule, column, tests) {
        findings.append(check.finding(reason, table, rules: [rule]))
        continue
      }
      let domain = geometry.axes[column].domain
      guard !domain.constraints.isEmpty else { continue }
      switch tests.shape {
      case .constants(let values), .exceptConstants(let values):
        for value in values where !value.isNull && !domain.isDeclared(value) {
          findings.append(
            check.finding(
              .constantOutside(column: name, value: value.description, allowed: domain.allowedText), table,
              rules: [rule]))
        }
      case .any, .intervals, .general: break
      }
    }
    return findings
  }

  /// Why no value passes a test, or nil where some do.
  private func neverHolds(_ rule: Int, _ column: Int, _ tests: UnaryTests) -> PolicyFinding.Fault? {
    let axis = geometry.axes[column]
    let name = table.columns[column].name
    var passes = !geometry.possible[rule][column].isEmpty
    if passes, case .sums(_, _, let sums?) = axis.domain.possible {
      passes =
        sums.contains { tests.holds(for: .number($0)) }
        || (axis.domain.isNullable && tests.holds(for: .null))
    }
    if passes { return nil }
    func holds(_ domain: ValueDomain) -> Bool {
      let axis = Axis(name, domain, tests: [tests])
      return axis.isOpaque || axis.atoms.contains { tests.holds(for: $0.sample) }
    }
    if !holds(axis.domain.unconstrained) { return .contradiction(column: name, test: tests.text) }
    if !holds(axis.domain.declaredOnly) {
      return .outsideType(column: name, test: tests.text, allowed: axis.domain.allowedText)
    }
    return .neverGiven(column: name, test: tests.text, given: axis.words(axis.all))
  }

  // MARK: - Results

  private func results(_ rule: Int) -> [PolicyFinding] {
    let outputs = table.view.source.outputs
    let cells = table.view.source.rules[rule].outputs
    return zip(zip(outputs, cells), table.outputDomains).compactMap { entry, domain in
      let (output, cell) = entry
      guard !domain.constraints.isEmpty,
        let value = FEEL.compile(expression: cell.text, in: Scope()).constant, !value.isNull,
        !domain.isDeclared(value)
      else { return nil }
      let example = check.customer(in: geometry.possible[rule], of: table) { matched, _ in
        matched.contains(rule)
      }
      return check.finding(
        .outputOutside(
          column: output.name ?? output.label ?? table.name, value: value.description,
          allowed: domain.allowedText),
        table, rules: [rule], example: example)
    }
  }
}

extension ValueDomain {
  /// The declared values as they are written.
  var allowedText: String {
    let texts = constraints.map(\.text)
    guard texts.isEmpty else { return texts.joined(separator: " and ") }
    return isWhole ? "whole numbers" : typeName ?? type.description
  }
}
