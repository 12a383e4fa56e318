import Facts
import SQLite
import Values

/// A number or code as the table `identifier` holds it.
struct Identity: Hashable {
  /// The scheme of the supplier's own customer numbers.
  static let numberScheme = "customer"

  let scheme: String
  let code: String

  init(_ reference: CustomerReference) {
    switch reference {
    case .number(let number): self.init(scheme: Self.numberScheme, code: number)
    case .identifier(let identifier): self.init(identifier)
    }
  }

  init(_ identifier: Identifier) {
    self.init(scheme: identifier.scheme.rawValue, code: identifier.code)
  }

  init(scheme: String, code: String) {
    self.scheme = scheme
    self.code = code
  }

  /// The customer reference that this stands for.
  func reference() throws(StoreError) -> CustomerReference {
    if scheme == Self.numberScheme { return .number(code) }
    guard let scheme = IdentifierScheme(rawValue: scheme) else { throw .damaged(table: "identifier") }
    return .identifier(try FactRow.identifier(scheme, code, table: "identifier"))
  }
}

extension StoreTransaction {
  /// The key of a number or code, if any record named it.
  func key(of identity: Identity) throws(SQLiteError) -> Int? {
    let statement = try hold(.findKey)
    defer { statement.reset() }
    try statement.bindAll(identity.scheme, identity.code)
    return try statement.step() ? try statement.row.integer(0) : nil
  }

  /// The key of a number or code, which is made a stub when it is new.
  func makeKey(of identity: Identity) throws(SQLiteError) -> Int {
    if let key = try key(of: identity) { return key }
    try sql.run("INSERT INTO customer (sequence) VALUES (?)", sequence)
    let key = sql.lastRowID
    try sql.run(
      "INSERT INTO identifier (scheme, code, customer) VALUES (?, ?, ?)", identity.scheme, identity.code, key)
    return key
  }

  /// Refuses a code that another customer holds at present.
  func refuseTaken(_ identifier: Identifier?, customer: Int?) throws(StoreError) {
    guard let identifier else { return }
    let holder = try StoreError.wrapping { () throws(SQLiteError) in
      try sql.first(
        """
        SELECT c.customer, h.code FROM identifier i JOIN claim c ON c.identifier = i.customer
        JOIN identifier h ON h.customer = c.customer WHERE i.scheme = ? AND i.code = ?
        """, identifier.scheme.rawValue, identifier.code
      ) { row throws(SQLiteError) in (key: try row.integer(0), number: try row.text(1)) }
    }
    if let holder, holder.key != customer {
      throw .identifierTaken(identifier, holder: holder.number)
    }
  }

  /// Lets the customer hold exactly the codes that its present customer facts name.
  func renewClaims(of customer: Int) throws(SQLiteError) {
    // Present: per record the version with the greatest (known_from, fact); see `FactReader`.
    let present = try sql.all(
      """
      SELECT f.identifier FROM customer_fact f JOIN batch b ON b.key = f.batch
      WHERE f.customer = ?1 AND f.identifier IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM customer_fact g JOIN batch c ON c.key = g.batch
        WHERE g.customer = ?1 AND c.source = b.source AND (g.known_from, g.fact) > (f.known_from, f.fact))
      """, customer
    ) { row throws(SQLiteError) in try row.integer(0) }
    let held = try sql.all("SELECT identifier FROM claim WHERE customer = ?", customer) {
      row throws(SQLiteError) in try row.integer(0)
    }
    for identifier in Set(held).subtracting(present) {
      try sql.run("DELETE FROM claim WHERE identifier = ?", identifier)
    }
    for identifier in Set(present).subtracting(held) {
      try sql.run("INSERT INTO claim (identifier, customer) VALUES (?, ?)", identifier, customer)
    }
  }
}
