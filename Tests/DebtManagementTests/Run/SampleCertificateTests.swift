import Foundation
import Safeguards
import TestSupport
import Testing

@testable import DebtManagement

/// The certificate of the sample data, which the help page of `debt verify` looks at.
@Suite struct SampleCertificateTests {
  /// What the safeguards write today; recorded anew with `BONITAS_RECORD=1` when the law data change.
  @Test func itIsTheCertificateOfAReadyCase() throws {
    let house = try ReadyCase.house()
    let certificate = try #require(house.desk.safeguards.certificate(try house.law()))
    let file = Repository.root.appending(path: "sample-data/debt/certificate.json")
    let bytes = Data(certificate.bytes + [0x0A])
    if ProcessInfo.processInfo.environment["BONITAS_RECORD"] == "1" { try bytes.write(to: file) }
    let kept = try? Data(contentsOf: file)
    #expect(kept == bytes, "certificate.json differs; record with BONITAS_RECORD=1")
  }

  /// Otherwise the fuzz targets would change nothing that holds.
  @Test func theSeedsOfTheFuzzTargetsAreAccepted() throws {
    func seed(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: Repository.root.appending(path: "Tests/Fuzz/" + name)))
    }
    _ = try CertificateChecker.verify(try seed("Certificate/Seeds/household"))
    #expect(try DebtPlan(try seed("Plan/Seeds/plan")).actions.count > 1)
  }
}
