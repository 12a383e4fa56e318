import DMN
import Decisioning
import FEEL

/// Two rule sets side by side, their variables cut at the points of both.
struct PolicyComparison {
  let before: Policy
  let after: Policy
  let oldRating: PolicyModel
  let newRating: PolicyModel
  let oldFeatures: PolicyModel
  let newFeatures: PolicyModel
  private let oldFinder: CustomerFinder
  private let newFinder: CustomerFinder

  /// Nil where a model of either side cannot be evaluated.
  init?(_ before: RuleSetFiles, _ after: RuleSetFiles) {
    let first = Policy(before)
    let second = Policy(after)
    guard let oldRating = first.rating, let newRating = second.rating, let oldFeatures = first.features,
      let newFeatures = second.features,
      [oldRating, newRating, oldFeatures, newFeatures].allSatisfy({ $0.isSound })
    else { return nil }
    self.before = first
    self.after = second
    self.oldRating = oldRating.alsoCut(like: newRating)
    self.newRating = newRating.alsoCut(like: oldRating)
    self.oldFeatures = oldFeatures
    self.newFeatures = newFeatures
    oldFinder = CustomerFinder(self.oldRating)
    newFinder = CustomerFinder(self.newRating)
  }

  /// What both sides make of a customer.
  struct Both {
    let old: EvaluationTrace
    let new: EvaluationTrace
  }

  /// A customer for whom variables have wanted values on the new side, or else on the old one, and both sides confirm
  /// what is asked of them.
  func find(
    _ wishes: [String: [Value]], where holds: (Both) -> Bool
  ) -> ComparedCustomer? {
    for (finder, isNew) in [(newFinder, true), (oldFinder, false)] {
      guard let atoms = atoms(wishes, in: finder.policy) else { continue }
      let others = wishes.filter { finder.policy.isInput($0.key) && atoms[$0.key] == nil }
      let inputs = finder.find(atoms, values: others) { trace in
        // The other side is asked only where it is worth it; its inputs are those of the same names.
        let named = NamedInputs(finder.policy, trace.inputs)
        let other = (isNew ? oldFinder : newFinder).evaluate(
          named.values(for: isNew ? oldRating : newRating, usual: (isNew ? oldFinder : newFinder).usual))
        return holds(isNew ? Both(old: other, new: trace) : Both(old: trace, new: other))
      }
      if let inputs { return customer(NamedInputs(finder.policy, inputs)) }
    }
    return nil
  }

  private func atoms(_ wishes: [String: [Value]], in policy: PolicyModel) -> [String: AtomSet]? {
    var atoms: [String: AtomSet] = [:]
    for (name, values) in wishes {
      guard policy.isInput(name) || policy.decisionNames.contains(name) else { continue }
      let axis = policy.axis(name)
      guard !axis.isOpaque else { continue }
      let members = values.compactMap(axis.atom)
      if members.isEmpty {
        if policy.isInput(name) { continue }
        return nil
      }
      atoms[name] = AtomSet(members, count: axis.atoms.count)
    }
    return atoms
  }

  /// The customer of these inputs with what both sides make of it.
  func customer(_ inputs: NamedInputs) -> ComparedCustomer {
    let old = oldFinder.customer(inputs.values(for: oldRating, usual: oldFinder.usual))
    let new = newFinder.customer(inputs.values(for: newRating, usual: newFinder.usual))
    let gone = old.inputs.filter { entry in !new.inputs.contains { $0.name == entry.name } }
    let remarkable =
      new.remarkable + old.remarkable.filter { entry in !new.inputs.contains { $0.name == entry.name } }
    return ComparedCustomer(
      inputs: new.inputs + gone, remarkable: remarkable, before: old.results, after: new.results)
  }

  /// What the rating models of both sides make of features; what the pipeline gives is as usual.
  func customer(before: [String: Value], after: [String: Value]) -> (
    before: [ExampleCustomer.Entry], after: [ExampleCustomer.Entry]
  ) {
    (
      oldFinder.customer(NamedInputs(before).values(for: oldRating, usual: oldFinder.usual)).results,
      newFinder.customer(NamedInputs(after).values(for: newRating, usual: newFinder.usual)).results
    )
  }

  /// Values for inputs by name, as the rating models ask for them.
  struct NamedInputs {
    var values: [String: Value]

    init(_ policy: PolicyModel, _ values: [Value]) {
      self.values = Dictionary(zip(policy.inputNames, values)) { first, _ in first }
    }

    init(_ values: [String: Value]) { self.values = values }

    func values(for policy: PolicyModel, usual: [Value]) -> [Value] {
      policy.inputNames.enumerated().map { values[$1] ?? usual[$0] }
    }
  }
}
