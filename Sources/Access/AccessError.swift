import Facts
import SQLite
import Values

/// Why somebody was not let in, or users and tokens were not changed.
public enum AccessError: Error, Equatable, Sendable, StorageFailure {
  /// The database failed.
  case storage(SQLiteError)
  /// A stored user, change or token that this program cannot have written.
  case damaged(table: String, key: Int)

  /// Not a token in form.
  case malformedToken
  /// No token has this number and secret; which of the two is wrong is not told.
  case unknownToken
  /// The token's time is over.
  case expiredToken(id: Int, user: String, at: Instant)
  /// The token was taken back.
  case revokedToken(id: Int, user: String, at: Instant)
  /// The token is good, and its user may no longer sign in.
  case disabledUser(String)
  /// Nobody is signed in, and somebody has to be.
  case noToken
  /// Nobody can be signed in, since there are no users.
  case noUsers
  /// The user has none of the roles that it takes.
  case notPermitted(Permission, Actor)
  /// Somebody else was named as who acts.
  case otherActor(String, user: String)
  /// A user was named as who acts, without their token.
  case actorWithoutToken(String)

  /// Not a name that a user can have.
  case badName(String)
  /// The name under which the program itself acts.
  case reservedName(String)
  /// There is such a user.
  case userExists(String)
  /// There is no such user.
  case unknownUser(String)
  /// The first user has to be able to make others.
  case firstMustAdminister
  /// A user needs a role.
  case noRole
  /// Nothing would be left who can manage users.
  case lastAdministrator(String)
  /// Somebody wants to change what they may do themselves.
  case ownAccount(String)
  /// A reason is missing.
  case noReason

  /// The role of a service cannot stand beside others, and is neither given nor taken later.
  case serviceStandsAlone
  /// A service's token is to be made, and nothing says what it may do.
  case serviceWithoutGrant(String)
  /// A person's token is to be made, with what only a service's says.
  case personWithGrant(String)
  /// A service's token was given where a person signs in.
  case serviceToken(id: Int, user: String)
  /// A person's token was given where a service asks.
  case personalToken(id: Int, user: String)
  /// The service's token was not made for this.
  case missingScope(Scope, token: Int)
  /// The service's token was not made for customers of this country.
  case otherJurisdiction(Jurisdiction, token: Int)
  /// The service's token was not made for facts of this source.
  case otherSource(String, token: Int)

  /// A service token is for nothing.
  case noScope
  /// Not the name of a company.
  case badCompany(String)
  /// The company stands in other tokens in other letters.
  case otherSpelling(String, known: String)
  /// Not a purpose in one word.
  case badPurpose(String)
  /// A limit to no country at all.
  case noJurisdiction
  /// Not the name of a source.
  case badSource(String)
  /// A rate that cannot be given, in requests a second.
  case badRate(Int)
  /// A burst that cannot be given, in requests.
  case badBurst(Int)

  /// There is no such token, or it is somebody else's.
  case noSuchToken(Int)
  /// A token counts for one day up to a year.
  case badDays(Int)
  /// A label is too long or not printable.
  case badLabel
  /// The random bytes are not as many as a secret needs.
  case badSecret

  /// Wraps a failure of the database.
  public init(_ error: SQLiteError) { self = .storage(error) }

  /// A code that stays the same while the sentence may change.
  public var code: String {
    switch self {
    case .storage: "database"
    case .damaged: "access.damaged"
    case .malformedToken: "access.malformed-token"
    case .unknownToken: "access.unknown-token"
    case .expiredToken: "access.expired-token"
    case .revokedToken: "access.revoked-token"
    case .disabledUser: "access.disabled-user"
    case .noToken: "access.no-token"
    case .noUsers: "access.no-users"
    case .notPermitted: "access.not-permitted"
    case .otherActor: "access.other-actor"
    case .actorWithoutToken: "access.actor-without-token"
    case .badName: "access.bad-name"
    case .reservedName: "access.reserved-name"
    case .userExists: "access.user-exists"
    case .unknownUser: "access.unknown-user"
    case .firstMustAdminister: "access.first-must-administer"
    case .noRole: "access.no-role"
    case .lastAdministrator: "access.last-administrator"
    case .ownAccount: "access.own-account"
    case .noReason: "access.no-reason"
    case .serviceStandsAlone: "access.service-stands-alone"
    case .serviceWithoutGrant: "access.service-without-grant"
    case .personWithGrant: "access.person-with-grant"
    case .serviceToken: "access.service-token"
    case .personalToken: "access.personal-token"
    case .missingScope: "access.missing-scope"
    case .otherJurisdiction: "access.other-jurisdiction"
    case .otherSource: "access.other-source"
    case .noScope: "access.no-scope"
    case .badCompany: "access.bad-company"
    case .otherSpelling: "access.other-spelling"
    case .badPurpose: "access.bad-purpose"
    case .noJurisdiction: "access.no-jurisdiction"
    case .badSource: "access.bad-source"
    case .badRate: "access.bad-rate"
    case .badBurst: "access.bad-burst"
    case .noSuchToken: "access.no-such-token"
    case .badDays: "access.bad-days"
    case .badLabel: "access.bad-label"
    case .badSecret: "access.bad-secret"
    }
  }

  /// The number of the token that somebody proved to hold and was refused with; nil where none was proved.
  var heldToken: Int? {
    switch self {
    case .expiredToken(let id, _, _), .revokedToken(let id, _, _), .serviceToken(let id, _),
      .personalToken(let id, _), .missingScope(_, let id), .otherJurisdiction(_, let id),
      .otherSource(_, let id):
      id
    default: nil
    }
  }
}
