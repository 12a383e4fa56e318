import Facts
import SQLite
import Values

/// What became of a fact that was handed to the store.
public enum StoreOutcome: Sendable, Hashable {
  /// It was new.
  case stored(fact: Int)
  /// It differs from what was known under its record id, and supersedes it.
  case correction(fact: Int, supersedes: Int)
  /// It was known already; nothing was written.
  case alreadyKnown(fact: Int)
}

extension StoreTransaction {
  /// Stores a fact unless it is known already.
  ///
  /// It is known when the version that counts at the batch's instant of knowledge says the same, or when any version
  /// that came in the same file does: so reading an old file again after a correction adds nothing. Otherwise it
  /// becomes a new version. Nothing is written when an error is thrown.
  public func store(_ fact: Fact, in batch: Batch, line: Int?) throws(StoreError) -> StoreOutcome {
    let table = FactTable.of(fact.kind)
    let record = fact.id
    let hash = fact.contentHash
    let identity = Identity(fact.customer)
    let versions = try StoreError.wrapping { () throws(SQLiteError) in
      try self.versions(table, source: batch.source, id: record)
    }
    let counting = versions.last { $0.knownFrom <= batch.knownFrom }
    if let counting, counting.hash == hash { return .alreadyKnown(fact: counting.fact) }
    let sameFile = try StoreError.wrapping { () throws(SQLiteError) in
      try versionsOfSameFile(versions, batch)
    }
    if let known = sameFile.last(where: { $0.hash == hash }) { return .alreadyKnown(fact: known.fact) }
    if let first = sameFile.first {
      throw .contradiction(kind: fact.kind, id: record, firstLine: first.line)
    }
    var code: Identifier?
    if case .customer(let customer) = fact {
      code = customer.identifier
      try refuseTaken(
        code,
        customer: try StoreError.wrapping { () throws(SQLiteError) in try key(of: identity) })
    }
    if case .noticeDelivery(let delivery) = fact {
      try refuseEarlyProof(delivery, knownFrom: batch.knownFrom)
    }
    return try insert(
      fact, record: record, table: table, batch: batch, line: line, hash: hash, identity: identity,
      code: code,
      versions: versions, counting: counting)
  }

  /// One stored version of a record.
  private struct Version {
    let fact: Int
    let customer: Int
    let batch: Int
    let line: Int?
    let hash: Digest
    let knownFrom: Instant
    let sequence: Int
  }

  /// The versions of a record, the one that counts last.
  private func versions(_ table: FactTable, source: Int, id: String) throws(SQLiteError) -> [Version] {
    let statement = try hold(.findVersions)
    defer { statement.reset() }
    try statement.bindAll(table.number, source, id)
    var versions: [Version] = []
    while try statement.step() {
      let row = statement.row
      versions.append(
        Version(
          fact: try row.integer(0), customer: try row.integer(1), batch: try row.integer(2),
          line: try row.optionalInteger(3), hash: try row.digest(4),
          knownFrom: Instant(microseconds: try row.integer(5)), sequence: try row.integer(6)))
    }
    return versions
  }

  private func versionsOfSameFile(_ versions: [Version], _ batch: Batch) throws(SQLiteError) -> [Version] {
    var found: [Version] = []
    for version in versions where try isSameFile(version.batch, batch) { found.append(version) }
    return found
  }

  /// Whether a batch holds the same bytes as the one being read.
  private func isSameFile(_ key: Int, _ batch: Batch) throws(SQLiteError) -> Bool {
    if key == batch.key { return batch.digest != nil }
    guard let digest = batch.digest else { return false }
    return try sql.integer("SELECT 1 FROM batch WHERE key = ? AND digest = ?", key, digest.bytes) != nil
  }

  private func insert(
    _ fact: Fact, record: String, table: FactTable, batch: Batch, line: Int?, hash: Digest,
    identity: Identity,
    code: Identifier?, versions: [Version], counting: Version?
  ) throws(StoreError) -> StoreOutcome {
    let bytes = hash.bytes
    let number = try StoreError.wrapping { () throws(SQLiteError) in try nextFact() }
    // Bound first: an amount that cannot be stored must be refused before anything is written.
    let statement = try StoreError.wrapping { () throws(SQLiteError) in try insertion(table) }
    var binder = FactBinder(statement)
    try binder.bind(fact, identifier: nil)
    return try StoreError.wrapping { () throws(SQLiteError) in
      let customer = try makeKey(of: identity)
      let codeKey = try code.map { code throws(SQLiteError) in try makeKey(of: Identity(code)) }
      if table.kind == .customer { try statement.bind(FactTable.commonCount + 4, codeKey) }
      try statement.bind(1, customer)
      try statement.bind(2, number)
      try statement.bind(3, record)
      try statement.bind(4, versions.count)
      try statement.bind(5, batch.key)
      try statement.bind(6, line)
      try statement.bind(7, bytes)
      try statement.bind(8, fact.trueFrom.dayNumber)
      try statement.bind(9, batch.knownFrom.microseconds)
      try statement.bind(10, sequence)
      try statement.run()
      let version = try hold(.addVersion)
      try version.bindAll(
        table.number, batch.source, record, number, customer, batch.key, line, bytes,
        batch.knownFrom.microseconds, sequence)
      try version.run()
      try noteMoves(
        table, source: batch.source, id: record, versions: versions,
        latest: Version(
          fact: number, customer: customer, batch: batch.key, line: line, hash: hash,
          knownFrom: batch.knownFrom, sequence: sequence))
      touch(customer)
      for version in versions { touch(version.customer) }
      if case .customer(let content) = fact { try arrive(content, key: customer, fact: number) }
      guard let counting else { return .stored(fact: number) }
      return .correction(fact: number, supersedes: counting.fact)
    }
  }

  /// Keeps the rule that every customer who ever had a version of a record knows of all its versions.
  ///
  /// The version that counts is chosen from one customer's rows alone; those that lie elsewhere are noted as
  /// departures. Earlier versions keep their own numbers: a read at an earlier write finds what it found then.
  private func noteMoves(
    _ table: FactTable, source: Int, id: String, versions: [Version], latest: Version
  ) throws(SQLiteError) {
    guard versions.contains(where: { $0.customer != latest.customer }) else { return }
    let others = Set(versions.map(\.customer)).subtracting([latest.customer])
    for customer in others { try noteDeparture(of: latest, from: customer, table, source: source, id: id) }
    if !versions.contains(where: { $0.customer == latest.customer }) {
      for version in versions {
        try noteDeparture(of: version, from: latest.customer, table, source: source, id: id)
      }
    }
  }

  private func noteDeparture(
    of version: Version, from customer: Int, _ table: FactTable, source: Int, id: String
  ) throws(SQLiteError) {
    try sql.run(
      """
      INSERT INTO departure (customer, kind, source, id, fact, known_from, sequence)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, customer, table.number, source, id, version.fact, version.knownFrom.microseconds, version.sequence)
  }

  /// A customer fact came: name and address go to their own tables, the stub has arrived.
  private func arrive(_ content: Customer, key: Int, fact: Int) throws(SQLiteError) {
    if let name = content.name {
      try sql.run(
        "INSERT INTO customer_name (customer, fact, name, folded) VALUES (?, ?, ?, ?)", key, fact, name,
        SearchText.folded(name))
    }
    if let address = content.address {
      try sql.run(
        "INSERT INTO customer_address (customer, fact, address) VALUES (?, ?, ?)", key, fact, address)
    }
    try sql.run("UPDATE customer SET arrived = ? WHERE key = ? AND arrived IS NULL", sequence, key)
    try renewClaims(of: key)
  }
}
