import DMN
import DebtManagement
import FEEL

/// The ladder's tables as boxes in one space: all that "Ladder step" and "Waits" look at.
///
/// A proof about the ladder is a question about boxes: what is left of one when others are taken out. So it holds for every
/// customer and every day, not for those that somebody thought of.
struct LadderSpace {
  typealias Name = RestrictionModel.Name

  /// A rule of the ladder.
  struct Rung {
    let id: String
    /// The word of its step.
    let step: String
    /// Where it applies if no rule before it does.
    let box: [AtomSet]
    /// Whether its cell of the stage names stages.
    let namesStage: Bool
  }

  /// A rule that makes steps wait.
  struct Wait {
    let id: String
    let steps: [String]
    let box: [AtomSet]
  }

  let model: PolicyModel
  let variables: [String]
  let axes: [Axis]
  let rungs: [Rung]
  let waits: [Wait]
  /// Where each rung decides: its box without those of the rules before it; nil where that is too much to tell.
  let regions: [[[AtomSet]]?]
  /// The columns about which nothing can be proved.
  let vague: [String]

  static let stage = "Stage"
  static let none = "none"

  /// Nil where a table is not there.
  init?(_ model: PolicyModel) {
    guard let ladder = model.table(of: Name.ladderStep.rawValue),
      let waits = model.table(of: Name.waits.rawValue)
    else { return nil }
    var variables: [String] = []
    for table in [ladder, waits] {
      for variable in table.columns.compactMap(\.variable)
      where variable != Name.ladderStep.rawValue && !variables.contains(variable) {
        variables.append(variable)
      }
    }
    let axes = variables.map(model.axis)
    let whole = axes.map(\.all)
    let stageAxis = variables.firstIndex(of: Self.stage)
    func lifted(_ table: PolicyTable, _ rule: Int) -> [AtomSet] {
      let geometry = model.geometry(of: table)
      var box = whole
      for (column, atoms) in zip(table.columns, geometry.sure[rule]) {
        guard let variable = column.variable, let place = variables.firstIndex(of: variable) else { continue }
        box[place] = box[place].intersection(atoms)
      }
      return box
    }
    rungs = ladder.rules.map { rule in
      let box = lifted(ladder, rule)
      return Rung(
        id: ladder.id(rule), step: ladder.view.outputConstant(rule: rule)?.string ?? Self.none, box: box,
        namesStage: stageAxis.map { !axes[$0].isAll(box[$0]) } ?? false)
    }
    let steps = LadderStep.allCases.map(\.rawValue)
    self.waits = waits.rules.map { rule in
      let column = waits.columns.firstIndex { $0.variable == Name.ladderStep.rawValue }
      let cell = column.flatMap { waits.cells[rule][$0] }
      return Wait(
        id: waits.id(rule), steps: steps.filter { cell?.holds(for: .string($0)) ?? true },
        box: lifted(waits, rule))
    }
    var vague: [String] = []
    for table in [ladder, waits] {
      let geometry = model.geometry(of: table)
      for place in table.columns.indices {
        let isVague =
          table.columns[place].variable == nil || geometry.axes[place].isOpaque
          || table.rules.contains { geometry.sure[$0][place] != geometry.possible[$0][place] }
        if isVague { vague.append(table.columns[place].name) }
      }
    }
    self.model = model
    self.variables = variables
    self.axes = axes
    self.vague = vague
    let boxes = rungs.map(\.box)
    regions = boxes.indices.map { BoxCover.rest(of: boxes[$0], without: Array(boxes[..<$0])) }
  }

  /// The place of a variable.
  func place(_ variable: String) -> Int? { variables.firstIndex(of: variable) }

  /// The atoms of a variable whose values pass a test.
  func atoms(_ variable: String, where passes: (Value) -> Bool) -> AtomSet? {
    place(variable).map { place in
      AtomSet(
        axes[place].atoms.indices.filter { passes(axes[place].atoms[$0].sample) },
        count: axes[place].atoms.count)
    }
  }

  /// A box narrowed by tests of variables; nil where nothing is left of it, or a variable is not looked at and some of its
  /// values do not pass: the caller then has to say what that means.
  func narrowed(_ box: [AtomSet], _ tests: [(variable: String, passes: (Value) -> Bool)]) -> [AtomSet]? {
    var box = box
    for test in tests {
      guard let place = place(test.variable), let atoms = atoms(test.variable, where: test.passes) else {
        continue
      }
      box[place] = box[place].intersection(atoms)
      if box[place].isEmpty { return nil }
    }
    return box
  }

  /// What two boxes have in common; nil where that is nothing.
  func common(_ one: [AtomSet], _ other: [AtomSet]) -> [AtomSet]? {
    let both = zip(one, other).map { $0.intersection($1) }
    return both.contains(where: \.isEmpty) ? nil : both
  }

  /// What is left of a box where no rule makes a step wait; nil where that is too much to tell.
  func free(_ box: [AtomSet], for step: String) -> [[AtomSet]]? {
    BoxCover.rest(of: box, without: waits.filter { $0.steps.contains(step) }.map(\.box))
  }

  /// A box in words.
  func words(_ box: [AtomSet]) -> String {
    let parts = zip(axes, box).compactMap { axis, atoms in
      axis.isAll(atoms) ? nil : "\(axis.name) \(axis.words(atoms))"
    }
    return parts.isEmpty ? "everything" : parts.joined(separator: ", ")
  }
}
