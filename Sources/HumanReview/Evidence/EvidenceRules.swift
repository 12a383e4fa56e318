import Decisioning
import Values

/// What may be attached to a case and what may not, and which words call for care: `evidence.json` of a rule set.
///
/// Kinds are an allow-list (AD-26): what is none of them is not taken. Hosts are a deny-list of social networks, of
/// addresses that hide where they lead, and of archives that show other pages.
public struct EvidenceRules: Sendable {
  /// The path within the rule set.
  public static let path = "evidence.json"

  /// A kind of evidence that is taken.
  public struct Kind: Hashable, Sendable {
    /// What has to be given with it.
    public enum Need: String, CaseIterable, Hashable, Sendable {
      case file
      case address
      case date
      case note
    }

    /// The word for it: `court-ruling`.
    public var id: String
    /// The name for people.
    public var title: String
    /// What it cannot do without.
    public var needs: Set<Need>
    /// Whether the day of attaching is meant where no date is given: a page on the web is seen today.
    public var dateDefaultsToToday: Bool
  }

  /// A kind of evidence that is refused.
  public struct ForbiddenKind: Hashable, Sendable {
    /// The word for it.
    public var id: String
    /// Why, with the provision.
    public var because: String
  }

  /// The kinds that are taken, in the order of the file.
  public let kinds: [Kind]
  /// The kinds that are refused.
  public let forbidden: [ForbiddenKind]
  let socialNetworks: [String]
  let hideTheirTarget: [String]
  let archives: [String]
  let words: SensitiveWords

  init(
    kinds: [Kind], forbidden: [ForbiddenKind], socialNetworks: [String], hideTheirTarget: [String],
    archives: [String], words: SensitiveWords
  ) {
    self.kinds = kinds
    self.forbidden = forbidden
    self.socialNetworks = socialNetworks
    self.hideTheirTarget = hideTheirTarget
    self.archives = archives
    self.words = words
  }

  /// The kind of this word.
  ///
  /// - Throws: `.forbiddenKind`, `.unknownKind`.
  public func kind(_ word: String) throws(EvidenceError) -> Kind {
    if let kind = kinds.first(where: { $0.id == word }) { return kind }
    if let kind = forbidden.first(where: { $0.id == word }) {
      throw .forbiddenKind(kind.id, because: kind.because)
    }
    throw .unknownKind(word, known: kinds.map(\.id))
  }

  /// Reads an address and refuses the hosts that are no source.
  ///
  /// - Throws: `.address`, `.blockedHost`, `.hiddenTarget`.
  public func address(_ typed: String) throws(EvidenceError) -> EvidenceAddress {
    let address: EvidenceAddress
    do throws(EvidenceAddress.Fault) { address = try EvidenceAddress(typed) } catch {
      throw .address(typed, error)
    }
    guard let host = address.host else { return address }
    if Self.contains(host, in: socialNetworks) { throw .blockedHost(host) }
    if Self.contains(host, in: hideTheirTarget) { throw .hiddenTarget(host) }
    for inner in address.hostsWithin(anywhere: Self.contains(host, in: archives))
    where Self.contains(inner, in: socialNetworks) {
      throw .blockedHost(inner)
    }
    return address
  }

  /// Whether a host is one of these or lies below one.
  private static func contains(_ host: String, in hosts: [String]) -> Bool {
    hosts.contains { host == $0 || host.hasSuffix("." + $0) }
  }
}
