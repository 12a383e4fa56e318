import Values

/// A decision that is about to be recorded: everything that the store does not find out by itself.
public struct DecisionDraft: Sendable {
  /// What was decided and why.
  public var content: DecisionContent
  /// The stored form of the content.
  public var bytes: [UInt8]
  /// The store's key of the customer.
  public var customerKey: Int
  /// The number of the last write transaction that it could see.
  public var readSequence: Int
  /// The instant of knowledge.
  public var knownAt: Instant
  /// How it came about.
  public var kind: DecisionKind
  /// What it was asked for.
  public var purpose: DecisionPurpose
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
    var stopped = self
    stopped.content.obey(stops)
    stopped.bytes = stopped.content.bytes(ruleSet.layout, encodedFeatures: encodedFeatures)
    return stopped
  }
}

extension DecisionContent {
  /// Turns the outcome into a referral where automated decisions of its rule set are stopped.
  mutating func obey(_ stops: [StopSwitch.Stop]) {
    guard outcome != .refer, stops.contains(where: { $0.concerns(ruleSet) }) else { return }
    refer(by: OrderBar.stopSwitch)
  }
}
