import Decisioning
import Facts
import Formats
import Testing
import Values

/// What the shipped policy makes of customers whose answer can be worked out by hand.
@Suite struct DecisionTests {
  private func value(_ name: String, _ record: DecisionRecord) -> JSONValue? {
    record.content.features.first { $0.name == name }?.value
  }

  private func evidence(_ name: String, _ record: DecisionRecord) -> [String]? {
    record.content.features.first { $0.name == name }?.evidence
  }

  @Test func aPunctualHouseholdIsAccepted() throws {
    let record = try Portfolio.punctual().rate()
    #expect(value("Tenure in months", record) == 27)
    #expect(value("Late share in 12 months", record) == 0)
    #expect(value("Days past due", record) == 0)
    #expect(value("Trend of days late", record) == 0)
    #expect(value("Months without arrears entry", record) == 12)
    // 60 of 70 points for tenure and 35 of 40 for a steady trend; the best elsewhere.
    #expect(record.content.score == 985)
    #expect(record.content.bestScore == 1000)
    #expect(record.content.rating == "A")
    #expect(record.content.outcome == .accept)
    #expect(record.content.problems == [])
    #expect(record.content.principalReasons.map(\.code) == ["S-TENURE", "S-TREND"])
  }

  @Test func anOverdueInvoiceIsNamedAsEvidence() throws {
    let portfolio = try Portfolio.punctual(
      "invoices C1-3,C1,,2026-05-20,2026-05-31,20,EUR", "payments P3,C1,2026-06-10,5,EUR,C1-3")
    let record = try portfolio.rate()
    #expect(value("Days past due", record) == 30)
    #expect(evidence("Days past due", record) == ["invoice:C1-3"])
    // 15 open of a mean bill of 20.
    #expect(value("Overdue in monthly bills", record) == .number(try #require(Decimal("0.75"))))
    #expect(value("Late share in 12 months", record) == .number(try #require(Decimal("33.3"))))
    #expect(value("Worst days late in 12 months", record) == 30)
    #expect(value("Mean days late in 12 months", record) == 10)
    // Two invoices of the last three months, 0 and 30 days late; none late before.
    #expect(value("Trend of days late", record) == 15)
  }

  @Test func theDisputedAmountIsSetAside() throws {
    let overdue = "invoices C1-3,C1,,2026-05-20,2026-05-31,20,EUR"
    let disputed = try Portfolio.punctual(overdue, "disputes D1,C1,C1-3,2026-06-01,,,,").rate()
    #expect(value("Days past due", disputed) == 0)
    let partly = try Portfolio.punctual(overdue, "disputes D1,C1,C1-3,2026-06-01,15,EUR,,").rate()
    #expect(value("Days past due", partly) == 30)
    #expect(value("Overdue in monthly bills", partly) == .number(try #require(Decimal("0.25"))))
  }

  @Test func aCustomerWithoutHistoryIsRatedOnWhatIsKnown() throws {
    let portfolio = try Portfolio.punctual("customers C2,business,EE,et,2026-06-01,,,,")
    let record = try portfolio.rate("C2")
    #expect(value("Late share in 12 months", record) == .null)
    #expect(value("Days past due", record) == .null)
    #expect(record.content.currency == nil)
    #expect(record.content.rating == "C")
    #expect(record.content.outcome == .acceptWithDeposit)
    #expect(record.content.principalReasons.map(\.code).contains("S-MISSING-LATE-SHARE"))
  }

  @Test(arguments: [
    ("business", "insolvency", Outcome.decline, "K-INSOLVENCY"),
    ("household", "insolvency", .refer, "K-INSOLVENCY"),
    ("business", "liquidation", .decline, "K-LIQUIDATION"),
    ("business", "struckOff", .decline, "K-STRUCK-OFF"),
    ("household", "deceased", .refer, "K-DECEASED"),
    ("business", "legalProtection", .refer, "K-LEGAL-PROTECTION"),
    ("business", "taxDebt", .refer, "K-TAX-DEBT"),
  ])
  func aRegisterEntryKnocksOut(kind: String, type: String, outcome: Outcome, reason: String) throws {
    let portfolio = try Portfolio.punctual(
      "customers C2,\(kind),LV,lv,2020-01-01,,,,", "register-entries R1,C2,,,register,\(type),2026-01-01,",
      "customers C3,\(kind),LV,lv,2020-01-01,,,,",
      "register-entries R2,C3,,,register,\(type),2026-01-01,2026-06-30")
    let record = try portfolio.rate("C2")
    #expect(record.content.outcome == outcome)
    #expect(record.content.principalReasons.map(\.code) == [reason])
    #expect(record.content.score != nil && record.content.rating != nil)
    #expect(evidence("Open register entries", record) == ["registerEntry:R1"])
    let ended = try portfolio.rate("C3")
    #expect(ended.content.knockOuts == [])
  }

