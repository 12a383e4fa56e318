public import Decisioning
public import FEEL
public import Formats

/// A case of `examples/*.json`: inputs of a model, and what the policy promises for them.
///
/// It names inputs and decisions only, nothing of how they are computed, so that it can be read by people and put to
/// any engine.
public struct PolicyExample: Sendable {
  /// The file within the rules folder.
  public var file: String
  /// Where it stands in the file, as a JSON pointer.
  public var pointer: String
  /// What it shows; no two have the same.
  public var name: String
  /// The file of the model: that of the rating, or that of debts.
  public var model: String
  /// The inputs of the model, by slot.
  public var inputs: [Value]
  /// What the law is asked; nil where an answer asks no law.
  public var question: Law.Question?
  /// What is promised.
  public var expected: Expected

  /// What is promised; what is left out is not compared.
  public struct Expected: Sendable, Hashable {
    /// Values of decisions by name.
    public var decisions: [DecidedValue] = []
    /// The reason codes of all knock-outs, in policy order.
    public var knockOuts: [String]?
    /// The outcome for the order, once the law has been asked.
    public var outcome: Outcome?
    /// The ids of the provisions that stood against the policy's outcome.
    public var bars: [String]?
  }

  /// Something that came out otherwise than promised.
  public struct Difference: Sendable, Hashable {
    /// The decision, or `knock-outs`, `outcome`, `bars`.
    public var name: String
    /// What the example promises.
    public var expected: JSONValue
    /// What came out.
    public var actual: JSONValue
  }

  /// What came out otherwise than promised; empty where the example holds.
  func differences(_ values: [DecidedValue]) -> [Difference] {
    expected.decisions.compactMap { decision in
      let actual = values.first { $0.name == decision.name }?.value ?? .null
      return actual == decision.value
        ? nil : Difference(name: decision.name, expected: decision.value, actual: actual)
    }
  }

  /// What came out otherwise than promised; empty where the example holds.
  func differences(_ answer: PolicyAnswer) -> [Difference] {
    var differences = differences(answer.values)
    func compare(_ name: String, _ expected: JSONValue, _ actual: JSONValue) {
      if expected != actual {
        differences.append(Difference(name: name, expected: expected, actual: actual))
      }
    }
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    if let reasons = expected.knockOuts {
      compare("knock-outs", texts(reasons), texts(answer.knockOuts.map(\.reason)))
    }
    if let outcome = expected.outcome {
      compare("outcome", .string(outcome.rawValue), .string(answer.outcome.rawValue))
    }
    if let bars = expected.bars {
      compare("bars", texts(bars), texts(answer.bars.map(\.provision)))
    }
    return differences
  }
}
