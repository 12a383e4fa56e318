import FactStore
import SQLite
import Values

extension AccessStore {
  /// Which program asks, by a token of the service; a person's token is none.
  ///
  /// - Throws: `.unknownToken`, `.revokedToken`, `.expiredToken`, `.disabledUser`, `.personalToken`.
  public static func authenticateService(
    _ text: TokenText, at now: Instant, in reader: Reader
  ) throws(AccessError) -> ServiceToken {
    let (user, token) = try holder(of: text, at: now, in: reader)
    guard let grant = token.grant, user.roles == [.service] else {
      throw .personalToken(id: token.id, user: user.name)
    }
    return ServiceToken(token: token, grant: grant, digest: text.digest)
  }

  /// A number that grows with every change of users, roles and tokens: while it is the same, so is what was read.
  ///
  /// It is the number of the newest write that stored one of them. Rows are never deleted and each carries its write,
  /// and no user is added without a role; so three looks at the end of an index tell it, whatever the tables hold.
  public static func generation(in reader: Reader) throws(AccessError) -> Int {
    try AccessError.wrapping { () throws(SQLiteError) in try reader.integer(generationQuery) ?? 0 }
  }

  static let generationQuery = """
    SELECT max(
      ifnull((SELECT sequence FROM access_change WHERE number = (SELECT max(number) FROM access_change)), 0),
      ifnull((SELECT sequence FROM access_token WHERE id = (SELECT max(id) FROM access_token)), 0),
      ifnull((SELECT max(sequence) FROM access_revocation), 0))
    """

  /// Stores what a new token may do; refuses a company that stands elsewhere in other letters.
  static func store(
    _ grant: ServiceGrant, of token: Int, in transaction: StoreTransaction
  ) throws(AccessError) {
    let companies = try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.all("SELECT DISTINCT company FROM access_service_token ORDER BY company") {
        row throws(SQLiteError) in try row.text(0)
      }
    }
    // Two spellings would be two companies, neither of which sees what the other asked for.
    for known in companies
    where known.lowercased() == grant.company.lowercased() && Array(known.utf8) != Array(grant.company.utf8) {
      throw .otherSpelling(grant.company, known: known)
    }
    let stored = StoredGrant(grant)
    try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.run(
        """
        INSERT INTO access_service_token
          (token, scopes, company, purpose, jurisdictions, requests_per_second, burst, sees, sources, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, token, stored.scopes, stored.company, stored.purpose, stored.jurisdictions,
        stored.requestsPerSecond, stored.burst, stored.sees, stored.sources, transaction.sequence)
    }
  }
}
