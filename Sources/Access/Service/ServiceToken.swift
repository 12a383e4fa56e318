import Facts
import Values

/// A token by which a program asks, with what it may do: what the service keeps of a caller between requests.
///
/// It may be kept for as long as `AccessStore.generation` stays the same; that its time is over changes no generation,
/// so `state(at:)` is asked every time.
///
/// A class, since it goes from hand to hand with every request: as a structure each copy was six references.
public final class ServiceToken: Sendable {
  /// The token.
  public let token: AccessToken
  /// What it may do.
  public let grant: ServiceGrant
  /// What the store keeps of the secret.
  let digest: Digest

  init(token: AccessToken, grant: ServiceGrant, digest: Digest) {
    self.token = token
    self.grant = grant
    self.digest = digest
  }

  /// The number, which also stands in the token's text.
  public var id: Int { token.id }
  /// The user of the program that holds it, under whose name it writes.
  public var user: String { token.user }

  /// What has become of it by an instant.
  public func state(at now: Instant) -> AccessToken.State { token.state(at: now) }

  /// Whether this is the token that somebody presents; takes a time that does not tell how far the secrets agree.
  public func isHeld(by text: TokenText) -> Bool {
    let isSecret = text.digest.isSame(as: digest)
    return isSecret && text.id == id
  }

  /// Refuses what the token was not made for.
  ///
  /// - Throws: `.missingScope`.
  public func require(_ scope: Scope) throws(AccessError) {
    guard grant.scopes.contains(scope) else { throw .missingScope(scope, token: id) }
  }

  /// Refuses customers of a country that the token is not for.
  ///
  /// - Throws: `.otherJurisdiction`.
  public func require(_ jurisdiction: Jurisdiction) throws(AccessError) {
    guard grant.jurisdictions?.contains(jurisdiction) ?? true else {
      throw .otherJurisdiction(jurisdiction, token: id)
    }
  }

  /// Refuses facts of a source that the token is not for.
  ///
  /// - Throws: `.otherSource`.
  public func require(source: String) throws(AccessError) {
    guard grant.sources.contains(source) else { throw .otherSource(source, token: id) }
  }

  /// Whether a decision may be told: who may not see one is answered as if there were none.
  ///
  /// - Parameters:
  ///   - company: who asked for it; nil where no service did.
  ///   - jurisdiction: the customer's country; nil where it is not known, which no limited token sees.
  public func sees(askedForBy company: String?, in jurisdiction: Jurisdiction?) -> Bool {
    if let allowed = grant.jurisdictions {
      guard let jurisdiction, allowed.contains(jurisdiction) else { return false }
    }
    switch grant.sees {
    case .all: return true
    case .own: return company == grant.company
    }
  }
}
