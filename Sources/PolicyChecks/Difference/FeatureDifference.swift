import DMN
import FEEL
import Values

/// Compares the features of two rule sets: their texts, and invented facts of which they make something else.
struct FeatureDifference {
  /// How many invented customers are tried.
  private static let sampleLimit = 1_500

  private let comparison: PolicyComparison
  private let old: DecisionModel
  private let new: DecisionModel

  init(_ comparison: PolicyComparison) {
    self.comparison = comparison
    old = comparison.oldFeatures.model
    new = comparison.newFeatures.model
  }

  func changes() -> [PolicyChange] {
    let before = TextsByElement(old.definitions, tables: true)
    let after = TextsByElement(new.definitions, tables: true)
    let changes = before.changes(to: after)
    let examples = self.examples(changes)
    return changes.map { change in
      let kind = comparison.newFeatures.featureNames.contains(change.element) ? "feature" : "step"
      return PolicyChange(
        .feature, file: Policy.featuresPath, element: change.element,
        "The \(kind) '\(change.element)', \(change.part): the expression changed.", texts: change.texts,
        example: examples[change.element])
    }
  }

  /// For each changed element invented facts of which both sides make something else, as few as show it.
  private func examples(_ changes: [TextsByElement.Change]) -> [String: ComparedCustomer] {
    guard old.inputs.map(\.name) == new.inputs.map(\.name) else { return [:] }
    let literals = changes.flatMap { change in
      [change.texts.before, change.texts.after].compactMap { $0 }.flatMap { FEELText($0).numbers }
    }
    var open = Array(Set(changes.map(\.element))).sorted()
    var samples = SampleFacts(new.definitions, numbers: literals)
    var found: [String: ComparedCustomer] = [:]
    for _ in 0..<Self.sampleLimit where !open.isEmpty {
      let facts = samples.next()
      open.removeAll { element in
        guard let pair = pair(element), differs(facts, pair) else { return false }
        found[element] = customer(smallest(facts, pair), element, pair)
        return true
      }
    }
    return found
  }

  private typealias Pair = (old: DecisionHandle, new: DecisionHandle)

  private func pair(_ element: String) -> Pair? {
    guard let before = old.decision(named: element), let after = new.decision(named: element) else {
      return nil
    }
    return (before, after)
  }

  private func value(_ facts: [Value], _ decision: DecisionHandle, _ model: DecisionModel) -> Value {
    let value = model.evaluate(decision, inputs: facts).value
    return value.context?["value"] ?? value
  }

  private func differs(_ facts: [Value], _ pair: Pair) -> Bool {
    value(facts, pair.old, old) != value(facts, pair.new, new)
  }

  /// Takes list items away as long as the difference stays.
  private func smallest(_ facts: [Value], _ pair: Pair) -> [Value] {
    var smallest = facts
    for slot in facts.indices {
      var place = 0
      while case .list(var items) = smallest[slot], place < items.count {
        items.remove(at: place)
        var fewer = smallest
        fewer[slot] = .list(items)
        if differs(fewer, pair) { smallest = fewer } else { place += 1 }
      }
    }
    return smallest
  }

  private func customer(_ facts: [Value], _ element: String, _ pair: Pair) -> ComparedCustomer {
    let entries = zip(new.inputs.map(\.name), facts).map { ExampleCustomer.Entry(name: $0, value: $1) }
    let used = Set(new.inputSlots(of: pair.new)).union(old.inputSlots(of: pair.old))
    let rated = comparison.customer(
      before: features(facts, comparison.oldFeatures), after: features(facts, comparison.newFeatures))
    return ComparedCustomer(
      inputs: entries, remarkable: entries.indices.filter(used.contains).map { entries[$0] },
      before: [ExampleCustomer.Entry(name: element, value: value(facts, pair.old, old))] + rated.before,
      after: [ExampleCustomer.Entry(name: element, value: value(facts, pair.new, new))] + rated.after)
  }

  /// The features' values by name.
  private func features(_ facts: [Value], _ policy: PolicyModel) -> [String: Value] {
    let decisions = policy.featureNames.compactMap { name in
      policy.model.decision(named: name).map { (name, $0) }
    }
    let trace = policy.model.evaluate(policy.model.plan(for: decisions.map(\.1)), inputs: facts).trace
    return Dictionary(
      decisions.map { ($0.0, trace.value(of: $0.1).context?["value"] ?? .null) }
    ) { first, _ in first }
  }
}
