import Decisioning
import Explanation
import Formats
import Values

/// What is otherwise in a decision than in the one before it about the same.
public struct DecisionChanges: Hashable, Sendable {
  /// The decision before.
  public let before: DecisionID
  /// Its business date.
  public let date: CivilDate
  /// What was said and what is said: outcome, rating, score, rule set; only what differs.
  public let summary: [Change]
  /// The features that differ in value or points.
  public let features: [FeatureChange]
  /// The reason codes of circumstances outside the scorecard that are new.
  public let newKnockOuts: [String]
  /// Those that are there no longer.
  public let goneKnockOuts: [String]

  /// Something that was said otherwise.
  public struct Change: Hashable, Sendable {
    /// What.
    public let name: String
    /// Before.
    public let before: String
    /// Now.
    public let after: String
  }

  /// A feature that differs.
  public struct FeatureChange: Hashable, Sendable {
    /// Its name in the feature model.
    public let name: String
    /// The name for people.
    public let title: String
    /// The value before, with its unit.
    public let before: String
    /// The value now.
    public let after: String
    /// The points before; nil where it was not scored.
    public let pointsBefore: Decimal?
    /// The points now.
    public let pointsAfter: Decimal?

    /// How many points more it gives now.
    public var gain: Decimal { (pointsAfter ?? .zero) - (pointsBefore ?? .zero) }
  }

  /// Whether both say the same on the same grounds.
  public var isEmpty: Bool {
    summary.isEmpty && features.isEmpty && newKnockOuts.isEmpty && goneKnockOuts.isEmpty
  }

  /// What is otherwise in a decision than in an earlier one.
  init(_ earlier: DecisionRecord, _ decision: DecisionRecord, _ texts: TextCatalogue) {
    let (old, new) = (earlier.content, decision.content)
    before = earlier.id
    date = old.businessDate
    let said: [(String, String?, String?)] = [
      ("outcome", old.outcome.rawValue, new.outcome.rawValue), ("rating", old.rating, new.rating),
      ("score", old.score?.description, new.score?.description),
      (
        "rule set", String(old.ruleSet.hexadecimal.prefix(12)), String(new.ruleSet.hexadecimal.prefix(12))
      ),
      ("made", earlier.involvement, decision.involvement),
    ]
    summary = said.compactMap { name, before, after in
      before == after ? nil : Change(name: name, before: before ?? "none", after: after ?? "none")
    }
    let values = Dictionary(old.features.map { ($0.name, $0.value) }) { first, _ in first }
    func points(_ content: DecisionContent) -> [String: Decimal] {
      Dictionary(content.characteristics.map { ($0.name, $0.points) }) { $0 + $1 }
    }
    let (oldPoints, newPoints) = (points(old), points(new))
    let changes = new.features.compactMap { feature -> FeatureChange? in
      let value = values[feature.name] ?? .null
      guard value != feature.value || oldPoints[feature.name] != newPoints[feature.name] else { return nil }
      return FeatureChange(
        name: feature.name, title: (try? texts.characteristic(feature.name)) ?? feature.name,
        before: FeatureLine.words(value, of: feature.name, texts),
        after: FeatureLine.words(feature.value, of: feature.name, texts),
        pointsBefore: oldPoints[feature.name], pointsAfter: newPoints[feature.name])
    }
    // What moved the score most stands first.
    features = changes.enumerated().sorted { left, right in
      let (l, r) = (left.element.gain.magnitude, right.element.gain.magnitude)
      return l != r ? l > r : left.offset < right.offset
    }.map(\.element)
    let (oldReasons, newReasons) = (old.knockOuts.map(\.reason), new.knockOuts.map(\.reason))
    newKnockOuts = newReasons.filter { !oldReasons.contains($0) }
    goneKnockOuts = oldReasons.filter { !newReasons.contains($0) }
  }

  /// The differences for machines.
  var json: JSONValue {
    [
      "before": .string(before.description), "businessDate": .string(date.description),
      "summary": .array(
        summary.map {
          ["name": .string($0.name), "before": .string($0.before), "after": .string($0.after)]
        }),
      "features": .array(
        features.map {
          [
            "name": .string($0.name), "title": .string($0.title), "before": .string($0.before),
            "after": .string($0.after), "pointsBefore": $0.pointsBefore.map(JSONValue.number) ?? .null,
            "pointsAfter": $0.pointsAfter.map(JSONValue.number) ?? .null,
          ]
        }),
      "newKnockOuts": .array(newKnockOuts.map(JSONValue.string)),
      "goneKnockOuts": .array(goneKnockOuts.map(JSONValue.string)),
    ]
  }
}
