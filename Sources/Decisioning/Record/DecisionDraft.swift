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

  /// A decision to record, encoded by the layout of the rule set that made it.
  public init(
    _ content: DecisionContent, _ ruleSet: RuleSet, customerKey: Int, readSequence: Int, knownAt: Instant,
    kind: DecisionKind = .automated, purpose: DecisionPurpose
  ) {
    self.content = content
    bytes = content.bytes(ruleSet.layout)
    self.customerKey = customerKey
    self.readSequence = readSequence
    self.knownAt = knownAt
    self.kind = kind
    self.purpose = purpose
  }
}
