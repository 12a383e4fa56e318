import SQLite

/// The customers about whom people have decided, kept in memory with the connection that read them: few have been, and
/// every decision asks.
///
/// Each snapshot adds what is new to it. Some may be here of whom nothing is left; nobody is missing. Dropped when anything is
/// rolled back.
final class JudgedCustomers {
  private var stamp: Reader.Stamp?
  /// That of the index by customer, which grows with every deletion: a number that was given again may be another's.
  private var generation = -1
  /// The last of people's decisions that was read.
  private var last = 0
  private var customers: Set<Int> = []

  /// More are not kept: everybody may be one of them then.
  private let limit: Int

  /// Nobody yet, until a snapshot is followed.
  init(limit: Int = 100_000) { self.limit = limit }

  /// The index that finds people's decisions by their numbers.
  static let definition = [
    "CREATE INDEX decision_by_person_number ON decision (id) WHERE kind = 'human'"
  ]

  /// What is kept with a connection, brought up to its snapshot.
  static func following(_ reader: Reader) throws(SQLiteError) -> JudgedCustomers {
    let judged = try reader.attachment { JudgedCustomers() }
    try judged.follow(reader)
    return judged
  }

  /// Whether people may have decided about a customer.
  func mayContain(_ customer: Int) -> Bool { customers.contains(customer) || customers.count >= limit }

  /// Brings it up to a snapshot.
  func follow(_ reader: Reader) throws(SQLiteError) {
    // Asked often in one snapshot.
    guard reader.stamp != stamp else { return }
    let mark = try DecisionStore.byCustomer.mark(in: reader)
    if mark.generation != generation || mark.newest < last {
      customers = []
      last = 0
      generation = mark.generation
    }
    let later = try reader.prepare(
      """
      SELECT id, customer FROM decision INDEXED BY decision_by_person_number
      WHERE kind = 'human' AND id > ? ORDER BY id
      """)
    try later.bindAll(last)
    while customers.count < limit, try later.step() {
      last = try later.row.integer(0)
      customers.insert(try later.row.integer(1))
    }
    stamp = reader.stamp
  }

  /// Takes a snapshot in which people have decided nothing since the one that was followed last.
  fileprivate func pass(_ reader: Reader) { if generation >= 0 { stamp = reader.stamp } }
}

extension DecisionStore {
  /// Brings what is kept of people's decisions with the connection up to this snapshot, for who passes them in a later one.
  public static func followJudgements(in reader: Reader) throws(SQLiteError) {
    _ = try JudgedCustomers.following(reader)
  }

  /// Says that people have decided nothing since the snapshot in which their decisions were followed last.
  public static func passJudgements(in reader: Reader) throws(SQLiteError) {
    try reader.attachment { JudgedCustomers() }.pass(reader)
  }
}
