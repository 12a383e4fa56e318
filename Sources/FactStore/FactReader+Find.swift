import SQLite

/// A customer that a search found.
public struct FoundCustomer: Sendable, Hashable {
  /// The store's key.
  public let key: Int
  /// The supplier's customer number.
  public let number: String
  /// The name that was learnt last, if kept.
  public let name: String?
  /// The code that the customer holds, if kept.
  public let code: String?
  /// Whether the customer fact has come; otherwise only other records named the number.
  public let hasArrived: Bool
}

extension FactReader {
  /// Customers by a part of their name, number or code, in the order of their numbers.
  ///
  /// Upper and lower case and the marks of Baltic letters make no difference in names; former names are found too.
  public func customers(matching text: String, limit: Int = 50) throws(SQLiteError) -> [FoundCustomer] {
    // Latvian personal codes are often written with a hyphen, and kept without.
    let code = text.filter { $0 != "-" }
    return try sql.all(
      #"""
      WITH hit (key) AS (
        SELECT customer FROM customer_name WHERE folded LIKE ?1 ESCAPE '\'
        UNION SELECT customer FROM identifier WHERE scheme = ?4 AND code LIKE ?2 ESCAPE '\'
        UNION SELECT c.customer FROM identifier i JOIN claim c ON c.identifier = i.customer
          WHERE i.scheme <> ?4 AND i.code LIKE ?3 ESCAPE '\'
      )
      SELECT h.key, i.code,
        (SELECT n.name FROM customer_name n JOIN customer_fact f ON f.customer = n.customer AND f.fact = n.fact
          WHERE n.customer = h.key ORDER BY f.known_from DESC, f.fact DESC LIMIT 1),
        (SELECT j.code FROM claim c JOIN identifier j ON j.customer = c.identifier
          WHERE c.customer = h.key ORDER BY j.code LIMIT 1),
        k.arrived IS NOT NULL
      FROM hit h JOIN identifier i ON i.customer = h.key AND i.scheme = ?4 JOIN customer k ON k.key = h.key
      ORDER BY i.code LIMIT ?5
      """#, SearchText.pattern(SearchText.folded(text)), SearchText.pattern(text),
      SearchText.pattern(code.isEmpty ? text : code), Identity.numberScheme, limit
    ) { row throws(SQLiteError) in
      FoundCustomer(
        key: try row.integer(0), number: try row.text(1), name: try row.optionalText(2),
        code: try row.optionalText(3), hasArrived: try row.integer(4) == 1)
    }
  }
}

extension FactReader {
  /// The customer with a key; nil where the key belongs to no customer number.
  public func customer(_ key: Int) throws(SQLiteError) -> FoundCustomer? {
    try sql.first(
      """
      SELECT i.code,
        (SELECT n.name FROM customer_name n JOIN customer_fact f ON f.customer = n.customer AND f.fact = n.fact
          WHERE n.customer = i.customer ORDER BY f.known_from DESC, f.fact DESC LIMIT 1),
        (SELECT j.code FROM claim c JOIN identifier j ON j.customer = c.identifier
          WHERE c.customer = i.customer ORDER BY j.code LIMIT 1),
        k.arrived IS NOT NULL
      FROM identifier i JOIN customer k ON k.key = i.customer WHERE i.customer = ? AND i.scheme = ?
      """, key, Identity.numberScheme
    ) { row throws(SQLiteError) in
      FoundCustomer(
        key: key, number: try row.text(0), name: try row.optionalText(1), code: try row.optionalText(2),
        hasArrived: try row.integer(3) == 1)
    }
  }
}

extension FactReader {
  /// Hands over the number and the key of every customer, in no certain order.
  ///
  /// A number stays with its key for ever.
  public func eachNumber(_ body: (_ number: String, _ key: Int) -> Void) throws(SQLiteError) {
    let statement = try sql.prepare("SELECT code, customer FROM identifier WHERE scheme = ?")
    try statement.bind(1, Identity.numberScheme)
    while try statement.step() { body(try statement.row.text(0), try statement.row.integer(1)) }
  }
}
