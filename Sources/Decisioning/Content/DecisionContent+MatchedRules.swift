extension DecisionContent {
  /// The rules of one table that matched.
  ///
  /// Kept as places in the table: the ids are spelt out only for who reads them, and storing needs none.
  public struct MatchedRules: Hashable, Sendable {
    /// The decision whose table it is.
    public let decision: String
    /// The ids among which `places` count.
    private let ids: [String]
    /// Places of the matched rules, in table order; those of all tables of a decision lie in one piece.
    let places: ArraySlice<Int>
    /// Whether the ids are those of the table, so that a layout of the same rule set counts alike.
    let isOfTable: Bool

    /// The matched rules of one decision's table.
    public init(decision: String, rules: [String]) {
      self.decision = decision
      ids = rules
      places = Array(rules.indices)[...]
      isOfTable = false
    }

    /// The rules at some places of a table.
    init(_ table: RecordLayout.Table, places: ArraySlice<Int>) {
      decision = table.decision
      ids = table.rules
      self.places = places
      isOfTable = true
    }

    /// The ids of the rules, in table order.
    public var rules: [String] { places.map { ids[$0] } }

    /// The same decision and rules, however they are kept.
    public static func == (one: MatchedRules, other: MatchedRules) -> Bool {
      one.decision == other.decision && one.rules == other.rules
    }

    /// What is compared is hashed.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(decision)
      hasher.combine(rules)
    }
  }
}
