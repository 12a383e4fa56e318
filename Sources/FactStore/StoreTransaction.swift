import SQLite
import Values

/// One numbered write: what it stores becomes visible as a whole, to reads at its number or later.
public final class StoreTransaction {
  /// The transaction underneath, for rooms that keep tables of their own.
  public let sql: WriteTransaction
  /// The number of this write, gapless from 1.
  public let sequence: Int
  /// Who writes.
  public let actor: String
  /// When, by the caller's clock.
  public let at: Instant

  private let changesBefore: Int
  private var lastFact: Int?
  /// The keys that this write has touched; those of undone steps may be among them, who may not exist any more.
  private var touched: Set<Int> = []
  private var insertions: [Int: Statement] = [:]
  private var held = [Statement?](repeating: nil, count: HeldStatement.allCases.count)

  init(_ sql: WriteTransaction, actor: String, at: Instant, purpose: String) throws(SQLiteError) {
    self.sql = sql
    self.actor = actor
    self.at = at
    sequence = 1 + (try sql.integer("SELECT max(sequence) FROM write") ?? 0)
    try sql.run(
      "INSERT INTO write (sequence, actor, at, purpose) VALUES (?, ?, ?, ?)", sequence, actor,
      at.microseconds, purpose)
    changesBefore = sql.changeCount
  }

  /// Reads inside this write; sees what it has stored so far.
  public var reader: FactReader { FactReader(sql) }

  /// Runs a body as one step: what it stored is undone when it throws, the rest of the transaction stays.
  public func step<Result, Failure: StorageFailure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try sql.step(body)
  }

  /// Lets the body end normally, but undoes what it stored: a rehearsal.
  public func abandon() { sql.abandon() }

  /// Writes the fact counter back.
  ///
  /// - Returns: whether anything was stored; where nothing was, the number of the write is to be given back.
  func finish() throws(SQLiteError) -> Bool {
    insertions = [:]
    held = held.map { _ in nil }
    if sql.changeCount == changesBefore { return false }
    if let lastFact { try sql.run("UPDATE fact_counter SET last = ?", lastFact) }
    try enterChanges()
    return true
  }

  /// Gives the number back, for a write among others.
  ///
  /// Every table that names writes is searched for it, row by row; who writes alone abandons the transaction instead.
  func giveBack() throws(SQLiteError) { try sql.run("DELETE FROM write WHERE sequence = ?", sequence) }

  /// Notes that something about a customer, or about who holds a code, is no longer what it was.
  func touch(_ key: Int) { touched.insert(key) }

  /// Enters the touched customers, and those who hold the touched codes, into the change feed.
  ///
  /// Done at the end of the write; before it by who asks inside the write whether something kept still holds.
  public func enterChanges() throws(SQLiteError) {
    if touched.isEmpty { return }
    let holder = try sql.prepare("SELECT customer FROM claim WHERE identifier = ?")
    for key in touched {
      try holder.bind(1, key)
      if try holder.step() { touched.insert(try holder.row.integer(0)) }
      holder.reset()
    }
    let entry = try sql.prepare(
      """
      INSERT INTO customer_change (customer, sequence) SELECT key, ?2 FROM customer WHERE key = ?1
      ON CONFLICT DO UPDATE SET sequence = excluded.sequence
      """)
    for key in touched.sorted() {
      try entry.bindAll(key, sequence)
      try entry.run()
    }
  }

  /// The next fact id; ids of undone steps are not given again.
  func nextFact() throws(SQLiteError) -> Int {
    var last = lastFact ?? 0
    if lastFact == nil { last = try sql.integer("SELECT last FROM fact_counter") ?? 0 }
    lastFact = last + 1
    return last + 1
  }

  /// Statements that every fact needs, kept at hand for the length of a write.
  enum HeldStatement: Int, CaseIterable {
    case findVersions, addVersion, findKey

    var sql: String {
      switch self {
      case .findVersions:
        """
        SELECT fact, customer, batch, line, hash, known_from, sequence FROM version
        WHERE kind = ? AND source = ? AND id = ? ORDER BY known_from, fact
        """
      case .addVersion:
        """
        INSERT INTO version (kind, source, id, fact, customer, batch, line, hash, known_from, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
      case .findKey: "SELECT customer FROM identifier WHERE scheme = ? AND code = ?"
      }
    }
  }

  func hold(_ statement: HeldStatement) throws(SQLiteError) -> Statement {
    if let found = held[statement.rawValue] { return found }
    let made = try sql.prepare(statement.sql)
    held[statement.rawValue] = made
    return made
  }

  /// The insertion of a kind, prepared once per write.
  func insertion(_ table: FactTable) throws(SQLiteError) -> Statement {
    if let statement = insertions[table.number] { return statement }
    let statement = try sql.prepare(table.insertion)
    insertions[table.number] = statement
    return statement
  }
}
