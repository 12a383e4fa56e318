import AuditLog
import FactStore
import Facts
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// Opens, joins and closes the cases of files with records in quarantine.
  func followQuarantine(
    on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> [ReviewEventKind] {
    let (since, last, isSettled) = try store.read { reader throws(ReviewError) in
      try ReviewError.wrapping { () throws(SQLiteError) in
        (
          try reader.sql.integer("SELECT quarantine FROM review_cursor") ?? 0,
          try reader.sql.integer("SELECT max(key) FROM quarantine") ?? 0,
          try reader.sql.integer(Self.settledFiles + " LIMIT 1") != nil
        )
      }
    }
    guard last > since || isSettled else { return [] }
    let kinds = try write(
      actor: ReviewEvent.system, at: instant, purpose: Self.followPurpose, .review
    ) { write throws(ReviewError) -> [ReviewEventKind] in
      let since = try mark("quarantine", in: write.sql)
      for file in try files(after: since, upTo: last, write.sql) {
        try join(file, on: day, write)
      }
      let settled = try ReviewError.wrapping { () throws(SQLiteError) in
        try write.sql.all(Self.settledFiles) { row throws(SQLiteError) in try row.integer(0) }
      }
      for file in settled { try write.record(.settled, of: CaseID(.dataProblem, file)) }
      if write.events.isEmpty {
        write.transaction.abandon()
      } else if last > since {
        try setMark("quarantine", from: since, to: last, in: write.sql)
      }
      return write.events.map(\.kind)
    }
    if kinds.isEmpty, last > since { try moveMark("quarantine", from: since, to: last) }
    return kinds
  }

  /// Files whose case is open while none of their records waits any more.
  static let settledFiles = """
    SELECT c.number FROM review_case AS c WHERE c.kind = 'Q' AND c.state <> 'closed'
      AND NOT EXISTS (SELECT 1 FROM quarantine AS q WHERE q.batch = c.number AND q.state = 'open')
    """

  private func files(
    after since: Int, upTo last: Int, _ reader: Reader
  ) throws(ReviewError) -> [(file: Int, records: Int, isIdentity: Bool)] {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.all(
        """
        SELECT batch, count(*), max(rule = 'identifier-taken') FROM quarantine
        WHERE key > ? AND key <= ? AND state = 'open' GROUP BY batch
        """, since, last
      ) { row throws(SQLiteError) in
        (try row.integer(0), try row.integer(1), try row.integer(2) == 1)
      }
    }
  }

  private func join(
    _ file: (file: Int, records: Int, isIdentity: Bool), on day: CivilDate, _ write: ReviewWrite
  ) throws(ReviewError) {
    let id = CaseID(.dataProblem, file.file)
    let records = JSONValue.number(Decimal(file.records))
    if let found = try ReviewStore.stored(id, in: write.sql), found.state != .closed {
      try write.record(.joined, of: id, [ReviewEvent.Key.records: records])
      return
    }
    let reason = file.isIdentity ? "identity" : "quarantine"
    let treatment = policy.treatment(CaseSubject(kind: .dataProblem, reason: reason))
    guard treatment.opensCase else { return }
    try write.record(
      .opened, of: id,
      [
        ReviewEvent.Key.reason: .string(reason),
        ReviewEvent.Key.priority: .number(Decimal(treatment.priority)),
        ReviewEvent.Key.due: .string(
          policy.due(treatment, of: .dataProblem, from: day, in: .latvia).description),
        ReviewEvent.Key.records: records,
      ])
  }
}
