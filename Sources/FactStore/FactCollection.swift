import Facts
import SQLite
import Values

/// One stored version of a fact, as a scan found it.
struct StoredFact {
  let fact: Fact
  // Beside the fact: asking the enumeration for them would box the whole content each time.
  let id: String
  let trueFrom: CivilDate
  let factID: Int
  let revision: Int
  let source: Int
  let codeKey: Int?
  let provenance: Provenance
}

/// The versions that scans found, and the choice of those that count.
///
/// Of the versions of one record that were known and stored as of the point in time, the one with the greatest
/// (known from, fact id) counts; if that one lies with another customer, none of this customer's does.
struct FactCollection {
  let asOf: AsOf
  /// The rows of the scans since the last were forgotten.
  private var rows: [StoredFact] = []
  /// Where the rows of a key stand among `rows`.
  private var places: [Int: Range<Int>] = [:]
  private var firstOpen = 0
  private var departures: [Place: [Departure]] = [:]
  private var searched: Set<ClosedRange<Int>> = []
  private var customers: [Int: Recorded<Customer>] = [:]
  private var codeKeys: [Int: [(key: Int, identifier: Identifier)]] = [:]

  private struct Place: Hashable {
    let customer: Int
    let kind: Int
  }

  private struct RecordID: Hashable {
    let source: Int
    let id: String
  }

  private struct Departure {
    let record: RecordID
    let knownFrom: Instant
    let fact: Int
  }

  init(asOf: AsOf) {
    self.asOf = asOf
  }

  /// Adds a row of the key that is closed next.
  mutating func add(_ fact: StoredFact) {
    rows.append(fact)
  }

  /// Gives the rows added since the last call to a key; no two scans meet the same key.
  mutating func close(_ key: Int) {
    guard firstOpen < rows.count else { return }
    places[key] = firstOpen..<rows.count
    firstOpen = rows.count
  }

  /// Reads, once for a range, which records have gone to other customers.
  mutating func noteDepartures(_ keys: ClosedRange<Int>, _ sql: Reader) throws(StoreError) {
    guard searched.insert(keys).inserted else { return }
    let asOf = asOf
    let found = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.all(
        """
        SELECT customer, kind, source, id, known_from, fact FROM departure
        WHERE customer BETWEEN ? AND ? AND known_from <= ? AND sequence <= ?
        """, keys.lowerBound, keys.upperBound, asOf.knownAt.microseconds, asOf.lastSequence
      ) { row throws(SQLiteError) in
        (
          Place(customer: try row.integer(0), kind: try row.integer(1)),
          Departure(
            record: RecordID(source: try row.integer(2), id: try row.text(3)),
            knownFrom: Instant(microseconds: try row.integer(4)), fact: try row.integer(5))
        )
      }
    }
    for (place, departure) in found { departures[place, default: []].append(departure) }
  }

  /// Chooses the customer facts that count; they say which codes belong to whom.
  mutating func settleCustomers() {
    for key in places.keys {
      // Two sources may each have a customer fact: the one learnt last describes the customer, all codes count.
      let counting = counting(key, FactTable.customer).map { rows[$0] }
        .sorted { left, right in
          let (l, r) = (left.provenance, right.provenance)
          return l.knownFrom != r.knownFrom ? l.knownFrom < r.knownFrom : l.source < r.source
        }
      for stored in counting {
        guard case .customer(let content) = stored.fact else { continue }
        customers[key] = Recorded(factID: stored.factID, fact: content, provenance: stored.provenance)
        if let code = stored.codeKey, let identifier = content.identifier {
          codeKeys[key, default: []].append((code, identifier))
        }
      }
    }
    forgetRows()
  }

  func customer(_ key: Int) -> Recorded<Customer>? { customers[key] }

  /// The keys and codes that the customer's facts claim.
  func codes(of key: Int) -> [(key: Int, identifier: Identifier)] {
    guard let found = codeKeys[key] else { return [] }
    guard found.count > 1 else { return found }
    var seen: Set<Int> = []
    return found.filter { seen.insert($0.key).inserted }
  }

  /// Hands the facts of one kind that count for a customer over, in an order that does not depend on loading.
  func hand(_ table: FactTable, of key: Int, to facts: inout CustomerFacts) {
    if rows.isEmpty { return }
    var counting = counting(key, table)
    if FactTable.isNamedByCode(table) {
      for code in codes(of: key) { counting += self.counting(code.key, table) }
    }
    // Rows mostly come in this order already.
    if !isInOrder(counting) { counting.sort { Self.isBefore(rows[$0], rows[$1]) } }
    facts.reserveCapacity(counting.count, for: table.kind)
    for place in counting {
      facts.append(rows[place].fact, factID: rows[place].factID, provenance: rows[place].provenance)
    }
  }

  private func isInOrder(_ counting: [Int]) -> Bool {
    for (left, right) in zip(counting, counting.dropFirst())
    where !(rows[left].trueFrom < rows[right].trueFrom) {
      if Self.isBefore(rows[right], rows[left]) { return false }
    }
    return true
  }

  private static func isBefore(_ left: StoredFact, _ right: StoredFact) -> Bool {
    if left.trueFrom != right.trueFrom { return left.trueFrom < right.trueFrom }
    if left.id != right.id { return left.id < right.id }
    return left.provenance.source < right.provenance.source
  }

  /// Drops the rows of one kind, before the next is gathered.
  mutating func forgetRows() {
    rows.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    firstOpen = 0
  }

  /// The rows of a key that count and have come true, in the order in which they were found.
  private func counting(_ key: Int, _ table: FactTable) -> [Int] {
    guard let found = places[key] else { return [] }
    let gone = departures.isEmpty ? [] : departures[Place(customer: key, kind: table.number)] ?? []
    // Nearly every record has one version and has never moved.
    var isPlain = gone.isEmpty
    for place in found where rows[place].revision != 0 { isPlain = false }
    var counting: [Int] = []
    counting.reserveCapacity(found.count)
    for place in isPlain ? Array(found) : newest(found, gone)
    where rows[place].trueFrom <= asOf.businessDate { counting.append(place) }
    return counting
  }

  private func newest(_ found: Range<Int>, _ gone: [Departure]) -> [Int] {
    var best: [RecordID: (knownFrom: Instant, fact: Int, place: Int?)] = [:]
    func offer(_ record: RecordID, _ knownFrom: Instant, _ fact: Int, _ place: Int?) {
      if let other = best[record], (other.knownFrom, other.fact) > (knownFrom, fact) { return }
      best[record] = (knownFrom, fact, place)
    }
    for place in found {
      let stored = rows[place]
      offer(
        RecordID(source: stored.source, id: stored.id), stored.provenance.knownFrom, stored.factID, place)
    }
    for departure in gone { offer(departure.record, departure.knownFrom, departure.fact, nil) }
    return best.values.compactMap { $0.place }.sorted()
  }
}
