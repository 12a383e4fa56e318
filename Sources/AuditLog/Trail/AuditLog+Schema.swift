import SQLite

extension AuditLog {
  /// The steps that make this room's tables; they follow those of the facts, whose `write` table they refer to.
  ///
  /// Payload, salt and the customers concerned lie apart from the entries, so that they can be erased.
  public static let migrations = [
    Migration(
      room: "audit", number: 1, name: "audit log",
      statements: [
        """
        CREATE TABLE audit_entry (
          number INTEGER PRIMARY KEY,
          sequence INTEGER NOT NULL REFERENCES write (sequence),
          at INTEGER NOT NULL,
          kind TEXT NOT NULL,
          previous BLOB NOT NULL CHECK (length(previous) = 32),
          commitment BLOB NOT NULL CHECK (length(commitment) = 32),
          hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT
        """,
        """
        CREATE TABLE audit_payload (
          number INTEGER PRIMARY KEY REFERENCES audit_entry (number),
          salt BLOB NOT NULL CHECK (length(salt) = 32),
          payload BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE audit_customer (
          number INTEGER NOT NULL REFERENCES audit_payload (number) ON DELETE CASCADE,
          customer INTEGER NOT NULL,
          PRIMARY KEY (number, customer)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX audit_customer_entries ON audit_customer (customer, number)",
      ]),
    Migration(
      room: "audit", number: 2, name: "entries by customer, filled behind",
      statements: ["DROP INDEX audit_customer_entries"], indexes: [byCustomer]),
  ]

  /// The entries of each customer; seldom asked for, so it may be far behind.
  public static let byCustomer = DeferredIndex(
    "audit_of_customer", columns: [("customer", "INTEGER")], source: "audit_customer", key: "number",
    selections: [.init(["row.customer"])], slack: 64, rowsPerKey: 64)
}
