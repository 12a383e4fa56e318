import Values

/// What the store records of a decision: the stored form of its content, and what stands in columns beside it.
///
/// It is all that a decision needs on its way to the store. The content that it was made of has some forty objects, which are
/// cheap to read and to let go of only where they were made, as long as they are near.
public final class DecisionEntry: Sendable {
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
  /// The day that it holds for.
  public let businessDate: CivilDate
  /// What it means for an order.
  public let outcome: Outcome
  /// The rating; nil where there is none.
  public let rating: String?
  /// The reference of the order or the proposal that it is about; nil for the customer alone.
  public let matterReference: String?
  let score: Decimal?
  let standing: PreviousRating?
  let validUntil: CivilDate?
  private let ruleSet: Digest

  init(
    bytes: [UInt8], customerKey: Int, readSequence: Int, knownAt: Instant, kind: DecisionKind = .automated,
    purpose: DecisionPurpose, businessDate: CivilDate, outcome: Outcome, rating: String?,
    matterReference: String?, score: Decimal?, standing: PreviousRating?, validUntil: CivilDate?,
    ruleSet: Digest
  ) {
    self.bytes = bytes
    self.customerKey = customerKey
    self.readSequence = readSequence
    self.knownAt = knownAt
    self.kind = kind
    self.purpose = purpose
    self.businessDate = businessDate
    self.outcome = outcome
    self.rating = rating
    self.matterReference = matterReference
    self.score = score
    self.standing = standing
    self.validUntil = validUntil
    self.ruleSet = ruleSet
  }

  convenience init(
    _ content: DecisionContent, bytes: [UInt8], customerKey: Int, readSequence: Int, knownAt: Instant,
    kind: DecisionKind, purpose: DecisionPurpose
  ) {
    self.init(
      bytes: bytes, customerKey: customerKey, readSequence: readSequence, knownAt: knownAt, kind: kind,
      purpose: purpose, businessDate: content.businessDate, outcome: content.outcome,
      rating: content.rating, matterReference: content.matterReference, score: content.score,
      standing: content.standing, validUntil: content.validUntil, ruleSet: content.ruleSet)
  }

  /// What the decision is about.
  var matter: DecisionMatter { DecisionMatter(customer: customerKey, order: matterReference) }

  /// What `DecisionStore.rated` asks of the row.
  var isRated: Bool { rating != nil && standing != nil && kind != .proposed && purpose != .restriction }

  /// Whether one of these stops makes a referral of it.
  func isConcerned(by stops: [StopSwitch.Stop]) -> Bool {
    kind == .automated && StopSwitch.refers(outcome, of: ruleSet, by: stops)
  }

  /// What was decided, read back; nil where another rule set has made it.
  public func content(_ ruleSet: RuleSet) -> DecisionContent? {
    DecisionContent(bytes: bytes, layout: ruleSet.layout)
  }

  /// The decision as it may be recorded while these stops are in force; its content is read back where one concerns it.
  ///
  /// Nil where it cannot be read back, which is where another rule set has made it.
  func obeying(_ stops: [StopSwitch.Stop], _ ruleSet: RuleSet) -> DecisionEntry? {
    guard isConcerned(by: stops) else { return self }
    guard let content = content(ruleSet) else { return nil }
    return DecisionDraft(
      content, ruleSet, customerKey: customerKey, readSequence: readSequence, knownAt: knownAt, kind: kind,
      purpose: purpose
    ).obeying(stops, ruleSet).entry
  }
}
