import FactStore
import Facts
import Formats
public import SQLite
import Values

extension OutboxStore {
  private static let selection = """
    SELECT e.number, e.run, e.customer, e.contract, e.commodity, e.step, e.about, e.content, e.certificate, e.at,
      e.sequence, s.state, s.attempts, s.next, s.obstacle, e.id, s.unclear, s.sent_at
    FROM effect AS e JOIN effect_standing AS s ON s.effect = e.number
    """

  /// The effect with an id.
  public static func effect(_ id: String, in reader: Reader) throws(OutboxError) -> StoredEffect {
    guard let found = try effects("WHERE e.id = ?1", id, in: reader).first else { throw .unknown(id: id) }
    return found
  }

  /// Effects in the order of storing.
  ///
  /// - Parameters:
  ///   - state: only those in this state.
  ///   - customerKey: only those of this customer.
  ///   - run: only those of this run.
  ///   - last: begins after the effect with this number.
  public static func list(
    state: EffectState? = nil, customerKey: Int? = nil, run: String? = nil, after last: Int = 0,
    limit: Int = 1000, in reader: Reader
  ) throws(OutboxError) -> [StoredEffect] {
    // Of one customer by the index of their lines: whoever follows changes asks for each of them.
    let owner = customerKey == nil ? "?3 IS NULL" : "s.customer = ?3"
    return try effects(
      """
      WHERE e.number > ?1 AND (?2 IS NULL OR s.state = ?2) AND \(owner)
        AND (?4 IS NULL OR e.run = ?4) ORDER BY e.number LIMIT ?5
      """, last, state?.rawValue, customerKey, run, limit, in: reader)
  }

  /// The number of the newest effect; 0 where there is none.
  static func newest(in reader: Reader) throws(SQLiteError) -> Int {
    try reader.integer("SELECT max(number) FROM effect") ?? 0
  }

  /// Whether anything was ever to leave about a customer.
  static func hasEffects(_ customerKey: Int, in reader: Reader) throws(SQLiteError) -> Bool {
    try reader.integer("SELECT 1 FROM effect_standing WHERE customer = ? LIMIT 1", customerKey) != nil
  }

