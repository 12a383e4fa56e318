import Decisioning
import Explanation
import Formats
import Values

/// One feature of a decision as a reviewer reads it: its value, what it gave, and the records that it rests on.
public struct FeatureLine: Hashable, Sendable {
  /// Its name in the feature model.
  public let name: String
  /// The name for people where the texts have one.
  public let title: String
  /// The value with its unit.
  public let value: String
  /// The value as it was decided on.
  public let raw: JSONValue
  /// The points that it gave; nil where it is not scored.
  public let points: Decimal?
  /// The most points that it could have given.
  public let best: Decimal?
  /// The rule that gave them.
  public let rule: String?
  /// The records that it rests on.
  public let evidence: [String]

  /// The features of a decision: those that are scored in the scorecard's order, then the others that have a value.
  static func all(_ content: DecisionContent, _ texts: TextCatalogue) -> [FeatureLine] {
    let scored = content.characteristics.compactMap { scored in
      content.features.first { $0.name == scored.name }.map { FeatureLine($0, scored, texts) }
    }
    let names = Set(scored.map(\.name))
    return scored
      + content.features.filter { !names.contains($0.name) && $0.value != .null }.map {
        FeatureLine($0, nil, texts)
      }
  }

  private init(_ feature: FeatureValue, _ scored: ScoredCharacteristic?, _ texts: TextCatalogue) {
    name = feature.name
    // A feature that no scorecard uses has no text of its own.
    title = (try? texts.characteristic(feature.name)) ?? feature.name
    value = Self.words(feature.value, of: feature.name, texts)
    raw = feature.value
    points = scored?.points
    best = scored?.best
    rule = scored?.rule
    evidence = feature.evidence
  }

  /// The value with its unit, or as it is where the texts know no unit.
  static func words(_ value: JSONValue, of name: String, _ texts: TextCatalogue) -> String {
    if value == .bool(true) || value == .bool(false) { return value == .bool(true) ? "yes" : "no" }
    if let text = try? texts.value(value, of: name) { return text }
    if case .number(let number) = value { return texts.language.number(number) }
    return value.canonical
  }

  /// The feature for machines.
  var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "value": raw, "text": .string(value),
      "points": points.map(JSONValue.number) ?? .null, "best": best.map(JSONValue.number) ?? .null,
      "rule": rule.map(JSONValue.string) ?? .null, "evidence": .array(evidence.map(JSONValue.string)),
    ]
  }
}
