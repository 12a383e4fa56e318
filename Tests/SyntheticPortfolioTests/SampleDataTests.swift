import Facts
import Foundation
import SyntheticPortfolio
import Testing
import Values

/// What sample-data/README.md says about the cast, the debtors and the bad rows.
struct SampleDataTests {
  private static let cast = Result { try Table.customers(in: Table.sampleData.appending(path: "cast")) }

  private static let debtors = Result { try Table.customers(in: Table.sampleData.appending(path: "debt")) }

  private func facts(_ number: Int) throws -> CustomerFacts {
    let id = number < 10 ? "CAST-0\(number)" : "CAST-\(number)"
    return try #require(try SampleDataTests.cast.get()[id])
  }

  private func ledger(_ number: Int) throws -> Ledger {
    Ledger(try facts(number), businessDate: PortfolioGenerator.defaultBusinessDate, currency: .eur)
  }

  @Test(arguments: [
    // number, outstanding, overdue, days past due, credit
    (1, "0", "0", 0, "0"), (2, "56.5", "56.5", 39, "0"), (3, "38", "38", 39, "0"), (4, "50", "50", 8, "0"),
    (5, "134", "34", 8, "0"), (6, "2088", "2088", 128, "0"), (7, "0", "0", 0, "0"), (8, "0", "0", 0, "0"),
    (9, "0", "0", 0, "206"), (10, "3480", "3480", 220, "0"), (11, "0", "0", 0, "0"), (12, "0", "0", 0, "0"),
    (13, "0", "0", 0, "0"), (14, "232", "232", 128, "0"), (15, "0", "0", 0, "0"), (16, "0", "0", 0, "0"),
    (17, "0", "0", 0, "0"), (18, "0", "0", 0, "0"), (19, "0", "0", 0, "0"), (20, "0", "0", 0, "0"),
    (21, "72", "72", 39, "0"),
  ])
  func `the cast stands as the page says`(
    number: Int, outstanding: String, overdue: String, days: Int, credit: String
  ) throws {
    let ledger = try ledger(number)
    #expect(ledger.outstanding.description == outstanding)
    #expect(ledger.overdue.description == overdue)
    #expect(ledger.daysPastDue == days)
    #expect(ledger.credit.description == credit)
    #expect(try facts(number).customer != nil)
  }

  @Test func `the awkward things are there`() throws {
    #expect(try facts(1).count == 2)
    #expect(try facts(6).registerEntries.map(\.fact.type) == [.insolvency])
    #expect(try facts(10).registerEntries.map(\.fact.type) == [.taxDebt, .insolvency])
    #expect(try facts(17).registerEntries.map(\.fact.type) == [.legalProtection])
    #expect(try facts(21).registerEntries.map(\.fact.type) == [.deceased])
    #expect(try facts(7).arrearsEntries.map(\.fact.cleared) == [nil])
    #expect(try facts(19).arrearsEntries.allSatisfy { $0.fact.cleared != nil })
    #expect(try facts(15).customer?.fact.kind == .prospect)
    #expect(try ledger(5).disputed == 100)
    #expect(try ledger(11).otherCurrencies.map(\.description) == ["780 SEK"])
    #expect(try ledger(16).observations.count == 2)
    #expect(try ledger(3).receipts.count { $0.reversedOn != nil } == 2)
    let warnings = try facts(19).customer.map { Fact.customer($0.fact).warnings.map(\.rule) }
    #expect(warnings == [.identifierCheckDigit])
    let waiting = try #require(try SampleDataTests.cast.get()["CAST-99"])
    #expect(waiting.customer == nil && waiting.payments.count == 1)
  }

  @Test(arguments: [
    // number, overdue, days past due, kinds of notices
    (
      1, "232", 128,
      [DebtNotice.NoticeType.reminder, .debtNotice, .restrictionWarning, .planOffer]
    ),
    (2, "90", 128, [.reminder, .debtNotice]), (3, "147", 100, [.reminder, .debtNotice, .debtNotice]),
    (4, "198", 100, [.reminder, .debtNotice, .terminationNotice]),
    (5, "309", 159, [.reminder, .restrictionWarning]), (6, "1100", 69, [.reminder, .restrictionWarning]),
  ])
  func `the debtors stand as the page says`(
    number: Int, overdue: String, days: Int, notices: [DebtNotice.NoticeType]
  ) throws {
    let facts = try #require(try SampleDataTests.debtors.get()["DEBT-0\(number)"])
    let ledger = Ledger(facts, businessDate: PortfolioGenerator.defaultBusinessDate, currency: .eur)
    #expect(ledger.overdue.description == overdue && ledger.outstanding == ledger.overdue)
    #expect(ledger.daysPastDue == days)
    #expect(facts.debtNotices.map(\.fact.type) == notices)
    // Every notice is proven, or came back.
    let proven = Set(facts.noticeDeliveries.filter { $0.fact.event != .sent }.map(\.fact.notice))
    #expect(proven == Set(facts.debtNotices.map(\.record)))
    #expect(facts.debtNotices.allSatisfy { $0.fact.contentHash != nil && $0.fact.addressKind != nil })
    #expect(facts.contracts.allSatisfy { $0.fact.jurisdiction != nil })
  }

  @Test func `what stands against the debtors is there`() throws {
    let debtors = try SampleDataTests.debtors.get()
    let day = PortfolioGenerator.defaultBusinessDate
    let plan = try #require(debtors["DEBT-02"]?.paymentPlans.first)
    #expect(plan.fact.isInForce(on: day))
    let plans = debtors["DEBT-02"]?.planInstalments.map(\.fact.plan)
    #expect(plans == [String](repeating: plan.record, count: 4))
    #expect(debtors["DEBT-03"]?.protections.map { $0.fact.isInForce(on: day) } == [true])
    #expect(debtors["DEBT-03"]?.holds.map { $0.fact.isInForce(on: day) } == [false])
    #expect(debtors["DEBT-04"]?.contracts.map(\.fact.claimant) == [.supplier])
    #expect(debtors["DEBT-05"]?.contracts.map(\.fact.claimant) == [.networkOperator])
    #expect(debtors["DEBT-05"]?.dwellings.map(\.fact.needsElectricityToHeat) == [true])
    #expect(debtors["DEBT-06"]?.complaints.map { $0.fact.isOpen(on: day) } == [true])
    #expect(debtors["DEBT-06"]?.deposits.map(\.fact.amount.amount).reduce(0, +) == 500)
  }

  @Test func `each bad row breaks a rule of its own and the good ones among them are good`() throws {
    let folder = Table.sampleData.appending(path: "bad-rows")
    var rules: [FactError.Rule] = []
    var good: [String] = []
    var broken = 0
    for kind in FactKind.allCases {
      guard let table = try Table(kind, in: folder) else { continue }
      broken += table.broken
      for row in table.rows {
        do throws(FactError) {
          good.append(try Fact.make(kind, values: row).id)
        } catch {
          rules.append(error.rule)
        }
      }
    }
    #expect(good == ["INV-20-10", "PAY-20-10"])
    #expect(broken == 1)
    #expect(
      Set(rules) == [
        .identifierCheckDigit, .unknownWord, .notANumber, .impossibleDate, .unknownCurrency, .dueBeforeIssued,
        .missingValue, .amountNotPositive, .outcomeWhileOpen, .customerNotNamed, .notAMonthCount,
        .endReasonWhileOpen, .dueBeforeAgreed, .endBeforeStart, .amountZero, .notADate, .dateOutOfRange,
        .controlCharacter,
      ])
    #expect(rules.count == 21)
  }
}
