import Values

/// A token as the store knows it: everything but the secret.
public struct AccessToken: Hashable, Sendable {
  /// The number, which also stands in the token's text.
  public let id: Int
  /// Whose it is.
  public let user: String
  /// What the user calls it.
  public let label: String
  /// When it was issued.
  public let issuedAt: Instant
  /// By whom.
  public let issuedBy: String
  /// The first instant at which it no longer counts.
  public let expires: Instant
  /// When it was revoked; nil where it was not.
  public let revokedAt: Instant?
  /// What it may do, where a service holds it; nil for a person's, which may do what its user may.
  public let grant: ServiceGrant?

  /// How many days a token counts where nothing else is asked for.
  public static let defaultDays = 90
  /// How many days a token counts at most: a year, so that access nobody needs any more ends by itself.
  public static let longestDays = 366

  /// Whether a token counts.
  public enum State: String, Hashable, Sendable {
    /// It counts.
    case valid
    /// Its time is over.
    case expired
    /// It was taken back.
    case revoked
  }

  /// What has become of it by an instant; a token that was taken back stays so.
  public func state(at now: Instant) -> State {
    if revokedAt != nil { return .revoked }
    return now < expires ? .valid : .expired
  }
}
