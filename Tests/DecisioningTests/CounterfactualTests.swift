import Decisioning
import Facts
import Testing
import Values

/// What is proposed to customers whose answer can be worked out by hand.
@Suite struct CounterfactualTests {
  /// A decision, what it was made of and what would be better.
  struct Explained {
    let ruleSet: RuleSet
    let facts: CustomerFacts
    let situation: Situation
    let content: DecisionContent
    let answer: Counterfactuals

    init(
      _ portfolio: Portfolio, _ customer: String, with ruleSet: RuleSet? = nil,
      previous: PreviousRating? = nil, limits: CounterfactualLimits = CounterfactualLimits()
    ) throws {
      let rules = try ruleSet ?? Portfolio.rules.get()
      let read = try Rater(store: portfolio.store, ruleSet: rules, audit: Portfolio.audit)
        .read(.number(customer), businessDate: Portfolio.businessDate, knownAt: Portfolio.now)
      self.ruleSet = rules
      facts = read.facts
      var asked = read.situation
      asked.previous = previous
      situation = asked
      content = try #require(rules.decide(facts, situation))
      answer = rules.counterfactuals(of: content, facts, situation, limits: limits)
    }

    /// What the full pipeline gives on a day if a recourse is followed.
    func verdict(_ recourse: Recourse, on day: CivilDate) -> Verdict? {
      ruleSet.decide(recourse.applied(to: facts), situation.later(on: day, after: content)).map(Verdict.init)
    }
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// A business with twelve months of bills: paid on the due date, but for the last ones.
  private func business(open: Int, paidLate: Int = 0, _ more: String...) throws -> Portfolio {
    let portfolio = try Portfolio.punctual("customers B,business,LV,lv,2020-01-10,,,,")
    var lines: [String] = []
    for month in 1...12 {
      let (year, of) = month <= 6 ? (2025, month + 6) : (2026, month - 6)
      let date = "\(year)-\(of < 10 ? "0" : "")\(of)"
      lines.append("invoices B-\(month),B,,\(date)-01,\(date)-15,100,EUR")
      if month > 12 - open { continue }
      let paid = month <= paidLate ? "25" : "15"
      lines.append("payments PB-\(month),B,\(date)-\(paid),100,EUR,B-\(month)")
    }
    try portfolio.load(lines + more)
    return portfolio
  }

  @Test func nothingIsProposedWhereNothingIsBetter() throws {
    let best = try Explained(Portfolio.punctual(), "C1")
    #expect(best.content.rating == "A" && best.content.outcome == .accept)
    #expect(best.answer == Counterfactuals(goal: nil))
  }

