import Values

/// A decision that is about to be recorded: what was decided and why, and the entry that the store makes of it.
public struct DecisionDraft: Sendable {
  /// What was decided and why.
  public let content: DecisionContent
  /// What the store records of it.
  public let entry: DecisionEntry
  /// The features in their stored form, where the content has them without their evidence.
  private let encodedFeatures: [UInt8]?

  /// A decision to record, encoded by the layout of the rule set that made it.
  public init(
    _ content: DecisionContent, _ ruleSet: RuleSet, customerKey: Int, readSequence: Int, knownAt: Instant,
    kind: DecisionKind = .automated, purpose: DecisionPurpose, encodedFeatures: [UInt8]? = nil
  ) {
    self.content = content
    self.encodedFeatures = encodedFeatures
    entry = DecisionEntry(
      content, bytes: content.bytes(ruleSet.layout, encodedFeatures: encodedFeatures),
      customerKey: customerKey, readSequence: readSequence, knownAt: knownAt, kind: kind, purpose: purpose)
  }

  /// The decision as it may be recorded while these stops are in force.
  public func obeying(_ stops: [StopSwitch.Stop], _ ruleSet: RuleSet) -> DecisionDraft {
    guard entry.isConcerned(by: stops) else { return self }
    var stopped = content
    stopped.obey(stops)
    return DecisionDraft(
      stopped, ruleSet, customerKey: entry.customerKey, readSequence: entry.readSequence,
      knownAt: entry.knownAt, kind: entry.kind, purpose: entry.purpose, encodedFeatures: encodedFeatures)
  }
}

extension DecisionContent {
  /// Turns the outcome into a referral where automated decisions of its rule set are stopped.
  mutating func obey(_ stops: [StopSwitch.Stop]) {
    if StopSwitch.refers(outcome, of: ruleSet, by: stops) { refer(by: OrderBar.stopSwitch) }
  }
}
