import Access
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Values

extension ReviewStore {
  /// A case as it stands at an instant.
  ///
  /// - Throws: `.unknownCase`, which names a case of the same number where there is one.
  public static func read(
    _ id: CaseID, at instant: Instant, in reader: FactReader
  ) throws(ReviewError) -> ReviewCase {
    guard let found = try named([id], at: instant, in: reader).first else {
      throw .unknownCase(id, near: try near(id, in: reader.sql))
    }
    return found
  }

  /// Everything that happened to a case, in order; nothing for a case that does not exist.
  public static func events(of id: CaseID, in reader: Reader) throws(ReviewError) -> [ReviewEvent] {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.all(
        eventSelection + " WHERE e.case_kind = ? AND e.case_number = ? ORDER BY e.number", id.kind.letter,
        id.number
      ) { row throws(SQLiteError) in try event(row) }
    }
  }

  /// Every case about a customer, open ones included, in the order of their names.
  public static func cases(
    ofCustomer key: Int, at instant: Instant, in reader: FactReader
  ) throws(ReviewError) -> [ReviewCase] {
    let ids = try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.sql.all("SELECT kind, number FROM review_case WHERE customer = ? ORDER BY number, kind", key)
      {
        row throws(SQLiteError) in try caseID(row, 0)
      }
    }
    return try named(ids, at: instant, in: reader)
  }

  /// The open contest of a decision or of one before it, which suspends its effect; nil where nothing is contested.
  public static func suspension(of decision: DecisionID, in reader: Reader) throws(ReviewError) -> CaseID? {
    try open(about: decision, in: reader).first { $0.id.kind == .contest }?.id
  }

  /// The open cases about a decision or about one before it.
  public static func open(about decision: DecisionID, in reader: Reader) throws(ReviewError) -> [ReviewCase] {
    guard let chain = try chain(of: decision, in: reader) else { return [] }
    return try openCases(on: chain, in: reader)
  }

  /// The cases with these names, with the names of their customers, in the same order.
  static func named(
    _ ids: [CaseID], at instant: Instant, in reader: FactReader
  ) throws(ReviewError) -> [ReviewCase] {
    var cases: [ReviewCase] = []
    for id in ids {
      guard var found = try stored(id, in: reader.sql) else { continue }
      if let key = found.customerKey,
        let customer = try ReviewError.wrapping({ () throws(SQLiteError) in try reader.customer(key) })
      {
        found.customer = customer.number
        found.name = customer.name
      }
      cases.append(found.seen(at: instant))
    }
    return cases
  }

  /// A case as it is stored, whether or not its lease holds; nil where there is none.
  static func stored(_ id: CaseID, in reader: Reader) throws(ReviewError) -> ReviewCase? {
    let row = try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.first(
        """
        SELECT c.customer, c.decision, c.reason, c.rank, c.priority, c.opened_at, c.due, c.state, c.version,
          c.holder, c.snoozed_until, c.proposal, c.closing,
          (SELECT l.until FROM review_lease AS l WHERE l.case_kind = c.kind AND l.case_number = c.number)
        FROM review_case AS c WHERE c.kind = ? AND c.number = ?
        """, id.kind.letter, id.number
      ) { row throws(SQLiteError) in
        let state = CaseState(rawValue: try row.text(7))
        var found = ReviewCase(
          id: id, customerKey: try row.optionalInteger(0),
          decision: try row.optionalInteger(1).map(DecisionID.init), reason: try row.text(2),
          priority: try row.integer(4), openedAt: Instant(microseconds: try row.integer(5)),
          due: CivilDate(dayNumber: try row.integer(6)), state: state ?? .closed,
          version: try row.integer(8), isEscalated: try row.integer(3) == 0)
        found.holder = try row.optionalText(9)
        found.snoozedUntil = try row.optionalInteger(10).map(CivilDate.init(dayNumber:))
        if state == .claimed {
          found.leaseUntil = try row.optionalInteger(13).map(Instant.init(microseconds:))
        }
        return (
          found: found, isSound: state != nil, proposal: try row.optionalInteger(11),
          closing: try row.optionalInteger(12)
        )
      }
    }
    guard let row else { return nil }
    var found = row.found
    guard row.isSound else { throw .damaged(id) }
    if let number = row.proposal {
      found.proposal = try event(number, of: id, in: reader).flatMap(ReviewCase.Proposal.init)
      guard found.proposal != nil, let decision = found.decision else { throw .damaged(id) }
      // The case may have moved since to decisions that say the same.
      found.proposal?.judgement.basis = decision
    }
    if let number = row.closing {
      found.closing = try event(number, of: id, in: reader).map(ReviewCase.Closing.init)
    }
    guard (found.closing != nil) == (found.state == .closed) else { throw .damaged(id) }
    return found
  }

  /// The open cases about the decisions of a chain, whichever of its decisions they know.
  static func openCases(on chain: DecisionChain, in reader: Reader) throws(ReviewError) -> [ReviewCase] {
    let ids = try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT c.kind, c.number FROM review_case AS c JOIN decision AS d ON d.id = c.decision
        WHERE c.customer = ? AND c.state <> 'closed' AND d.order_reference IS ? ORDER BY c.number, c.kind
        """, chain.customerKey, chain.orderReference
      ) { row throws(SQLiteError) in try caseID(row, 0) }
    }
    var cases: [ReviewCase] = []
    for id in ids { if let found = try stored(id, in: reader) { cases.append(found) } }
    return cases
  }

  /// The decisions about what a decision is about; nil where there is no such decision.
  static func chain(of decision: DecisionID, in reader: Reader) throws(ReviewError) -> DecisionChain? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try DecisionStore.chain(of: decision, in: reader)
    }
  }

  /// The newest event by which others have changed a case, or the newest by anybody.
  static func latestChange(
    of id: CaseID, for actor: Actor, in reader: Reader
  ) throws(ReviewError) -> ReviewEvent? {
    let changes = try events(of: id, in: reader).filter(\.changesCase)
    return changes.last { !UserName.areSame($0.actor, actor.name) } ?? changes.last
  }

  /// Whether somebody has looked at a case after one of its events.
  static func hasViewed(
    _ id: CaseID, after event: Int, _ actor: Actor, in reader: Reader
  ) throws(ReviewError) -> Bool {
    try events(of: id, in: reader).contains {
      $0.kind == .viewed && $0.number > event && UserName.areSame($0.actor, actor.name)
    }
  }

  /// The version of a case that somebody has seen: as it was when they last opened or claimed it, with what they have
  /// done themselves since; nil where they never did.
  public static func versionSeen(
    _ id: CaseID, by actor: Actor, in reader: Reader
  ) throws(ReviewError) -> Int? {
    let events = try events(of: id, in: reader)
    func isOwn(_ event: ReviewEvent) -> Bool { UserName.areSame(event.actor, actor.name) }
    guard
      var last = events.lastIndex(where: { isOwn($0) && ($0.kind == .viewed || $0.kind == .claimed) })
    else { return nil }
    while last + 1 < events.count, isOwn(events[last + 1]) || !events[last + 1].changesCase { last += 1 }
    return ReviewCase(folding: Array(events[...last]))?.version
  }

  /// The name in two columns, from the first.
  static func caseID(_ row: Row, _ column: Int) throws(SQLiteError) -> CaseID {
    guard let kind = CaseKind(letter: try row.text(column)) else {
      throw row.failure(.corrupt, "a kind of case that does not exist")
    }
    return CaseID(kind, try row.integer(column + 1))
  }

  private static func event(
    _ number: Int, of id: CaseID, in reader: Reader
  ) throws(ReviewError) -> ReviewEvent? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.first(eventSelection + " WHERE e.number = ?", number) { row throws(SQLiteError) in
        try event(row)
      }
    }
  }

  private static let eventSelection = """
    SELECT e.number, e.case_kind, e.case_number, e.kind, w.actor, w.at, e.sequence, e.about
    FROM review_event AS e JOIN write AS w ON w.sequence = e.sequence
    """

  private static func event(_ row: Row) throws(SQLiteError) -> ReviewEvent {
    let about = try row.withText(7) { bytes in (try? JSONReader.parse(Array(bytes)))?.objectValue }
    guard let kind = ReviewEventKind(rawValue: try row.text(3)), let about else {
      throw row.failure(.corrupt, "an event that this program cannot have written")
    }
    return ReviewEvent(
      number: try row.integer(0), caseID: try caseID(row, 1), kind: kind, actor: try row.text(4),
      at: Instant(microseconds: try row.integer(5)), sequence: try row.integer(6), about: about)
  }

  private static func near(_ id: CaseID, in reader: Reader) throws(ReviewError) -> CaseID? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      for kind in CaseKind.allCases where kind != id.kind {
        let found = try reader.integer(
          "SELECT 1 FROM review_case WHERE kind = ? AND number = ?", kind.letter, id.number)
        if found != nil { return CaseID(kind, id.number) }
      }
      return nil
    }
  }
}
