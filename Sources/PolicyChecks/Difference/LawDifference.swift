import Decisioning
import FEEL
import Facts
import Formats
import Values

/// Compares the law data of two rule sets: which provisions say something else, and for whom that matters.
enum LawDifference {
  static func changes(
    _ old: RuleSetFiles, _ new: RuleSetFiles
  ) -> [PolicyChange] {
    let before = provisions(old)
    let after = provisions(new)
    var keys = after.map(\.key)
    for entry in before where !keys.contains(entry.key) { keys.append(entry.key) }
    let oldTexts = Dictionary(before.map { ($0.key, $0.json) }) { first, _ in first }
    let newTexts = Dictionary(after.map { ($0.key, $0.json) }) { first, _ in first }
    let changed = keys.filter { oldTexts[$0] != newTexts[$0] }
    guard !changed.isEmpty else { return [] }
    let example = example(old, new)
    return changed.map { key in
      let word = oldTexts[key] == nil ? "is new" : newTexts[key] == nil ? "is gone" : "changed"
      return PolicyChange(
        .law, file: key.file, element: key.id, "The provision '\(key.id)' \(word).",
        texts: PolicyChange.Texts(
          before: oldTexts[key].map { words($0, unlike: newTexts[key]) },
          after: newTexts[key].map { words($0, unlike: oldTexts[key]) }),
        example: example)
    }
  }

  /// What a provision says otherwise than another version of it.
  private static func words(_ provision: JSONValue, unlike other: JSONValue?) -> String {
    let members = (provision.objectValue?.members ?? []).filter { other?[$0.key] != $0.value }
    return members.map { "\($0.key) \($0.value.canonical)" }.joined(separator: ", ")
  }

  private struct Key: Hashable {
    let file: String
    let id: String
  }

  private static func provisions(_ files: RuleSetFiles) -> [(key: Key, json: JSONValue)] {
    files.paths.filter { $0.hasPrefix("law/") && $0.hasSuffix(".json") }.flatMap { path in
      let json = files[path].flatMap { try? JSONReader.parse($0) }
      let provisions = (json?["provisions"]?.arrayValue ?? []).enumerated().map { place, provision in
        (Key(file: path, id: provision["id"]?.stringValue ?? "provision \(place + 1)"), provision)
      }
      return provisions + debts(json?["debt"]?.arrayValue ?? [], path)
    }
  }

  /// The law of debts, whose ids several entries share: told apart by kind and number.
  private static func debts(_ entries: [JSONValue], _ path: String) -> [(Key, JSONValue)] {
    var counts: [String: Int] = [:]
    return entries.map { entry in
      let name = "\(entry["id"]?.stringValue ?? "") \(entry["kind"]?.stringValue ?? "")"
      counts[name, default: 0] += 1
      let number = counts[name] ?? 1
      return (Key(file: path, id: number == 1 ? name : "\(name) \(number)"), entry)
    }
  }

  /// Somebody for whom the law leaves another outcome of the same policy.
  private static func example(_ old: RuleSetFiles, _ new: RuleSetFiles) -> ComparedCustomer? {
    guard let before = try? RuleSet(old).law, let after = try? RuleSet(new).law else { return nil }
    var days: [CivilDate] = [SampleFacts.day]
    for provision in before.provisions + after.provisions {
      days += [provision.from, provision.until?.adding(days: 1)].compactMap { $0 }.filter {
        !days.contains($0)
      }
    }
    let codes = Set((before.provisions + after.provisions).map(\.jurisdiction)).subtracting(["EU"]).sorted()
    let circumstances: [Set<LawProvision.Circumstance>] = [[], [.lateWithPayment], [.inLiquidation]]
    for day in days {
      for jurisdiction in codes.compactMap({ Jurisdiction($0) }) {
        for kind in Customer.Kind.allCases {
          for commodity in Contract.Commodity.allCases {
            for circumstance in circumstances {
              for outcome in Outcome.allCases {
                let question = Law.Question(
                  day: day, jurisdiction: jurisdiction, customer: kind, commodity: commodity,
                  circumstances: circumstance)
                let one = before.lawful(outcome, question)
                let other = after.lawful(outcome, question)
                guard one.outcome != other.outcome else { continue }
                return customer(question, outcome, one.outcome, other.outcome)
              }
            }
          }
        }
      }
    }
    return nil
  }

  private static func customer(
    _ question: Law.Question, _ outcome: Outcome, _ before: Outcome, _ after: Outcome
  ) -> ComparedCustomer {
    var inputs = [
      entry("Business date", .date(question.day)), entry("Jurisdiction", .string(question.jurisdiction.code)),
      entry("Customer kind", .string(question.customer.rawValue)),
    ]
    if let commodity = question.commodity { inputs.append(entry("Commodity", .string(commodity.rawValue))) }
    for circumstance in question.circumstances.map(\.rawValue).sorted() {
      inputs.append(entry("Circumstance", .string(circumstance)))
    }
    inputs.append(entry("Outcome of the policy", .string(outcome.rawValue)))
    return ComparedCustomer(
      inputs: inputs, remarkable: inputs, before: [entry("Outcome", .string(before.rawValue))],
      after: [entry("Outcome", .string(after.rawValue))])
  }

  private static func entry(_ name: String, _ value: Value) -> ExampleCustomer.Entry {
    ExampleCustomer.Entry(name: name, value: value)
  }
}
