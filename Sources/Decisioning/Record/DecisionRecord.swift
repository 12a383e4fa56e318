import Values

/// A decision as it stands in the store: what was decided, on which knowledge, and by whom it was asked for.
public struct DecisionRecord: Hashable, Sendable {
  /// Its number.
  public var id: DecisionID
  /// The store's key of the customer.
  public var customerKey: Int
  /// The number of the write transaction that stored it.
  public var sequence: Int
  /// The number of the last write transaction that it could see; replay reads exactly up to it.
  public var readSequence: Int
  /// The instant of knowledge: what became known later was not used.
  public var knownAt: Instant
  /// How it came about.
  public var kind: DecisionKind
  /// What it was asked for.
  public var purpose: DecisionPurpose
  /// The ids of the provisions that allow it, as `law/` names them.
  public var legalBasis: [String]
  /// The earlier decision about the same order, or about the customer, in whose place it stands.
  public var supersedes: DecisionID?
  /// What was decided and why.
  public var content: DecisionContent
  /// SHA-256 of the stored bytes of the content.
  public var contentHash: Digest
  /// Who asked for it.
  public var actor: String
  /// When it was recorded.
  public var recordedAt: Instant

  /// A stored decision.
  public init(
    id: DecisionID, customerKey: Int, sequence: Int, readSequence: Int, knownAt: Instant,
    kind: DecisionKind = .automated, purpose: DecisionPurpose = .rating, legalBasis: [String] = [],
    supersedes: DecisionID? = nil, content: DecisionContent, contentHash: Digest, actor: String,
    recordedAt: Instant
  ) {
    self.id = id
    self.customerKey = customerKey
    self.sequence = sequence
    self.readSequence = readSequence
    self.knownAt = knownAt
    self.kind = kind
    self.purpose = purpose
    self.legalBasis = legalBasis
    self.supersedes = supersedes
    self.content = content
    self.contentHash = contentHash
    self.actor = actor
    self.recordedAt = recordedAt
  }

  /// How much of the decision is a person's, as it is told (AD-9): `automated`, `proposed`, `automated+reviewed` where a
  /// person looked and the rules' answer stayed or was computed anew, `manual` where a person set the result.
  public var involvement: String {
    guard kind == .human, let judgement = content.judgement?.judgement else { return kind.rawValue }
    return judgement.overrules || judgement.restriction == .lifted ? "manual" : "automated+reviewed"
  }
}
