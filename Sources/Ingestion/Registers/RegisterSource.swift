public import Facts
public import HTTPClient

/// A register that is asked about one subject at a time, as the policy declares it.
public struct RegisterSource: Hashable, Sendable {
  /// What a register tells.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Entries of a public register.
    case registerEntries = "register-entries"
    /// Entries of an arrears register.
    case arrearsEntries = "arrears-entries"

    /// The kind of fact that an entry becomes.
    public var factKind: FactKind {
      switch self {
      case .registerEntries: .registerEntry
      case .arrearsEntries: .arrearsEntry
      }
    }
  }

  /// The name, of small letters, digits and hyphens; the source of its facts.
  public var name: String
  /// What it tells.
  public var kinds: Set<Kind>
  /// Whose codes it knows.
  public var schemes: Set<IdentifierScheme>
  /// Whose customers it is asked about; empty for everybody's.
  public var jurisdictions: Set<Jurisdiction>
  /// Where it is asked.
  public var url: String
  /// How long an answer counts.
  public var maximumAgeHours: Int
  /// What it is asked for.
  public var purpose: String
  /// What allows asking.
  public var legalGround: String
  /// The class of its data, for retention and erasure.
  public var dataClass: String
  /// The environment variable with the credential; nil where none is needed.
  public var credentialVariable: String?
  /// Timeouts, retries, breaker, and how many at once.
  public var calls: Peer.Settings

  /// Whether it can be asked about a subject.
  public func serves(_ subject: RegisterSubject) -> Bool {
    guard schemes.contains(subject.identifier.scheme) else { return false }
    guard let jurisdiction = subject.jurisdiction, !jurisdictions.isEmpty else { return true }
    return jurisdictions.contains(jurisdiction)
  }
}

/// Whom a register is asked about.
public struct RegisterSubject: Hashable, Sendable {
  /// The code that the register knows the subject by.
  public var identifier: Identifier
  /// Whose law applies, where it is known.
  public var jurisdiction: Jurisdiction?

  /// Names a subject.
  public init(_ identifier: Identifier, jurisdiction: Jurisdiction? = nil) {
    self.identifier = identifier
    self.jurisdiction = jurisdiction
  }
}
