import Facts
import SQLite
import Values

/// Reads facts in one snapshot.
public final class FactReader {
  /// The snapshot underneath, for rooms that keep tables of their own.
  public let sql: Reader
  private var origins: [Int: Origin] = [:]
  /// That of the row read last: rows of one batch mostly lie side by side.
  private var latest: (batch: Int, origin: Origin)?

  private var foundTail: ChangeTail?

  /// Reads in a snapshot (or a write transaction) of a database that holds facts.
  public init(_ sql: Reader) {
    self.sql = sql
  }

  /// The newest part of the change feed, as it is kept with the connection.
  func changeTail() throws(SQLiteError) -> ChangeTail {
    if let foundTail { return foundTail }
    let tail = try sql.attachment { ChangeTail() }
    foundTail = tail
    return tail
  }

  /// The number of the last write; 0 for a new store.
  public func lastSequence() throws(SQLiteError) -> Int {
    try sql.integer("SELECT max(sequence) FROM write") ?? 0
  }

  /// The key of the customer with this number, or who holds this code at present; nil when nobody named it.
  ///
  /// A number or code that only waiting facts name has the key of a stub.
  public func key(of reference: CustomerReference) throws(SQLiteError) -> Int? {
    let identity = Identity(reference)
    // Nobody claims another's number: only a code stands for somebody else's key.
    if case .number = reference {
      return try sql.integer(
        "SELECT customer FROM identifier WHERE scheme = ? AND code = ?", identity.scheme, identity.code)
    }
    return try sql.integer(
      """
      SELECT coalesce(c.customer, i.customer) FROM identifier i
      LEFT JOIN claim c ON c.identifier = i.customer WHERE i.scheme = ? AND i.code = ?
      """, identity.scheme, identity.code)
  }

  /// How records name the key: the customer's number, or the code of a stub; nil for a key that does not exist.
  public func reference(of key: Int) throws(StoreError) -> CustomerReference? {
    let identity = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.first("SELECT scheme, code FROM identifier WHERE customer = ?", key) {
        row throws(SQLiteError) in Identity(scheme: try row.text(0), code: try row.text(1))
      }
    }
    return try identity?.reference()
  }

  /// The facts of one customer as of a point in time.
  ///
  /// For a key whose customer has not arrived as of then, `customer` is nil and the waiting facts are given.
  ///
  /// - Parameter kinds: the kinds to read; those that a rating reads where nothing is said. The customer is always read.
  public func facts(
    of key: Int, asOf: AsOf, kinds: [FactKind] = FactKind.rating
  ) throws(StoreError) -> CustomerFacts {
    guard let reference = try reference(of: key) else { return CustomerFacts() }
    var collection = FactCollection(asOf: asOf)
    let own = key...key
    try scan(.customer, own, collection: &collection) { _ in reference }
    collection.settleCustomers()
    var facts = CustomerFacts(customer: collection.customer(key))
    for kind in kinds where kind != .customer {
      let table = FactTable.of(kind)
      try scan(table, own, collection: &collection) { _ in reference }
      for (code, identifier) in collection.codes(of: key) where FactTable.isNamedByCode(table) {
        try scan(table, code...code, collection: &collection) { _ in .identifier(identifier) }
      }
      collection.hand(table, of: key, to: &facts)
      collection.forgetRows()
    }
    return facts
  }

  /// Gathers the rows of one kind that lie in a range of keys and are visible as of the collection's point in time.
  ///
  /// Keys for which `reference` gives nil are passed over.
  func scan(
    _ table: FactTable, _ keys: ClosedRange<Int>, collection: inout FactCollection,
    reference: (Int) -> CustomerReference?
  ) throws(StoreError) {
    try collection.noteDepartures(keys, sql)
    let asOf = collection.asOf
    let statement = try StoreError.wrapping { () throws(SQLiteError) in
      let statement = try sql.prepare(table.selection)
      try statement.bind(1, keys.lowerBound)
      try statement.bind(2, keys.upperBound)
      try statement.bind(3, asOf.knownAt.microseconds)
      try statement.bind(4, asOf.lastSequence)
      return statement
    }
    let row = statement.row
    var current: (key: Int, reference: CustomerReference?)?
    while try StoreError.wrapping({ () throws(SQLiteError) in try statement.step() }) {
      let common = try StoreError.wrapping { () throws(SQLiteError) in try CommonColumns(row) }
      if current?.key != common.customer {
        if let current { collection.close(current.key) }
        current = (common.customer, reference(common.customer))
      }
      guard let reference = current?.reference else { continue }
      let origin = try origin(of: common.batch)
      var fields = FactRow(table, row)
      let fact = try fields.fact(
        id: common.id, customer: reference, trueFrom: common.trueFrom, businessDate: asOf.businessDate)
      let code =
        table.kind == .customer
        ? try StoreError.wrapping { () throws(SQLiteError) in
          try row.optionalInteger(FactTable.commonCount + 3)
        } : nil
      collection.add(
        StoredFact(
          fact: fact, id: common.id, trueFrom: common.trueFrom, factID: common.fact,
          revision: common.revision, source: origin.source, codeKey: code,
          provenance: Provenance(
            source: origin.sourceName, file: origin.file, line: common.line, contentHash: common.hash,
            knownFrom: common.knownFrom, sequence: common.sequence)))
    }
    if let current { collection.close(current.key) }
  }

  /// Where a batch came from.
  private struct Origin {
    let source: Int
    let sourceName: String
    let file: String?
  }

  private func origin(of batch: Int) throws(StoreError) -> Origin {
    if let latest, latest.batch == batch { return latest.origin }
    let origin = try knownOrigin(of: batch)
    latest = (batch, origin)
    return origin
  }

  private func knownOrigin(of batch: Int) throws(StoreError) -> Origin {
    if let origin = origins[batch] { return origin }
    let origin = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.first(
        "SELECT s.key, s.name, b.file FROM batch b JOIN source s ON s.key = b.source WHERE b.key = ?", batch
      ) { row throws(SQLiteError) in
        Origin(source: try row.integer(0), sourceName: try row.text(1), file: try row.optionalText(2))
      }
    }
    guard let origin else { throw .damaged(table: "batch") }
    origins[batch] = origin
    return origin
  }
}

/// The columns that the tables of all kinds begin with.
private struct CommonColumns {
  let customer: Int
  let fact: Int
  let id: String
  let revision: Int
  let batch: Int
  let line: Int?
  let hash: Digest
  let trueFrom: CivilDate
  let knownFrom: Instant
  let sequence: Int

  init(_ row: Row) throws(SQLiteError) {
    customer = try row.integer(0)
    fact = try row.integer(1)
    id = try row.text(2)
    revision = try row.integer(3)
    batch = try row.integer(4)
    line = try row.optionalInteger(5)
    hash = try row.digest(6)
    trueFrom = CivilDate(dayNumber: try row.integer(7))
    knownFrom = Instant(microseconds: try row.integer(8))
    sequence = try row.integer(9)
  }
}
