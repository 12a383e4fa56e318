import FEEL

/// A decision table as boxes: each rule the product of the atoms that its cells let pass.
struct TableGeometry {
  let axes: [Axis]
  /// The atoms that surely pass, by rule and column.
  let sure: [[AtomSet]]
  /// The atoms that may pass: also those of cells that turn on other values.
  let possible: [[AtomSet]]

  init(_ table: PolicyTable, axes: [Axis]) {
    self.axes = axes
    var sure: [[AtomSet]] = []
    var possible: [[AtomSet]] = []
    for rule in table.rules {
      var passes: [AtomSet] = []
      var mayPass: [AtomSet] = []
      for (column, axis) in axes.enumerated() {
        guard let tests = table.cells[rule][column] else {
          passes.append(axis.all)
          mayPass.append(axis.all)
          continue
        }
        guard tests.isSound, !axis.isOpaque else {
          passes.append(AtomSet(count: axis.atoms.count))
          mayPass.append(axis.all)
          continue
        }
        let members = axis.atoms.indices.filter { tests.holds(for: axis.atoms[$0].sample) }
        let set = AtomSet(members, count: axis.atoms.count)
        passes.append(set)
        // Samples prove nothing about a test that only evaluation decides and that none of them passes.
        mayPass.append(set.isEmpty && tests.isGeneral && !axis.domain.type.isNumber ? axis.all : set)
      }
      sure.append(passes)
      possible.append(mayPass)
    }
    self.sure = sure
    self.possible = possible
  }

  /// Everything.
  var whole: [AtomSet] { axes.map(\.all) }

  /// Whether a rule has a cell of which it cannot be told what passes.
  func isVague(_ rule: Int) -> Bool { sure[rule] != possible[rule] }

  /// Whether a rule cannot apply to anything.
  func isDead(_ rule: Int) -> Bool { possible[rule].contains(where: \.isEmpty) }

  /// What two rules have in common; nil where that is nothing.
  func overlap(_ one: Int, _ other: Int) -> [AtomSet]? {
    var common: [AtomSet] = []
    for (left, right) in zip(sure[one], sure[other]) {
      let both = left.intersection(right)
      if both.isEmpty { return nil }
      common.append(both)
    }
    return common
  }
}

extension UnaryTests {
  fileprivate var isGeneral: Bool {
    if case .general = shape { true } else { false }
  }
}

extension FEELType {
  fileprivate var isNumber: Bool { resolved == .number }
}
