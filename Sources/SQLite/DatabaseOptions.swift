/// What the owner of a `Database` decides about its connections.
public struct DatabaseOptions: Sendable {
  /// How many pages the log may hold before a writer moves them into the file after its turn, as SQLite itself would.
  public static let usualLogPages = 1000

  /// The page cache of the connection that writes.
  public var writerCacheKibibytes: Int
  /// The page cache of each connection that reads.
  public var readerCacheKibibytes: Int
  /// Whether a writer checkpoints after its turn; a service has a `Checkpointer` do it instead.
  public var writersCheckpoint: Bool
  /// Whether each write fills the deferred indexes that have fallen behind; else the owner does, with `DeferredSweep`.
  public var fillsIndexes: Bool

  /// The caches of 32 MiB keep the inner pages of a clustered table of millions of rows.
  public init(
    writerCacheKibibytes: Int = 32_768, readerCacheKibibytes: Int = 32_768, writersCheckpoint: Bool = true,
    fillsIndexes: Bool = true
  ) {
    self.writerCacheKibibytes = writerCacheKibibytes
    self.readerCacheKibibytes = readerCacheKibibytes
    self.writersCheckpoint = writersCheckpoint
    self.fillsIndexes = fillsIndexes
  }
}