  @Test func openInvoicesAreToBePaidAndTheDateIsTold() throws {
    let explained = try Explained(try business(open: 3), "B")
    #expect(explained.content.outcome != .accept)
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.pay])
    #expect(recourse.by == (try day("2026-07-14")))
    #expect(recourse.payments.first?.invoice == "B-10")
    #expect(recourse.payments.allSatisfy { $0.amount == Money(100, .eur) })
    #expect(recourse.totals == [Money(Decimal(100 * recourse.payments.count), .eur)])
    #expect(explained.verdict(recourse, on: recourse.from) == recourse.verdict)
    #expect(recourse.verdict.isBetter(than: explained.content))
  }

  @Test func noMoreInvoicesThanNeededAreToBePaid() throws {
    let explained = try Explained(try business(open: 3), "B")
    let recourse = try #require(explained.answer.recourses.first)
    for count in 0..<recourse.payments.count {
      var fewer = recourse
      fewer.payments = Array(recourse.payments.prefix(count))
      let lasts = try (0...3).allSatisfy { month in
        let later = try #require(recourse.from.adding(months: month))
        return explained.verdict(fewer, on: later)?.isBetter(than: explained.content) == true
      }
      #expect(!lasts)
    }
  }

  @Test func aRatingThatHasJustFallenRisesOnlyAfterTheWait() throws {
    let portfolio = try business(open: 3)
    let fallen = PreviousRating(rating: "A", since: try day("2026-01-01"))
    let explained = try Explained(portfolio, "B", previous: fallen)
    #expect(explained.content.standing?.downgradedOn == Portfolio.businessDate)
    let recourse = try #require(explained.answer.recourses.first)
    // Thirty days after the business date, although the payment would do from the day after it.
    #expect(recourse.by == (try day("2026-07-14")))
    #expect(recourse.from == (try day("2026-07-30")))
    let steady = PreviousRating(rating: try #require(explained.content.rating), since: try day("2026-01-01"))
    let without = try Explained(portfolio, "B", previous: steady)
    #expect(without.answer.recourses.first?.from == (try day("2026-07-15")))
  }

  @Test func theSearchEndsAtItsLimits() throws {
    var limits = CounterfactualLimits()
    limits.facts = 60
    let explained = try Explained(try business(open: 3), "B", limits: limits)
    // Two runs are not enough to know that a day's answer lasts, so nothing is promised.
    #expect(explained.answer.isCutShort && explained.answer.recourses == [])
  }

  @Test func timeAloneIsToldWithTheFirstDay() throws {
    let explained = try Explained(try business(open: 0, paidLate: 6), "B")
    #expect(explained.content.outcome == .accept)
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.time])
    #expect(recourse.by == nil && recourse.payments == [])
    #expect(recourse.bills.first?.issued == (try day("2026-07-01")))
    #expect(recourse.bills.first?.due == (try day("2026-07-15")))
    let before = try #require(recourse.from.adding(days: -1))
    #expect(explained.verdict(recourse, on: before)?.isBetter(than: explained.content) == false)
    #expect(explained.verdict(recourse, on: recourse.from)?.isBetter(than: explained.content) == true)
  }

  @Test func arrearsAreToBeCleared() throws {
    let portfolio = try business(open: 0, "arrears-entries A1,B,,,bureau,2026-05-01,3,,50,EUR")
    let explained = try Explained(portfolio, "B")
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.clear])
    #expect(recourse.clearings.map(\.record) == ["A1"])
    #expect(recourse.clearings.first?.amount == Money(50, .eur))
    #expect(explained.verdict(recourse, on: recourse.from) == recourse.verdict)
  }

  @Test func aTaxDebtIsToBeSettled() throws {
    let portfolio = try business(open: 0, "register-entries R1,B,,,VID,taxDebt,2026-01-01,")
    let explained = try Explained(portfolio, "B")
    #expect(explained.content.outcome == .refer)
    #expect(explained.answer.changeable == ["K-TAX-DEBT"] && explained.answer.blockedBy == [])
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.levers == [.end(.taxDebt)])
    #expect(recourse.endings.map(\.record) == ["R1"])
    #expect(recourse.verdict.outcome == .accept)
    #expect(recourse.from == (try day("2026-07-15")))
    #expect(!explained.answer.noSingleChange && explained.answer.variations == [])
  }

  @Test(arguments: ["insolvency", "liquidation", "struckOff", "legalProtection", "securingMeasure"])
  func whatNobodyCanChangeIsSaidToBlock(type: String) throws {
    let portfolio = try business(open: 2, "register-entries R1,B,,,register,\(type),2026-01-01,")
    let explained = try Explained(portfolio, "B")
    #expect(explained.answer.blockedBy == explained.content.knockOuts.map(\.reason))
    #expect(explained.answer.goal == .outcome(betterThan: explained.content.outcome))
    #expect(explained.answer.recourses == [] && explained.answer.variations == [])
  }

  @Test func quarantineAndMissingRegistersBlock() throws {
    let portfolio = try Portfolio.punctual()
    try portfolio.quarantine("C1")
    #expect(try Explained(portfolio, "C1").answer.blockedBy == ["K-QUARANTINE"])
    let bare = try Portfolio()
    try bare.load(["customers C1,business,LV,lv,2024-03-15,,,,"])
    #expect(
      try Explained(bare, "C1").answer.blockedBy == [
        "K-ARREARS-REGISTER-MISSING", "K-PUBLIC-REGISTERS-MISSING",
      ])
  }

  @Test func debtsInAnotherCurrencyAreToBePaid() throws {
    let portfolio = try Portfolio.punctual("invoices C1-9,C1,,2026-05-20,2026-05-31,100,SEK")
    let explained = try Explained(portfolio, "C1")
    let recourse = try #require(explained.answer.recourses.first)
    #expect(recourse.totals.map(\.description) == ["100 SEK"])
    #expect(recourse.verdict.outcome == .accept)
  }

  @Test func aRuleSetThatDeclaresNothingChangeableProposesNothing() throws {
    let ruleSet = try Portfolio.shipped(replacing: [
      ("credit-rating.dmn", "<annotation name=\"Change\"/>", "<annotation name=\"Note\"/>")
    ])
    let explained = try Explained(try business(open: 3), "B", with: ruleSet)
    #expect(explained.answer.recourses == [] && explained.answer.variations == [])
    #expect(explained.answer.noSingleChange && explained.answer.changesNeeded == nil)
  }

  @Test func aCharacteristicCalledUnchangeableIsNeverVaried() throws {
    let explained = try Explained(try business(open: 0, paidLate: 6), "B")
    let varied = explained.answer.variations.flatMap(\.changes).map(\.name)
    #expect(!varied.isEmpty)
    for change in explained.answer.variations.flatMap(\.changes) { #expect(!change.levers.isEmpty) }
  }

  @Test func anUnknownWordIsRefused() throws {
    let error = #expect(throws: RuleSetError.self) {
      try Portfolio.shipped(replacing: [
        ("credit-rating.dmn", "<text>end taxDebt</text>", "<text>end everything</text>")
      ])
    }
    #expect(error?.code == "rules.change")
    #expect(error?.sentence.contains("end everything") == true)
  }

  @Test func aVariationNamesTheNearestValueOfTheBetterStep() throws {
    // Six bills ten days late, none before: the share and the days stand between this rating and the next.
    let explained = try Explained(try business(open: 0, paidLate: 6), "B")
    let variation = try #require(explained.answer.variations.first)
    #expect(variation.changes.count == 1)
    for change in variation.changes {
      let value = try #require(change.value)
      #expect(change.direction == (change.target < value ? .atMost : .atLeast))
      #expect(change.gain > .zero && change.steps > 0)
    }
    #expect(
      explained.ruleSet.verdict(explained.facts, explained.situation, with: variation.changes)
        == variation.verdict)
  }
}
