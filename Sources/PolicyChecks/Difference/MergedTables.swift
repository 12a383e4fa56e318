import DMN
import FEEL

/// A table of two rule sets over common axes: the union of their columns, cut at the points of both.
struct MergedTables {
  /// One side.
  struct Side {
    let table: PolicyTable
    /// The atoms that pass, by rule and common column.
    let rows: [[AtomSet]]
    /// The rules that no value reaches, or whose tests turn on other values.
    let vague: Set<Int>
  }

  /// The names of the columns: the variable, or the text of the expression.
  let columns: [String]
  /// The variables that columns are.
  let variables: [String?]
  let axes: [Axis]
  let old: Side
  let new: Side

  init(_ old: PolicyTable, _ oldModel: PolicyModel, _ new: PolicyTable, _ newModel: PolicyModel) {
    func key(_ column: PolicyTable.Column) -> String { column.variable ?? column.name }
    var keys = new.columns.map(key)
    for column in old.columns where !keys.contains(key(column)) { keys.append(key(column)) }
    func places(_ table: PolicyTable) -> [Int?] {
      keys.map { name in table.columns.firstIndex { key($0) == name } }
    }
    let oldPlaces = places(old)
    let newPlaces = places(new)
    let axes = keys.indices.map { place -> Axis in
      let tests =
        (oldPlaces[place].map { old.tests(column: $0) } ?? [])
        + (newPlaces[place].map { new.tests(column: $0) } ?? [])
      let column = newPlaces[place].map { new.columns[$0] } ?? oldPlaces[place].map { old.columns[$0] }
      let name = column?.name ?? keys[place]
      if let variable = column?.variable {
        let model = newPlaces[place] == nil ? oldModel : newModel
        return Axis(name, model.domain(variable), tests: model.tests(variable) + tests)
      }
      return Axis(name, column?.domain ?? ValueDomain(), tests: tests)
    }
    func side(_ table: PolicyTable, _ places: [Int?]) -> Side {
      var vague: Set<Int> = []
      let rows = table.rules.map { rule in
        axes.enumerated().map { column, axis -> AtomSet in
          guard let place = places[column], let tests = table.cells[rule][place] else { return axis.all }
          guard tests.isSound, !axis.isOpaque else {
            vague.insert(rule)
            return axis.all
          }
          let passing = axis.atoms.indices.filter { tests.holds(for: axis.atoms[$0].sample) }
          return AtomSet(passing, count: axis.atoms.count)
        }
      }
      return Side(table: table, rows: rows, vague: vague)
    }
    columns = keys
    variables = keys.indices.map { place in
      newPlaces[place].flatMap { new.columns[$0].variable }
        ?? oldPlaces[place].flatMap { old.columns[$0].variable }
    }
    self.axes = axes
    self.old = side(old, oldPlaces)
    self.new = side(new, newPlaces)
  }

  var whole: [AtomSet] { axes.map(\.all) }

  /// A box in words.
  func words(_ box: [AtomSet]) -> String {
    let parts = zip(axes, box).compactMap { axis, atoms in
      axis.isAll(atoms) ? nil : "\(axis.name) \(axis.words(atoms))"
    }
    return parts.isEmpty ? "everybody" : parts.joined(separator: ", ")
  }

  /// A box as wishes: the samples of the atoms of every column that is a variable and bounded.
  func wishes(_ box: [AtomSet]) -> [String: [Value]] {
    var wishes: [String: [Value]] = [:]
    for (place, axis) in axes.enumerated() where !axis.isAll(box[place]) {
      let samples = box[place].members.map { axis.atoms[$0].sample }
      if let variable = variables[place] {
        wishes[variable] = samples
      } else {
        let mentions = (new.table.columns + old.table.columns).first { $0.name == axis.name }?.mentions ?? []
        if mentions.count == 1, let input = mentions.first { wishes[input] = samples }
      }
    }
    return wishes
  }
}
