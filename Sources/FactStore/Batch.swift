import Values

/// One file (or request) that records came in, as the store knows it.
public struct Batch: Sendable, Hashable {
  /// The store's number of the batch.
  public let key: Int
  /// The store's number of its source.
  public let source: Int
  /// The digest of the file's bytes; nil for records that came in no file.
  public let digest: Digest?
  /// Since when the facts of this reading count as known.
  public let knownFrom: Instant
  /// Whether an earlier reading came to the end of the file.
  public let isComplete: Bool
  /// Whether the file was met before, with the same source and layout.
  public let isKnown: Bool
}

/// Where a batch comes from.
public struct BatchDescription: Sendable, Hashable {
  /// The name of the source.
  public var source: String
  /// The file's name as it is shown to people.
  public var file: String?
  /// The digest of the file's bytes.
  public var digest: Digest?
  /// The layout or mapping that reads it.
  public var layout: String
  /// Since when the facts count as known.
  public var knownFrom: Instant

  /// Describes a batch.
  public init(source: String, file: String?, digest: Digest?, layout: String, knownFrom: Instant) {
    self.source = source
    self.file = file
    self.digest = digest
    self.layout = layout
    self.knownFrom = knownFrom
  }
}
