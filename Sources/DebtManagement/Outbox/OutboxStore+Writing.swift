public import AuditLog
public import FactStore
import Facts
import Formats
import SQLite
import Values

extension OutboxStore {
  /// Stores effects in the write of the run that has them, each once: one that is stored already is passed over.
  ///
  /// With a release or withdrawal every restriction of the contract that has not left is withdrawn in the same write.
  ///
  /// - Returns: the ids of those that were new.
  /// - Throws: `.contradiction` where an effect with the same id says something else.
  @discardableResult
  public static func append(
    _ effects: [Effect], in write: StoreTransaction, audit: AuditLog
  ) throws(OutboxError) -> [String] {
    var rows: [AuditedRow] = []
    var customers: Set<Int> = []
    var new: [String] = []
    for effect in effects {
      if let known = try Self.effects("WHERE e.id = ?1", effect.id, in: write.sql).first {
        guard known.effect == effect else { throw .contradiction(id: effect.id) }
        continue
      }
      let number = try OutboxError.wrapping { () throws(SQLiteError) in try insert(effect, write) }
      rows.append(AuditedRow(.effect, number))
      customers.insert(effect.customerKey)
      new.append(effect.id)
      guard effect.isRelief else { continue }
      for earlier in try line(of: effect, before: number, in: write)
      where earlier.effect.step.isRestriction && earlier.state.isOpen {
        rows.append(try enter(.withdrawn, "relief", earlier, write))
      }
    }
    if rows.isEmpty { return [] }
    try record("stored", new, customers, rows, write, audit)
    return new
  }

  /// Does something with effects: holds them back, lets them go again, withdraws them, notes that they were confirmed.
  ///
  /// - Parameters:
  ///   - state: `held`, `pending` (held or failed ones are tried again, sent ones sent again), `withdrawn` or `confirmed`.
  ///   - reason: why, as a code.
  /// - Throws: `.unknown`, `.notPossible`.
  public static func set(
    _ state: EffectState, _ ids: [String], reason: String, in write: StoreTransaction, audit: AuditLog
  ) throws(OutboxError) {
    var rows: [AuditedRow] = []
    var customers: Set<Int> = []
    for id in ids {
      let found = try effect(id, in: write.sql)
      guard Self.isPossible(found.state, state) else {
        throw .notPossible(id: id, state: found.state, wanted: state)
      }
      rows.append(try enter(state, reason, found, write))
      customers.insert(found.effect.customerKey)
    }
    if !rows.isEmpty { try record(state.rawValue, ids, customers, rows, write, audit) }
  }

  /// Takes a run back as far as nothing of it has left.
  ///
  /// - Returns: what was taken back; and what may have left, which stays.
  public static func revert(
    run: String, in write: StoreTransaction, audit: AuditLog
  ) throws(OutboxError) -> (reverted: [String], left: [String]) {
    var (reverted, left, rows): ([String], [String], [AuditedRow]) = ([], [], [])
    var customers: Set<Int> = []
    for found in try effects("WHERE e.run = ?1 ORDER BY e.number", run, in: write.sql) {
      guard found.state.isOpen, !found.mayHaveLeft else {
        if found.mayHaveLeft { left.append(found.effect.id) }
        continue
      }
      rows.append(try enter(.reverted, nil, found, write))
      reverted.append(found.effect.id)
      customers.insert(found.effect.customerKey)
    }
    if !rows.isEmpty { try record("reverted", reverted, customers, rows, write, audit) }
    return (reverted, left)
  }

  private static func isPossible(_ state: EffectState, _ wanted: EffectState) -> Bool {
    switch wanted {
    case .held: state == .pending || state == .failed
    // What was sent can be sent again: it has the same id, by which the receiver knows it.
    case .pending: state == .held || state == .failed || state == .sent
    case .withdrawn: state.isOpen
    case .confirmed: state == .sent
    case .sent, .failed, .reverted: false
    }
  }

  /// Enters an event and what it comes to; the caller has the audit log vouch for the row.
  static func enter(
    _ state: EffectState, _ reason: String?, _ found: StoredEffect, _ write: StoreTransaction
  ) throws(OutboxError) -> AuditedRow {
    try OutboxError.wrapping { () throws(SQLiteError) in
      try write.sql.run(
        "INSERT INTO effect_event (effect, state, reason, sequence) VALUES (?, ?, ?, ?)", found.number,
        state.rawValue, reason, write.sequence)
      let row = AuditedRow(.effectEvent, write.sql.lastRowID)
      try write.sql.run(
        """
        UPDATE effect_standing SET state = ?1, obstacle = ?2, next = ?3,
          sent_at = CASE WHEN ?1 = 'sent' THEN coalesce(sent_at, ?3) ELSE sent_at END
        WHERE effect = ?4
        """, state.rawValue, [.failed, .withdrawn].contains(state) ? reason : nil, write.at.microseconds,
        found.number)
      return row
    }
  }

