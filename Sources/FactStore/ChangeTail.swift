import SQLite

/// Which customers writes have touched lately, kept with a connection: the newest part of the change feed in memory.
///
/// To look a customer up in the feed costs a page of its own for each; that nothing has touched them since some write is
/// mostly seen here.
final class ChangeTail {
  private var stamp: Reader.Stamp?
  /// Touches by writes up to this number are not kept.
  private var base: Int?
  /// The last write that the feed has shown.
  private var last = 0
  /// The number of the last write after `base` that touched a customer, by key.
  private var touched: [Int: Int] = [:]

  /// More are not kept: an import touches everybody.
  private static let limit = 50_000

  /// Brings the tail to what a snapshot can see.
  func follow(_ reader: FactReader) throws(SQLiteError) {
    // Asked often in one snapshot.
    guard reader.sql.stamp != stamp else { return }
    let newest = try reader.newestChange()
    if base == nil || newest < last { begin(after: newest) }
    if newest > last {
      let after = FactReader.Change(customerKey: Int.max, sequence: last)
      let changes = try reader.changes(after: after, limit: Self.limit + 1)
      if touched.count + changes.count > Self.limit {
        begin(after: newest)
      } else {
        for change in changes { touched[change.customerKey] = change.sequence }
        last = newest
      }
    }
    stamp = reader.sql.stamp
  }

  /// Takes a snapshot that shows no other touches than the one that was followed last.
  func pass(_ reader: FactReader) {
    if base != nil { stamp = reader.sql.stamp }
  }

  /// Whether no write after this one has touched a customer; nil where it has to be looked up.
  func isUntouched(_ key: Int, since sequence: Int) -> Bool? {
    if let touch = touched[key] { return touch <= sequence }
    guard let base, sequence >= base else { return nil }
    return true
  }

  private func begin(after sequence: Int) {
    touched.removeAll(keepingCapacity: true)
    base = sequence
    last = sequence
  }
}
