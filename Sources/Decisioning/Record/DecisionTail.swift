import SQLite

/// The decisions that the index by customer does not have yet, kept in memory with the connection that read them.
///
/// Each snapshot adds what is new to it. Nothing here outlives a rollback: the connection drops it then. An object that
/// knows more than its snapshot, or of rows that were deleted since, begins anew.
final class DecisionTail {
  /// A decision of the tail, in 40 bytes: beside a service that decides 10,000 times a second the tail has some 100,000.
  struct Entry {
    let id: Int
    let customer: Int
    /// The hash of the order's reference; 0 where the decision is about the customer alone.
    fileprivate let order: UInt64
    private let day: Int32
    /// The place of the entry before it among those that share a list.
    fileprivate var earlierOfCustomer: Int32 = -1
    fileprivate var earlierOfMatter: Int32 = -1

    fileprivate init(_ id: Int, customer: Int, order: UInt64, ratedOn day: Int?) {
      self.id = id
      self.customer = customer
      self.order = order
      self.day = day.map { Int32(truncatingIfNeeded: $0) } ?? .min
    }

    /// The business date, where it may be the rating that stood before.
    var ratedOn: Int? { day == .min ? nil : Int(day) }
  }

  /// Every decision with a number from above this one up to `last` is in `entries`.
  private(set) var base = 0
  private var last = 0
  private var generation = -1
  private var stamp: Reader.Stamp?
  private var chains = Chains()
  private var entries: [Entry] { chains.entries }

  /// The entries, and of each list that hashes fall into the newest one: by customer, and by what was decided about.
  ///
  /// A structure, so that to add an entry is one change of the tail and not ten, each of which is watched for overlapping others.
  private struct Chains {
    private(set) var entries: [Entry] = []
    /// As many lists as entries at least.
    private var customers = Lists()
    private var matters = Lists()

    /// The place of the newest entry that may be of a customer; -1 for none.
    func newest(ofCustomer customer: Int) -> Int { Int(customers[DecisionTail.key(customer)]) }

    /// The place of the newest entry that may be about a matter; -1 for none.
    func newest(ofCustomer customer: Int, order: UInt64) -> Int {
      Int(matters[DecisionTail.key(customer) ^ order])
    }

    mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

    mutating func append(_ entry: Entry) {
      if entries.count >= customers.count {
        customers = Lists(count: max(64, 2 * customers.count))
        matters = Lists(count: customers.count)
        for place in entries.indices { entries[place] = linked(entries[place], at: place) }
      }
      entries.append(linked(entry, at: entries.count))
    }

    private mutating func linked(_ entry: Entry, at place: Int) -> Entry {
      var entry = entry
      let customer = DecisionTail.key(entry.customer)
      entry.earlierOfCustomer = customers.push(place, customer)
      entry.earlierOfMatter = matters.push(place, customer ^ entry.order)
      return entry
    }

    /// Forgets all; memory for so many entries is kept.
    mutating func clear(keeping room: Int) {
      guard entries.capacity <= room else {
        self = Chains()
        return
      }
      entries.removeAll(keepingCapacity: true)
      customers.clear()
      matters.clear()
    }
  }

  /// The first entries of lists that hashes fall into; as many as a power of two.
  private struct Lists {
    private var heads: [Int32] = []

    var count: Int { heads.count }

    init(count: Int = 0) { heads = Array(repeating: -1, count: count) }

    /// Empties the lists.
    mutating func clear() { for list in heads.indices { heads[list] = -1 } }

    /// The place of the first entry of a hash's list; -1 for none.
    subscript(hash: UInt64) -> Int32 { heads.isEmpty ? -1 : heads[place(hash)] }

    /// Puts an entry first, and gives the one that was.
    mutating func push(_ entry: Int, _ hash: UInt64) -> Int32 {
      let list = place(hash)
      defer { heads[list] = Int32(truncatingIfNeeded: entry) }
      return heads[list]
    }

    private func place(_ hash: UInt64) -> Int {
      Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & (heads.count - 1)
    }
  }

  /// So many are kept though the index has them by now: dropping them costs as much as reading them.
  private static let kept = 1024
  /// Room for so many is kept, 4 MB: memory that was given back is asked of the system and cleared anew for each sweep.
  private static let room = 65_536

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
    chains.append(Entry(id, customer: matter.customer, order: Self.hash(matter.order), ratedOn: day))
    last = id
  }

  /// The newest decision about a matter, where it is in the tail.
  ///
  /// - Parameter expected: a decision that is about it: where it is the newest, nothing is looked up.
  func newest(_ matter: DecisionMatter, expected: Int? = nil, _ reader: Reader) throws(SQLiteError) -> Int? {
    let (order, entries) = (Self.hash(matter.order), entries)
    var place = chains.newest(ofCustomer: matter.customer, order: order)
    while place >= 0 {
      let entry = entries[place]
      if entry.customer == matter.customer, entry.order == order {
        if order == 0 || entry.id == expected { return entry.id }
        // The hash says nearly certainly, and the row says it.
        let found = try reader.first("SELECT order_reference FROM decision WHERE id = ?", entry.id) {
          row throws(SQLiteError) in try row.optionalText(0)
        }
        // Byte by byte, as the index compares them: to Swift two spellings of an accented letter are one text.
        if let found, let reference = found, let wanted = matter.order,
          reference.utf8.elementsEqual(wanted.utf8)
        {
          return entry.id
        }
      }
      place = Int(entry.earlierOfMatter)
    }
    return nil
  }

  /// The decisions about a customer, the newest first.
  func decisions(of customer: Int) -> some Sequence<Entry> {
    sequence(state: chains.newest(ofCustomer: customer)) { [entries] place in
      while place >= 0 {
        let entry = entries[place]
        place = Int(entry.earlierOfCustomer)
        if entry.customer == customer { return entry }
      }
      return nil
    }
  }

  private static func key(_ customer: Int) -> UInt64 { UInt64(truncatingIfNeeded: customer) }

  /// Seeded by chance in every process; 0 for no order, and for none else.
  private static func hash(_ order: String?) -> UInt64 {
    order.map { UInt64(truncatingIfNeeded: $0.hashValue) | 1 } ?? 0
  }

  private func begin(after filled: Int, _ generation: Int) {
    chains.clear(keeping: Self.room)
    base = filled
    last = filled
    self.generation = generation
  }

  /// Drops what the index has by now.
  private func drop(upTo filled: Int) {
    let rest = entries.filter { $0.id > filled }
    let last = last
    begin(after: filled, generation)
    chains.reserveCapacity(rest.count)
    for entry in rest { chains.append(entry) }
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
