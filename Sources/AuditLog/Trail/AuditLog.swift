import Formats
import SQLite
import Values

/// The audit log: an append-only chain of entries, each naming the hash of the one before.
///
/// What an entry says lies beside it as a payload with its salt, and both can be erased; the entry holds a commitment to
/// them, so the chain still holds. Entries are made inside the write that they are about, and are there with it or not
/// at all. Who writes, when and for what purpose is read from the write itself.
public struct AuditLog: Sendable {
  let salts: SaltSource

  /// A log that salts its commitments from a source.
  public init(salts: SaltSource) { self.salts = salts }

  /// Enters what the write under way has done, and gives the number of the entry.
  ///
  /// The chain's head is read here, under the write lock, since several processes write.
  @discardableResult
  public func append(_ note: AuditNote, in transaction: WriteTransaction) throws(SQLiteError) -> Int {
    let rows = try Self.digests(of: note.rows, in: transaction)
    return try append(note.kind, in: transaction) { actor, purpose in
      AuditPayload(
        actor: actor, purpose: purpose, customers: note.customers, rows: rows, about: note.about)
    }
  }

  /// Erases the payloads of entries, and enters that.
  ///
  /// Rows that these payloads vouched for are vouched for by the new entry, as they are now or, where they are to be
  /// released or are gone, no longer.
  ///
  /// - Parameters:
  ///   - numbers: the entries; an erasure cannot itself be erased.
  ///   - customer: whose data are erased, where the entries name others too: those are named by the new entry. Nil where
  ///     none of them is to be named any longer.
  ///   - releasing: rows that may be changed or deleted from now on.
  ///   - tables: every audited table.
  ///   - about: why, without what is being erased.
  @discardableResult
  public func erase(
    _ numbers: [ClosedRange<Int>], of customer: Int? = nil, releasing: [AuditedRow] = [],
    tables: [AuditedTable],
    about: JSONObject = JSONObject(), in transaction: WriteTransaction
  ) throws(AuditError) -> Int {
    let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
    var released = Set(releasing.map { AuditPayload.RowName(table: $0.table.name, key: $0.key) })
    var kept: [AuditPayload.RowDigest] = []
    var others: [Int] = []
    for number in numbers.joined() {
      guard let entry = try entry(number, in: transaction), entry.kind != .erasure,
        let payload = entry.payload
      else { throw .notErasable(number: number) }
      if let customer { others += payload.customers.filter { $0 != customer } }
      for row in payload.rows where !released.contains(row.name) {
        let digest = try AuditError.wrapping { () throws(SQLiteError) in
          try byName[row.name.table]?.digest(row.name.key, layout: row.layout, in: transaction)
        }
        guard let digest else {
          released.insert(row.name)
          continue
        }
        guard digest == row.digest else {
          throw .rowChanged(table: row.name.table, key: row.name.key)
        }
        kept.append(row)
      }
      try AuditError.wrapping { () throws(SQLiteError) in
        try transaction.run("DELETE FROM audit_payload WHERE number = ?", number)
      }
    }
    let names = released.sorted { ($0.table, $0.key) < ($1.table, $1.key) }
    let (rows, customers) = (kept, others)
    return try AuditError.wrapping { () throws(SQLiteError) in
      try append(.erasure, in: transaction) { actor, purpose in
        AuditPayload(
          actor: actor, purpose: purpose, customers: customers, rows: rows, released: names, erased: numbers,
          about: about)
      }
    }
  }

  private func append(
    _ kind: AuditKind, in transaction: WriteTransaction, _ payload: (String, String) -> AuditPayload
  ) throws(SQLiteError) -> Int {
    // The write under way is the newest there is: the lock that it holds keeps every other out.
    let write = try transaction.first(
      "SELECT sequence, at, actor, purpose FROM write ORDER BY sequence DESC LIMIT 1"
    ) { row throws(SQLiteError) in
      (
        sequence: try row.integer(0), at: try row.integer(1), actor: try row.text(2),
        purpose: try row.text(3)
      )
    }
    guard let write else {
      throw SQLiteError(.misuse, message: "an audit entry outside a numbered write", path: transaction.path)
    }
    let head = try transaction.first(
      "SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1"
    ) { row throws(SQLiteError) in (number: try row.integer(0), hash: try row.digest(1)) }
    let number = (head?.number ?? 0) + 1
    let content = payload(write.actor, write.purpose)
    let bytes = content.bytes
    let salt = salts.salt(number)
    let commitment = salt.withUnsafeBytes { salt in
      bytes.withUnsafeBytes { AuditHash.commitment(salt: salt, payload: $0) }
    }
    let previous = head?.hash ?? .zero
    let hash = Array(kind.rawValue.utf8).withUnsafeBytes { kind in
      AuditHash.entry(
        number: number, sequence: write.sequence, at: write.at, kind: kind, previous: previous,
        commitment: commitment)
    }
    try transaction.run(
      """
      INSERT INTO audit_entry (number, sequence, at, kind, previous, commitment, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, number, write.sequence, write.at, kind.rawValue, previous.bytes, commitment.bytes, hash.bytes)
    try transaction.run(
      "INSERT INTO audit_payload (number, salt, payload) VALUES (?, ?, ?)", number, salt, bytes)
    if content.customers.isEmpty { return number }
    // One statement for all: a step for each row costs five times as much. In their order, so that rows are appended.
    try transaction.run(
      "INSERT INTO audit_customer (number, customer) SELECT ?, value FROM json_each(?)", number,
      "[" + content.customers.sorted().map(String.init).joined(separator: ",") + "]")
    return number
  }

  private static func digests(
    of rows: [AuditedRow], in transaction: WriteTransaction
  ) throws(SQLiteError) -> [AuditPayload.RowDigest] {
    var digests: [AuditPayload.RowDigest] = []
    digests.reserveCapacity(rows.count)
    for row in rows {
      let layout = row.table.newestLayout
      var digest = row.digest
      if digest == nil { digest = try row.table.digest(row.key, layout: layout, in: transaction) }
      guard let digest else {
        throw SQLiteError(
          .misuse, message: "row \(row.key) of \(row.table.name) is to be vouched for and is not there",
          path: transaction.path)
      }
      digests.append(
        AuditPayload.RowDigest(
          name: AuditPayload.RowName(table: row.table.name, key: row.key), layout: layout, digest: digest))
    }
    return digests
  }
}

extension Row {
  /// The digest in a column.
  func digest(_ column: Int) throws(SQLiteError) -> Digest {
    guard let digest = try withBlob(column, { Digest(memory: $0) }) else {
      throw failure(.corrupt, "a digest must have 32 bytes")
    }
    return digest
  }
}