  /// Notes that a restriction was wrong from the beginning: its invoices had been paid when it left.
  ///
  /// Its state stays.
  static func markWrongful(
    _ found: StoredEffect, in write: StoreTransaction, audit: AuditLog
  ) throws(OutboxError) {
    let row = try OutboxError.wrapping { () throws(SQLiteError) in
      try write.sql.run(
        "INSERT INTO effect_event (effect, state, reason, sequence) VALUES (?, ?, ?, ?)", found.number,
        found.state.rawValue, wrongful, write.sequence)
      return AuditedRow(.effectEvent, write.sql.lastRowID)
    }
    try record(wrongful, [found.effect.id], [found.effect.customerKey], [row], write, audit)
  }

  /// Enters in the audit log what a write has done with effects.
  static func record(
    _ act: String, _ ids: [String], _ customers: Set<Int>, _ rows: [AuditedRow], _ write: StoreTransaction,
    _ audit: AuditLog
  ) throws(OutboxError) {
    var about = JSONObject()
    about["outbox"] = .string(act)
    about["effects"] = .array(ids.map(JSONValue.string))
    try OutboxError.wrapping { () throws(SQLiteError) in
      _ = try audit.append(
        AuditNote(.effect, customers: customers.sorted(), rows: rows, about: about), in: write.sql)
    }
  }

  private static func insert(_ effect: Effect, _ write: StoreTransaction) throws(SQLiteError) -> Int {
    try write.sql.run(
      """
      INSERT INTO effect (id, run, customer, contract, commodity, step, about, content, certificate, at, sequence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, effect.id, effect.run, effect.customerKey, effect.contract, effect.commodity?.rawValue,
      effect.step.rawValue, JSONValue.object(effect.about).canonical, effect.content, effect.certificate,
      write.at.microseconds, write.sequence)
    let number = write.sql.lastRowID
    try write.sql.run(
      """
      INSERT INTO effect_standing (effect, customer, contract, relief, state, attempts, unclear, next, busy)
      VALUES (?, ?, ?, ?, 'pending', 0, 0, 0, 0)
      """, number, effect.customerKey, effect.contract ?? "", effect.isRelief ? 1 : 0)
    return number
  }

  private static func line(
    of effect: Effect, before number: Int, in write: StoreTransaction
  ) throws(OutboxError) -> [StoredEffect] {
    try effects(
      "WHERE s.customer = ?1 AND s.contract = ?2 AND e.number < ?3", effect.customerKey,
      effect.contract ?? "",
      number, in: write.sql)
  }

  // MARK: Tries, kept without a numbered write

  /// Counts a try, and keeps the contract from others until it is over.
  static func begin(
    _ found: StoredEffect, until end: Instant, in transaction: WriteTransaction
  ) throws(OutboxError) {
    try OutboxError.wrapping { () throws(SQLiteError) in
      try transaction.run(
        """
        UPDATE effect_standing SET attempts = attempts + 1, unclear = unclear + 1, busy = ? WHERE effect = ?
        """, end.microseconds, found.number)
    }
  }

  /// Lets others at the contract again.
  ///
  /// - Parameter outcome: what came of the try; nil where it was not made, and then it does not count.
  static func end(
    _ found: StoredEffect, _ outcome: DeliveryOutcome?, in transaction: WriteTransaction
  ) throws(OutboxError) {
    let isClear =
      switch outcome {
      case nil, .delivered?, .refused?: true
      case .later?, .unreachable?: false
      }
    try OutboxError.wrapping { () throws(SQLiteError) in
      try transaction.run(
        "UPDATE effect_standing SET busy = 0, attempts = attempts - ?, unclear = unclear - ? WHERE effect = ?",
        outcome == nil ? 1 : 0, isClear ? 1 : 0, found.number)
    }
  }

  /// Puts the next try off, and says why.
  static func delay(
    _ found: StoredEffect, until next: Instant, code: String, in transaction: WriteTransaction
  ) throws(OutboxError) {
    try OutboxError.wrapping { () throws(SQLiteError) in
      try transaction.run(
        "UPDATE effect_standing SET next = ?, obstacle = ? WHERE effect = ?", next.microseconds, code,
        found.number)
    }
  }
}
