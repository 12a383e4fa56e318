import Facts
import SQLite

extension FactStore {
  /// The steps of this room's schema, in order.
  public static var migrations: [Migration] {
    [
      Migration(
        room: "facts", number: 1, name: "facts, customers, batches, quarantine",
        statements: ledger + customers + FactTable.founding.map(\.definition) + quarantine),
      Migration(room: "facts", number: 2, name: "what is left of erased facts", statements: erasures),
      Migration(room: "facts", number: 3, name: "which customers a write has touched", statements: changes),
      Migration(room: "facts", number: 4, name: "pulls from sources", statements: sourcePulls),
      Migration(room: "facts", number: 5, name: "what is done about debts", statements: debts),
    ]
  }

  /// Writes, sources, batches, and where each version of each record lies.
  ///
  /// Instants are microseconds since 1970 (UTC), dates are days since 1970-01-01: both compare and index as plain
  /// integers of few bytes and need no parsing on the way out.
  private static let ledger = [
    """
    CREATE TABLE write (
      sequence INTEGER PRIMARY KEY, actor TEXT NOT NULL, at INTEGER NOT NULL, purpose TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE source (
      key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, purpose TEXT NOT NULL, data_class TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE batch (
      key INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source (key), file TEXT,
      digest BLOB CHECK (length(digest) = 32), layout TEXT NOT NULL, known_from INTEGER NOT NULL,
      sequence INTEGER NOT NULL REFERENCES write (sequence), complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
      rows INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX batch_content ON batch (digest, source, layout)",
    // The number of the last fact; ids ascend in the order of storing, which breaks ties of known_from.
    "CREATE TABLE fact_counter (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT",
    "INSERT INTO fact_counter VALUES (1, 0)",
    // Finds the versions of a record without knowing its customer; the facts themselves lie by customer.
    """
    CREATE TABLE version (
      kind INTEGER NOT NULL, source INTEGER NOT NULL, id TEXT NOT NULL, fact INTEGER NOT NULL,
      customer INTEGER NOT NULL, batch INTEGER NOT NULL, line INTEGER, hash BLOB NOT NULL,
      known_from INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (kind, source, id, fact)
    ) STRICT, WITHOUT ROWID
    """,
    // A version of a record that lies with another customer: it hides the versions that lie with this one.
    """
    CREATE TABLE departure (
      customer INTEGER NOT NULL REFERENCES customer (key), kind INTEGER NOT NULL, source INTEGER NOT NULL,
      id TEXT NOT NULL, fact INTEGER NOT NULL, known_from INTEGER NOT NULL, sequence INTEGER NOT NULL,
      PRIMARY KEY (customer, kind, source, id, fact)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// Keys that facts hang on, and the personal data in tables of their own, so that it can be erased alone.
  ///
  /// Every number and every code that a record named has a key of its own (`identifier`); a key without a customer
  /// fact is a stub. Which codes belong to which customer is said by the customer facts, version by version, so a
  /// read as known earlier or at an earlier write never sees a link that was made later. `claim` is the link as it
  /// stands now, and keeps two customers from holding one code.
  private static let customers = [
    """
    CREATE TABLE customer (
      key INTEGER PRIMARY KEY, sequence INTEGER NOT NULL REFERENCES write (sequence),
      arrived INTEGER REFERENCES write (sequence)
    ) STRICT
    """,
    """
    CREATE TABLE identifier (
      scheme TEXT NOT NULL, code TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customer (key),
      PRIMARY KEY (scheme, code)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX identifier_customer ON identifier (customer)",
    """
    CREATE TABLE claim (
      identifier INTEGER PRIMARY KEY REFERENCES customer (key),
      customer INTEGER NOT NULL REFERENCES customer (key)
    ) STRICT
    """,
    "CREATE INDEX claim_customer ON claim (customer)",
    """
    CREATE TABLE customer_name (
      customer INTEGER NOT NULL REFERENCES customer (key), fact INTEGER NOT NULL, name TEXT NOT NULL,
      folded TEXT NOT NULL, PRIMARY KEY (customer, fact)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE customer_address (
      customer INTEGER NOT NULL REFERENCES customer (key), fact INTEGER NOT NULL, address TEXT NOT NULL,
      PRIMARY KEY (customer, fact)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// That facts were erased, and from when kinds were known, which decisions about others have seen.
  private static let erasures = [
    """
    CREATE TABLE erasure (
      key INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (key), data_class TEXT,
      rule TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES write (sequence)
    ) STRICT
    """,
    "CREATE INDEX erasure_customer ON erasure (customer)",
    """
    CREATE TABLE erased_fact (
      kind INTEGER NOT NULL, known_from INTEGER NOT NULL, sequence INTEGER NOT NULL,
      erasure INTEGER NOT NULL REFERENCES erasure (key), facts INTEGER NOT NULL,
      PRIMARY KEY (kind, known_from, sequence, erasure)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX erased_fact_erasure ON erased_fact (erasure)",
  ]

  /// The last write that touched each customer: whatever was made of their facts before it is out of date.
  ///
  /// One row a customer, however often they are touched; who follows the feed reads on from a sequence number of its own.
  private static let changes = [
    """
    CREATE TABLE customer_change (
      customer INTEGER PRIMARY KEY REFERENCES customer (key), sequence INTEGER NOT NULL REFERENCES write (sequence)
    ) STRICT
    """,
    "CREATE INDEX customer_change_sequence ON customer_change (sequence)",
    // What was stored before the feed began counts as touched by the last of its writes.
    """
    INSERT INTO customer_change (customer, sequence) SELECT key, (SELECT max(sequence) FROM write) FROM customer
    """,
  ]

  /// The kinds that tell what is done about a debt, and what contracts, invoices and notices tell of it.
  private static let debts =
    FactTable.founding.flatMap(\.additions)
    + FactTable.all.filter { !FactKind.rating.contains($0.kind) }.map(\.definition)

  private static let quarantine = [
    """
    CREATE TABLE quarantine (
      key INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch (key), line INTEGER NOT NULL,
      column_name TEXT, rule TEXT NOT NULL, scheme TEXT, code TEXT, raw TEXT NOT NULL, hint TEXT NOT NULL,
      at INTEGER NOT NULL, sequence INTEGER NOT NULL REFERENCES write (sequence),
      state TEXT NOT NULL CHECK (state IN ('open', 'retried', 'discarded')),
      settled INTEGER REFERENCES write (sequence), UNIQUE (batch, line)
    ) STRICT
    """,
    "CREATE INDEX quarantine_customer ON quarantine (scheme, code) WHERE scheme IS NOT NULL",
  ]
}
