public import AuditLog
public import SQLite

/// Effects at rest.
///
/// `effect` and `effect_event` are append-only and vouched for by the audit log; `effect_standing` is what the events come
/// to, with the tries that came to nothing, and is kept without a numbered write: that an endpoint did not answer is
/// nothing that has to be remembered.
public enum OutboxStore {
  /// The steps that make the outbox's tables; they follow those of the facts, to which they refer.
  public static let migrations = [
    Migration(
      room: "outbox", number: 1, name: "effects of the debt ladder, what became of them",
      statements: [
        """
        CREATE TABLE effect (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          run TEXT NOT NULL,
          customer INTEGER NOT NULL REFERENCES customer (key),
          contract TEXT,
          commodity TEXT,
          step TEXT NOT NULL,
          about TEXT NOT NULL,
          content BLOB,
          certificate BLOB,
          at INTEGER NOT NULL,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        "CREATE INDEX effect_run ON effect (run)",
        """
        CREATE TABLE effect_event (
          number INTEGER PRIMARY KEY,
          effect INTEGER NOT NULL REFERENCES effect (number),
          state TEXT NOT NULL,
          reason TEXT,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        "CREATE INDEX effect_event_effect ON effect_event (effect)",
        // The line of a contract is (customer, contract), with an empty contract for a debt without one.
        """
        CREATE TABLE effect_standing (
          effect INTEGER PRIMARY KEY REFERENCES effect (number),
          customer INTEGER NOT NULL,
          contract TEXT NOT NULL,
          relief INTEGER NOT NULL CHECK (relief IN (0, 1)),
          state TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          unclear INTEGER NOT NULL,
          sent_at INTEGER,
          next INTEGER NOT NULL,
          busy INTEGER NOT NULL,
          obstacle TEXT
        ) STRICT
        """,
        "CREATE INDEX effect_standing_line ON effect_standing (customer, contract, effect)",
        "CREATE INDEX effect_standing_due ON effect_standing (relief DESC, effect) WHERE state = 'pending'",
        "CREATE INDEX effect_standing_state ON effect_standing (state, effect)",
      ])
  ]

  /// The tables whose rows the audit log vouches for.
  public static let auditedTables: [AuditedTable] = [.effect, .effectEvent]
}

extension AuditedTable {
  /// What is to leave the house.
  public static let effect = AuditedTable(
    "effect", key: "number",
    columns: [
      "number", "id", "run", "customer", "contract", "commodity", "step", "about", "content", "certificate",
      "at", "sequence",
    ])

  /// What became of it.
  public static let effectEvent = AuditedTable(
    "effect_event", key: "number", columns: ["number", "effect", "state", "reason", "sequence"])
}
