import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// Events a write at most, more or less: others wait for it no longer than they notice.
  private static let chunk = 500
  /// The same while a service answers from the store, which can wait for some two milliseconds.
  private static let servedChunk = 8
  /// What for the system writes when it follows.
  static let followPurpose = "review follow"
  /// Decisions looked at in one snapshot.
  private static let reach = 20_000

  /// Brings the cases up to what has happened since: new decisions and records in quarantine, days that have come.
  ///
  /// Call it before the queue is shown. Some look-ups in indexes where nothing is new; else in short writes, each of which
  /// moves the mark up to which everything was followed, so that it may be killed, or run by several at once.
  ///
  /// - Parameter last: the last decision to follow; nil for the newest as this begins. What is decided meanwhile is left to the
  ///   next time: beside a service there would be no end, and each write would have orders wait for its sync.
  public func follow(
    on day: CivilDate, at instant: Instant, upTo last: DecisionID? = nil
  ) throws(ReviewError) -> FollowReport {
    var report = FollowReport()
    var end = last
    if end == nil { end = try store.read { reader throws(ReviewError) in try Self.newest(in: reader.sql) } }
    while let end, let news = try news(on: day, upTo: end) { report.count(try take(news, at: instant)) }
    while true {
      let kinds = try followQuarantine(on: day, at: instant)
      if kinds.isEmpty { break }
      report.count(kinds)
    }
    while true {
      let kinds = try followCalendar(on: day, at: instant)
      if kinds.isEmpty { break }
      report.count(kinds)
    }
    return report
  }

  /// The newest decision; nil where there is none.
  public static func newest(in reader: Reader) throws(ReviewError) -> DecisionID? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.integer("SELECT max(id) FROM decision").map(DecisionID.init)
    }
  }

  /// Whether `follow` would have anything to do: looked up without the policy, which takes longer to compile than a list
  /// to read.
  ///
  /// - Parameter last: the last decision to follow; nil for the newest.
  public static func isBehind(
    on day: CivilDate, at instant: Instant, upTo last: DecisionID? = nil, in reader: Reader
  ) throws(ReviewError) -> Bool {
    try ReviewError.wrapping { () throws(SQLiteError) in
      let isUnfollowed = try reader.integer(
        """
        SELECT 1 FROM review_cursor WHERE decision < coalesce(?, (SELECT max(id) FROM decision), 0)
          OR quarantine < (SELECT coalesce(max(key), 0) FROM quarantine)
        """, last?.number)
      if isUnfollowed != nil { return true }
      if try reader.integer(settledFiles + " LIMIT 1") != nil { return true }
      for sql in [woken, due] {
        let found = try reader.first(sql, day.dayNumber, instant.microseconds, 1) {
          row throws(SQLiteError) in try row.integer(1)
        }
        if found != nil { return true }
      }
      return false
    }
  }

  /// Moves the mark over decisions, one after the other, that are known to need nothing of the follower.
  ///
  /// Those are such as had their cases opened with them, and such as ask for none and stand in no other's place. The mark stays
  /// where it does not stand at them. Looked at one by one, the decisions of a service that makes 15,000 a second take 1.5 % of
  /// its time.
  public static func pass(_ decisions: ClosedRange<Int>, in transaction: WriteTransaction) throws(SQLiteError)
  {
    try transaction.run(
      "UPDATE review_cursor SET decision = ?2 WHERE decision >= ?1 - 1 AND decision < ?2",
      decisions.lowerBound, decisions.upperBound)
  }

  /// Decisions that have not been followed yet.
  private struct News: Sendable {
    /// The last decision that was followed before.
    let since: Int
    /// The last one that is followed with these.
    let upTo: Int
    let decisions: [(id: DecisionID, kind: DecisionKind, refers: Bool, opening: CaseOpening?)]
  }

  private func news(on day: CivilDate, upTo last: DecisionID) throws(ReviewError) -> News? {
    try store.read { reader throws(ReviewError) -> News? in
      let since = try mark("decision", in: reader.sql)
      guard last.number > since else { return nil }
      let reach = min(last.number, since + Self.reach)
      let chunk = store.database.isServed ? Self.servedChunk : Self.chunk
      let found = try candidates(after: since, upTo: reach, atMost: chunk, reader.sql)
      let openings = try openings(of: found, on: day, reader.sql)
      let decisions = found.map { ($0.id, $0.kind, $0.refers, openings[$0.id]) }
      let upTo = found.count < chunk ? reach : found.last?.id.number ?? reach
      return News(since: since, upTo: upTo, decisions: decisions)
    }
  }

  /// The decisions that ask for a case or may bear on one that is open, without those whose case was opened with them.
  ///
  /// A decision that stands in no other's place bears on no case: an open one is about another decision of the same matter.
  private func candidates(
    after since: Int, upTo last: Int, atMost chunk: Int, _ reader: Reader
  ) throws(ReviewError) -> [(id: DecisionID, kind: DecisionKind, refers: Bool)] {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT d.id, d.kind, d.outcome FROM decision AS d
        WHERE d.id > ? AND d.id <= ? AND (d.outcome = ? OR d.kind = ? OR d.supersedes IS NOT NULL AND EXISTS (
          SELECT 1 FROM review_case AS c WHERE c.customer = d.customer AND c.state <> 'closed'))
          AND NOT EXISTS (SELECT 1 FROM review_case AS o WHERE o.kind = ? AND o.number = d.id)
        ORDER BY d.id LIMIT ?
        """, since, last, Outcome.refer.rawValue, DecisionKind.proposed.rawValue, CaseKind.referral.letter,
        chunk
      ) { row throws(SQLiteError) in
        guard let kind = DecisionKind(rawValue: try row.text(1)) else {
          throw row.failure(.corrupt, "a kind of decision that does not exist")
        }
        return (DecisionID(try row.integer(0)), kind, try row.text(2) == Outcome.refer.rawValue)
      }
    }
  }

  /// The cases that decisions ask for, read together: what their stored form stands for is then read once.
  private func openings(
    of found: [(id: DecisionID, kind: DecisionKind, refers: Bool)], on day: CivilDate, _ reader: Reader
  ) throws(ReviewError) -> [DecisionID: CaseOpening] {
    let asking = found.filter { $0.kind == .proposed || $0.kind == .automated && $0.refers }.map(\.id)
    do {
      var openings: [DecisionID: CaseOpening] = [:]
      for record in try DecisionStore.decisions(asking, in: reader) {
        openings[record.id] = CaseOpening(record, on: day, policy)
      }
      return openings
    } catch {
      throw .decisions(error)
    }
  }

  /// Follows some decisions in one write; nothing where another has followed them meanwhile.
  private func take(_ news: News, at instant: Instant) throws(ReviewError) -> [ReviewEventKind] {
    if news.decisions.isEmpty {
      try moveMark("decision", from: news.since, to: news.upTo)
      return []
    }
    let kinds = try write(
      actor: ReviewEvent.system, at: instant, purpose: Self.followPurpose, .review
    ) { write throws(ReviewError) -> [ReviewEventKind] in
      guard try mark("decision", in: write.sql) == news.since else {
        write.transaction.abandon()
        return []
      }
      for decision in news.decisions {
        guard let chain = try ReviewStore.chain(of: decision.id, in: write.sql),
          chain.newest == decision.id
        else { continue }
        try write.open(decision.opening, chain, (decision.kind, decision.refers))
      }
      if write.events.isEmpty {
        write.transaction.abandon()
      } else {
        try setMark("decision", from: news.since, to: news.upTo, in: write.sql)
      }
      return write.events.map(\.kind)
    }
    // Without an event there is nothing to number; the mark moves all the same.
    if kinds.isEmpty { try moveMark("decision", from: news.since, to: news.upTo) }
    return kinds
  }

  /// Brings back what was put off until today, and escalates what is due and nobody is working on.
  private func followCalendar(
    on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> [ReviewEventKind] {
    let found = try store.read { reader throws(ReviewError) in
      try cases(Self.woken, day, instant, reader.sql) + cases(Self.due, day, instant, reader.sql)
    }
    if found.isEmpty { return [] }
    return try write(actor: ReviewEvent.system, at: instant, purpose: Self.followPurpose, .review) {
      write throws(ReviewError) -> [ReviewEventKind] in
      for id in try cases(Self.woken, day, instant, write.sql) { try write.record(.woken, of: id) }
      for id in try cases(Self.due, day, instant, write.sql) {
        try write.record(.escalated, of: id, [ReviewEvent.Key.due: .string(day.description)])
      }
      if write.events.isEmpty { write.transaction.abandon() }
      return write.events.map(\.kind)
    }
  }

  static let woken = """
    SELECT kind, number FROM review_case WHERE state = 'snoozed' AND snoozed_until <= ?1 AND ?2 IS NOT NULL LIMIT ?3
    """
  static let due = """
    SELECT kind, number FROM review_case INDEXED BY review_case_due
    WHERE state <> 'closed' AND rank = 1 AND due <= ?1
      AND NOT (state = 'claimed' AND EXISTS (
        SELECT 1 FROM review_lease AS l WHERE l.case_kind = kind AND l.case_number = number AND l.until > ?2))
    LIMIT ?3
    """

  private func cases(
    _ sql: String, _ day: CivilDate, _ instant: Instant, _ reader: Reader
  ) throws(ReviewError) -> [CaseID] {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.all(sql, day.dayNumber, instant.microseconds, Self.chunk) { row throws(SQLiteError) in
        try ReviewStore.caseID(row, 0)
      }
    }
  }

  func mark(_ column: String, in reader: Reader) throws(ReviewError) -> Int {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.integer("SELECT \(column) FROM review_cursor") ?? 0
    }
  }

  func setMark(
    _ column: String, from: Int, to: Int, in transaction: WriteTransaction
  ) throws(ReviewError) {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try transaction.run("UPDATE review_cursor SET \(column) = ? WHERE \(column) = ?", to, from)
    }
  }

  func moveMark(_ column: String, from: Int, to: Int) throws(ReviewError) {
    try store.database.write { transaction throws(ReviewError) in
      try setMark(column, from: from, to: to, in: transaction)
    }
  }
}
