import Decisioning
import FactStore
import SQLite
import Values

extension ReviewStore {
  /// What does not hold together, in words; nothing where all is well.
  ///
  /// The audit log vouches for events alone. That the rows which lists are read from are what the events make of them is
  /// found here: a contest that is hidden in the list suspends all the same, and has to be answered.
  ///
  /// - Parameter limit: at most so many words.
  public static func inconsistencies(in reader: Reader, limit: Int = 20) throws(ReviewError) -> [String] {
    var found = try strays(in: reader, limit: limit)
    var last = (kind: "", number: 0)
    while found.count < limit, let id = try next(after: last, in: reader) {
      last = (id.kind.letter, id.number)
      if let words = try inconsistency(of: id, in: reader) { found.append(words) }
    }
    return found
  }

  /// What is wrong with one case that has events.
  private static func inconsistency(of id: CaseID, in reader: Reader) throws(ReviewError) -> String? {
    guard let folded = ReviewCase(folding: try events(of: id, in: reader)) else {
      return "case \(id): its events do not begin with its opening"
    }
    var row: ReviewCase?
    do throws(ReviewError) {
      row = try stored(id, in: reader)
    } catch {
      guard case .damaged = error else { throw error }
      return "case \(id): its row cannot be read"
    }
    guard var row else { return "case \(id): it has events and no row" }
    if row.state == .claimed, row.leaseUntil == nil { return "case \(id): it is claimed without a lease" }
    row.leaseUntil = nil
    guard row == folded else { return "case \(id): its row is not what its events come to" }
    let decidedBy = try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.first(
        "SELECT decided_by FROM review_case WHERE kind = ? AND number = ?", id.kind.letter, id.number
      ) { row throws(SQLiteError) in try row.optionalText(0) }
    }
    guard decidedBy == .some(folded.closing.flatMap { $0.kind == .decided ? $0.by : nil }) else {
      return "case \(id): its row names another person who decided"
    }
    return nil
  }

  /// Rows without events, and a mark of following that lies ahead of what there is to follow.
  private static func strays(in reader: Reader, limit: Int) throws(ReviewError) -> [String] {
    try ReviewError.wrapping { () throws(SQLiteError) in
      var words = try reader.all(
        """
        SELECT c.kind, c.number FROM review_case AS c WHERE NOT EXISTS (
          SELECT 1 FROM review_event AS e WHERE e.case_kind = c.kind AND e.case_number = c.number) LIMIT ?
        """, limit
      ) { row throws(SQLiteError) in
        // The kind may be one that does not exist.
        "case \(try row.text(0))-\(try row.integer(1)): it has a row and no events"
      }
      let isAhead = try reader.integer(
        """
        SELECT 1 FROM review_cursor WHERE decision > (SELECT ifnull(max(id), 0) FROM decision)
          OR quarantine > (SELECT ifnull(max(key), 0) FROM quarantine)
        """)
      if isAhead != nil {
        words.append("cases: the mark of what was followed lies ahead of the decisions or the quarantine")
      }
      return words
    }
  }

  private static func next(
    after last: (kind: String, number: Int), in reader: Reader
  ) throws(ReviewError) -> CaseID? {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.first(
        """
        SELECT case_kind, case_number FROM review_event WHERE (case_kind, case_number) > (?, ?)
        ORDER BY case_kind, case_number LIMIT 1
        """, last.kind, last.number
      ) { row throws(SQLiteError) in try caseID(row, 0) }
    }
  }
}
