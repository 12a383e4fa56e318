import Values

/// A user as the record of changes makes them.
public struct User: Hashable, Sendable {
  /// The key in the store.
  public let key: Int
  /// The name.
  public let name: String
  /// What the user was made to do.
  public var roles: Set<Role>
  /// Whether the user may no longer sign in.
  public var isDisabled: Bool
  /// When the user was added.
  public let addedAt: Instant
  /// By whom.
  public let addedBy: String

  /// The user as somebody who acts.
  public var actor: Actor { Actor(name: name, roles: isDisabled ? [] : roles) }
}
