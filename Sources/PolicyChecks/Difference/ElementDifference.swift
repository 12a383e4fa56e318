import DMN

/// Compares what two rule sets have: inputs, decisions, features, and the declared values of types.
enum ElementDifference {
  static func changes(_ comparison: PolicyComparison) -> [PolicyChange] {
    elements(comparison.oldRating, comparison.newRating)
      + elements(comparison.oldFeatures, comparison.newFeatures, decision: "feature or step")
      + types(comparison.oldRating, comparison.newRating)
      + types(comparison.oldFeatures, comparison.newFeatures)
  }

  static func elements(_ old: PolicyModel, _ new: PolicyModel, decision: String = "decision")
    -> [PolicyChange]
  {
    func compare(_ old: [String], _ new: [String], _ kind: String, _ file: String) -> [PolicyChange] {
      new.filter { !old.contains($0) }.map {
        PolicyChange(.element, file: file, element: $0, "The \(kind) '\($0)' is new.")
      }
        + old.filter { !new.contains($0) }.map {
          PolicyChange(.element, file: file, element: $0, "The \(kind) '\($0)' is gone.")
        }
    }
    return compare(old.inputNames, new.inputNames, "input", new.file)
      + compare(old.decisionNames, new.decisionNames, decision, new.file)
  }

  static func types(_ old: PolicyModel, _ new: PolicyModel) -> [PolicyChange] {
    var changes: [PolicyChange] = []
    for type in new.model.definitions.itemDefinitions {
      let name = type.identity.name
      guard let earlier = old.model.definitions.itemDefinitions.first(where: { $0.identity.name == name })
      else { continue }
      if earlier.allowedValues?.text != type.allowedValues?.text {
        changes.append(
          PolicyChange(
            .type, file: new.file, element: name, "The declared values of the type '\(name)' changed.",
            texts: PolicyChange.Texts(before: earlier.allowedValues?.text, after: type.allowedValues?.text)))
      }
      let before = earlier.components.map(\.identity.name)
      let after = type.components.map(\.identity.name)
      if before != after {
        changes.append(
          PolicyChange(
            .type, file: new.file, element: name, "The components of the type '\(name)' changed.",
            texts: PolicyChange.Texts(
              before: before.joined(separator: ", "), after: after.joined(separator: ", "))))
      }
    }
    return changes
  }
}
