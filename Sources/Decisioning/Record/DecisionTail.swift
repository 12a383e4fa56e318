import SQLite

/// The decisions that the index by customer does not have yet, kept in memory with the connection that read them.
///
/// Each snapshot adds what is new to it. Nothing here outlives a rollback: the connection drops it then. An object that
/// knows more than its snapshot, or of rows that were deleted since, begins anew.
final class DecisionTail {
  /// A decision of the tail.
  struct Entry {
    let id: Int
    let matter: DecisionMatter
    /// The business date, where it may be the rating that stood before.
    let ratedOn: Int?
    /// The place of the customer's decision before it; -1 for none.
    let earlier: Int
  }

  /// Every decision with a number from above this one up to `last` is in `entries`.
  private(set) var base = 0
  private var last = 0
  private var generation = -1
  private var stamp: Reader.Stamp?
  private var entries: [Entry] = []
  /// The place of the newest decision about each customer.
  private var heads: [Int: Int] = [:]
  /// The number of the newest decision about each matter.
  private var newest: [DecisionMatter: Int] = [:]

  /// So many are kept though the index has them by now: dropping them costs as much as reading them.
  private static let kept = 1024

  /// Brings the tail to what a snapshot can see.
  func follow(_ reader: Reader) throws(SQLiteError) {
    // Asked often in one snapshot.
    guard reader.stamp != stamp else { return }
    let mark = try DecisionStore.byCustomer.mark(in: reader)
    if mark.generation != generation || last > mark.newest || last < mark.filled {
      begin(after: mark.filled, mark.generation)
    }
    if mark.filled - base > max(Self.kept, entries.count / 2) { drop(upTo: mark.filled) }
    if last < mark.newest { try read(upTo: mark.newest, reader) }
    stamp = reader.stamp
  }

  /// Adds the decision that follows the last one.
  func add(_ id: Int, _ matter: DecisionMatter, ratedOn day: Int?) {
    entries.append(
      Entry(
        id: id, matter: matter, ratedOn: day,
        earlier: heads.updateValue(entries.count, forKey: matter.customer) ?? -1))
    newest[matter] = id
    last = id
  }

  /// The newest decision about a matter, where it is in the tail.
  func newest(_ matter: DecisionMatter) -> Int? { newest[matter] }

  /// The decisions about a customer, the newest first.
  func decisions(of customer: Int) -> some Sequence<Entry> {
    sequence(state: heads[customer] ?? -1) { [entries] place in
      guard place >= 0 else { return nil }
      let entry = entries[place]
      place = entry.earlier
      return entry
    }
  }

  private func begin(after filled: Int, _ generation: Int) {
    entries.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    newest.removeAll(keepingCapacity: true)
    base = filled
    last = filled
    self.generation = generation
  }

  /// Drops what the index has by now.
  private func drop(upTo filled: Int) {
    let rest = entries.filter { $0.id > filled }
    let last = last
    begin(after: filled, generation)
    for entry in rest { add(entry.id, entry.matter, ratedOn: entry.ratedOn) }
    self.last = last
  }

  private func read(upTo newest: Int, _ reader: Reader) throws(SQLiteError) {
    let statement = try reader.prepare(
      """
      SELECT id, customer, order_reference, CASE WHEN \(DecisionStore.rated("decision")) THEN business_date END
      FROM decision WHERE id > ? AND id <= ? ORDER BY id
      """)
    try statement.bindAll(last, newest)
    let row = statement.row
    while try statement.step() {
      let matter = DecisionMatter(customer: try row.integer(1), order: try row.optionalText(2))
      add(try row.integer(0), matter, ratedOn: try row.optionalInteger(3))
    }
    last = newest
  }
}
