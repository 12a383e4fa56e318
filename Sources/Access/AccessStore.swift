import SQLite
import Values

/// Users, their roles and their tokens at rest.
///
/// What changes them stands in `AccessStore+Users.swift` and `AccessStore+Tokens.swift`: each takes the write under way,
/// enters what it did in the audit log, and looks again inside the write whether who asks may ask.
public enum AccessStore {
  /// Whether there is any user, so that commands ask who somebody is.
  public static func hasUsers(in reader: Reader) throws(AccessError) -> Bool {
    try AccessError.wrapping { () throws(SQLiteError) in
      try reader.integer("SELECT EXISTS (SELECT 1 FROM access_user)") == 1
    }
  }

  /// Every user, by name.
  public static func users(in reader: Reader) throws(AccessError) -> [User] {
    let keys = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.all("SELECT key FROM access_user ORDER BY name") { row throws(SQLiteError) in
        try row.integer(0)
      }
    }
    var users: [User] = []
    for key in keys { users.append(try user(key, in: reader)) }
    return users
  }

  /// The user with a name, in any case of its letters; nil where there is none.
  public static func user(named name: String, in reader: Reader) throws(AccessError) -> User? {
    let key = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.integer("SELECT key FROM access_user WHERE name = ?", name)
    }
    guard let key else { return nil }
    return try user(key, in: reader)
  }

  /// Every token, or those of one user, in the order of their numbers.
  public static func tokens(of name: String? = nil, in reader: Reader) throws(AccessError) -> [AccessToken] {
    let rows = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.all(
        StoredToken.selection + " WHERE ?1 IS NULL OR u.name = ?1 ORDER BY t.id", name
      ) { row throws(SQLiteError) in try StoredToken(row) }
    }
    var tokens: [AccessToken] = []
    for row in rows { tokens.append(try row.token()) }
    return tokens
  }

  /// Which person holds a token; a service's token signs nobody in.
  ///
  /// - Throws: `.unknownToken`, `.revokedToken`, `.expiredToken`, `.disabledUser`, `.serviceToken`.
  public static func authenticate(
    _ text: TokenText, at now: Instant, in reader: Reader
  ) throws(AccessError) -> SignedIn {
    let (user, token) = try holder(of: text, at: now, in: reader)
    guard token.grant == nil else { throw .serviceToken(id: token.id, user: user.name) }
    return SignedIn(actor: user.actor, token: token)
  }

  /// Who holds a token that counts.
  ///
  /// A wrong number and a wrong secret are told alike, and take the same way; that a token expired or was revoked is
  /// told only to who holds it.
  static func holder(
    of text: TokenText, at now: Instant, in reader: Reader
  ) throws(AccessError) -> (user: User, token: AccessToken) {
    let found = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.first(StoredToken.selection + " WHERE t.id = ?", text.id) { row throws(SQLiteError) in
        try StoredToken(row)
      }
    }
    let isHolder = text.digest.isSame(as: found?.digest ?? .zero)
    guard let found, isHolder else { throw .unknownToken }
    let token = try found.token()
    switch token.state(at: now) {
    case .revoked: throw .revokedToken(id: token.id, user: token.user, at: token.revokedAt ?? now)
    case .expired: throw .expiredToken(id: token.id, user: token.user, at: token.expires)
    case .valid: break
    }
    let user = try user(found.user, in: reader)
    guard !user.isDisabled else { throw .disabledUser(user.name) }
    return (user, token)
  }

  /// The users who can manage others now: enabled, with the role, and with a token that counts.
  static func administrators(at now: Instant, in reader: Reader) throws(AccessError) -> [User] {
    let holders = Set(try tokens(in: reader).filter { $0.state(at: now) == .valid }.map(\.user))
    return try users(in: reader).filter { user in
      user.actor.may(.administer) && holders.contains(user.name)
    }
  }

  /// Whether nobody can sign in who could manage users, so that one has to be helped from outside.
  public static func isLockedOut(at now: Instant, in reader: Reader) throws(AccessError) -> Bool {
    guard try hasUsers(in: reader) else { return false }
    return try administrators(at: now, in: reader).isEmpty
  }

  /// A user as the changes up to now make them.
  static func user(_ key: Int, in reader: Reader) throws(AccessError) -> User {
    let found = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.first(
        """
        SELECT u.name, w.at, w.actor FROM access_user AS u JOIN write AS w ON w.sequence = u.sequence
        WHERE u.key = ?
        """, key
      ) { row throws(SQLiteError) in
        User(
          key: key, name: try row.text(0), roles: [], isDisabled: false,
          addedAt: Instant(microseconds: try row.integer(1)), addedBy: try row.text(2))
      }
    }
    guard var user = found else { throw .damaged(table: "access_user", key: key) }
    let changes = try AccessError.wrapping { () throws(SQLiteError) in
      try reader.all("SELECT number, kind, role FROM access_change WHERE user = ? ORDER BY number", key) {
        row throws(SQLiteError) in
        (number: try row.integer(0), kind: try row.text(1), role: try row.optionalText(2))
      }
    }
    for change in changes {
      let role = change.role.flatMap { Role(rawValue: $0) }
      switch (AccessChange(rawValue: change.kind), role) {
      case (.granted, let role?): user.roles.insert(role)
      case (.withdrawn, let role?): user.roles.remove(role)
      case (.disabled, nil) where change.role == nil: user.isDisabled = true
      case (.enabled, nil) where change.role == nil: user.isDisabled = false
      default: throw .damaged(table: "access_change", key: change.number)
      }
    }
    return user
  }
}

/// Somebody whom the store knows by a token.
public struct SignedIn: Sendable {
  /// The user with the roles of now.
  public let actor: Actor
  /// The token.
  public let token: AccessToken
}

/// What happens to a user; the raw values are stored.
enum AccessChange: String, Sendable {
  case granted, withdrawn, disabled, enabled
}
