import FactStore
import Facts
import SQLite
import TestSupport
import Testing
import Values

/// The kinds that tell what is done about a debt, and what contracts, invoices and notices say of it.
@Suite struct DebtFactTests {
  /// A full record and one of the required fields alone, of every kind but the customer.
  private static let records: [(FactKind, [String])] = [
    (.contract, ["K1", "A", "gas", "T1", "2024-10-05", "", "EE", "business", "networkOperator"]),
    (.contract, ["K2", "A", "gas", "", "2024-10-05"]),
    (.invoice, ["I1", "A", "K1", "2024-10-05", "2024-10-20", "-12.34567", "EUR", "restorationCost"]),
    (.invoice, ["I2", "A", "", "2024-10-05", "2024-10-20", "12", "EUR"]),
    (
      .debtNotice,
      [
        "D1", "A", "I1", "2024-10-21", "letter", "12.3", "EUR", "debtNotice", "K1", "2024-11-21", "10", "1.2",
        "1",
        "0.1", "contract", String(repeating: "ab", count: 32), "debtNotice/1", "lv",
      ]
    ),
    (.debtNotice, ["D2", "A", "", "2024-10-21", "email"]),
    (.debtNotice, ["D3", "A", "", "2024-10-21", "email", "12.3", "EUR", "", "", "", "12.3", "", "", "0"]),
    (.noticeDelivery, ["V1", "A", "D1", "delivered", "2024-10-24", "RR1"]),
    (.noticeDelivery, ["V2", "A", "D1", "sent", "2024-10-21"]),
    (
      .complaint,
      ["O1", "A", "K1", "I1", "outOfCourt", "2024-10-25", "2024-11-25", "yes", "2024-11-01", "withdrawn"]
    ),
    (.complaint, ["O2", "A", "", "", "complaint", "2024-10-25", "", "no"]),
    (.paymentPlan, ["L1", "A", "K1", "2024-10-26", "2024-12-26", "fulfilled"]),
    (.paymentPlan, ["L2", "A", "K1", "2024-10-26"]),
    (.planInstalment, ["L1-1", "A", "L1", "2024-10-26", "2060-01-01", "6.15", "EUR"]),
    (.protection, ["X1", "A", "energyPoor", "2024-10-27", "2060-01-01", "yes"]),
    (.protection, ["X2", "A", "deceased", "2024-10-27", "", "no"]),
    (.dwelling, ["W1", "A", "T1", "2024-10-28", "2025-01-28", "yes", "no"]),
    (.dwelling, ["W2", "A", "T1", "2024-10-28", "", "no", "yes"]),
    (.deposit, ["E1", "A", "K1", "2024-10-29", "-50", "EUR"]),
    (.operatorConfirmation, ["B1", "A", "K1", "fx-1", "limited", "2024-10-30"]),
    (.claimAssignment, ["M1", "A", "K1", "2024-10-31", "Pasaku Parādi", "2024-11-30"]),
    (.claimAssignment, ["M2", "A", "K1", "2024-10-31", "Pasaku Parādi"]),
    (.hold, ["H1", "A", "K1", "I1", "2024-11-01", "2060-01-01", "bereavement", "anna"]),
    (.hold, ["H2", "A", "", "", "2024-11-01", "", "bereavement", "anna"]),
  ]

  private static func make(_ kind: FactKind, _ fields: [String]) throws -> Fact {
    try Fact.make(kind, values: fields.map { .text($0) })
  }

  private static func facts() throws -> [Fact] { try records.map { try make($0.0, $0.1) } }

  /// What was stored, as facts again.
  private static func all(_ facts: CustomerFacts) -> [Fact] {
    func list<Content>(_ recorded: [Recorded<Content>], _ make: (Content) -> Fact) -> [Fact] {
      recorded.map { make($0.fact) }
    }
    var all = list(facts.contracts, Fact.contract)
    all += list(facts.invoices, Fact.invoice)
    all += list(facts.debtNotices, Fact.debtNotice)
    all += list(facts.noticeDeliveries, Fact.noticeDelivery)
    all += list(facts.complaints, Fact.complaint)
    all += list(facts.paymentPlans, Fact.paymentPlan)
    all += list(facts.planInstalments, Fact.planInstalment)
    all += list(facts.protections, Fact.protection)
    all += list(facts.dwellings, Fact.dwelling)
    all += list(facts.deposits, Fact.deposit)
    all += list(facts.operatorConfirmations, Fact.operatorConfirmation)
    all += list(facts.claimAssignments, Fact.claimAssignment)
    all += list(facts.holds, Fact.hold)
    return all
  }

  @Test func everyFieldComesBack() throws {
    let facts = try Self.facts()
    let store = try Samples.store()
    try store.load([Samples.customer("A")] + facts, Samples.file("one"))
    let found = try store.facts("A", kinds: FactKind.allCases)
    #expect(Set(Self.all(found)) == Set(facts))
    #expect(found.count == facts.count + 1)
    #expect(try store.portfolio(kinds: FactKind.allCases).map(\.facts) == [found])
    #expect(try store.read { reader throws(SQLiteError) in try reader.inconsistencies() } == [])
    #expect(try store.figures.facts[.hold] == 2)
  }

