import SQLite
import Values

/// One pass over the log: what was found so far, and what the next entry has to continue.
struct AuditPass {
  private(set) var report = AuditReport()
  private let reader: Reader
  private let tables: [String: AuditedTable]
  private let order: [AuditedTable]
  private let anchor: AuditHead?
  private let erasures: Erasures
  private var lastHash = Digest.zero
  private var sequences = NumberSet()
  private var vouched: [String: NumberSet] = [:]

  init(_ tables: [AuditedTable], anchor: AuditHead?, _ reader: Reader) throws(SQLiteError) {
    order = tables
    self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
    self.anchor = anchor
    self.reader = reader
    erasures = try Erasures(reader)
  }

  /// The first thing that is wrong with the log, or nil.
  mutating func finding() throws(SQLiteError) -> AuditFinding? {
    let statement = try reader.prepare(
      """
      SELECT e.number, e.sequence, e.at, e.kind, e.previous, e.commitment, e.hash,
        p.number, p.salt, p.payload, w.at, w.actor, w.purpose
      FROM audit_entry e LEFT JOIN audit_payload p ON p.number = e.number
        LEFT JOIN write w ON w.sequence = e.sequence
      ORDER BY e.number
      """)
    while try statement.step() {
      let row = statement.row
      let number = try row.integer(0)
      let expected = report.entries + 1
      if number != expected {
        // A number below 1 stands where none may be.
        return AuditFinding(
          entry: number < expected ? number : expected, fault: number < 1 ? .hash : .missing)
      }
      if let fault = try fault(of: number, row) { return AuditFinding(entry: number, fault: fault) }
      report.entries = number
    }
    if let anchor, anchor.number > report.entries {
      return AuditFinding(entry: nil, fault: .cut(head: anchor.number, last: report.entries))
    }
    report.anchor = anchor
    return try strangers()
  }

  private mutating func fault(of number: Int, _ row: Row) throws(SQLiteError) -> AuditFinding.Fault? {
    let sequence = try row.integer(1)
    let at = try row.integer(2)
    let previous = try row.digest(4)
    let commitment = try row.digest(5)
    let hash = try row.digest(6)
    func hashed(as number: Int) -> Digest {
      row.withBytes(3) { kind in
        AuditHash.entry(
          number: number, sequence: sequence, at: at, kind: kind, previous: previous, commitment: commitment)
      }
    }
    guard hashed(as: number) == hash else {
      let last = try reader.integer("SELECT max(number) FROM audit_entry") ?? number
      return Self.neighbours(of: number, upTo: last).first { hashed(as: $0) == hash }.map { .moved(from: $0) }
        ?? .hash
    }
    guard previous == lastHash else { return .previous }
    lastHash = hash
    if let anchor, anchor.number == number {
      guard anchor.hash == hash, anchor.at.microseconds == at else { return .head }
    }
    guard let kind = AuditKind(rawValue: try row.text(3)) else { return .kind }
    guard !row.isNull(10) else { return .writeMissing(sequence: sequence) }
    guard try row.integer(10) == at else { return .write(sequence: sequence, .at) }
    sequences.insert(sequence)
    let head = AuditHead(number: number, hash: hash, at: Instant(microseconds: at))
    if row.isNull(7) {
      guard kind != .erasure, erasures.erasure(of: number) != nil else { return .payloadMissing }
      report.erased += 1
      report.head = head
      return nil
    }
    if let fault = try payloadFault(of: number, sequence: sequence, commitment: commitment, row) {
      return fault
    }
    report.head = head
    return nil
  }

  private mutating func payloadFault(
    of number: Int, sequence: Int, commitment: Digest, _ row: Row
  ) throws(SQLiteError) -> AuditFinding.Fault? {
    let made = row.withBytes(8) { salt in
      row.withBytes(9) { payload in
        salt.count == SaltSource.saltBytes ? AuditHash.commitment(salt: salt, payload: payload) : nil
      }
    }
    guard made == commitment else { return .commitment }
    if let erasure = erasures.erasure(of: number) { return .payloadReturned(erasure: erasure) }
    guard let payload = AuditPayload(bytes: try row.blob(9)) else { return .payloadUnreadable }
    guard Self.isSame(payload.actor, row, 11) else { return .write(sequence: sequence, .actor) }
    guard Self.isSame(payload.purpose, row, 12) else { return .write(sequence: sequence, .purpose) }
    let customers = try reader.all(
      "SELECT customer FROM audit_customer WHERE number = ? ORDER BY customer", number
    ) { row throws(SQLiteError) in try row.integer(0) }
    guard customers == payload.customers else { return .customers }
    for named in payload.rows {
      let (table, key) = (named.name.table, named.name.key)
      guard let known = tables[table], (1...max(1, known.newestLayout)).contains(named.layout) else {
        return .rowUnknown(table: table, key: key)
      }
      if erasures.releases(named.name, after: number) { continue }
      guard let digest = try known.digest(key, layout: named.layout, in: reader) else {
        return .rowMissing(table: table, key: key)
      }
      guard digest == named.digest else { return .rowChanged(table: table, key: key) }
      vouched[table, default: NumberSet()].insert(key)
      report.rows += 1
    }
    for name in payload.released { vouched[name.table, default: NumberSet()].insert(name.key) }
    return nil
  }

  /// Rows that no entry knows, once all entries are sound.
  private mutating func strangers() throws(SQLiteError) -> AuditFinding? {
    // Everything that is written has an entry, so nothing audited is older than the first entry of a log that began with
    // the database.
    let first = sequences.ranges.first?.lowerBound
    let writes = try reader.prepare("SELECT sequence FROM write ORDER BY sequence")
    while try writes.step() {
      let sequence = try writes.row.integer(0)
      guard let first else { return AuditFinding(entry: nil, fault: .emptied) }
      if sequence >= first || first == 1, !sequences.contains(sequence) {
        return AuditFinding(entry: nil, fault: .writeInserted(sequence: sequence))
      }
    }
    if let number = try reader.integer(
      """
      SELECT min(number) FROM (
        SELECT number FROM audit_payload WHERE number NOT IN (SELECT number FROM audit_entry)
        UNION ALL SELECT number FROM audit_customer WHERE number NOT IN (SELECT number FROM audit_payload))
      """)
    {
      return AuditFinding(entry: nil, fault: .payloadInserted(number: number))
    }
    for table in order {
      if let finding = try strangers(in: table, before: first ?? 1) { return finding }
    }
    return nil
  }

  private mutating func strangers(
    in table: AuditedTable, before first: Int
  ) throws(SQLiteError) -> AuditFinding? {
    var known = vouched[table.name] ?? NumberSet()
    for part in table.layouts.last ?? [] {
      let statement = try reader.prepare(part.keys)
      while try statement.step() {
        let key = try statement.row.integer(0)
        if known.contains(key) { continue }
        if first > 1, let sequence = try statement.row.optionalInteger(1), sequence < first {
          report.unaudited += 1
          known.insert(key)
          continue
        }
        return AuditFinding(entry: nil, fault: .rowInserted(table: table.name, key: key))
      }
    }
    return nil
  }

  /// Compared byte by byte: texts that Swift holds for equal may differ in bytes.
  private static func isSame(_ text: String, _ row: Row, _ column: Int) -> Bool {
    row.storage(column) == .text && row.withBytes(column) { $0.elementsEqual(text.utf8) }
  }

  /// The numbers that a displaced entry may have had.
  private static func neighbours(of number: Int, upTo last: Int) -> ClosedRange<Int> {
    max(1, number - 10_000)...max(number, min(last, number + 10_000))
  }
}
