/// Why a certificate is not accepted, and where.
public struct CertificateRejection: Error, Hashable, Sendable {
  /// The kinds of trouble; the raw value is the stable code.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// It is no JSON within the limits.
    case notJSON = "certificate-not-json"
    /// A member is missing, unknown or of another form.
    case malformed = "certificate-malformed"
    /// It is not in the canonical form.
    case notCanonical = "certificate-not-canonical"
    /// The digest is another.
    case wrongDigest = "certificate-wrong-digest"
    /// An entry of the law is not about the claim, or in force on no day that counts.
    case foreignLaw = "certificate-foreign-law"
    /// No entry allows the tool.
    case toolNotAllowed = "certificate-tool-not-allowed"
    /// A clock that the law asks for is missing, or one is there that it does not ask for.
    case clocks = "certificate-clocks"
    /// A clock was counted wrongly.
    case clockCount = "certificate-clock-count"
    /// A notice that a clock hangs on is missing, is not proven or not of the form of the law.
    case notice = "certificate-notice"
    /// The day comes too soon.
    case tooEarly = "certificate-too-early"
    /// A bar was not checked.
    case barMissing = "certificate-bar-missing"
    /// A bar stands.
    case barStands = "certificate-bar-stands"
    /// An amount is not what its parts make, or more than may be claimed.
    case amounts = "certificate-amounts"
    /// An invoice is missing, or is no ground.
    case invoices = "certificate-invoices"
    /// The holidays do not reach, or are others.
    case holidays = "certificate-holidays"
    /// The law at hand says something else.
    case otherLaw = "certificate-other-law"
  }

  /// What is wrong.
  public let reason: Reason
  /// Where: a JSON pointer (RFC 6901); empty for the whole.
  public let place: String
  /// What stands there.
  public let detail: String

  /// The stable code.
  public var code: String { reason.rawValue }
}
