import AuditLog
import Decisioning
import FactStore
import Formats
import SQLite
import Values

/// One numbered write of the review: events, the cases that they make, and at its end one entry in the audit log.
public final class ReviewWrite {
  /// The transaction underneath.
  public let transaction: StoreTransaction
  /// What this write has recorded so far.
  public private(set) var events: [ReviewEvent] = []
  private var customers: Set<Int> = []
  private var rows: [AuditedRow] = []
  private let kind: AuditKind

  /// Joins a write under way; the entry will be of a kind.
  public init(_ transaction: StoreTransaction, _ kind: AuditKind) {
    self.transaction = transaction
    self.kind = kind
  }

  var sql: WriteTransaction { transaction.sql }

  /// Records an event with particulars, of which those that are nil are left out.
  @discardableResult
  public func record(
    _ kind: ReviewEventKind, of id: CaseID, _ about: KeyValuePairs<String, JSONValue?> = [:]
  ) throws(ReviewError) -> ReviewCase {
    var particulars = JSONObject()
    for (name, value) in about { particulars[name] = value }
    return try record(kind, of: id, about: particulars)
  }

  /// Records an event and gives the case as it stands with it.
  @discardableResult
  public func record(
    _ kind: ReviewEventKind, of id: CaseID, about particulars: JSONObject
  ) throws(ReviewError) -> ReviewCase {
    try record(kind, of: id, about: particulars, upon: try ReviewStore.stored(id, in: sql))
  }

  /// Records an event upon a case as it is stored; nil where it is not there yet.
  @discardableResult
  func record(
    _ kind: ReviewEventKind, of id: CaseID, about particulars: JSONObject, upon stored: ReviewCase?
  ) throws(ReviewError) -> ReviewCase {
    let event = try append(kind, of: id, about: particulars)
    events.append(event)
    var standing: ReviewCase
    if var known = stored {
      known.apply(event)
      standing = known
    } else if let opened = ReviewCase(opening: event) {
      standing = opened
    } else {
      throw .damaged(id)
    }
    if let key = standing.customerKey { customers.insert(key) }
    try ReviewError.wrapping { () throws(SQLiteError) in
      try keep(standing, isNew: stored == nil)
      if standing.state == .claimed, let until = particulars[ReviewEvent.Key.until]?.stringValue,
        let lease = Instant(until)
      {
        standing.leaseUntil = lease
        try sql.run(
          """
          INSERT INTO review_lease (case_kind, case_number, holder, until) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until
          """, id.kind.letter, id.number, transaction.actor, lease.microseconds)
      } else if standing.state != .claimed, stored != nil {
        standing.leaseUntil = nil
        try sql.run(
          "DELETE FROM review_lease WHERE case_kind = ? AND case_number = ?", id.kind.letter, id.number)
      }
    }
    return standing
  }

  /// Stores an event.
  private func append(
    _ kind: ReviewEventKind, of id: CaseID, about particulars: JSONObject
  ) throws(ReviewError) -> ReviewEvent {
    let about = JSONValue.object(particulars).canonical
    try ReviewError.wrapping { () throws(SQLiteError) in
      try sql.run(
        "INSERT INTO review_event (case_kind, case_number, kind, about, sequence) VALUES (?, ?, ?, ?, ?)",
        id.kind.letter, id.number, kind.rawValue, about, transaction.sequence)
    }
    let number = sql.lastRowID
    // In the order of `AuditedTable.reviewEvent`.
    var image = AuditedRowImage(.reviewEvent, key: number)
    image.add(number)
    image.add(id.kind.letter)
    image.add(id.number)
    image.add(kind.rawValue)
    image.add(about)
    image.add(transaction.sequence)
    rows.append(AuditedRow(image))
    return ReviewEvent(
      number: number, caseID: id, kind: kind, actor: transaction.actor, at: transaction.at,
      sequence: transaction.sequence, about: particulars)
  }

  /// Has the entry vouch for a row that was stored beside the events.
  func vouch(for row: AuditedRow) { rows.append(row) }

  /// Enters in the audit log what this write has recorded; nothing where it recorded nothing.
  public func finish(_ audit: AuditLog) throws(SQLiteError) {
    guard !events.isEmpty else { return }
    var about = JSONObject()
    about["cases"] = .array(Set(events.map(\.caseID)).sorted().map { .string($0.description) })
    about["acts"] = .array(Set(events.map(\.kind.rawValue)).sorted().map(JSONValue.string))
    try audit.append(
      AuditNote(
        kind, customers: customers.sorted(), rows: rows, about: about),
      in: sql)
  }

  /// Stores a case as it stands.
  ///
  /// A new one is inserted and nothing else: SQLite prepares to undo an insertion that may become an update, by copies of all
  /// pages that it touches.
  private func keep(_ standing: ReviewCase, isNew: Bool) throws(SQLiteError) {
    let statement = try sql.prepare(isNew ? Self.insertion : Self.replacement)
    let closing = standing.closing
    try statement.bindAll(
      standing.id.kind.letter, standing.id.number, standing.customerKey, standing.decision?.number,
      standing.reason, standing.isEscalated ? 0 : 1, standing.priority, standing.openedAt.microseconds,
      standing.due.dayNumber, standing.state.rawValue, standing.version, standing.holder,
      standing.snoozedUntil?.dayNumber, standing.proposal?.event, closing?.event,
      closing?.kind == .decided ? closing?.by : nil)
    try statement.run()
  }

  private static let insertion = """
    INSERT INTO review_case (kind, number, customer, decision, reason, rank, priority, opened_at, due, state,
      version, holder, snoozed_until, proposal, closing, decided_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  private static let replacement = """
    \(insertion)
    ON CONFLICT DO UPDATE SET customer = excluded.customer, decision = excluded.decision,
      reason = excluded.reason, rank = excluded.rank, priority = excluded.priority,
      opened_at = excluded.opened_at, due = excluded.due, state = excluded.state, version = excluded.version,
      holder = excluded.holder, snoozed_until = excluded.snoozed_until, proposal = excluded.proposal,
      closing = excluded.closing, decided_by = excluded.decided_by
    """
}
