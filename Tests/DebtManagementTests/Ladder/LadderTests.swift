import DebtManagement
import Decisioning
import Facts
import Safeguards
import Testing
import Values

/// Whole ways up the ladder and back.
@Suite struct LadderTests {
  static let safeguards = Result {
    let files = try RestrictionModelTests.files.get()
    func all(_ folder: String) -> [(path: String, bytes: [UInt8])] {
      files.paths.filter { $0.hasPrefix(folder) }.map { ($0, files[$0] ?? []) }
    }
    return Safeguards(
      law: try DebtLaw(files: all("law/")), calendars: try DebtCalendars(files: all("calendars/")))
  }

  /// What the law says of the restriction that the ladder proposes.
  private func report(_ proposal: LadderProposal, _ tool: Tool, _ book: DebtBook) throws -> SafeguardReport {
    try Self.safeguards.get().examine(
      RestrictionRequest(
        id: "E-1", tool: tool, customer: "C1", contract: "K1", invoices: proposal.invoices.map(\.id),
        on: proposal.day, amount: Money(proposal.amount.principal, .eur), interest: proposal.amount.interest),
      facts: book.facts, pendingReview: false)
  }

  @Test func aLatvianHousehold() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    let (taken, last) = try book.climb(from: "2026-01-21", until: "2026-06-01")
    #expect(
      taken == [
        "reminder 2026-01-23", "debt notice 2026-01-30", "restriction warning 2026-02-06",
        "plan offer 2026-02-08",
      ])
    let proposal = try #require(last)
    // 20 days after the warning (LV-E-1); the time to object (LV-D-2) was over on 20 February.
    #expect(proposal.day == date("2026-02-26"))
    #expect(proposal.step == .disconnectionRequest)
    #expect(proposal.needsApproval)
    #expect(proposal.invoices.map(\.id) == ["I1"])
    #expect(proposal.reason == "D-DISCONNECT")
    let report = try report(proposal, .disconnectionRequest, book)
    #expect(report.isLawful, "\(report.standing) \(report.refused)")
    let early = try book.next(on: "2026-02-25")
    #expect(early.step == nil)
    #expect(early.waits == ["W-CLOCK"])
    #expect(early.lookAgainOn == date("2026-02-26"))
  }

  @Test func aPaidDebtLeadsBack() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    _ = try book.climb(from: "2026-01-21", until: "2026-06-01")
    book.effects = [
      EffectStanding(
        id: "E-1", contract: "K1", step: .disconnectionRequest, progress: .left, on: date("2026-02-26"),
        invoices: ["I1"])
    ]
    #expect(try book.next(on: "2026-02-27").reason == "D-OPERATOR")
    var paidBefore = book
    paidBefore.payment("P1", "2026-02-27", 100, invoice: "I1")
    #expect(try paidBefore.next(on: "2026-02-27").step == .withdrawal)
    paidBefore.confirmation(.withdrawn, "2026-02-27")
    #expect(try paidBefore.cases(on: date("2026-02-28")).isEmpty)

    book.confirmation(.disconnected, "2026-03-01")
    let cut = try book.next(on: "2026-03-02")
    #expect(cut.stage == .disconnectionRequest)
    #expect(cut.next == .terminationNotice)
    #expect(cut.waits.contains("W-NOT-INTERRUPTED"))
    // A newer invoice is overdue as well: supply comes back when what the restriction names is paid.
    book.invoice("I2", due: "2026-03-05")
    book.payment("P1", "2026-03-10", 100, invoice: "I1")
    let release = try book.next(on: "2026-03-10")
    #expect(release.step == .release)
    #expect(!release.needsApproval)
    book.effects.append(
      EffectStanding(id: "E-2", contract: "K1", step: .release, progress: .left, on: date("2026-03-10")))
    #expect(try book.next(on: "2026-03-10").waits == ["W-IN-HAND"])
    book.confirmation(.restored, "2026-03-11", request: "E-2")
    // The ladder begins anew.
    let anew = try book.next(on: "2026-03-12")
    #expect(anew.stage == nil)
    #expect(anew.next == .reminder)
  }

  /// What is taken back already is not taken back again because something newer is under way.
  @Test func aWithdrawalIsNotAskedForTwice() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.effects = [
      EffectStanding(
        id: "E-1", contract: "K1", step: .disconnectionRequest, progress: .left, on: date("2026-02-26"),
        invoices: ["I1"]),
      EffectStanding(
        id: "E-2", contract: "K1", step: .withdrawal, progress: .left, on: date("2026-03-02"),
        concerning: "E-1"),
      EffectStanding(
        id: "E-3", contract: "K1", step: .release, progress: .left, on: date("2026-03-06"), concerning: "E-0"),
    ]
    book.payment("P1", "2026-03-06", 100, invoice: "I1")
    let proposal = try book.next(on: "2026-03-06")
    #expect(proposal.next == .withdrawal && proposal.waits == ["W-IN-HAND"])
    book.effects[1].concerning = "E-0"
    #expect(try book.next(on: "2026-03-06").step == .withdrawal)
  }

  @Test func aGasCustomerAlsoPaysForTheRestoration() throws {
    var book = DebtBook()
    book.contract("K1", .gas)
    book.invoice("I1", due: "2026-01-20")
    book.effects = [
      EffectStanding(
        id: "E-1", contract: "K1", step: .disconnectionRequest, progress: .left, on: date("2026-02-26"),
        invoices: ["I1"])
    ]
    book.confirmation(.disconnected, "2026-03-01")
    book.invoice("I2", due: "2026-03-20", 25, subject: .restorationCost)
    book.payment("P1", "2026-03-10", 100, invoice: "I1")
    #expect(try book.debt(on: "2026-03-21").isPaid == false)
    book.payment("P2", "2026-03-21", 25, invoice: "I2")
    #expect(try book.next(on: "2026-03-21").step == .release)
  }

  @Test func anEstonianSellersClaimEndsInTermination() throws {
    var book = DebtBook(.household, .estonia)
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    let (taken, last) = try book.climb(from: "2026-01-21", until: "2026-12-31")
    #expect(taken == ["reminder 2026-01-23", "debt notice 2026-01-30", "termination notice 2026-02-13"])
    let proposal = try #require(last)
    #expect(proposal.step == .contractTermination)
    #expect(proposal.day == date("2026-03-16"))
    let report = try report(proposal, .contractTermination, book)
    #expect(report.isLawful, "\(report.standing) \(report.refused)")
  }

  @Test(arguments: [
    (false, false, "2026-11-10", LadderStep.disconnectionRequest, "2026-11-26"),
    (true, false, "2026-11-10", .disconnectionRequest, "2026-12-11"),
    (false, true, "2026-11-10", .powerLimit, "2026-11-26"),
    (false, true, "2027-03-01", .powerLimit, "2027-03-17"),
  ])
  func anEstonianOperatorsOwnClaim(
    _ isInsolvent: Bool, _ isHeated: Bool, _ sent: String, _ step: LadderStep, _ day: String
  ) throws {
    var book = DebtBook(.household, .estonia)
    book.contract(claimant: .networkOperator)
    book.invoice("I1", due: "2026-10-01", subject: .network)
    if isInsolvent {
      book.add(
        .protection(
          Protection(
            id: "S1", customer: DebtBook.customer, kind: .temporaryInsolvency, from: date("2026-10-01"),
            withProof: true)))
    }
    if isHeated { book.heatedHome() }
    book.notice("N1", .reminder, sent: date("2026-10-10"), delivered: date("2026-10-10"))
    let sent = date(sent)
    book.notice(
      "N2", .restrictionWarning, sent: sent, delivered: sent, deadline: sent.adding(days: 15))
    let debt = try #require(try book.cases(on: sent).first)
    let ladder = try DebtBook.ladder.get()
    let proposal = try #require(ladder.firstStep(debt, from: sent))
    #expect(proposal.step == step)
    #expect(proposal.day == date(day))
    let report = try report(proposal, step == .powerLimit ? .powerLimit : .disconnectionRequest, book)
    #expect(report.isLawful, "\(report.standing) \(report.refused)")
  }

  @Test func aHeatedHomeIsDisconnectedAfterNinetyDaysOrInSpring() throws {
    for (sent, day) in [("2026-11-10", "2027-02-09"), ("2027-03-01", "2027-05-01")] {
      var book = DebtBook(.household, .estonia)
      book.contract(claimant: .networkOperator)
      book.invoice("I1", due: "2026-10-01", subject: .network)
      book.heatedHome()
      book.notice("N1", .reminder, sent: date("2026-10-10"), delivered: date("2026-10-10"))
      let sent = date(sent)
      book.notice("N2", .restrictionWarning, sent: sent, delivered: sent, deadline: sent.adding(days: 15))
      let limited = try #require(sent.adding(days: 17))
      book.confirmation(.limited, limited.description)
      let debt = try #require(try book.cases(on: limited).first)
      let ladder = try DebtBook.ladder.get()
      let proposal = try #require(ladder.firstStep(debt, from: limited))
      #expect(proposal.step == .disconnectionRequest)
      #expect(proposal.day == date(day))
      #expect(try report(proposal, .disconnectionRequest, book).isLawful)
    }
  }

  @Test func aBusinessIsAskedForSecurityOrToPayInAdvance() throws {
    for (rating, offer) in [("B", "prepayment offer"), ("F", "deposit request")] {
      var book = DebtBook(.business)
      book.rating = rating
      book.contract()
      book.invoice("I1", due: "2026-01-20", 500)
      let (taken, last) = try book.climb(from: "2026-01-21", until: "2026-06-01")
      #expect(
        taken.map { String($0.dropLast(11)) } == ["reminder", "debt notice", "restriction warning", offer])
      #expect(last?.step == .noNewOrders)
      let day = try #require(last?.day)
      book.effects = [EffectStanding(id: "E-0", contract: "K1", step: .noNewOrders, progress: .left, on: day)]
      let ladder = try DebtBook.ladder.get()
      let debt = try #require(try book.cases(on: day).first)
      let next = try #require(ladder.firstStep(debt, from: day))
      #expect(next.step == .disconnectionRequest)
      #expect(next.needsApproval == (rating == "B"))
      #expect(try report(next, .disconnectionRequest, book).isLawful)
    }
  }

  @Test func aPartPaymentSkipsNothing() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    book.invoice("I2", due: "2026-02-20")
    _ = try book.climb(from: "2026-01-21", until: "2026-02-21")
    // Only the first invoice was reminded of, notified and warned of.
    let proposal = try book.next(on: "2026-02-26")
    #expect(proposal.step == .disconnectionRequest)
    #expect(proposal.invoices.map(\.id) == ["I1"])
    // It is paid: the second has been told of nothing yet.
    book.payment("P1", "2026-02-26", 100, invoice: "I1")
    let later = try book.next(on: "2026-02-26")
    #expect(later.stage == nil)
    #expect(later.step == .reminder)
  }

  @Test func whatStandsInTheWayIsAllTold() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    _ = try book.climb(from: "2026-01-21", until: "2026-02-20")
    book.add(
      .complaint(
        Complaint(
          id: "B1", customer: DebtBook.customer, kind: .complaint, opened: date("2026-02-20"), isWritten: true
        )))
    book.add(
      .protection(
        Protection(
          id: "S1", customer: DebtBook.customer, kind: .energyPoor, from: date("2026-02-01"), withProof: true)
      ))
    book.contractsUnderReview = ["K1"]
    let proposal = try book.next(on: "2026-02-26")
    #expect(proposal.next == .disconnectionRequest)
    #expect(proposal.waits == ["W-DISPUTED", "W-PROTECTED", "W-REVIEW"])
  }

  @Test func aRefusedRequestIsNotRepeatedAtOnce() throws {
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    _ = try book.climb(from: "2026-01-21", until: "2026-02-20")
    book.effects = [
      EffectStanding(
        id: "E-1", contract: "K1", step: .disconnectionRequest, progress: .left, on: date("2026-02-26"))
    ]
    book.confirmation(.refused, "2026-02-28")
    #expect(try book.next(on: "2026-03-01").waits == ["W-IN-HAND"])
    #expect(try book.next(on: "2026-03-15").step == .disconnectionRequest)
  }

  @Test func anotherCountryIsRemindedOfOnly() throws {
    var book = DebtBook(.household, try #require(Jurisdiction("LT")))
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    let (taken, _) = try book.climb(from: "2026-01-21", until: "2026-12-31")
    #expect(taken == ["reminder 2026-01-23"])
  }

  /// The day to look again on is never too late: in between the answer is the same on every day.
  @Test func nothingChangesBeforeTheDayToLookAgain() throws {
    let ladder = try DebtBook.ladder.get()
    var book = DebtBook()
    book.contract()
    book.invoice("I1", due: "2026-01-20")
    var day = date("2026-01-21")
    for _ in 0..<6 {
      let debt = try #require(try book.cases(on: day).first)
      var proposal = ladder.next(debt)
      while proposal.step == nil {
        let later = try #require(proposal.lookAgainOn)
        var between = proposal.day.adding(days: 1) ?? later
        while between < later {
          let same = ladder.next(debt, on: between)
          #expect(same.step == proposal.step && same.waits == proposal.waits, "\(between)")
          between = between.adding(days: 1) ?? later
        }
        proposal = ladder.next(debt, on: later)
      }
      day = proposal.day
      guard let type = proposal.step?.noticeType else { return }
      book.notice("N\(day)", type, sent: day, delivered: day, deadline: day.adding(days: 10))
    }
    Issue.record("no restriction came")
  }
}

extension DebtBook {
  mutating func heatedHome() {
    add(
      .dwelling(
        Dwelling(
          id: "W1", customer: Self.customer, deliveryPoint: "D1", from: date("2020-01-01"),
          isPermanentHome: true,
          needsElectricityToHeat: true)))
  }
}
