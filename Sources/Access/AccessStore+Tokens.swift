import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension AccessStore {
  /// Makes a token for a user, by the user or by an administrator.
  ///
  /// Without anybody signed in only where nobody could sign in who manages users (the first user, or every token of
  /// the administrators expired), and then for an administrator alone: who can write the database must be able to go on.
  ///
  /// - Parameters:
  ///   - secret: 32 random bytes, which are not kept.
  ///   - grant: what it may do, where the user is a service; nil for a person.
  ///   - actor: who asks; nil where nobody is signed in.
  /// - Returns: the token, to be shown once.
  public static func issue(
    to name: String, label: String, days: Int = AccessToken.defaultDays, grant: ServiceGrant? = nil,
    secret: [UInt8], by actor: Actor?, audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) -> (text: TokenText, token: AccessToken) {
    guard (1...AccessToken.longestDays).contains(days) else { throw .badDays(days) }
    guard label.count <= 100,
      !label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw .badLabel }
    let user = try recipient(name, by: actor, in: transaction)
    guard !user.isDisabled else { throw .disabledUser(user.name) }
    switch (user.roles.contains(.service), grant) {
    case (true, nil): throw .serviceWithoutGrant(user.name)
    case (false, .some): throw .personWithGrant(user.name)
    default: break
    }
    let id = try AccessError.wrapping { () throws(SQLiteError) in
      1 + (try transaction.sql.integer("SELECT max(id) FROM access_token") ?? 0)
    }
    guard let text = TokenText(id: id, secret: secret) else { throw .badSecret }
    let expires = Instant(microseconds: transaction.at.microseconds &+ days * 86_400_000_000)
    try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.run(
        "INSERT INTO access_token (id, user, label, digest, expires, sequence) VALUES (?, ?, ?, ?, ?, ?)", id,
        user.key, label, text.digest.bytes, expires.microseconds, transaction.sequence)
    }
    var rows = [AuditedRow(.token, id)]
    if let grant {
      try store(grant, of: id, in: transaction)
      rows.append(AuditedRow(.serviceToken, id))
    }
    try enter("token issued", user.name, token: id, grant: grant, rows: rows, audit, in: transaction)
    let token = AccessToken(
      id: id, user: user.name, label: label, issuedAt: transaction.at, issuedBy: transaction.actor,
      expires: expires, revokedAt: nil, grant: grant)
    return (text, token)
  }

  /// Takes a token back, by its user or by an administrator.
  ///
  /// - Returns: the token as it was, and whether it was there to be taken back.
  public static func revoke(
    _ id: Int, reason: String, by actor: Actor, audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) -> (token: AccessToken, isChanged: Bool) {
    guard let token = try tokens(in: transaction.sql).first(where: { $0.id == id }) else {
      throw .noSuchToken(id)
    }
    let isOwn = token.user == actor.name
    // Numbers of other people's tokens are not told to who may not manage them.
    if !isOwn {
      do throws(AccessError) {
        try require(actor, in: transaction)
      } catch {
        if case .notPermitted = error { throw .noSuchToken(id) }
        throw error
      }
    }
    if token.revokedAt != nil { return (token, false) }
    let row = try revocation(of: id, reason: reason, in: transaction)
    if token.state(at: transaction.at) == .valid,
      let user = try user(named: token.user, in: transaction.sql), user.roles.contains(.administrator)
    {
      try requireAdministrator(besides: user, in: transaction)
    }
    try enter(
      "token revoked", token.user, token: id, reason: reason, rows: [row], audit, in: transaction)
    return (token, true)
  }

  /// Enters that somebody was not let in; nothing of what they presented is entered but a token's number.
  ///
  /// - Parameter count: how many tries the entry stands for.
  public static func enterRefusal(
    _ error: AccessError, of user: String?, command: String, count: Int = 1, audit: AuditLog,
    in transaction: StoreTransaction
  ) throws(AccessError) {
    var about = JSONObject()
    about["act"] = "refused"
    about["code"] = .string(error.code)
    about["command"] = .string(command)
    if count > 1 { about["count"] = .number(Decimal(count)) }
    if let user { about["user"] = .string(user) }
    if let token = error.heldToken { about["token"] = .number(Decimal(token)) }
    switch error {
    case .expiredToken(_, let user, _), .revokedToken(_, let user, _), .serviceToken(_, let user),
      .personalToken(_, let user):
      about["user"] = .string(user)
    case .disabledUser(let name): about["user"] = .string(name)
    case .otherActor(let name, _), .actorWithoutToken(let name): about["named"] = .string(name)
    default: break
    }
    let note = AuditNote(.access, about: about)
    try AccessError.wrapping { () throws(SQLiteError) in
      _ = try audit.append(note, in: transaction.sql)
    }
  }

  static func revocation(
    of id: Int, reason: String, in transaction: StoreTransaction
  ) throws(AccessError) -> AuditedRow {
    try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.run(
        "INSERT INTO access_revocation (token, reason, sequence) VALUES (?, ?, ?)", id, reason,
        transaction.sequence)
      return AuditedRow(.revocation, id)
    }
  }

  private static func recipient(
    _ name: String, by actor: Actor?, in transaction: StoreTransaction
  ) throws(AccessError) -> User {
    let user = try user(named: name, in: transaction.sql)
    if let actor {
      // People make their own; a program that could make its own tokens would never lose its access.
      if let user, user.name == actor.name, !user.roles.contains(.service) { return user }
      try require(actor, in: transaction)
      guard let user else { throw .unknownUser(name) }
      return user
    }
    guard try isLockedOut(at: transaction.at, in: transaction.sql) else { throw .noToken }
    guard let user, user.actor.may(.administer) else { throw .noToken }
    return user
  }
}
