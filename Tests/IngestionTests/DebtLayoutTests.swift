import FactStore
import Facts
import Foundation
import Ingestion
import TestSupport
import Testing
import Values

/// The layouts of what is done about a debt, and files from before their columns.
@Suite struct DebtLayoutTests {
  private static let contracts = "contract,customer,commodity,delivery_point,start,end"
  private static let notices = "notice,customer,invoice,sent,channel,amount,currency"

  @Test func aFileWithoutTheLaterColumnsStaysReadable() throws {
    let bench = try Workbench()
    let old = Self.contracts + "\nK1,C1,gas,T1,2024-01-01,\n"
    let report = try bench.ingest("old.csv", old)
    #expect(report.layout == "contracts" && report.stored == [.contract: 1])
    let hash = try bench.hash()
    // The same record with the columns, which are empty, is nothing new.
    let whole = try bench.ingest(
      "new.csv", Self.contracts + ",jurisdiction,customer_type,claimant\nK1,C1,gas,T1,2024-01-01,,,,\n")
    #expect(whole.alreadyKnown == 1 && whole.storedTotal == 0)
    #expect(try bench.hash() == hash)
    // Some of them, in any order, are enough; what they say corrects the record.
    let some = try bench.ingest(
      "some.csv", "claimant," + Self.contracts + "\nnetworkOperator,K1,C1,gas,T1,2024-01-01,\n")
    #expect(some.corrections == [.contract: 1])
    let contract = try #require(try bench.facts(of: "C1").contracts.first).fact
    #expect(contract.claimant == .networkOperator && contract.jurisdiction == nil)
  }

  @Test func headersThatMissOrDoubleAColumnAreNamed() throws {
    let bench = try Workbench()
    func failure(_ header: String) -> IngestError? {
      ingestError { _ = try bench.ingest("f.csv", header + "\n") }
    }
    let missing = failure("invoice,customer,contract,issued,amount,currency,subject")
    #expect(missing?.code == "missing-columns" && missing?.sentence.contains("column due is missing") == true)
    #expect(failure(Self.contracts + ",claimant,claimant")?.code == "duplicate-column")
    #expect(failure(Self.contracts + ",subject")?.code == "unexpected-columns")
  }

  @Test(arguments: [
    (
      "contracts", contracts + ",jurisdiction", "K1,C1,gas,,2024-01-01,,Eesti", "unknown-country",
      "jurisdiction"
    ),
    ("contracts", contracts + ",claimant", "K1,C1,gas,,2024-01-01,,seller", "unknown-word", "claimant"),
    (
      "debt-notices", notices + ",principal", "D1,C1,,2026-01-30,letter,10,EUR,-10", "amount-negative",
      "principal"
    ),
    (
      "debt-notices", notices + ",principal", "D1,C1,,2026-01-30,letter,-10,EUR,", "amount-not-positive",
      "amount"
    ),
    ("debt-notices", notices + ",principal", "D1,C1,,2026-01-30,letter,10,EUR,9", "parts-not-sum", "amount"),
    (
      "debt-notices", notices + ",costs", "D1,C1,,2026-01-30,letter,,,7", "parts-without-amount", "costs"
    ),
    (
      "debt-notices", notices + ",content_hash", "D1,C1,,2026-01-30,letter,,,abc", "not-a-digest",
      "content_hash"
    ),
    (
      "debt-notices", notices + ",deadline", "D1,C1,,2026-01-30,letter,,,2026-01-29", "deadline-before-sent",
      "deadline"
    ),
    ("notice-deliveries", "", "V1,C1,D1,lost,2026-02-01,", "unknown-word", "event"),
    ("complaints", "", "O1,C1,K1,,complaint,2026-02-01,,perhaps,,", "unknown-word", "written"),
    ("complaints", "", "O1,C1,K1,,complaint,2026-02-01,,yes,2026-01-01,", "end-before-start", "replied_on"),
    ("complaints", "", "O1,C1,K1,,complaint,2026-02-01,,yes,,upheld", "outcome-while-open", "outcome"),
    ("payment-plans", "", "L1,C1,K1,2026-02-01,,broken", "end-reason-while-open", "end_reason"),
    ("plan-instalments", "", "L1-1,C1,,2026-02-01,2026-03-01,10,EUR", "missing-value", "plan"),
    ("plan-instalments", "", "L1-1,C1,L1,2026-02-01,2026-01-01,10,EUR", "due-before-agreed", "due"),
    ("plan-instalments", "", "L1-1,C1,L1,2026-02-01,2026-03-01,10,SEKK", "unknown-currency", "currency"),
    ("plan-instalments", "", "L1-1,C1,L1,2026-02-01,2026-03-01,-10,EUR", "amount-not-positive", "amount"),
    ("protections", "", "X1,C1,diabetes,2026-02-01,,yes", "unknown-word", "kind"),
    ("dwellings", "", "W1,C1,,2026-02-01,,yes,yes", "missing-value", "delivery_point"),
    ("deposits", "", "E1,C1,K1,2026-02-01,0,EUR", "amount-zero", "amount"),
    ("operator-confirmations", "", "B1,C1,K1,,restored,2026-02-01", "missing-value", "request"),
    ("claim-assignments", "", "M1,C1,K1,2026-02-01,Collector,2026-01-31", "end-before-start", "returned"),
    ("holds", "", "H1,C1,,,2026-02-01,,,anna", "missing-value", "reason"),
  ])
  func badRowsGoToQuarantine(layout: String, header: String, row: String, rule: String, column: String) throws
  {
    let bench = try Workbench()
    let whole = try #require(LayoutTemplate(layout: layout)?.header)
    let report = try bench.ingest("f.csv", (header.isEmpty ? whole : header) + "\n" + row + "\n")
    #expect(report.layout == layout && report.quarantined == [rule: 1] && report.storedTotal == 0)
    let rejection = try #require(try bench.quarantine().first).rejection
    #expect(rejection.column == column && rejection.customer == .number("C1"))
    #expect(rejection.hint.contains(column))
  }