  @Test func onlyTheKindsAskedForAreRead() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("A")] + Self.facts(), Samples.file("one"))
    let rating = try store.facts("A")
    #expect(Set(Self.all(rating)) == Set(try Self.facts().filter { FactKind.rating.contains($0.kind) }))
    #expect(try store.portfolio().map(\.facts) == [rating])
    let holds = try store.facts("A", kinds: [.hold])
    #expect(holds.count == 3 && holds.holds.count == 2 && holds.customer != nil)
  }

  @Test func whatLiesAheadIsOpenUnlessItWasSaidAhead() throws {
    let store = try Samples.store()
    try store.load([Samples.customer("A")] + Self.facts(), Samples.file("one"))
    let day = try #require(CivilDate("2024-11-01"))
    let facts = try store.facts(
      "A", AsOf(businessDate: day, knownAt: Samples.instant(1)), kinds: FactKind.allCases)
    let complaint = try #require(facts.complaints.first { $0.record == "O1" }).fact
    #expect(complaint.closed == nil && complaint.outcome == nil && complaint.repliedOn == day)
    #expect(complaint.isOpen(on: day))
    #expect(facts.paymentPlans.allSatisfy { $0.fact.ended == nil && $0.fact.endReason == nil })
    #expect(facts.dwellings.allSatisfy { $0.fact.until == nil })
    #expect(facts.claimAssignments.allSatisfy { $0.fact.returned == nil })
    #expect(facts.planInstalments.map(\.fact.due) == [CivilDate("2060-01-01")])
    #expect(facts.holds.map(\.fact.until) == [CivilDate("2060-01-01"), nil])
    #expect(facts.protections.map(\.fact.until) == [CivilDate("2060-01-01"), nil])
    #expect(facts.debtNotices.first?.fact.deadline == CivilDate("2024-11-21"))
    let before = try store.facts(
      "A", AsOf(businessDate: day.adding(days: -1) ?? day, knownAt: Samples.instant(1)),
      kinds: FactKind.allCases)
    #expect(before.holds.isEmpty && before.claimAssignments.count == 2)
    #expect(before.complaints.first { $0.record == "O1" }?.fact.repliedOn == nil)
  }

  @Test func erasedWithTheRest() throws {
    let store = try Samples.store()
    let facts = try Self.facts()
    try store.load([Samples.customer("A")] + facts, Samples.file("one"))
    let erasure = try store.write(actor: "eraser", at: Samples.instant(5), purpose: "erase") {
      transaction throws(StoreError) in
      let key = try StoreError.wrapping { () throws(SQLiteError) in
        try transaction.reader.key(of: .number("A"))
      }
      return try transaction.erase(customerKey: key ?? 0, rule: "RET-1")
    }
    #expect(erasure.facts == facts.count + 1)
    #expect(try store.facts("A", kinds: FactKind.allCases).count == 0)
    #expect(try store.figures.facts.values.allSatisfy { $0 == 0 })
  }

  @Test func aProofIsNotOlderThanItsNotice() throws {
    let store = try Samples.store()
    let delivery = { (id: String, notice: String, day: String) in
      try Self.make(.noticeDelivery, [id, "A", notice, "delivered", day])
    }
    let notice = { (day: String) in try Self.make(.debtNotice, ["D1", "A", "", day, "letter"]) }
    // A proof that comes before its notice waits for it.
    try store.load([try delivery("V1", "D1", "2024-10-01")], Samples.file("early"))
    try store.load([try notice("2024-10-21")], Samples.file("notices"))
    let error = #expect(throws: StoreError.self) {
      try store.load([try delivery("V2", "D1", "2024-10-20")], Samples.file("post", source: "post"))
    }
    let sent = try #require(CivilDate("2024-10-21"))
    #expect(error == .proofBeforeSending(notice: "D1", sent: sent))
    #expect(error?.code == "proof-before-sending" && error?.concernsRecord == true)
    #expect(error?.sentence.contains("2024-10-21") == true)
    try store.load(
      [try delivery("V2", "D1", "2024-10-21"), try delivery("V3", "D9", "2024-01-01")],
      Samples.file("mended", source: "post"))
    // A correction of the notice counts instead of what it corrects.
    try store.load([try notice("2024-10-23")], Samples.file("correction", known: 1))
    #expect(throws: StoreError.self) {
      try store.load([try delivery("V4", "D1", "2024-10-22")], Samples.file("late", known: 2, source: "post"))
    }
    // Of two notices of one id, of different sources, the earlier one may be meant.
    try store.load([try notice("2024-10-02")], Samples.file("other", known: 3, source: "bonitas"))
    try store.load([try delivery("V4", "D1", "2024-10-22")], Samples.file("late", known: 4, source: "post"))
    #expect(try store.figures.facts[.noticeDelivery] == 4)
  }

  /// A database from before these kinds is brought up to date and loses nothing.
  @Test func anOlderDatabaseGainsTheColumns() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    let before = Schema(
      product: "bonitas", applicationID: FactStore.applicationID,
      migrations: Array(FactStore.migrations.prefix { $0.number < 5 }))
    let old = try Database(path: path, schema: before, mode: .create)
    try old.write { transaction throws(SQLiteError) in
      let columns = { (table: String) throws(SQLiteError) in
        try transaction.integer("SELECT count(*) FROM pragma_table_info('\(table)')") ?? 0
      }
      #expect(try columns("contract") == 13)
      #expect(try columns("invoice") == 14)
      #expect(try columns("debt_notice") == 14)
      #expect(try columns("debt_hold") == 0)
      try transaction.execute(
        """
        INSERT INTO write VALUES (1, 'tester', 0, 'test');
        INSERT INTO source VALUES (1, 'billing', 'test', 'personal');
        INSERT INTO batch VALUES (1, 1, NULL, NULL, 'test', 0, 1, 1, 1);
        INSERT INTO customer VALUES (1, 1, NULL);
        INSERT INTO identifier VALUES ('customer', 'A', 1);
        """)
    }
    let store = try FactStore(path: path)
    try store.load(try Self.facts() + [Samples.customer("A")], Samples.file("one"))
    #expect(Set(Self.all(try store.facts("A", kinds: FactKind.allCases))) == Set(try Self.facts()))
  }
}
