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
  private var rows: [Int: [StoredFact]] = [:]
  private var departures: [Place: [Departure]] = [:]
  private var searched: [ClosedRange<Int>] = []
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

  mutating func add(_ facts: [StoredFact], key: Int) {
    rows[key, default: []] += facts
  }

  /// Reads, once for a range, which records have gone to other customers.
  mutating func noteDepartures(_ keys: ClosedRange<Int>, _ sql: Reader) throws(StoreError) {
    if searched.contains(keys) { return }
    searched.append(keys)
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
    for (key, found) in rows {
      // Two sources may each have a customer fact: the one learnt last describes the customer, all codes count.
      let counting = counting(found, at: Place(customer: key, kind: FactTable.customer.number))
        .filter { $0.trueFrom <= asOf.businessDate }
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
    rows.removeAll(keepingCapacity: true)
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
    var counting = take(table, key)
    if FactTable.isNamedByCode(table) {
      for code in codes(of: key) { counting += take(table, code.key) }
    }
    // Rows mostly come in this order already.
    if !zip(counting, counting.dropFirst()).allSatisfy({ !Self.isBefore($1, $0) }) {
      counting.sort { Self.isBefore($0, $1) }
    }
    for stored in counting {
      facts.append(stored.fact, factID: stored.factID, provenance: stored.provenance)
    }
  }

  private static func isBefore(_ left: StoredFact, _ right: StoredFact) -> Bool {
    if left.trueFrom != right.trueFrom { return left.trueFrom < right.trueFrom }
    if left.id != right.id { return left.id < right.id }
    return left.provenance.source < right.provenance.source
  }

  /// Drops the rows of one kind, before the next is gathered.
  mutating func forgetRows() {
    rows.removeAll(keepingCapacity: true)
  }

  private func take(_ table: FactTable, _ key: Int) -> [StoredFact] {
    guard let found = rows[key] else { return [] }
    let counting = counting(found, at: Place(customer: key, kind: table.number))
    return counting.filter { $0.trueFrom <= asOf.businessDate }
  }

  private func counting(_ found: [StoredFact], at place: Place) -> [StoredFact] {
    let gone = departures[place] ?? []
    // Nearly every record has one version and has never moved.
    if gone.isEmpty, found.allSatisfy({ $0.revision == 0 }) { return found }
    var best: [RecordID: (knownFrom: Instant, fact: Int, index: Int?)] = [:]
    func offer(_ record: RecordID, _ knownFrom: Instant, _ fact: Int, _ index: Int?) {
      if let other = best[record], (other.knownFrom, other.fact) > (knownFrom, fact) { return }
      best[record] = (knownFrom, fact, index)
    }
    for (index, stored) in found.enumerated() {
      offer(
        RecordID(source: stored.source, id: stored.id), stored.provenance.knownFrom, stored.factID, index
      )
    }
    for departure in gone { offer(departure.record, departure.knownFrom, departure.fact, nil) }
    return best.values.compactMap { $0.index }.sorted().map { found[$0] }
  }
}
