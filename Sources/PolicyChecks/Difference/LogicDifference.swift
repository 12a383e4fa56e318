import DMN
import FEEL

/// Compares the decisions of two rating models that are expressions: their texts, and a customer that shows it.
struct LogicDifference {
  /// How many combinations of values are tried.
  private static let combinationLimit = 600

  private let comparison: PolicyComparison

  init(_ comparison: PolicyComparison) { self.comparison = comparison }

  func changes() -> [PolicyChange] {
    Self.changes(comparison.oldRating, comparison.newRating) { example($0) }
  }

  /// The changed texts of two models.
  static func changes(
    _ old: PolicyModel, _ new: PolicyModel, example: (String) -> ComparedCustomer? = { _ in nil }
  ) -> [PolicyChange] {
    let before = TextsByElement(old.model.definitions, tables: false)
    let after = TextsByElement(new.model.definitions, tables: false)
    return before.changes(to: after).map { change in
      PolicyChange(
        .logic, file: new.file, element: change.element,
        "\(change.element), \(change.part): the expression changed.", texts: change.texts,
        example: example(change.element))
    }
  }

  /// A customer for whom the decision differs; one about whom the pipeline decides otherwise, where one is found.
  private func example(_ name: String) -> ComparedCustomer? {
    let old = comparison.oldRating.model
    let new = comparison.newRating.model
    guard let before = old.decision(named: name), let after = new.decision(named: name) else { return nil }
    let users = comparison.newRating.decisionNames.filter {
      comparison.newRating.required(by: $0).contains(name)
    }
    var names = comparison.newRating.required(by: name)
    for required in users.flatMap(comparison.newRating.required)
    where required != name && !names.contains(required) { names.append(required) }
    var fallback: ComparedCustomer?
    for wishes in combinations(of: names) {
      let found = comparison.find(wishes) { both in
        both.old.value(of: before) != both.new.value(of: after)
      }
      guard let found else { continue }
      if found.before != found.after { return found }
      fallback = fallback ?? found
    }
    return fallback
  }

  /// Values of some variables, each with each, as far as they are not too many; the ordinary customer first.
  private func combinations(of names: [String]) -> [[String: [Value]]] {
    var combinations: [[String: [Value]]] = [[:]]
    for name in names {
      let samples = comparison.newRating.axis(name).atoms.map(\.sample)
      let next = combinations.flatMap { wishes in
        samples.map { wishes.merging([name: [$0]]) { first, _ in first } }
      }
      guard next.count <= Self.combinationLimit else { continue }
      combinations = next
    }
    return [[:]] + combinations
  }
}

/// The FEEL texts of a model by element and part.
struct TextsByElement {
  private(set) var elements: [String] = []
  private var texts: [String: [(part: String, text: String)]] = [:]

  /// - Parameter tables: whether the texts of decision tables count too; regions tell of those better.
  init(_ definitions: Definitions, tables: Bool) {
    var inTables: Set<String> = []
    for decision in definitions.decisions {
      if case .decisionTable? = decision.expression?.form { inTables.insert(decision.identity.name) }
    }
    let types = Set(definitions.itemDefinitions.map(\.identity.name))
    for text in definitions.texts where tables || !inTables.contains(text.element) {
      let root = text.element.split(separator: ".").first.map(String.init) ?? text.element
      if types.contains(root) && !definitions.decisions.contains(where: { $0.identity.name == text.element })
      {
        continue
      }
      if texts[text.element] == nil { elements.append(text.element) }
      texts[text.element, default: []].append((text.part, text.text))
    }
  }

  /// A text that is not the same.
  struct Change {
    let element: String
    let part: String
    let texts: PolicyChange.Texts
  }

  /// What another model says otherwise, of elements that both have.
  func changes(to other: TextsByElement) -> [Change] {
    var changes: [Change] = []
    for element in other.elements {
      guard let old = texts[element], let new = other.texts[element] else { continue }
      var parts = old.map(\.part)
      for entry in new where !parts.contains(entry.part) { parts.append(entry.part) }
      for part in parts {
        let before = old.filter { $0.part == part }.map(\.text).joined(separator: "\n")
        let after = new.filter { $0.part == part }.map(\.text).joined(separator: "\n")
        guard before != after else { continue }
        changes.append(
          Change(
            element: element, part: part,
            texts: PolicyChange.Texts(
              before: before.isEmpty ? nil : before, after: after.isEmpty ? nil : after)))
      }
    }
    return changes
  }
}
