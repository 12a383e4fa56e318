import AuditLog
import FactStore
import Formats
import SQLite
import Values

extension AccessStore {
  /// Adds a user with roles.
  ///
  /// The first one needs nobody signed in and has to be an administrator.
  ///
  /// - Parameter administrator: who asks; nil where nobody is signed in.
  @discardableResult
  public static func add(
    _ name: UserName, roles: Set<Role>, by administrator: Actor?, audit: AuditLog,
    in transaction: StoreTransaction
  ) throws(AccessError) -> User {
    if let existing = try user(named: name.description, in: transaction.sql) {
      // Told only to who may see users.
      try require(administrator, in: transaction)
      throw .userExists(existing.name)
    }
    if try hasUsers(in: transaction.sql) {
      try require(administrator, in: transaction)
    } else if !roles.contains(.administrator) {
      throw .firstMustAdminister
    }
    guard !roles.isEmpty else { throw .noRole }
    guard roles == [.service] || !roles.contains(.service) else { throw .serviceStandsAlone }
    let key = try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.run(
        "INSERT INTO access_user (name, sequence) VALUES (?, ?)", name.description, transaction.sequence)
      return transaction.sql.lastRowID
    }
    var rows = [AuditedRow(.user, key)]
    for role in roles.sorted() {
      rows.append(try change(key, .granted, role, reason: "", in: transaction))
    }
    try enter("user added", name.description, roles: roles, rows: rows, audit, in: transaction)
    return try user(key, in: transaction.sql)
  }

  /// Gives and takes roles, by another administrator; nothing is stored where nothing changes.
  ///
  /// - Returns: the user as they are then, and whether anything changed.
  @discardableResult
  public static func change(
    _ name: String, granting: Set<Role>, withdrawing: Set<Role>, reason: String, by administrator: Actor,
    audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) -> (user: User, isChanged: Bool) {
    let user = try other(name, than: administrator, in: transaction)
    let reason = try checked(reason)
    let (granted, withdrawn) = (granting.subtracting(user.roles), withdrawing.intersection(user.roles))
    if granted.isEmpty, withdrawn.isEmpty { return (user, false) }
    // Else a service's tokens would become a person's, or the other way round.
    guard user.roles.contains(.service) == false, !granted.contains(.service) else {
      throw .serviceStandsAlone
    }
    guard !user.roles.union(granted).subtracting(withdrawn).isEmpty else { throw .noRole }
    var rows: [AuditedRow] = []
    for role in granted.sorted() {
      rows.append(try change(user.key, .granted, role, reason: reason, in: transaction))
    }
    for role in withdrawn.sorted() {
      rows.append(try change(user.key, .withdrawn, role, reason: reason, in: transaction))
    }
    if withdrawn.contains(.administrator) { try requireAdministrator(besides: user, in: transaction) }
    let now = try Self.user(user.key, in: transaction.sql)
    try enter(
      "roles changed", user.name, roles: now.roles, reason: reason, rows: rows, audit, in: transaction)
    return (now, true)
  }

  /// Keeps a user from signing in, and revokes every token, so that enabling them later revives none.
  public static func disable(
    _ name: String, reason: String, by administrator: Actor, audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) -> Bool {
    let user = try other(name, than: administrator, in: transaction)
    let reason = try checked(reason)
    if user.isDisabled { return false }
    var rows = [try change(user.key, .disabled, nil, reason: reason, in: transaction)]
    for token in try tokens(of: user.name, in: transaction.sql) where token.revokedAt == nil {
      rows.append(try revocation(of: token.id, reason: reason, in: transaction))
    }
    if user.roles.contains(.administrator) { try requireAdministrator(besides: user, in: transaction) }
    try enter("user disabled", user.name, reason: reason, rows: rows, audit, in: transaction)
    return true
  }

  /// Lets a disabled user sign in again, with a new token.
  public static func enable(
    _ name: String, reason: String, by administrator: Actor, audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) -> Bool {
    let user = try other(name, than: administrator, in: transaction)
    let reason = try checked(reason)
    if !user.isDisabled { return false }
    let row = try change(user.key, .enabled, nil, reason: reason, in: transaction)
    try enter("user enabled", user.name, reason: reason, rows: [row], audit, in: transaction)
    return true
  }

  /// Looks again, under the write lock, whether who asks may manage users: somebody may just have taken that away.
  static func require(_ administrator: Actor?, in transaction: StoreTransaction) throws(AccessError) {
    guard let administrator else { throw .noToken }
    let now = try user(named: administrator.name, in: transaction.sql)?.actor
    guard let now, now.may(.administer) else {
      throw .notPermitted(.administer, now ?? Actor(name: administrator.name, roles: []))
    }
  }

  private static func other(
    _ name: String, than administrator: Actor, in transaction: StoreTransaction
  ) throws(AccessError) -> User {
    try require(administrator, in: transaction)
    guard let user = try user(named: name, in: transaction.sql) else { throw .unknownUser(name) }
    guard user.name != administrator.name else { throw .ownAccount(user.name) }
    return user
  }

  /// Called after the change, which is undone where it leaves nobody.
  static func requireAdministrator(
    besides user: User, in transaction: StoreTransaction
  ) throws(AccessError) {
    if try administrators(at: transaction.at, in: transaction.sql).isEmpty {
      throw .lastAdministrator(user.name)
    }
  }

  private static func change(
    _ user: Int, _ kind: AccessChange, _ role: Role?, reason: String, in transaction: StoreTransaction
  ) throws(AccessError) -> AuditedRow {
    try AccessError.wrapping { () throws(SQLiteError) in
      try transaction.sql.run(
        "INSERT INTO access_change (user, kind, role, reason, sequence) VALUES (?, ?, ?, ?, ?)", user,
        kind.rawValue, role?.rawValue, reason, transaction.sequence)
      return AuditedRow(.accessChange, transaction.sql.lastRowID)
    }
  }

  /// A reason without blanks around it; a reason of nothing is none.
  private static func checked(_ reason: String) throws(AccessError) -> String {
    guard reason.contains(where: { $0.isLetter || $0.isNumber }) else { throw .noReason }
    return reason
  }

  /// Enters what was done in the audit log.
  static func enter(
    _ act: String, _ user: String, roles: Set<Role>? = nil, token: Int? = nil, grant: ServiceGrant? = nil,
    reason: String? = nil, rows: [AuditedRow], _ audit: AuditLog, in transaction: StoreTransaction
  ) throws(AccessError) {
    var about = JSONObject()
    about["act"] = .string(act)
    about["user"] = .string(user)
    if let roles { about["roles"] = .array(roles.sorted().map { .string($0.rawValue) }) }
    if let token { about["token"] = .number(Decimal(token)) }
    if let grant {
      about["scopes"] = .array(grant.scopes.sorted().map { .string($0.rawValue) })
      about["company"] = .string(grant.company)
      about["purpose"] = .string(grant.purpose)
    }
    if let reason, !reason.isEmpty { about["reason"] = .string(reason) }
    let note = AuditNote(.access, rows: rows, about: about)
    try AccessError.wrapping { () throws(SQLiteError) in
      _ = try audit.append(note, in: transaction.sql)
    }
  }
}
