import DMN
import DebtManagement
import FEEL
import Values

/// Makes a customer of a box of the ladder, and asks the live model about them.
struct LadderExample {
  private let space: LadderSpace
  private let plan: EvaluationPlan
  private let asked: [(name: String, decision: DecisionHandle)]
  /// The customer about whom there is nothing to say.
  private let usual: [Value]

  init(_ space: LadderSpace) {
    self.space = space
    let model = space.model.model
    asked = [RestrictionModel.Name.ladderStep, .waits, .nextStep].compactMap { name in
      model.decision(named: name.rawValue).map { (name.rawValue, $0) }
    }
    plan = model.plan(for: asked.map(\.decision))
    usual = Self.usual(space.model)
  }

  /// The customer about whom there is nothing to say, by slot.
  static func usual(_ model: PolicyModel) -> [Value] {
    model.inputNames.map { name in
      let pool = model.axis(name).atoms.map(\.sample)
      return plain.first { value in pool.contains { Value.isSame($0, value) } }
        ?? pool.first { !$0.isNull } ?? .null
    }
  }

  /// The values that say least, of each kind.
  private static let plain: [Value] = [
    .boolean(false), .string("none"), .number(0), .string("LV"), .string("electricity"), .string("supplier"),
    .string("household"),
  ]

  /// A customer in a box whom the live model treats as is claimed; nil where it does not.
  ///
  /// - Parameters:
  ///   - step: the step that comes next for them.
  ///   - isTaken: whether it has nothing to wait for; nil where that does not matter.
  func customer(in box: [AtomSet], step: String, isTaken: Bool? = nil) -> ExampleCustomer? {
    // Some combination of atoms of a box may be none that a customer can be in; a few are tried.
    for shift in 0..<4 {
      let inputs = inputs(box, shift)
      let trace = space.model.model.evaluate(plan, inputs: inputs).trace
      func result(_ name: RestrictionModel.Name) -> Value {
        asked.first { $0.name == name.rawValue }.map { trace.value(of: $0.decision) } ?? .null
      }
      guard result(.ladderStep).string == step else { continue }
      if let isTaken, (result(.nextStep).string == step) != isTaken { continue }
      let entries = zip(space.model.inputNames, inputs).map { ExampleCustomer.Entry(name: $0, value: $1) }
      return ExampleCustomer(
        inputs: entries,
        results: asked.map { ExampleCustomer.Entry(name: $0.name, value: trace.value(of: $0.decision)) },
        remarkable: entries.enumerated().filter { !Value.isSame($1.value, usual[$0]) }.map(\.element))
    }
    return nil
  }

  private func inputs(_ box: [AtomSet], _ shift: Int) -> [Value] {
    zip(space.model.inputNames, usual).map { name, plain in
      guard let place = space.place(name) else { return unseen(name, plain, box) }
      let axis = space.axes[place]
      if let atom = axis.atom(of: plain), box[place].contains(atom) { return plain }
      let members = box[place].members
      return members.isEmpty ? plain : axis.atoms[members[shift % members.count]].sample
    }
  }

  /// An input that only an expression looks at: the amount, so that it is or is not below the minimum.
  private func unseen(_ name: String, _ plain: Value, _ box: [AtomSet]) -> Value {
    guard name == "Overdue amount", let place = space.place("Below minimum") else { return plain }
    let axis = space.axes[place]
    let isBelow = axis.atom(of: .boolean(false)).map { !box[place].contains($0) } ?? false
    return .number(isBelow ? 0 : 1_000)
  }
}
