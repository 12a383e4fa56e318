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
  /// What was decided and why.
  public var content: DecisionContent
  /// SHA-256 of the content's bytes.
  public var contentHash: Digest
  /// Who asked for it.
  public var actor: String
  /// When it was recorded.
  public var recordedAt: Instant

  /// A stored decision.
  public init(
    id: DecisionID, customerKey: Int, sequence: Int, readSequence: Int, knownAt: Instant,
    content: DecisionContent,
    contentHash: Digest, actor: String, recordedAt: Instant
  ) {
    self.id = id
    self.customerKey = customerKey
    self.sequence = sequence
    self.readSequence = readSequence
    self.knownAt = knownAt
    self.content = content
    self.contentHash = contentHash
    self.actor = actor
    self.recordedAt = recordedAt
  }
}
