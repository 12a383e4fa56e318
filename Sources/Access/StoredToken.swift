import Facts
import SQLite
import Values

/// A row of a token before it is understood.
struct StoredToken {
  let user: Int
  let digest: Digest?
  private let id, issuedAt, expires: Int
  private let name, label, issuedBy: String
  private let revokedAt: Int?
  private let grant: StoredGrant?

  static let selection = """
    SELECT t.user, t.digest, t.id, w.at, t.expires, u.name, t.label, w.actor, v.at,
      g.scopes, g.company, g.purpose, g.jurisdictions, g.requests_per_second, g.burst, g.sees,
      g.sources
    FROM access_token AS t JOIN access_user AS u ON u.key = t.user JOIN write AS w ON w.sequence = t.sequence
    LEFT JOIN access_revocation AS r ON r.token = t.id LEFT JOIN write AS v ON v.sequence = r.sequence
    LEFT JOIN access_service_token AS g ON g.token = t.id
    """

  init(_ row: Row) throws(SQLiteError) {
    user = try row.integer(0)
    digest = Digest(bytes: try row.blob(1))
    id = try row.integer(2)
    issuedAt = try row.integer(3)
    expires = try row.integer(4)
    name = try row.text(5)
    label = try row.text(6)
    issuedBy = try row.text(7)
    revokedAt = try row.optionalInteger(8)
    grant = try row.optionalText(9) == nil ? nil : StoredGrant(row, from: 9)
  }

  func token() throws(AccessError) -> AccessToken {
    AccessToken(
      id: id, user: name, label: label, issuedAt: Instant(microseconds: issuedAt), issuedBy: issuedBy,
      expires: Instant(microseconds: expires), revokedAt: revokedAt.map { Instant(microseconds: $0) },
      grant: try grant?.grant(of: id))
  }
}

/// The columns of a grant, which has lists as words with a blank between, like the scopes of RFC 6749 section 3.3.
struct StoredGrant {
  let scopes, company, purpose: String
  let jurisdictions: String?
  let requestsPerSecond, burst: Int
  let sees: String
  let sources: String

  init(_ grant: ServiceGrant) {
    scopes = grant.scopes.sorted().map(\.rawValue).joined(separator: " ")
    company = grant.company
    purpose = grant.purpose
    jurisdictions = grant.jurisdictions.map { $0.sorted().map(\.code).joined(separator: " ") }
    requestsPerSecond = grant.requestsPerSecond
    burst = grant.burst
    sees = grant.sees.rawValue
    sources = grant.sources.sorted().joined(separator: " ")
  }

  init(_ row: Row, from column: Int) throws(SQLiteError) {
    scopes = try row.text(column)
    company = try row.text(column + 1)
    purpose = try row.text(column + 2)
    jurisdictions = try row.optionalText(column + 3)
    requestsPerSecond = try row.integer(column + 4)
    burst = try row.integer(column + 5)
    sees = try row.text(column + 6)
    sources = try row.text(column + 7)
  }

  /// What the columns say; whatever this program would not have written is damage, never a smaller or larger grant.
  func grant(of token: Int) throws(AccessError) -> ServiceGrant {
    let damage = AccessError.damaged(table: "access_service_token", key: token)
    let words = scopes.split(separator: " ", omittingEmptySubsequences: false)
    let scopes = words.compactMap { Scope(rawValue: String($0)) }
    guard scopes.count == words.count, let sees = Visibility(rawValue: sees) else { throw damage }
    var countries: Set<Jurisdiction>?
    if let codes = jurisdictions?.split(separator: " ", omittingEmptySubsequences: false) {
      countries = Set(codes.compactMap { Jurisdiction(String($0)) })
      guard countries?.count == codes.count else { throw damage }
    }
    let sources = sources.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard Set(sources).count == sources.count else { throw damage }
    do throws(AccessError) {
      return try ServiceGrant(
        scopes: Set(scopes), company: company, purpose: purpose, jurisdictions: countries,
        sources: Set(sources), requestsPerSecond: requestsPerSecond, burst: burst, sees: sees)
    } catch { throw damage }
  }
}
