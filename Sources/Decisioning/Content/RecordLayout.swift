import Values

/// What the places in a stored decision stand for: the names of a rule set's inputs, features, decisions and rules.
///
/// A decision is stored as arrays of values in this order, which keeps it short; the layout is stored once with the
/// rule set, so that a record can be read years later even where the models no longer compile.
public final class RecordLayout: Hashable, Sendable {
  /// A decision table of the rating model.
  public struct Table: Hashable, Sendable {
    /// The decision whose table it is.
    public var decision: String
    /// The ids of its rules, in table order.
    public var rules: [String]
  }

  /// A rule of the scorecard.
  public struct ScoreRule: Hashable, Sendable {
    /// The place of its characteristic in `characteristics`.
    public var characteristic: Int
    /// The points that it gives.
    public var points: Decimal
    /// The reason code that stands for points lost here.
    public var reason: String
  }

  /// A characteristic of the scorecard.
  public struct Characteristic: Hashable, Sendable {
    /// Its name: that of the feature it scores.
    public var name: String
    /// The points of its best rule.
    public var best: Decimal
  }

  /// The version of the rule set.
  public let ruleSet: Digest
  /// The inputs of the rating model that the pipeline gives.
  public let given: [String]
  /// The features, in the order of the feature model.
  public let features: [String]
  /// The decisions of the rating model, in its order, without the knock-outs.
  public let decisions: [String]
  /// The tables of the rating model, in its order.
  public let tables: [Table]
  /// The scorecard's characteristics.
  public let characteristics: [Characteristic]
  /// The scorecard's rules, in table order.
  public let scoreRules: [ScoreRule]

  /// For each table the place of a rule by its id.
  let places: [[String: Int]]
  /// The place of the scorecard's table; nil where there is none.
  private let scoreTable: Int?

  /// The layout of a rule set.
  public init(
    ruleSet: Digest, given: [String], features: [String], decisions: [String], tables: [Table],
    characteristics: [Characteristic], scoreRules: [ScoreRule]
  ) {
    self.ruleSet = ruleSet
    self.given = given
    self.features = features
    self.decisions = decisions
    self.tables = tables
    self.characteristics = characteristics
    self.scoreRules = scoreRules
    scoreTable = tables.firstIndex { $0.decision == PolicyName.score }
    places = tables.map { table in
      Dictionary(zip(table.rules, table.rules.indices)) { first, _ in first }
    }
  }

  /// Whether two layouts read records alike.
  public static func == (one: RecordLayout, other: RecordLayout) -> Bool {
    one === other
      || one.ruleSet == other.ruleSet && one.given == other.given && one.features == other.features
        && one.decisions == other.decisions && one.tables == other.tables
        && one.characteristics == other.characteristics && one.scoreRules == other.scoreRules
  }

  /// Layouts of one rule set are alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(ruleSet) }

  /// What the matched rules of the scorecard gave, in the order of the characteristics.
  func scored(_ matched: some Sequence<Int>) -> [ScoredCharacteristic]? {
    guard let scoreTable else { return nil }
    let rules = tables[scoreTable].rules
    var scored: [ScoredCharacteristic] = []
    // The rules mostly stand in the order of the characteristics.
    var isOrdered = true
    var last = 0
    scored.reserveCapacity(characteristics.count)
    for place in matched {
      guard scoreRules.indices.contains(place), rules.indices.contains(place),
        characteristics.indices.contains(scoreRules[place].characteristic)
      else { return nil }
      let characteristic = scoreRules[place].characteristic
      if characteristic < last { isOrdered = false }
      last = characteristic
      scored.append(
        ScoredCharacteristic(
          name: characteristics[characteristic].name, rule: rules[place], reason: scoreRules[place].reason,
          points: scoreRules[place].points, best: characteristics[characteristic].best))
    }
    if isOrdered { return scored }
    let order = matched.map { scoreRules[$0].characteristic }
    // Stable: two rules of one characteristic keep the table's order.
    return order.indices.sorted { (order[$0], $0) < (order[$1], $1) }.map { scored[$0] }
  }
}
