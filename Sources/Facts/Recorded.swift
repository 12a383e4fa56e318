public import Values

/// Where a stored fact came from and when it became known.
public struct Provenance: Hashable, Sendable {
  /// The name of the source that delivered the record.
  public var source: String
  /// The file, if it came in one.
  public var file: String?
  /// The line within the file, counted from 1.
  public var line: Int?
  /// The hash of the fact's content, see `Fact.contentHash`.
  public var contentHash: Digest
  /// When the fact became known.
  public var knownFrom: Instant
  /// The number of the write transaction that stored it.
  public var sequence: Int

  /// The provenance of one stored fact.
  public init(
    source: String, file: String? = nil, line: Int? = nil, contentHash: Digest, knownFrom: Instant,
    sequence: Int
  ) {
    self.source = source
    self.file = file
    self.line = line
    self.contentHash = contentHash
    self.knownFrom = knownFrom
    self.sequence = sequence
  }
}

/// A fact as it was stored: its content, the store's number for it and its provenance.
public struct Recorded<Content: FactContent>: Hashable, Sendable {
  /// The store's number of the fact.
  public var factID: Int
  /// What the fact says.
  public var fact: Content
  /// Where it came from.
  public var provenance: Provenance

  /// A stored fact.
  public init(factID: Int, fact: Content, provenance: Provenance) {
    self.factID = factID
    self.fact = fact
    self.provenance = provenance
  }

  /// The record id that the source gave.
  @inlinable public var record: String { fact.id }
  /// The business date from which the fact is true.
  @inlinable public var trueFrom: CivilDate { fact.trueFrom }
}
