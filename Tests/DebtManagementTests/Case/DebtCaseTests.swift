import DebtManagement
import Decisioning
import Facts
import Testing
import Values

/// What is a case, and what it holds: opened and closed by facts alone.
@Suite struct DebtCaseTests {
  @Test func aCaseIsOpenedOnTheDayAfterTheDueDateAndClosedByPayment() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    #expect(try book.cases(on: date("2026-01-20")).isEmpty)
    let opened = try book.debt(on: "2026-01-21")
    #expect(opened.openedOn == date("2026-01-21"))
    #expect(opened.daysPastDue == 1)
    #expect(opened.amount.principal == 100)
    book.payment("P1", "2026-02-01", 60)
    #expect(try book.debt(on: "2026-02-01").amount.principal == 40)
    book.payment("P2", "2026-02-02", 40)
    #expect(try book.cases(on: date("2026-02-02")).isEmpty)
    // On the day before it is still what it was.
    #expect(try book.debt(on: "2026-02-01").amount.principal == 40)
  }

  @Test func oneCaseAContractAndOneForInvoicesWithout() throws {
    var book = DebtBook()
    book.contract("K1")
    book.contract("K2", .gas, deliveryPoint: "D2")
    book.invoice("I1", due: "2026-01-20", contract: "K2")
    book.invoice("I2", due: "2026-01-10", contract: nil)
    let cases = try book.cases(on: date("2026-02-01"))
    #expect(cases.map(\.contract) == ["K2", nil])
    #expect(cases.map(\.commodity) == [.gas, .other])
    // Without a contract there is a reminder, and nothing after it.
    let ladder = try DebtBook.ladder.get()
    #expect(ladder.next(cases[1]).step == .reminder)
    book.notice("N1", .reminder, sent: date("2026-02-01"), delivered: date("2026-02-01"), contract: nil)
    let reminded = ladder.next(try book.cases(on: date("2026-06-01"))[1])
    #expect(reminded.stage == .reminder)
    #expect(reminded.next == nil)
  }

  @Test func anInvoiceWithoutContractIsTheOnlyOnes() throws {
    var book = DebtBook()
    book.contract("K1")
    book.invoice("I1", due: "2026-01-20", contract: nil)
    #expect(try book.debt(on: "2026-02-01").contract == "K1")
  }

  @Test func nobodyOfWhomThereIsNoRecordHasACase() throws {
    var facts = CustomerFacts()
    let book = DebtBook()
    facts.invoices = book.facts.invoices
    #expect(
      DebtCase.cases(
        facts: facts, on: date("2026-02-01"),
        DebtCase.Surroundings(
          calendars: try DebtBook.calendars.get(), interest: InterestRates(RuleSetFiles([:])))
      ).isEmpty)
  }

  @Test func theAmountIsSplitByWhatWasBilled() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20", 365)
    book.invoice("I2", due: "2026-01-20", 40, subject: .network)
    book.invoice("I3", due: "2026-01-25", 5, subject: .penalty)
    book.invoice("I4", due: "2026-01-25", 7, subject: .recoveryCost)
    let amount = try book.debt(on: "2026-02-09").amount
    #expect(amount.principal == 405)
    #expect(amount.penalty == 5)
    #expect(amount.costs == 7)
    // 6 % on 365 and on 40 for twenty days: 1.20 and 0.13.
    #expect(amount.interest == Decimal("1.33"))
  }

  @Test func interestFollowsPartPaymentsAndStopsWithInsolvency() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20", 730)
    book.payment("P1", "2026-01-31", 365)
    // Ten days on 730 (1.20), then ten on 365 (0.60).
    #expect(try book.debt(on: "2026-02-09").amount.interest == Decimal("1.80"))
    book.add(
      .registerEntry(
        RegisterEntry(
          id: "R1", customer: DebtBook.customer, register: "insolvency", type: .insolvency,
          since: date("2026-01-30"))))
    #expect(try book.debt(on: "2026-02-09").amount.interest == Decimal("1.20"))
    #expect(try book.debt(on: "2026-02-09").insolvency?.id == "R1")
  }

  @Test func interestStopsAtThePrincipal() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2000-01-20", 100)
    #expect(try book.debt(on: "2060-02-09").amount.interest == 100)
  }

  @Test func aDisputedPartIsSetAside() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.add(
      .dispute(
        Dispute(
          id: "X1", customer: DebtBook.customer, invoice: "I1", opened: date("2026-01-25"),
          amount: Money(30, .eur))))
    let debt = try book.debt(on: "2026-02-01")
    #expect(debt.disputed == 30)
    #expect(debt.amount.principal == 70)
    #expect(debt.disputes == ["dispute:X1"])
    #expect(!debt.isPaid)
  }

  @Test func anAnsweredObjectionStandsNoLonger() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.add(
      .complaint(
        Complaint(
          id: "B1", customer: DebtBook.customer, contract: "K1", kind: .objection, opened: date("2026-02-01"),
          isWritten: true, repliedOn: date("2026-02-10"))))
    #expect(try book.debt(on: "2026-02-09").disputes == ["complaint:B1"])
    #expect(try book.debt(on: "2026-02-10").disputes.isEmpty)
  }

  @Test(arguments: [("2026-03-01", PlanStanding.kept), ("2026-03-02", .broken)])
  func anInstalmentMayBePaidOnItsLastDay(_ day: String, _ standing: PlanStanding) throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20", 200)
    book.add(
      .paymentPlan(
        PaymentPlan(id: "L1", customer: DebtBook.customer, contract: "K1", agreed: date("2026-02-01"))))
    for (number, due) in ["2026-03-01", "2026-04-01"].enumerated() {
      book.add(
        .planInstalment(
          PlanInstalment(
            id: "T\(number)", customer: DebtBook.customer, plan: "L1", agreed: date("2026-02-01"),
            due: date(due),
            amount: Money(100, .eur))))
    }
    #expect(try book.debt(on: day).plan == standing)
    // What was paid before the plan does not keep it; what is paid in time does.
    book.payment("P0", "2026-01-25", 50)
    #expect(try book.debt(on: day).plan == standing)
    book.payment("P1", "2026-03-01", 100)
    #expect(try book.debt(on: day).plan == .kept)
  }

  @Test func holdsConcernTheCustomerTheContractOrTheInvoice() throws {
    var book = DebtBook()
    book.contract("K1")
    book.contract("K2", deliveryPoint: "D2")
    book.invoice("I1", due: "2026-01-20")
    func hold(_ id: String, contract: String? = nil, invoice: String? = nil) -> Fact {
      .hold(
        Hold(
          id: id, customer: DebtBook.customer, contract: contract, invoice: invoice, from: date("2026-02-01"),
          until: date("2026-02-10"), reason: "bereavement", placedBy: "janis"))
    }
    for fact in [
      hold("H1"), hold("H2", contract: "K1"), hold("H3", invoice: "I1"), hold("H4", contract: "K2"),
      hold("H5", invoice: "I9"),
    ] { book.add(fact) }
    #expect(try book.debt(on: "2026-02-09").holds.map(\.id) == ["H1", "H2", "H3"])
    #expect(try book.debt(on: "2026-02-10").holds.isEmpty)
  }

  @Test func aDepositIsHeldAndPaysNothing() throws {
    var book = DebtBook(.business)
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    for (id, amount) in [("S1", 500), ("S2", -200)] as [(String, Decimal)] {
      book.add(
        .deposit(
          Deposit(
            id: id, customer: DebtBook.customer, contract: "K1", date: date("2026-01-25"),
            amount: Money(amount, .eur))))
    }
    let debt = try book.debt(on: "2026-02-01")
    #expect(debt.deposit == 300)
    #expect(debt.amount.principal == 100)
  }

  @Test func anotherCurrencyIsACaseOfItsOwn() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.invoice("I2", due: "2026-01-20", 50, currency: try #require(Currency("USD")))
    #expect(
      try book.cases(on: date("2026-02-01")).map { "\($0.amount.principal) \($0.currency)" } == [
        "100 EUR", "50 USD",
      ])
  }

  // MARK: - Proof

  @Test func aNoticeWithoutItsTextOrItsTypeIsNone() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.add(
      .debtNotice(
        DebtNotice(
          id: "N1", customer: DebtBook.customer, sent: date("2026-01-25"), channel: .email, type: .reminder,
          contract: "K1")))
    book.delivery("N1", .delivered, date("2026-01-25"))
    #expect(try book.debt(on: "2026-02-01").notices.isEmpty)
  }

  @Test func aLetterIsProvenByItsPostingSevenDaysLater() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.notice("N1", .reminder, sent: date("2026-01-30"), delivered: nil, channel: .registeredLetter)
    #expect(try book.debt(on: "2026-03-01").notices.first?.provenOn == nil)
    book.delivery("N1", .sent, date("2026-01-30"), evidence: "RR123")
    let notice = try #require(try book.debt(on: "2026-02-01").notices.first)
    #expect(notice.provenOn == date("2026-02-06"))
    #expect(notice.receivedOn == date("2026-02-06"))
    #expect(try book.next(on: "2026-02-05").stage == nil)
    #expect(try book.next(on: "2026-02-06").stage == .reminder)
    // Delivered earlier, it is proven earlier, and deemed received all the same on the seventh day (LV-D-3).
    book.delivery("N1", .delivered, date("2026-02-02"))
    let delivered = try #require(try book.debt(on: "2026-02-03").notices.first)
    #expect(delivered.provenOn == date("2026-02-02"))
    #expect(delivered.receivedOn == date("2026-02-06"))
  }

  @Test func whatCameBackIsNotProvenAndIsSentAnotherWay() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.notice("N1", .reminder, sent: date("2026-01-25"), delivered: nil)
    let waiting = try book.next(on: "2026-01-26")
    #expect(waiting.waits == ["W-IN-HAND"])
    book.delivery("N1", .failed, date("2026-01-26"))
    let failed = try book.next(on: "2026-01-26")
    #expect(failed.stage == nil)
    #expect(failed.step == .reminder)
    // It may come after all.
    book.delivery("N1", .received, date("2026-01-27"))
    #expect(try book.next(on: "2026-01-27").stage == .reminder)
  }

  @Test func proofDatedBeforeItsNoticeProvesNothing() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.notice("N1", .reminder, sent: date("2026-01-25"), delivered: date("2026-01-24"))
    #expect(try book.debt(on: "2026-02-01").notices.first?.provenOn == nil)
  }

  @Test func whatWasSentInAnEarlierDelinquencyDoesNotCount() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.notice("N1", .reminder, sent: date("2026-01-25"), delivered: date("2026-01-25"))
    book.payment("P1", "2026-02-01")
    book.invoice("I2", due: "2026-02-20")
    let proposal = try book.next(on: "2026-02-25")
    #expect(proposal.stage == nil)
    #expect(proposal.step == .reminder)
  }

  /// Files come in any order: an instalment is stored before its plan, and counts for nothing until that has come.
  @Test func anInstalmentOfAnUnknownPlanCountsForNothing() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.add(
      .planInstalment(
        PlanInstalment(
          id: "T1", customer: DebtBook.customer, plan: "L1", agreed: date("2026-02-01"),
          due: date("2026-02-10"),
          amount: Money(50, .eur))))
    #expect(try book.debt(on: "2026-03-01").plan == .none)
    book.add(
      .paymentPlan(
        PaymentPlan(id: "L1", customer: DebtBook.customer, contract: "K1", agreed: date("2026-02-01"))))
    #expect(try book.debt(on: "2026-03-01").plan == .broken)
  }
}
