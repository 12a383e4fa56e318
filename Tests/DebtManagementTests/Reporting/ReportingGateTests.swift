import DebtManagement
import Decisioning
import Explanation
import Facts
import Safeguards
import Testing
import Values

/// Whether and since when a debt may be reported to a credit bureau, and what becomes of a report.
@Suite struct ReportingGateTests {
  private static let gate = Result { ReportingGate(try LadderTests.safeguards.get()) }

  private func decide(_ book: DebtBook, on day: String, last: LastReport? = nil) throws -> ReportingDecision {
    try Self.gate.get().decide(try book.debt(on: day), facts: book.facts, last: last)
  }

  private func latvian(warned: Bool = true) -> DebtBook {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    if warned { book.notice("N1", .bureauWarning, sent: date("2026-02-10"), delivered: date("2026-02-10")) }
    return book
  }

  @Test func sixtyAndThirtyDaysInLatvia() throws {
    let book = latvian()
    let early = try decide(book, on: "2026-03-21")
    #expect(early.duty == .nothing)
    #expect(early.reasons == [.tooEarly])
    #expect(early.since == date("2026-03-22"))
    let ripe = try decide(book, on: "2026-03-22")
    #expect(ripe.duty == .report)
    #expect(ripe.mayReport)
    #expect(ripe.firstDelay == date("2026-01-21"))
    #expect(ripe.amount == Money(100, .eur))
    #expect(ripe.rules == ["LV-B-1"])
    #expect(try decide(latvian(warned: false), on: "2026-06-01").reasons == [.warning])
  }

  @Test func aLaterBillDoesNotPutItOff() throws {
    var book = latvian()
    book.invoice("I2", due: "2026-03-10", 40)
    let ripe = try decide(book, on: "2026-03-22")
    #expect(ripe.mayReport && ripe.since == date("2026-03-22"))
    #expect(ripe.invoices == ["I1"] && ripe.amount == Money(100, .eur))
    let early = try decide(book, on: "2026-03-21")
    #expect(early.invoices == ["I1", "I2"] && early.since == date("2026-03-22"))
  }

  @Test func aDebtOfNoContractIsNotReported() throws {
    var book = DebtBook()
    book.invoice("I1", due: "2026-01-20", contract: nil)
    let decision = try decide(book, on: "2026-06-01")
    #expect(decision.contract == nil && decision.reasons == [.noProvision] && decision.duty == .nothing)
  }

  @Test func fortyFiveDaysAndThirtyEuroInEstonia() throws {
    for (amount, day, reasons) in [
      (100, "2026-03-05", [ReportingReason.tooEarly]), (100, "2026-03-07", [.reportable]),
      (30, "2026-03-07", [.tooSmall]),
    ] as [(Decimal, String, [ReportingReason])] {
      var book = DebtBook(.household, .estonia)
      book.contract()
      book.invoice("I1", due: "2026-01-20", amount)
      #expect(try decide(book, on: day).reasons == reasons, "\(amount) on \(day)")
    }
  }

  @Test func anAnsweredObjectionIsReportedWithTheDebt() throws {
    for (replied, reasons) in [
      (nil, [ReportingReason.objection]), ("2026-03-01", [.reportable, .objected]),
    ] as [(String?, [ReportingReason])] {
      var book = latvian()
      book.add(
        .complaint(
          Complaint(
            id: "B1", customer: DebtBook.customer, contract: "K1", kind: .objection,
            opened: date("2026-02-20"),
            isWritten: true, repliedOn: replied.map(date))))
      let decision = try decide(book, on: "2026-03-22")
      #expect(decision.reasons == reasons)
      #expect(decision.isObjected)
    }
  }

  @Test func theHouseReportsNobodyWhoKeepsAPlan() throws {
    var book = latvian()
    book.add(
      .paymentPlan(
        PaymentPlan(id: "L1", customer: DebtBook.customer, contract: "K1", agreed: date("2026-03-01"))))
    book.contractsUnderReview = ["K1"]
    #expect(try decide(book, on: "2026-03-22").reasons == [.plan, .review])
  }

  @Test func aReportIsRefreshedCorrectedAndEnded() throws {
    var book = latvian()
    let last = LastReport(on: date("2026-03-22"), amount: 100)
    let same = try decide(book, on: "2026-06-21", last: last)
    #expect(same.duty == .nothing)
    #expect(same.refreshBy == date("2026-06-22"))
    #expect(try decide(book, on: "2026-06-22", last: last).duty == .refresh)
    var disputed = book
    disputed.add(
      .dispute(
        Dispute(id: "X1", customer: DebtBook.customer, invoice: "I1", opened: date("2026-04-10"))))
    let corrected = try decide(disputed, on: "2026-04-12", last: last)
    #expect(corrected.duty == .correct)
    #expect(corrected.correctBy == date("2026-05-10"))
    book.payment("P1", "2026-04-01", 40)
    let changed = try decide(book, on: "2026-04-01", last: last)
    #expect(changed.duty == .refresh)
    #expect(changed.reasons == [.reportable, .changed])
    book.payment("P2", "2026-04-02", 60)
    let ended = try Self.gate.get().end(
      of: "K1", customer: "C1", invoices: ["I1"], last: last, currency: .eur, facts: book.facts,
      on: date("2026-04-02"))
    #expect(ended.duty == .end)
    #expect(ended.correctBy == date("2026-04-02"))
  }

  @Test(arguments: Language.allCases)
  func everyReasonHasASentence(_ language: Language) throws {
    let texts = try TextCatalogue(try RestrictionModelTests.files.get(), language: language)
    for reason in ReportingReason.allCases {
      #expect(!(try texts.reportingReason(reason.rawValue)).isEmpty)
    }
    let sentences = try decide(latvian(), on: "2026-03-22").sentences(texts)
    #expect(sentences.count == 1)
  }
}
