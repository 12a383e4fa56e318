import SQLite
import Values

extension AuditLog {
  /// Which entries are asked for.
  public struct Query: Sendable {
    /// Only those that concern the customer with this key, or everybody.
    public var customer: Int?
    /// Only those of this kind.
    public var kind: AuditKind?
    /// Only those from this number on; nil for the newest.
    public var since: Int?
    /// At most so many.
    public var limit: Int

    /// Asks for entries.
    public init(customer: Int? = nil, kind: AuditKind? = nil, since: Int? = nil, limit: Int) {
      self.customer = customer
      self.kind = kind
      self.since = since
      self.limit = limit
    }
  }

  /// The entries that a query asks for, ascending.
  public static func entries(_ query: Query, in reader: Reader) throws(AuditError) -> [AuditEntry] {
    let order = query.since == nil ? "DESC" : "ASC"
    let rows = try AuditError.wrapping { () throws(SQLiteError) in
      try reader.all(
        selection + """
           WHERE e.number >= ?1 AND (?2 IS NULL OR e.kind = ?2)
            AND (?3 IS NULL OR e.number IN (\(numbers(of: "?3, ?5"))))
          ORDER BY e.number \(order) LIMIT ?4
          """, query.since ?? 1, query.kind?.rawValue, query.customer, query.limit,
        AuditNote.everybody
      ) { row throws(SQLiteError) in try StoredEntry(row) }
    }
    var entries: [AuditEntry] = []
    for row in query.since == nil ? rows.reversed() : rows { entries.append(try row.entry()) }
    return entries
  }

  /// The newest entry as a head; nil while there is none.
  public static func head(in reader: Reader) throws(SQLiteError) -> AuditHead? {
    try reader.first("SELECT number, hash, at FROM audit_entry ORDER BY number DESC LIMIT 1") {
      row throws(SQLiteError) in
      AuditHead(
        number: try row.integer(0), hash: try row.digest(1), at: Instant(microseconds: try row.integer(2)))
    }
  }

  /// The numbers of the entries about some customers: from the index, and the tail that is not in it yet.
  private static func numbers(of customers: String) -> String {
    """
    SELECT number FROM audit_of_customer WHERE customer IN (\(customers))
    UNION SELECT number FROM audit_customer WHERE customer IN (\(customers))
      AND number > (SELECT filled FROM deferred_index WHERE name = 'audit_of_customer')
    """
  }

  /// The entry of a write that vouches for a row as it lies there: its hash, its commitment and the row's digest hold.
  ///
  /// Where the payload of that entry was erased because of another customer, it is the erasure that vouches for the row.
  /// Nil where there is none, or what it said was erased. That the chain holds is for `AuditVerifier` to say.
  public static func voucher(
    for row: AuditedRow, of customer: Int, sequence: Int, in reader: Reader
  ) throws(SQLiteError) -> Int? {
    let found = try reader.all(
      """
      SELECT e.number, e.at, e.kind, e.previous, e.commitment, e.hash, p.salt, p.payload, e.sequence
      FROM audit_entry AS e JOIN audit_payload AS p ON p.number = e.number
      WHERE e.number IN (\(numbers(of: "?1"))) AND (e.sequence = ?2 OR e.sequence > ?2 AND e.kind = ?3)
      ORDER BY e.number
      """, customer, sequence, AuditKind.erasure.rawValue
    ) { entry throws(SQLiteError) -> (number: Int, payload: AuditPayload)? in
      let number = try entry.integer(0)
      let (salt, bytes) = (try entry.blob(6), try entry.blob(7))
      let (at, previous, commitment, sequence) = (
        try entry.integer(1), try entry.digest(3), try entry.digest(4), try entry.integer(8)
      )
      let made = salt.withUnsafeBytes { salt in
        bytes.withUnsafeBytes { AuditHash.commitment(salt: salt, payload: $0) }
      }
      let hash = Array(try entry.text(2).utf8).withUnsafeBytes { kind in
        AuditHash.entry(
          number: number, sequence: sequence, at: at, kind: kind, previous: previous,
          commitment: commitment)
      }
      guard made == commitment, hash == (try entry.digest(5)), let payload = AuditPayload(bytes: bytes)
      else { return nil }
      return (number, payload)
    }
    for case let (number, payload)? in found {
      for digest in payload.rows where digest.name.table == row.table.name && digest.name.key == row.key {
        if try row.table.digest(row.key, layout: digest.layout, in: reader) == digest.digest { return number }
      }
    }
    return nil
  }

  func entry(_ number: Int, in reader: Reader) throws(AuditError) -> AuditEntry? {
    let row = try AuditError.wrapping { () throws(SQLiteError) in
      try reader.first(Self.selection + " WHERE e.number = ?", number) { row throws(SQLiteError) in
        try StoredEntry(row)
      }
    }
    return try row?.entry()
  }

  private static let selection = """
    SELECT e.number, e.sequence, e.at, e.kind, e.previous, e.commitment, e.hash, p.payload
    FROM audit_entry e LEFT JOIN audit_payload p ON p.number = e.number
    """
}

/// The columns of an entry before they are understood.
private struct StoredEntry {
  let number, sequence, at: Int
  let kind: String
  let previous, commitment, hash: Digest
  let payload: [UInt8]?

  init(_ row: Row) throws(SQLiteError) {
    number = try row.integer(0)
    sequence = try row.integer(1)
    at = try row.integer(2)
    kind = try row.text(3)
    previous = try row.digest(4)
    commitment = try row.digest(5)
    hash = try row.digest(6)
    payload = try row.optionalBlob(7)
  }

  func entry() throws(AuditError) -> AuditEntry {
    let content = payload.map { AuditPayload(bytes: $0) }
    if case .some(.none) = content { throw .unreadable(number: number) }
    guard let kind = AuditKind(rawValue: kind) else { throw .unreadable(number: number) }
    return AuditEntry(
      number: number, sequence: sequence, at: Instant(microseconds: at), kind: kind, previous: previous,
      commitment: commitment, hash: hash, payload: content ?? nil)
  }
}
