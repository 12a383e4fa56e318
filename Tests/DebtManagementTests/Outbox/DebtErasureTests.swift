import AuditLog
import Decisioning
import FactStore
import Facts
import Foundation
import HumanReview
import SQLite
import Testing
import Values

@testable import DebtManagement

/// What becomes of letters, requests, proposals and reports when a customer's data are erased.
@Suite struct DebtErasureTests {
  private static let tables =
    [.batch] + DecisionStore.auditedTables + ReviewStore.auditedTables + OutboxStore.auditedTables
    + ReportingStore.auditedTables

  /// Facts and everything of debt management, in one write.
  @discardableResult
  private func erase(
    _ house: DebtHouse, keepsProof: Bool = true, facts: Bool = true
  ) throws -> DebtErasure.Report {
    let key = try house.key()
    return try house.store.write(actor: "eraser", at: house.now, purpose: "erase") {
      write throws(DebtError) in
      let report = try DebtErasure.erase(
        customerKey: key, rule: "RET-1", keepsProof: keepsProof, tables: Self.tables, in: write,
        audit: house.audit)
      do throws(StoreError) {
        if facts { try write.erase(customerKey: key, rule: "RET-1") }
      } catch {
        throw .facts(error)
      }
      return report
    }
  }

  /// Whether bytes are anywhere in the database or its log.
  private func holds(_ text: String, _ house: DebtHouse) throws -> Bool {
    try house.store.database.checkpoint()
    let path = house.store.database.path
    let bytes =
      try Data(contentsOf: URL(fileURLWithPath: path)) + Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    return bytes.range(of: Data(text.utf8)) != nil
  }

  @Test func lettersGoAndNothingOfThemIsSent() throws {
    let other = DebtRecords(customer: "C2", contract: "K2")
    let house = try DebtHouse(
      "2026-01-23",
      DebtRecords.all(
        try DebtRecords().household(), [try DebtRecords().invoice(due: "2026-01-20")],
        try other.household(), [try other.invoice("I2", due: "2026-01-20")]))
    try house.run()
    let letter = try #require(try house.effects().first)
    let isWritten = try holds("Anna Paraugs", house)
    #expect(letter.state == .pending && isWritten)
    let report = try erase(house)
    #expect(report == DebtErasure.Report(effects: 1, reports: 0, kept: []))
    #expect(throws: OutboxError.unknown(id: letter.effect.id)) { try house.effect(letter.effect.id) }
    // The other customer of the same run has the letter still, and the log vouches for it.
    let others = try house.effects("C2").map(\.effect.id)
    #expect(try house.send().sent == others)
    try house.expectSound()
    #expect(try house.run() == DebtApplication.Report())
  }

  /// Also where somebody erased the facts alone.
  @Test func theOutboxSendsNothingForAnErasedCustomer() throws {
    let house = try DebtHouse(
      "2026-01-23", try DebtRecords().household() + [try DebtRecords().invoice(due: "2026-01-20")])
    try house.run()
    let (key, letter) = (try house.key(), try #require(try house.effects().first))
    try house.store.write(actor: "eraser", at: house.now, purpose: "erase") { write throws(StoreError) in
      _ = try write.erase(customerKey: key, rule: "RET-1")
      try StoreError.wrapping { () throws(SQLiteError) in
        _ = try house.audit.append(AuditNote(.humanAction, customers: [key]), in: write.sql)
      }
    }
    let report = try house.send()
    #expect(report.sent.isEmpty && report.withdrawn == [letter.effect.id: "erased"])
    #expect(house.mail.ids.isEmpty)
    #expect(try erase(house, facts: false).effects == 1)
    try house.expectSound()
  }

  @Test func theProofOfARestrictionStaysAsLongAsSomebodyMayClaim() throws {
    let house = try ReadyCase.house()
    try house.run()
    try house.judge()
    try house.run()
    try house.send()
    let request = try #require(try house.last(.disconnectionRequest))
    #expect(request.state == .sent)
    let report = try erase(house)
    #expect(report.kept == [request.effect.id])
    try house.expectSound()
    // Nobody takes back what stays as proof, and it is accepted still.
    #expect(try house.follow().relief.isEmpty)
    #expect(try house.send().sent.isEmpty)
    try house.expectProven(try house.effect(request.effect.id))
    #expect(try erase(house, keepsProof: false, facts: false).effects == 1)
    #expect(try house.effects().isEmpty)
    try house.expectSound()
  }

  /// Nobody decides about a proposal of somebody who is erased, and nothing comes of it.
  @Test func aProposalComesToNothing() throws {
    let house = try ReadyCase.house()
    let proposals = try house.run().proposals
    #expect(proposals.count == 1)
    try erase(house)
    let error = #expect(throws: (any Error).self) { try house.judge() }
    #expect("\(String(describing: error))".contains("erased"), "\(String(describing: error))")
    #expect(try house.run() == DebtApplication.Report())
    #expect(try house.effects().isEmpty)
    try house.expectSound()
  }

  @Test func aReleaseLeavesFirst() throws {
    let house = try ReadyCase.house()
    try house.run()
    try house.judge()
    try house.run()
    try house.send()
    try house.confirm(.disconnected)
    try house.enter(try DebtRecords().payment(on: "\(house.day)", 1000, for: nil))
    try house.follow()
    let release = try #require(try house.last(.release))
    #expect(throws: DebtError.self) { try erase(house) }
    #expect(try house.effect(release.effect.id).state == .pending)
    try house.send()
    #expect(try erase(house).kept.count == 1)
    try house.expectSound()
  }

  @Test func aReportIsEndedFirst() throws {
    let records = DebtRecords()
    let house = try DebtHouse(
      "2026-03-07", try records.household(.estonia) + [try records.invoice(due: "2026-01-20")])
    func tell() throws -> [ReportingDecision] {
      var reports: [DebtDesk.KeyedReport] = []
      let seen = try house.desk.reports(on: house.day, knownAt: house.now) { reports.append($0) }
      return try house.desk.record(reports, seen: seen, actor: "liga", clock: { house.now })
    }
    #expect(try tell().map(\.duty) == [.report])
    let error = #expect(throws: DebtError.self) { try erase(house) }
    #expect(error?.code == "report-stands" && error?.sentence.contains("K1") == true)
    try house.enter(try records.payment(on: "2026-03-07"))
    #expect(try tell().map(\.duty) == [.end])
    #expect(try erase(house).reports == 2)
    try house.expectSound()
  }
}
