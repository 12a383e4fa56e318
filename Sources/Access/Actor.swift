/// Who acts: a user by name with the roles that count now.
public struct Actor: Hashable, Sendable {
  /// The user's name, as it stands in writes and audit entries.
  public let name: String
  /// The roles; none where nobody is signed in.
  public let roles: Set<Role>

  /// Names an actor.
  public init(name: String, roles: Set<Role>) {
    self.name = name
    self.roles = roles
  }

  /// Whether one of the roles has the permission.
  public func may(_ permission: Permission) -> Bool {
    !roles.isDisjoint(with: permission.roles)
  }
}
