import DMN
import FEEL

/// Proves that a scorecard gives points to every value of each characteristic exactly once.
struct ScorecardCheck {
  private let table: PolicyTable
  private let geometry: TableGeometry
  private let check: TableCheck

  init(_ table: PolicyTable, _ geometry: TableGeometry, _ check: TableCheck) {
    self.table = table
    self.geometry = geometry
    self.check = check
  }

  /// The rules of each characteristic, in the order of the table.
  private var groups: [(name: String, rules: [Int])] {
    var groups: [(name: String, rules: [Int])] = []
    for rule in table.rules {
      let tested = table.view.testedColumns(rule: rule).map { table.columns[$0].name }
      let annotated = table.view.annotation(rule: rule, named: "Characteristic") ?? ""
      let name = annotated.isEmpty ? tested.joinedByAnd : annotated
      if let place = groups.firstIndex(where: { $0.name == name }) {
        groups[place].rules.append(rule)
      } else if !name.isEmpty {
        groups.append((name, [rule]))
      }
    }
    return groups
  }

  func findings() -> [PolicyFinding] { groups.flatMap { gaps($0.name, $0.rules) + overlaps($0.rules) } }

  private func gaps(_ characteristic: String, _ rules: [Int]) -> [PolicyFinding] {
    let rows = rules.filter { !geometry.isVague($0) }.map { geometry.sure[$0] }
    guard let boxes = BoxCover.rest(of: geometry.whole, without: rows) else {
      return [check.finding(.tooLarge, table, rules: rules)]
    }
    return boxes.prefix(TableCheck.regionLimit).flatMap { box -> [PolicyFinding] in
      var findings: [PolicyFinding] = []
      var known = box
      // The missing value is told of its own.
      for (column, axis) in geometry.axes.enumerated() where !axis.isAll(box[column]) {
        guard let missing = axis.atom(of: .null), box[column].contains(missing) else { continue }
        var part = box
        part[column] = AtomSet([missing], count: axis.atoms.count)
        known[column] = box[column].subtracting(part[column])
        findings.append(
          check.finding(.missingRow(characteristic: characteristic), table, example: example(part, rules)))
      }
      if known.allSatisfy({ !$0.isEmpty }) {
        findings.append(
          check.finding(.scorecardGap(region: geometry.words(known)), table, example: example(known, rules)))
      }
      return findings
    }
  }

  private func example(_ box: [AtomSet], _ rules: [Int]) -> [Value]? {
    check.customer(in: box, of: table) { matched, _ in !rules.contains(where: matched.contains) }
  }

  private func overlaps(_ rules: [Int]) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (place, one) in rules.enumerated() {
      for other in rules.dropFirst(place + 1) {
        guard findings.count < TableCheck.regionLimit, let common = geometry.overlap(one, other) else {
          continue
        }
        let example = check.customer(in: common, of: table) { matched, _ in
          matched.contains(one) && matched.contains(other)
        }
        findings.append(
          check.finding(
            .scorecardOverlap(region: geometry.words(common)), table, rules: [one, other], example: example))
      }
    }
    return findings
  }
}
