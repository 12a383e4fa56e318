import DebtManagement
import Facts
import Foundation
import Safeguards
import TestSupport
import Testing
import Values

/// A restriction leaves with the certificate of itself, and with no other.
@Suite struct EffectCertificateTests {
  private let house: OutboxHouse
  private let make: EffectMaker
  private let safeguards: Safeguards

  init() throws {
    house = try OutboxHouse()
    make = EffectMaker(customer: house.customer)
    func files(_ folder: String) throws -> [(path: String, bytes: [UInt8])] {
      try ["lv", "ee"].map { name in
        let path = "rules/\(folder)/\(name).json"
        return (path, [UInt8](try Data(contentsOf: Repository.root.appending(path: path))))
      }
    }
    safeguards = Safeguards(
      law: try DebtLaw(files: try files("law")), calendars: try DebtCalendars(files: try files("calendars")))
  }

  /// The household of the law document: due 2026-01-20, notices 2026-01-30.
  private func facts() throws -> CustomerFacts {
    let customer = CustomerReference.number("CAST-22")
    let sent = try LetterSamples.day(2026, 1, 30)
    func recorded<Content: FactContent>(_ fact: Content, _ number: Int) -> Recorded<Content> {
      Recorded(
        factID: number, fact: fact,
        provenance: Provenance(source: "test", contentHash: .zero, knownFrom: OutboxHouse.monday, sequence: 1)
      )
    }
    func notice(_ id: String, _ type: DebtNotice.NoticeType) throws -> DebtNotice {
      DebtNotice(
        id: id, customer: customer, sent: sent, channel: .letter, amount: Money(1210, .eur), type: type,
        contract: "L-22", deadline: try LetterSamples.day(2026, 2, 27), principal: 1200, interest: 3,
        penalty: 0, costs: 7, addressKind: .contract, contentHash: .zero, template: "t-1", language: .latvian)
    }
    var facts = CustomerFacts()
    facts.customer = recorded(
      Customer(
        number: "CAST-22", kind: .household, jurisdiction: .latvia,
        customerSince: try LetterSamples.day(2024, 3, 1)), 1)
    facts.contracts = [
      recorded(
        Contract(
          id: "L-22", customer: customer, commodity: .electricity, deliveryPoint: "43Z-22",
          start: try LetterSamples.day(2024, 3, 1)), 2)
    ]
    facts.invoices = [
      recorded(
        Invoice(
          id: "R-2201", customer: customer, contract: "L-22", issued: try LetterSamples.day(2026, 1, 5),
          due: try LetterSamples.day(2026, 1, 20), amount: Money(1200, .eur)), 3)
    ]
    facts.debtNotices = [
      recorded(try notice("N-1", .debtNotice), 4), recorded(try notice("N-2", .restrictionWarning), 5),
    ]
    for (place, id) in ["N-1", "N-2"].enumerated() {
      facts.noticeDeliveries.append(
        recorded(
          NoticeDelivery(
            id: "D-\(place)", customer: customer, notice: id, event: .delivered,
            date: try LetterSamples.day(2026, 2, 2), evidence: "RR1"), 6 + place))
    }
    return facts
  }

  private func certificate(_ id: String, _ tool: Tool = .disconnectionRequest) throws -> [UInt8] {
    let request = RestrictionRequest(
      id: id, tool: tool, customer: "CAST-22", contract: "L-22", invoices: ["R-2201"],
      on: try LetterSamples.day(2026, 3, 2), amount: Money(1200, .eur), interest: 3, penalty: 0, costs: 7)
    let report = safeguards.examine(request, facts: try facts(), pendingReview: false)
    let certificate = try #require(safeguards.certificate(report), "\(report)")
    return certificate.bytes
  }

  private var guards: OutboxGuards {
    var guards = OutboxGuards.open
    let safeguards = safeguards
    guards.refusal = { bytes, effect in
      effect.refusal(of: bytes, law: safeguards.law, calendars: safeguards.calendars)
    }
    return guards
  }

  private func report(_ request: Effect) throws -> OutboxSender.Report {
    try house.append([request])
    return try house.sender(Recorder().destination, guards: guards).run()
  }

  @Test func aRequestLeavesWithItsOwnCertificate() throws {
    let certificate = String(decoding: try certificate(make.request().id), as: UTF8.self)
    let request = make.request(certificate: certificate)
    #expect(try report(request).sent == [request.id])
  }

  @Test func theCertificateOfAnEarlierRunAllowsNothing() throws {
    let earlier = String(decoding: try certificate(make.request().id), as: UTF8.self)
    var maker = make
    maker.run = "run-2"
    let request = maker.request(certificate: earlier)
    #expect(try report(request).failed == [request.id: "certificate-refused:certificate-of-another"])
  }

  @Test func theCertificateOfAnotherToolAllowsNothing() throws {
    let id = make.request(.powerLimit).id
    let request = make.request(.powerLimit, certificate: String(decoding: try certificate(id), as: UTF8.self))
    #expect(try report(request).failed == [request.id: "certificate-refused:certificate-of-another"])
  }

  @Test func aChangedCertificateAllowsNothing() throws {
    let good = String(decoding: try certificate(make.request().id), as: UTF8.self)
    let request = make.request(certificate: good.replacing("\"R-2201\"", with: "\"R-2202\""))
    #expect(try report(request).failed == [request.id: "certificate-refused:certificate-wrong-digest"])
  }
}