  @Test func anOpenQuarantinedRecordRefers() throws {
    let portfolio = try Portfolio.punctual()
    try portfolio.quarantine("C1")
    let record = try portfolio.rate()
    #expect(record.content.outcome == .refer)
    #expect(record.content.principalReasons.map(\.code) == ["K-QUARANTINE"])
  }

  @Test func openAmountsInAnotherCurrencyRefer() throws {
    let paid = "payments P9,C1,2026-06-10,100,SEK,C1-9"
    let invoice = "invoices C1-9,C1,,2026-05-20,2026-05-31,100,SEK"
    let open = try Portfolio.punctual(invoice).rate()
    #expect(open.content.knockOuts.map(\.reason) == ["K-CURRENCY"])
    let settled = try Portfolio.punctual(invoice, paid).rate()
    #expect(settled.content.knockOuts == [])
  }

  @Test func anUnloadedRegisterIsNotTakenForAnEmptyOne() throws {
    let portfolio = try Portfolio()
    try portfolio.load([
      "customers C1,household,LV,lv,2024-03-15,Anna,,,", "customers C2,business,LV,lv,2024-03-15,,,,",
    ])
    let household = try portfolio.rate("C1")
    #expect(value("Arrears entries in 12 months", household) == .null)
    #expect(household.content.knockOuts.map(\.reason) == ["K-ARREARS-REGISTER-MISSING"])
    #expect(household.content.outcome == .refer)
    let business = try portfolio.rate("C2")
    #expect(
      business.content.knockOuts.map(\.reason)
        == ["K-ARREARS-REGISTER-MISSING", "K-PUBLIC-REGISTERS-MISSING"])
  }

  @Test func aHouseholdInLatviaIsNeverDeclinedByItsRating() throws {
    let debts = (1...6).map { "invoices B-\($0),%,,2025-0\($0)-01,2025-0\($0)-15,50,EUR" }
    let arrears = (1...6).map { "arrears-entries E-\($0)%,%,,,bureau,2026-0\($0)-01,3,,," }
    for (country, outcome) in [("LV", Outcome.refer), ("EE", .decline)] {
      let portfolio = try Portfolio.punctual("customers B,household,\(country),en,2026-01-01,,,,")
      try portfolio.load((debts + arrears).map { $0.replacing("%", with: "B") })
      let record = try portfolio.rate("B")
      #expect(record.content.rating == "F")
      #expect(record.content.outcome == outcome)
    }
  }

  @Test func aValueThatCannotBeComputedRefersAndIsKept() throws {
    let ruleSet = try Portfolio.shipped(replacing: [
      ("features.dmn", "else max(Invoices due in 12 months.days late)", "else 1 / 0")
    ])
    let record = try Portfolio.punctual().rate(with: ruleSet)
    #expect(record.content.outcome == .refer)
    #expect(record.content.knockOuts.map(\.reason) == ["K-EVALUATION"])
    #expect(record.content.problems.map(\.decision) == ["Worst days late in 12 months"])
    #expect(record.content.problems.map(\.code) == ["divisionByZero"])
    #expect(record.content.score != nil)
  }

  @Test func aCustomerWhoHasNotArrivedIsNotRated() throws {
    let portfolio = try Portfolio.punctual("payments P8,C8,2026-01-15,10,EUR,")
    let nobody = #expect(throws: RatingError.self) { try portfolio.rate("nobody") }
    #expect(nobody?.code == "rating.unknown-customer")
    let waiting = #expect(throws: RatingError.self) { try portfolio.rate("C8") }
    #expect(waiting?.code == "rating.not-arrived")
    let early = #expect(throws: RatingError.self) {
      try portfolio.rate("C1", on: CivilDate("2024-03-14") ?? .latest)
    }
    #expect(early?.sentence.contains("not known as of 2024-03-14") == true)
  }
}
