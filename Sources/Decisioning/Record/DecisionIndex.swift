import SQLite
import Values

/// What a decision is about: an order of a customer, a proposal about one, or the customer alone.
///
/// Of two decisions about the same, the later stands in the place of the earlier.
struct DecisionMatter: Hashable {
  let customer: Int
  /// The reference of the order or the proposal.
  let order: String?
}

extension DecisionStore {
  /// Finds decisions by customer; filled behind them, since storing a decision is to append only.
  ///
  /// An entry of every decision has the order's reference as its place, or an empty blob where it names none; another
  /// of each that may be asked for as the rating that stood before has its business date. Integers come before texts and
  /// texts before blobs, so the two kinds lie apart, and both lie next to each other for one customer.
  public static let byCustomer = DeferredIndex(
    "decision_of_customer", columns: [("customer", "INTEGER"), ("place", "ANY")], source: "decision",
    key: "id",
    selections: [
      .init(["row.customer", "ifnull(row.order_reference, x'')"]),
      .init(["row.customer", "row.business_date"], where: "(\(rated("row")))"),
    ], slack: 256)

  /// Whether a decision gave a rating that stands until the next: one about a restriction only looks at it.
  static func rated(_ row: String) -> String {
    "\(row).rating IS NOT NULL AND \(row).rating_since IS NOT NULL AND \(row).kind <> 'proposed'"
      + " AND \(row).purpose <> 'restriction'"
  }
}

/// Looks decisions up by customer in one snapshot: in the index, and in the tail that is not in it yet.
final class DecisionIndex {
  private let reader: Reader
  private let tail: DecisionTail
  /// Finds the newest decision about a matter; a batch asks it for each of its decisions.
  private var finding: Statement?

  init(_ reader: Reader) throws(SQLiteError) {
    self.reader = reader
    tail = try reader.attachment { DecisionTail() }
    try tail.follow(reader)
  }

  /// The newest decision about a matter.
  ///
  /// - Parameter expected: a decision that is about it, which nearly always is the newest.
  func newest(_ matter: DecisionMatter, expected: Int? = nil) throws(SQLiteError) -> Int? {
    if let id = try tail.newest(matter, expected: expected, reader) { return id }
    if finding == nil {
      finding = try reader.prepare(
        "SELECT max(id) FROM decision_of_customer WHERE customer = ? AND place = ?")
    }
    guard let statement = finding else { return nil }
    defer { statement.reset() }
    try statement.bind(1, matter.customer)
    if let order = matter.order { try statement.bind(2, order) } else { try statement.bind(2, [UInt8]()) }
    // The maximum of nothing is null.
    return try statement.step() ? try statement.row.optionalInteger(0) : nil
  }

  /// Notes a decision that was stored in the write under way.
  func add(_ id: Int, _ matter: DecisionMatter, ratedOn day: Int?) {
    tail.add(id, matter, ratedOn: day)
  }

  /// Up to `limit` decisions about a customer, the newest first.
  func newest(ofCustomer customer: Int, limit: Int) throws(SQLiteError) -> [Int] {
    var ids = Array(tail.decisions(of: customer).lazy.map(\.id).prefix(limit))
    if ids.count < limit {
      ids += try reader.all(
        """
        SELECT id FROM decision_of_customer WHERE customer = ? AND place >= '' AND id <= ? ORDER BY id DESC LIMIT ?
        """, customer, tail.base, limit - ids.count
      ) { row throws(SQLiteError) in try row.integer(0) }
    }
    return ids
  }

  /// The rating that stood before a business date, as far as the last write that can be seen and an instant know it.
  func previous(
    _ customer: Int, before day: Int, knownAt: Int, sequence: Int
  ) throws(SQLiteError) -> PreviousRating? {
    // From the newest day backwards, so that it ends with the first decision that counts, however many there are. The
    // order of the tables is what CROSS JOIN asks for.
    let indexed = try reader.first(
      """
      SELECT d.rating, d.rating_since, d.downgraded_on, i.place, i.id
      FROM decision_of_customer AS i CROSS JOIN decision AS d ON d.id = i.id
      WHERE i.customer = ? AND i.place < ? AND d.sequence <= ? AND d.known_at <= ?
      ORDER BY i.place DESC, i.id DESC LIMIT 1
      """, customer, day, sequence, knownAt
    ) { row throws(SQLiteError) in
      (rating: try PreviousRating(row), day: try row.integer(3), id: try row.integer(4))
    }
    var later: [(day: Int, id: Int)] = []
    for decision in tail.decisions(of: customer) {
      guard let rated = decision.ratedOn, rated < day else { continue }
      if let indexed, (rated, decision.id) <= (indexed.day, indexed.id) { continue }
      later.append((rated, decision.id))
    }
    for decision in later.sorted(by: >) {
      let found = try reader.first(
        """
        SELECT rating, rating_since, downgraded_on FROM decision WHERE id = ? AND sequence <= ? AND known_at <= ?
        """, decision.id, sequence, knownAt
      ) { row throws(SQLiteError) in try PreviousRating(row) }
      if let found { return found }
    }
    return indexed?.rating
  }
}

extension PreviousRating {
  /// Reads rating, its begin and the day of the last downgrade from the first columns of a row.
  fileprivate init(_ row: Row) throws(SQLiteError) {
    self.init(
      rating: try row.text(0), since: CivilDate(dayNumber: try row.integer(1)),
      downgradedOn: try row.optionalInteger(2).map(CivilDate.init(dayNumber:)))
  }
}
