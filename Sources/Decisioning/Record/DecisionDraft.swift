import Values

/// A decision that is about to be recorded: everything that the store does not find out by itself.
///
/// A class, since it goes from hand to hand on its way: each copy of the content counts some twenty references.
public final class DecisionDraft: Sendable {
  /// What was decided and why.
  public let content: DecisionContent
  /// The stored form of the content.
  public let bytes: [UInt8]
  /// The store's key of the customer.
  public let customerKey: Int
  /// The number of the last write transaction that it could see.
  public let readSequence: Int
  /// The instant of knowledge.
  public let knownAt: Instant
  /// How it came about.
  public let kind: DecisionKind
  /// What it was asked for.
  public let purpose: DecisionPurpose
  /// The features in their stored form, where the content has them without their evidence.
  private let encodedFeatures: [UInt8]?

  /// A decision to record, encoded by the layout of the rule set that made it.
  public init(
    _ content: DecisionContent, _ ruleSet: RuleSet, customerKey: Int, readSequence: Int, knownAt: Instant,
    kind: DecisionKind = .automated, purpose: DecisionPurpose, encodedFeatures: [UInt8]? = nil
  ) {
    self.content = content
    self.encodedFeatures = encodedFeatures
    bytes = content.bytes(ruleSet.layout, encodedFeatures: encodedFeatures)
    self.customerKey = customerKey
    self.readSequence = readSequence
    self.knownAt = knownAt
    self.kind = kind
    self.purpose = purpose
  }

  /// The decision as it may be recorded while these stops are in force.
  public func obeying(_ stops: [StopSwitch.Stop], _ ruleSet: RuleSet) -> DecisionDraft {
    guard kind == .automated, !stops.isEmpty else { return self }
    var stopped = content
    stopped.obey(stops)
    return DecisionDraft(
      stopped, ruleSet, customerKey: customerKey, readSequence: readSequence, knownAt: knownAt, kind: kind,
      purpose: purpose, encodedFeatures: encodedFeatures)
  }
}

extension DecisionContent {
  /// Turns the outcome into a referral where automated decisions of its rule set are stopped.
  mutating func obey(_ stops: [StopSwitch.Stop]) {
    guard outcome != .refer, stops.contains(where: { $0.concerns(ruleSet) }) else { return }
    refer(by: OrderBar.stopSwitch)
  }
}