  @Test func aProofFromBeforeItsNoticeGoesToQuarantine() throws {
    let bench = try Workbench()
    _ = try bench.ingest("n.csv", Self.notices + "\nD1,C1,,2026-01-30,registeredLetter,,\n")
    let header = try #require(LayoutTemplate(layout: "notice-deliveries")?.header)
    let report = try bench.ingest(
      "v.csv", header + "\nV1,C1,D1,delivered,2026-01-29,\nV2,C1,D1,delivered,2026-02-02,RR1\n")
    #expect(report.quarantined == ["proof-before-sending": 1] && report.stored == [.noticeDelivery: 1])
    let rejection = try #require(try bench.quarantine().first).rejection
    #expect(rejection.hint.contains("2026-01-30") && rejection.customer == .number("C1"))
    #expect(try bench.facts(of: "C1").noticeDeliveries.map(\.fact.evidence) == ["RR1"])
  }

  @Test func theDebtorsOfTheSampleDataAreTakenWhole() throws {
    let bench = try Workbench()
    let folder = Repository.root.appending(path: "sample-data/debt")
    // The certificate is for `debt verify`, no facts.
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".csv") }.sorted().reversed()
    let report = try bench.ingestor.ingest(
      files: files.map { folder.appending(path: $0).path }, options: bench.options())
    #expect(report.files.map(\.storedTotal) == report.files.map(\.rows))
    #expect(report.waitingCustomers == 0)
    #expect(try bench.quarantine().isEmpty)
  }

  @Test func aMappingGivesYesAndNoAsWordsOrAsTruth() throws {
    let bench = try Workbench()
    let mapping = try Mapping(
      json: Array(
        """
        {"name": "homes", "columns": {"id": {}, "heat": {"type": "boolean", "true": ["J"], "false": ["N"]}},
         "facts": [{"kind": "dwelling", "fields": {
           "dwelling": "id", "customer": "\\"C1\\"", "delivery_point": "id", "from": "\\"2024-01-01\\"",
           "permanent_home": "true", "needs_electricity_to_heat": "heat"}}]}
        """.utf8), file: "homes.json")
    let report = try bench.ingest("homes.csv", "id,heat\nT1,J\nT2,N\nT3,\n", mapping: mapping)
    #expect(report.stored == [.dwelling: 2] && report.quarantined == ["missing-value": 1])
    let dwellings = try bench.facts(of: "C1").dwellings.map(\.fact)
    #expect(dwellings.map(\.needsElectricityToHeat) == [true, false])
    #expect(dwellings.allSatisfy { $0.isPermanentHome })
    let wrong = #expect(throws: MappingError.self) {
      try Mapping(
        json: Array(
          """
          {"name": "m", "columns": {"A": {}}, "facts": [{"kind": "complaint", "fields": {
            "complaint": "A", "customer": "A", "kind": "\\"complaint\\"", "opened": "A", "written": "\\"maybe\\"",
            "outcome": "true"}}]}
          """.utf8), file: "m.json")
    }
    #expect(wrong?.sentence.contains("yes, no") == true && wrong?.findings.count == 2)
  }
}
