import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import Foundation
import TestSupport
import Testing
import Values

@testable import HumanReview

/// What a reviewer sees of a case.
@Suite struct CaseFileTests {
  private let office: Office

  init() throws { office = try Office(customers: 2) }

  private func file(_ id: CaseID) throws -> CaseFile {
    try office.store.read { reader throws(CaseFileError) in
      try CaseFile(id, on: office.day, at: office.now, reader)
    }
  }

  @Test func showsWhoWhatAndTheRawRecords() throws {
    let record = try office.rate()
    let id = try office.contest(record.id).reviewCase.id
    let file = try file(id)
    #expect(file.customer?.number == "C1")
    #expect(file.decision == record)
    #expect(file.suspendedBy == id)
    #expect(file.features.filter { $0.points != nil }.count == record.content.characteristics.count)
    let invoice = try #require(try file.record("INVOICE:c1-1").first)
    #expect(invoice.fields.first { $0.name == "amount" }?.value == "30")
    #expect(invoice.provenance.line == 5)
    #expect(!file.isOutdated(invoice))
    #expect(
      file.timeline.map(\.what) == ["decision", "payment", "invoice", "customer"].filter { $0 != "customer" })
    #expect(file.timeline.last?.detail == "due 2026-05-15, settled 2026-05-15")
    #expect { try file.record("invoice:C2-1") } throws: { error in
      (error as? CaseFileError)?.code == "case-file.unknown-record"
    }
  }

  /// The reviewer sees what the engine could not: what came in, or was mended, since.
  @Test func tellsWhatBecameKnownSince() throws {
    let id = try office.contest(try office.rate().id).reviewCase.id
    #expect(try file(id).news.isEmpty)
    _ = office.tick(minutes: 60)
    try office.load([
      "invoices C1-1,C1,,2026-05-01,2026-05-15,40,EUR", "payments P9,C1,2026-06-20,10,EUR,C1-1",
    ])
    let later = try file(id)
    #expect(later.news.map(\.change) == [.corrected, .new])
    #expect(later.news.map(\.record.name) == ["invoice:C1-1", "payment:P9"])
    #expect(later.timeline.filter(\.isNews).map(\.record) == ["payment:P9", "invoice:C1-1"])
    let versions = try later.record("invoice:C1-1")
    #expect(versions.map { later.isOutdated($0) } == [false, true])
    #expect(
      versions.compactMap { version in version.fields.first { $0.name == "amount" }?.value } == ["40", "30"])
    // The features are those that were decided on.
    #expect(later.features == (try file(id)).features)
  }

  /// What is done about a debt stands in the time line, and is no news to a rating, which does not read it.
  @Test func tellsWhatWasDoneAboutDebts() throws {
    let id = try office.contest(try office.rate().id).reviewCase.id
    _ = office.tick(minutes: 60)
    try office.load([
      "complaints O1,C1,K1,,objection,2026-06-01,2026-06-20,yes,2026-06-10,rejected",
      "payment-plans L1,C1,K1,2026-06-02,,", "plan-instalments L1-1,C1,L1,2026-06-02,2026-06-21,10,EUR",
      "plan-instalments L1-2,C1,L1,2026-06-02,2026-07-21,10,EUR",
      "notice-deliveries V1,C1,D1,returned,2026-06-03,", "deposits E1,C1,K1,2026-06-04,-5,EUR",
      "protections X1,C1,energyPoor,2026-06-05,2027-01-01,no",
      "holds H1,C1,,,2026-06-06,2026-07-01,bereavement,anna",
      "operator-confirmations B1,C1,K1,fx-1,disconnected,2026-06-07",
      "claim-assignments M1,C1,K1,2026-06-08,Collector,", "dwellings W1,C1,T1,2026-06-09,,yes,no",
    ])
    let file = try file(id)
    #expect(file.news.isEmpty && file.timeline.allSatisfy { !$0.isNews })
    let told = file.timeline.filter {
      $0.date >= office.day.adding(days: -29) ?? office.day && $0.what != "decision"
    }
    #expect(
      told.map { "\($0.what): \($0.detail)" } == [
        "instalment due: L1", "objection closed: K1, rejected", "reasoned reply: K1",
        "claims to collector: K1, Collector", "operator: disconnected: K1",
        "hold: everything, bereavement, until 2026-07-01", "protection: energyPoor, without proof",
        "deposit given back: K1", "notice returned: D1", "payment plan: K1, 2 instalments",
        "objection: about K1",
      ])
    #expect(try file.record("dwelling:W1").first?.fields.map(\.value).contains("yes") == true)
  }

  @Test func comparesWithTheDecisionBefore() throws {
    let first = try office.rate(on: try office.later(-20))
    _ = office.tick(minutes: 1)
    try office.load(["invoices C1-2,C1,,2026-05-02,2026-05-16,50,EUR"])
    let second = try office.rate()
    let changes = try #require(try file(try office.contest(second.id).reviewCase.id).changes)
    #expect(changes.before == first.id)
    #expect(changes.summary.map(\.name).contains("score"))
    #expect(changes.features.first.map { $0.gain.sign } == -1)
    #expect(
      changes.features.map { $0.gain.magnitude } == changes.features.map { $0.gain.magnitude }.sorted(by: >))
    let again = try office.rate(on: try office.later(1))
    let next = try file(try office.contest(again.id).reviewCase.id)
    #expect(next.changes?.before == second.id)
    #expect(next.changes?.newKnockOuts == [])
  }

  @Test func showsEarlierReviewsAndOpenDisputes() throws {
    let record = try office.rate()
    let first = try office.contest(record.id).reviewCase.id
    _ = try office.claim(first)
    try office.decide(first, Office.draft(rating: "B", scope: .customer))
    try office.load(["disputes X1,C1,C1-1,2026-06-01,5,EUR,,"])
    let second = try office.contest(record.id, "Still wrong.").reviewCase.id
    let file = try file(second)
    #expect(file.otherCases.map(\.reviewCase.id) == [first])
    #expect(file.otherCases.first?.judgement?.reviewer == "janis")
    #expect(file.otherCases.first?.result?.hasPrefix("rating B") == true)
    #expect(file.openDisputes.map(\.invoice) == ["C1-1"])
    #expect(file.decision?.kind == .human)
  }

  @Test func aDataProblemShowsItsRecords() throws {
    let batch = try office.quarantine("C1", lines: 2...4)
    try office.quarantine("C2", file: "other.csv")
    try office.follow()
    let file = try file(CaseID(.dataProblem, batch))
    #expect(file.quarantine.map(\.rejection.line) == [2, 3, 4])
    #expect(file.decision == nil && file.features.isEmpty && file.customer == nil)
    #expect(try file.counterfactuals() == nil)
    _ = try file.json(Set(CaseSection.allCases))
  }

  @Test func counterfactualsAreThoseOfTheDecision() throws {
    try office.load(["invoices C1-2,C1,,2026-01-02,2026-01-16,500,EUR"])
    let record = try office.rate()
    let file = try file(try office.contest(record.id).reviewCase.id)
    let (found, section) = try #require(try file.counterfactuals())
    #expect(found.goal != nil)
    #expect(!section.sentences.isEmpty)
    let json = try file.json([.counterfactuals])
    #expect(json["counterfactuals"]?["goal"] != .null)
    #expect(json["timeline"] == nil)
  }

  @Test func anUnknownCaseIsRefused() throws {
    #expect { try file(CaseID(.contest, 7)) } throws: { error in
      (error as? CaseFileError)?.code == "review.unknown-case"
    }
  }

  /// A list need not follow where nothing is new, and must where anything is.
  @Test func tellsWhetherThereIsAnythingToFollow() throws {
    func isBehind(on day: CivilDate? = nil) throws -> Bool {
      try office.store.read { reader throws(ReviewError) in
        try ReviewDesk.isBehind(on: day ?? office.day, at: office.now, in: reader.sql)
      }
    }
    #expect(try !isBehind())
    try office.refer()
    #expect(try isBehind())
    try office.follow()
    #expect(try !isBehind())
    #expect(try isBehind(on: try office.later(60)))
    try office.settleQuarantine()
    #expect(try isBehind())
    try office.follow()
    #expect(try !isBehind())
    let id = try #require(try office.list().first?.id)
    _ = try office.claim(id)
    try office.desk.snooze(
      id, until: try office.later(1), reason: "wait", by: Office.janis, on: office.day, at: office.tick())
    #expect(try !isBehind())
    #expect(try isBehind(on: try office.later(1)))
  }
}
