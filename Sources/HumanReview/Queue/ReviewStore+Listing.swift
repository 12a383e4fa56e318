import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension ReviewStore {
  /// The cases that a filter lets through, in the order of the queue: escalated, priority, due, number.
  ///
  /// Closed cases, where only these are asked for, are given newest first.
  ///
  /// - Parameters:
  ///   - last: the last case of the page before; nil for the first page.
  ///   - instant: when the claims are looked at.
  public static func list(
    _ filter: QueueFilter = QueueFilter(), after last: ReviewCase? = nil, limit: Int, at instant: Instant,
    in reader: FactReader
  ) throws(ReviewError) -> [ReviewCase] {
    let customers = try filter.customer.map { text throws(ReviewError) in
      try ReviewError.wrapping { () throws(SQLiteError) in
        try reader.customers(matching: text, limit: mostCustomers).map(\.key)
      }
    }
    let ids = try ReviewError.wrapping { () throws(SQLiteError) in
      filter.showsClosed
        ? try closed(filter, customers, before: last, limit, reader.sql)
        : try waiting(filter, customers, after: last, limit, instant, reader.sql)
    }
    return try named(ids, at: instant, in: reader)
  }

  /// How many open cases there are of each kind, and how many of them are overdue.
  public static func figures(on day: CivilDate, in reader: Reader) throws(ReviewError) -> QueueFigures {
    try ReviewError.wrapping { () throws(SQLiteError) in
      var figures = QueueFigures()
      for kind in CaseKind.allCases {
        let open = try reader.integer(countOfKind, kind.letter)
        if let open, open > 0 { figures.open[kind] = open }
      }
      figures.escalated = try reader.integer(countOfEscalated, CivilDate.latest.dayNumber) ?? 0
      let overdue = try reader.integer(countOfDue, day.dayNumber) ?? 0
      figures.overdue = overdue + (try reader.integer(countOfEscalated, day.dayNumber) ?? 0)
      return figures
    }
  }

  // Each count goes through what it counts alone; left to itself SQLite goes through the table.
  static let countOfKind = """
    SELECT count(*) FROM review_case INDEXED BY review_case_open WHERE kind = ? AND state <> 'closed'
    """
  static let countOfEscalated = """
    SELECT count(*) FROM review_case INDEXED BY review_case_queue WHERE rank = 0 AND due < ? AND state <> 'closed'
    """
  static let countOfDue = """
    SELECT count(*) FROM review_case INDEXED BY review_case_due WHERE rank = 1 AND due < ? AND state <> 'closed'
    """

  /// The first case of the queue that somebody may claim; nil where there is none.
  ///
  /// - Parameter tried: cases that are passed over.
  public static func next(
    for actor: Actor, kinds: Set<CaseKind> = [], except tried: Set<CaseID> = [], at instant: Instant,
    in reader: FactReader
  ) throws(ReviewError) -> ReviewCase? {
    let statement = try ReviewError.wrapping { () throws(SQLiteError) in
      let statement = try reader.sql.prepare(nextQuery(kinds, escalated: actor.may(.approve)))
      try statement.bindAll(instant.microseconds)
      return statement
    }
    var refusals = CaseRefusals(actor)
    while try ReviewError.wrapping({ () throws(SQLiteError) in try statement.step() }) {
      let id = try ReviewError.wrapping { () throws(SQLiteError) in try caseID(statement.row, 0) }
      guard !tried.contains(id), let found = try stored(id, in: reader.sql) else { continue }
      if try refusals.refusal(of: found, in: reader.sql) == nil {
        return try named([id], at: instant, in: reader).first
      }
    }
    return nil
  }

  /// What may be claimed, in the order of the queue.
  static func nextQuery(_ kinds: Set<CaseKind>, escalated: Bool) -> String {
    """
    SELECT kind, number FROM review_case
    WHERE state <> 'closed' AND \(state(.open)) AND \(condition(kinds))\(escalated ? "" : " AND rank = 1")
    ORDER BY rank, priority, due, number, kind
    """
  }

  /// What a filter lets through, in the order of the queue; only what is asked for is said, so that indexes serve it.
  static func waitingQuery(_ filter: QueueFilter, isFirstPage: Bool) -> String {
    var conditions = ["state <> 'closed'", condition(filter.kinds)]
    let states = filter.states.subtracting([.closed])
    if !states.isEmpty { conditions.append("(" + states.map(state).sorted().joined(separator: " OR ") + ")") }
    if filter.isEscalated { conditions.append("rank = 0") }
    if !isFirstPage { conditions.append("(rank, priority, due, number, kind) > (?2, ?3, ?4, ?5, ?6)") }
    if filter.holder != nil { conditions.append("holder = ?7") }
    if filter.overdueOn != nil { conditions.append("due < ?8") }
    if filter.reason != nil { conditions.append("reason = ?9") }
    if filter.customer != nil { conditions.append("customer IN (SELECT value FROM json_each(?10))") }
    return """
      SELECT kind, number FROM review_case WHERE \(conditions.joined(separator: " AND "))
      ORDER BY rank, priority, due, number, kind LIMIT ?11
      """
  }

  /// Many enough for a part of a name, few enough to be looked up one by one.
  private static let mostCustomers = 500

  /// The plus keeps SQLite from going through all cases of a kind by their primary key and sorting them.
  private static func condition(_ kinds: Set<CaseKind>) -> String {
    guard !kinds.isEmpty else { return "TRUE" }
    return "+kind IN (" + kinds.map { "'\($0.letter)'" }.sorted().joined(separator: ", ") + ")"
  }

  /// A claim whose lease has run out at `?1` is open.
  private static func state(_ state: CaseState) -> String {
    let holds = """
      EXISTS (SELECT 1 FROM review_lease AS l WHERE l.case_kind = kind AND l.case_number = number AND l.until > ?1)
      """
    return switch state {
    case .open: "(state = 'open' OR state = 'claimed' AND NOT \(holds))"
    case .claimed: "(state = 'claimed' AND \(holds))"
    case .snoozed, .secondPerson, .closed: "state = '\(state.rawValue)'"
    }
  }

  private static func waiting(
    _ filter: QueueFilter, _ customers: [Int]?, after last: ReviewCase?, _ limit: Int, _ instant: Instant,
    _ reader: Reader
  ) throws(SQLiteError) -> [CaseID] {
    try reader.all(
      waitingQuery(filter, isFirstPage: last == nil), instant.microseconds,
      last.map { $0.isEscalated ? 0 : 1 }, last?.priority, last?.due.dayNumber, last?.id.number,
      last?.id.kind.letter, filter.holder, filter.overdueOn?.dayNumber, filter.reason, customers.map(list),
      limit
    ) { row throws(SQLiteError) in try caseID(row, 0) }
  }

  private static func closed(
    _ filter: QueueFilter, _ customers: [Int]?, before last: ReviewCase?, _ limit: Int, _ reader: Reader
  ) throws(SQLiteError) -> [CaseID] {
    try reader.all(
      """
      SELECT kind, number FROM review_case
      WHERE state = 'closed' AND closing < ?1 AND \(condition(filter.kinds)) AND rank <= ?2
        AND (?3 IS NULL OR decided_by = ?3) AND (?4 IS NULL OR reason = ?4)
        AND (?5 IS NULL OR customer IN (SELECT value FROM json_each(?5)))
      ORDER BY closing DESC LIMIT ?6
      """, last?.closing?.event ?? Int.max, filter.isEscalated ? 0 : 1, filter.holder, filter.reason,
      customers.map(list), limit
    ) { row throws(SQLiteError) in try caseID(row, 0) }
  }

  private static func list(_ keys: [Int]) -> String {
    "[" + keys.map(String.init).joined(separator: ",") + "]"
  }
}

/// The queue in numbers.
public struct QueueFigures: Hashable, Sendable {
  /// Open cases by kind.
  public internal(set) var open: [CaseKind: Int] = [:]
  /// How many of them should have been decided by now.
  public internal(set) var overdue = 0
  /// How many of them seniors have to decide.
  public internal(set) var escalated = 0
  /// All open cases.
  public var total: Int { open.values.reduce(0, +) }
}
