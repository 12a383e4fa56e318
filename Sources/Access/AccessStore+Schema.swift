import AuditLog
import SQLite

extension AccessStore {
  /// The steps that make this room's tables; they follow those of the facts and of the audit log.
  ///
  /// Rows are added and never changed. Of a token only the SHA-256 of its secret is kept.
  public static let migrations = [
    Migration(
      room: "access", number: 1, name: "users, roles, tokens",
      statements: [
        """
        CREATE TABLE access_user (
          key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        """
        CREATE TABLE access_change (
          number INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES access_user (key),
          kind TEXT NOT NULL CHECK (kind IN ('granted', 'withdrawn', 'disabled', 'enabled')), role TEXT,
          reason TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES write (sequence),
          CHECK ((kind IN ('granted', 'withdrawn')) = (role IS NOT NULL))
        ) STRICT
        """,
        "CREATE INDEX access_change_user ON access_change (user, number)",
        """
        CREATE TABLE access_token (
          id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES access_user (key), label TEXT NOT NULL,
          digest BLOB NOT NULL CHECK (length(digest) = 32), expires INTEGER NOT NULL,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        "CREATE INDEX access_token_user ON access_token (user, id)",
        """
        CREATE TABLE access_revocation (
          token INTEGER PRIMARY KEY REFERENCES access_token (id), reason TEXT NOT NULL,
          sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
      ]),
    Migration(
      room: "access", number: 2, name: "service tokens",
      statements: [
        """
        CREATE TABLE access_service_token (
          token INTEGER PRIMARY KEY REFERENCES access_token (id), scopes TEXT NOT NULL, company TEXT NOT NULL,
          purpose TEXT NOT NULL, jurisdictions TEXT, requests_per_second INTEGER NOT NULL, burst INTEGER NOT NULL,
          sees TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES write (sequence)
        ) STRICT
        """,
        // The newest revocation, for `generation`: a token may be revoked after one with a greater number.
        "CREATE INDEX access_revocation_sequence ON access_revocation (sequence)",
      ]),
    Migration(
      room: "access", number: 3, name: "the sources that a service token may speak for",
      statements: [
        "ALTER TABLE access_service_token ADD COLUMN sources TEXT NOT NULL DEFAULT 'supplier'"
      ]),
  ]

  /// The tables of this room whose rows the audit log vouches for.
  public static let auditedTables: [AuditedTable] = [
    .user, .accessChange, .token, .serviceToken, .revocation,
  ]
}

extension AuditedTable {
  static let user = AuditedTable("access_user", key: "key", columns: ["key", "name", "sequence"])
  static let accessChange = AuditedTable(
    "access_change", key: "number", columns: ["number", "user", "kind", "role", "reason", "sequence"])
  static let token = AuditedTable(
    "access_token", key: "id", columns: ["id", "user", "label", "digest", "expires", "sequence"])
  static let serviceToken = AuditedTable(
    "access_service_token",
    layouts: [
      [Part("access_service_token", key: "token", columns: serviceColumns)],
      [Part("access_service_token", key: "token", columns: serviceColumns + ["sources"])],
    ])
  private static let serviceColumns = [
    "token", "scopes", "company", "purpose", "jurisdictions", "requests_per_second", "burst", "sees",
    "sequence",
  ]
  static let revocation = AuditedTable(
    "access_revocation", key: "token", columns: ["token", "reason", "sequence"])
}