  /// What happened to an effect, in order.
  public static func events(of id: String, in reader: Reader) throws(OutboxError) -> [OutboxEvent] {
    let rows = try OutboxError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT v.state, v.reason, w.at, w.actor, v.number FROM effect_event AS v
        JOIN effect AS e ON e.number = v.effect JOIN write AS w ON w.sequence = v.sequence
        WHERE e.id = ? ORDER BY v.number
        """, id
      ) { row throws(SQLiteError) in
        (
          state: try row.text(0), reason: try row.optionalText(1),
          at: Instant(microseconds: try row.integer(2)), actor: try row.text(3), number: try row.integer(4)
        )
      }
    }
    var events: [OutboxEvent] = []
    for row in rows {
      guard let state = EffectState(rawValue: row.state) else { throw .damaged(number: row.number) }
      events.append(OutboxEvent(state: state, reason: row.reason, at: row.at, actor: row.actor))
    }
    return events
  }

  /// The restrictions of a customer that were noted as wrong from the beginning.
  public static func wrongful(of customerKey: Int, in reader: Reader) throws(OutboxError) -> Set<String> {
    try OutboxError.wrapping { () throws(SQLiteError) in
      Set(
        try reader.all(
          """
          SELECT e.id FROM effect_standing AS s JOIN effect AS e ON e.number = s.effect
          JOIN effect_event AS v ON v.effect = e.number WHERE s.customer = ? AND v.reason = ?
          """, customerKey, wrongful
        ) { row throws(SQLiteError) in try row.text(0) })
    }
  }

  /// The reason of the event that notes a restriction as wrong from the beginning.
  static let wrongful = "wrongful"

  /// The effects whose turn it is, those that give something back first.
  ///
  /// An effect waits for all before it of the same contract that may still leave; one that gives something back waits for
  /// none of them, since nothing may keep a family in the dark. Neither overtakes one that is being sent just now, so that a
  /// withdrawal cannot arrive before what it withdraws.
  static func due(at now: Instant, limit: Int, in reader: Reader) throws(OutboxError) -> [StoredEffect] {
    try effects(
      """
      WHERE s.state = 'pending' AND s.next <= ?1
        AND (s.relief = 1 OR NOT EXISTS (
          SELECT 1 FROM effect_standing AS p WHERE p.customer = s.customer AND p.contract = s.contract
            AND p.effect < s.effect AND p.state IN ('pending', 'held', 'failed')))
        AND NOT EXISTS (
          SELECT 1 FROM effect_standing AS p WHERE p.customer = s.customer AND p.contract = s.contract
            AND p.busy > ?1)
      ORDER BY s.relief DESC, s.effect LIMIT ?2
      """, now.microseconds, limit, in: reader)
  }

  /// When the next effect may be due; nil where none waits.
  public static func nextDue(in reader: Reader) throws(OutboxError) -> Instant? {
    try OutboxError.wrapping { () throws(SQLiteError) in
      try reader.integer("SELECT min(max(next, busy)) FROM effect_standing WHERE state = 'pending'")
        .map(Instant.init(microseconds:))
    }
  }

  /// How all effects of a customer stand, in the order of storing.
  ///
  /// Letters and certificates are not read: they are long, and every look at a debt asks for this.
  static func standings(of customerKey: Int, in reader: Reader) throws(OutboxError) -> [EffectStanding] {
    let rows = try OutboxError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT e.number, e.id, e.contract, e.step, e.about, e.at, s.state, s.unclear, s.sent_at
        FROM effect_standing AS s JOIN effect AS e ON e.number = s.effect
        WHERE s.customer = ? ORDER BY s.effect
        """, customerKey
      ) { row throws(SQLiteError) in (number: try row.integer(0), standing: try standing(row)) }
    }
    var standings: [EffectStanding] = []
    for row in rows {
      guard let standing = row.standing else { throw .damaged(number: row.number) }
      standings.append(standing)
    }
    return standings
  }

  private static func standing(_ row: Row) throws(SQLiteError) -> EffectStanding? {
    let text = try row.text(4)
    guard let step = LadderStep(rawValue: try row.text(3)),
      let state = EffectState(rawValue: try row.text(6)),
      let about = try? JSONReader.parse(text),
      let invoices = about["invoices"]?.arrayValue?.compactMap(\.stringValue)
    else { return nil }
    let (storedAt, sentAt) = (try row.integer(5), try row.optionalInteger(8))
    return EffectStanding(
      id: try row.text(1), contract: try row.optionalText(2), step: step,
      progress: EffectStanding.Progress(
        state, mayHaveLeft: StoredEffect.mayHaveLeft(sentAt: sentAt, unclear: try row.integer(7))),
      on: RigaTime.date(at: Instant(microseconds: sentAt ?? storedAt)), invoices: invoices,
      concerning: about["concerning"]?.stringValue)
  }

  static func effects<each Value: Bindable>(
    _ condition: String, _ values: repeat each Value, in reader: Reader
  ) throws(OutboxError) -> [StoredEffect] {
    let rows = try OutboxError.wrapping { () throws(SQLiteError) in
      try reader.all(selection + " " + condition, repeat each values) { row throws(SQLiteError) in
        (number: try row.integer(0), effect: try stored(row))
      }
    }
    var effects: [StoredEffect] = []
    for row in rows {
      guard let effect = row.effect else { throw .damaged(number: row.number) }
      effects.append(effect)
    }
    return effects
  }

  private static func stored(_ row: Row) throws(SQLiteError) -> StoredEffect? {
    let effect = Effect(
      run: try row.text(1), customerKey: try row.integer(2), contract: try row.optionalText(3),
      commodity: try row.optionalText(4), step: try row.text(5), about: try row.text(6),
      content: try row.optionalBlob(7), certificate: try row.optionalBlob(8))
    guard let effect, effect.id == (try row.text(15)), let state = EffectState(rawValue: try row.text(11))
    else { return nil }
    return StoredEffect(
      number: try row.integer(0), effect: effect, at: Instant(microseconds: try row.integer(9)),
      sequence: try row.integer(10), state: state, attempts: try row.integer(12),
      next: Instant(microseconds: try row.integer(13)), obstacle: try row.optionalText(14),
      unclear: try row.integer(16), sentAt: try row.optionalInteger(17).map(Instant.init(microseconds:)))
  }
}

extension StoredEffect {
  /// Whether all facts of the customer were erased after it was stored: it is about nobody any more.
  func isOfErased(in reader: FactReader) throws(OutboxError) -> Bool {
    do throws(StoreError) {
      return try reader.erasures(of: effect.customerKey, after: sequence).contains { $0.dataClass == nil }
    } catch {
      throw .facts(error)
    }
  }
}
