/// Bounds on what a CSV reader accepts from a stranger.
public struct CSVLimits: Hashable, Sendable {
  /// Longest field in bytes.
  public var field: Int
  /// Most fields in a row.
  public var columns: Int
  /// Longest row in bytes; also what the reader's memory is bounded by.
  public var row: Int
  /// Bytes read at a time.
  public var block: Int

  /// Limits; 1 MiB for a field, 1,000 columns, 8 MiB for a row unless said otherwise.
  public init(field: Int = 1 << 20, columns: Int = 1_000, row: Int = 8 << 20, block: Int = 1 << 20) {
    self.field = field
    self.columns = columns
    self.row = row
    self.block = max(block, 16)
  }
}
