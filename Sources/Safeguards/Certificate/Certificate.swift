public import Formats
public import Values

/// The proof that a restriction is lawful: everything that the safeguards saw and counted, as canonical JSON.
///
/// It needs neither database nor policy to be checked (`CertificateChecker`), and holds no name and no address.
public struct Certificate: Hashable, Sendable {
  /// The name and version of the format.
  public static let format = "bonitas-restriction-certificate/1"

  /// What was examined; notices that counted for nothing are left out.
  public let report: SafeguardReport
  /// The hash of the canonical JSON without the member `digest`.
  public let digest: Digest

  /// The certificate of a report; whether that is lawful the caller knows or the checker finds.
  init(_ report: SafeguardReport) {
    self.report = report
    digest = Certificate.digest(of: Certificate.json(report))
  }

  init(report: SafeguardReport, digest: Digest) {
    self.report = report
    self.digest = digest
  }

  /// The certificate as JSON.
  public var json: JSONValue {
    guard case .object(var object) = Certificate.json(report) else { return .null }
    object["digest"] = .text(digest)
    return .object(object)
  }

  /// The certificate as it is kept and sent.
  public var bytes: [UInt8] { json.canonicalBytes }

  static func digest(of json: JSONValue) -> Digest { SHA256.hash(json.canonicalBytes) }
}
