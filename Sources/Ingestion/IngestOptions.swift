import Formats
import Values

/// How files are to be read.
public struct IngestOptions: Sendable {
  /// Who reads them.
  public var actor: String
  /// The present instant, by the caller's clock.
  public var at: Instant
  /// Since when the facts count as known; the present instant unless history is loaded.
  public var knownFrom: Instant
  /// The source that the facts belong to; nil for that of the mapping.
  public var source: String?
  /// The encoding; nil for that of the mapping.
  public var encoding: TextEncoding?
  /// The delimiter; nil for that of the mapping.
  public var delimiter: Delimiter?
  /// Tells what would happen and keeps nothing.
  public var isDryRun = false
  /// Rows of a file that are stored together.
  public var chunkRows = 4_000
  /// Called after each chunk with the rows read so far of the current file.
  public var progress: (@Sendable (_ file: String, _ rows: Int) -> Void)?

  /// The usual way to read files.
  public init(actor: String, at: Instant, knownFrom: Instant? = nil) {
    self.actor = actor
    self.at = at
    self.knownFrom = knownFrom ?? at
  }
}
