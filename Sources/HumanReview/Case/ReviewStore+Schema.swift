import AuditLog
import SQLite

/// Cases at rest.
///
/// `review_event` is what happened, append-only and vouched for by the audit log; `review_case` is what the events come
/// to, kept for lists; `review_lease` says how long claims hold, and is renewed without a numbered write, since that
/// somebody is still reading is nothing that has to be remembered.
public enum ReviewStore {
  /// The steps that make this room's tables; they follow those of the decisions, to which they refer.
  public static let migrations = [
    Migration(
      room: "review", number: 1, name: "cases, their events, claims",
      statements: [
        """
        CREATE TABLE review_event (
          number INTEGER PRIMARY KEY,
          case_kind TEXT NOT NULL CHECK (case_kind IN ('R', 'C', 'A', 'Q')),
          case_number INTEGER NOT NULL,
          kind TEXT NOT NULL,
          about TEXT NOT NULL,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        "CREATE INDEX review_event_case ON review_event (case_kind, case_number)",
        """
        CREATE TABLE review_case (
          kind TEXT NOT NULL,
          number INTEGER NOT NULL,
          customer INTEGER REFERENCES customer (key),
          decision INTEGER REFERENCES decision (id),
          reason TEXT NOT NULL,
          rank INTEGER NOT NULL CHECK (rank IN (0, 1)),
          priority INTEGER NOT NULL,
          opened_at INTEGER NOT NULL,
          due INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'snoozed', 'second person', 'closed')),
          version INTEGER NOT NULL,
          holder TEXT,
          snoozed_until INTEGER,
          proposal INTEGER REFERENCES review_event (number),
          closing INTEGER REFERENCES review_event (number),
          decided_by TEXT,
          PRIMARY KEY (kind, number)
        ) STRICT, WITHOUT ROWID
        """,
        // The order of the queue, with all that a list is narrowed by: 100,000 cases are gone through in this index alone.
        """
        CREATE INDEX review_case_queue
        ON review_case (rank, priority, due, number, kind, state, holder, customer, reason)
        WHERE state <> 'closed'
        """,
        "CREATE UNIQUE INDEX review_case_decision ON review_case (decision, kind) WHERE state <> 'closed'",
        "CREATE INDEX review_case_customer ON review_case (customer)",
        "CREATE INDEX review_case_holder ON review_case (holder) WHERE holder IS NOT NULL",
        "CREATE INDEX review_case_open ON review_case (kind, state) WHERE state <> 'closed'",
        "CREATE INDEX review_case_due ON review_case (due, rank, state) WHERE state <> 'closed' AND rank = 1",
        "CREATE INDEX review_case_snoozed ON review_case (snoozed_until) WHERE state = 'snoozed'",
        "CREATE INDEX review_case_closed ON review_case (closing) WHERE state = 'closed'",
        """
        CREATE TABLE review_lease (
          case_kind TEXT NOT NULL,
          case_number INTEGER NOT NULL,
          holder TEXT NOT NULL,
          until INTEGER NOT NULL,
          PRIMARY KEY (case_kind, case_number)
        ) STRICT, WITHOUT ROWID
        """,
        // How far the decisions and the quarantine have been followed.
        """
        CREATE TABLE review_cursor (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          decision INTEGER NOT NULL,
          quarantine INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO review_cursor VALUES (1, 0, 0)",
      ]),
    EvidenceStore.migration,
    Migration(
      room: "review", number: 3, name: "conditions that build no table", statements: plainConditions),
  ]

  /// Writes two conditions with `OR` that were written with `IN`: of a list of three and more SQLite builds a table in memory for
  /// each row that is stored, a fifth of the time of a new case.
  ///
  /// They mean the same, so the rows stay as they are; to change the text is what SQLite's documentation of ALTER TABLE
  /// describes for conditions.
  private static let plainConditions: [String] = {
    let conditions = [
      (table: "review_event", column: "case_kind", values: ["R", "C", "A", "Q"]),
      (
        table: "review_case", column: "state",
        values: ["open", "claimed", "snoozed", "second person", "closed"]
      ),
    ]
    let updates = conditions.map { condition in
      let values = condition.values.map { "''\($0)''" }
      let list = "\(condition.column) IN (\(values.joined(separator: ", ")))"
      let plain = values.map { "\(condition.column) = \($0)" }.joined(separator: " OR ")
      return """
        UPDATE sqlite_schema SET sql = replace(sql, '\(list)', '\(plain)')
        WHERE type = 'table' AND name = '\(condition.table)'
        """
    }
    return ["PRAGMA writable_schema = ON"] + updates + ["PRAGMA writable_schema = RESET"]
  }()

  /// The tables of this room whose rows the audit log vouches for.
  public static let auditedTables: [AuditedTable] = [.reviewEvent, .evidence]
}

extension AuditedTable {
  /// What happened to cases.
  public static let reviewEvent = AuditedTable(
    "review_event", key: "number",
    columns: ["number", "case_kind", "case_number", "kind", "about", "sequence"])
}
