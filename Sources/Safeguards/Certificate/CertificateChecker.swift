import Formats
import Values

/// Accepts or rejects a certificate without database and policy.
///
/// Every clock is counted again from what started it, their maximum, the amounts and the digest are made again, and
/// every bar has to have been checked and passed. With the law at hand the entries are compared with it too. What the
/// checker cannot see is whether the records say what the certificate says they do: whoever keeps them can.
public struct CertificateChecker: Sendable {
  /// The limits on what is read.
  private static let limits = JSONLimits(depth: 12, bytes: 4 << 20, digits: 40)

  /// The certificate, if it holds.
  ///
  /// - Parameters:
  ///   - bytes: The certificate as it was kept or sent.
  ///   - law: The law to compare it with; nil where none is at hand.
  ///   - calendars: The holidays to compare it with.
  /// - Throws: Why it is not accepted.
  public static func verify(
    _ bytes: [UInt8], law: DebtLaw? = nil, calendars: DebtCalendars? = nil
  ) throws(CertificateRejection) -> Certificate {
    let certificate = try read(bytes)
    try CertificateCheck(certificate.report, calendars).run()
    if let law { try compare(certificate.report, law) }
    return certificate
  }

  private static func read(_ bytes: [UInt8]) throws(CertificateRejection) -> Certificate {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONReader.parse(bytes, limits: limits)
    } catch {
      throw CertificateRejection(reason: .notJSON, place: "", detail: error.sentence)
    }
    let certificate: Certificate
    do throws(DataFault) {
      certificate = try Certificate(json)
    } catch {
      throw CertificateRejection(reason: .malformed, place: error.place, detail: error.fault)
    }
    // The bytes, not the value: a byte-order mark, a space or another spelling of a number is a change.
    guard certificate.bytes == bytes else {
      throw CertificateRejection(
        reason: .notCanonical, place: "", detail: "written out again the certificate is another text")
    }
    let digest = Certificate.digest(of: Certificate.json(certificate.report))
    guard digest == certificate.digest else {
      throw CertificateRejection(reason: .wrongDigest, place: "/digest", detail: "is not \(digest)")
    }
    return certificate
  }

  private static func compare(_ report: SafeguardReport, _ law: DebtLaw) throws(CertificateRejection) {
    guard let claim = report.claim else { return }
    let expected = law.measuring(
      claim, report.request.tool, on: report.request.on, noticesSent: Set(report.notices.map(\.sent)))
    guard expected.map(\.json) == report.law.map(\.json) else {
      let wrong = zip(expected, report.law).enumerated().first { $1.0.json != $1.1.json }?.offset
      throw CertificateRejection(
        reason: .otherLaw, place: "/law/entries/\(wrong ?? min(expected.count, report.law.count))",
        detail: "differs from the law of \(report.request.on) at hand")
    }
    guard law.version == report.lawVersion else {
      throw CertificateRejection(
        reason: .otherLaw, place: "/law/version", detail: "the law at hand is version \(law.version)")
    }
  }
}
