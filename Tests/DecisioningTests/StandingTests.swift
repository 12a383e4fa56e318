import Decisioning
import Facts
import Formats
import Testing
import Values

/// How long a rating stands: thresholds that differ upwards and downwards, the wait after a fall, validity.
@Suite struct StandingTests {
  private let day = Portfolio.businessDate

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// What the rules give a customer of 985 points after another rating stood.
  private func rating(
    after previous: PreviousRating?, _ ruleSet: RuleSet, on day: CivilDate = Portfolio.businessDate
  ) throws -> DecisionContent {
    let portfolio = try Portfolio.punctual()
    var (_, _, facts, situation) = try Rater(store: portfolio.store, ruleSet: ruleSet, audit: Portfolio.audit)
      .read(.number("C1"), businessDate: day, knownAt: Portfolio.now)
    situation.previous = previous
    return try #require(ruleSet.decide(facts, situation))
  }

  @Test(arguments: [("A", "A"), ("B", "B"), ("C", "B"), ("F", "B"), (nil, "B")])
  func withinTheMarginTheRatingThatStoodIsKept(previous: String?, expected: String) throws {
    // With the threshold of A at 990, 985 points lie within the 15 below it.
    let rules = try RuleSet(
      try Portfolio.files(replacing: [
        ("credit-rating.dmn", "<text>&gt;= 900</text>", "<text>&gt;= 990</text>"),
        ("credit-rating.dmn", "<text>[885..900)</text>", "<text>[975..990)</text>"),
        ("credit-rating.dmn", "<text>[825..885)</text>", "<text>[825..975)</text>"),
      ]))
    let before = previous.map { PreviousRating(rating: $0, since: day) }
    let content = try rating(after: before, rules)
    #expect(content.score == 985)
    #expect(content.rating == expected)
  }

  @Test func aRiseWaitsThirtyDaysAfterAFall() throws {
    let rules = try Portfolio.rules.get()
    func content(_ fell: String?) throws -> DecisionContent {
      try rating(
        after: PreviousRating(
          rating: "C", since: try date("2026-01-01"), downgradedOn: try fell.map { try date($0) }), rules)
    }
    let waiting = try content("2026-06-01")
    #expect(waiting.rating == "C")
    #expect(waiting.value(PolicyName.heldBack) == true)
    #expect(waiting.value(PolicyName.bandedRating) == "A")
    #expect(try content("2026-05-31").rating == "A")
    #expect(try content(nil).rating == "A")
  }

  @Test func whatStandsIsRememberedByTheNextDay() throws {
    let portfolio = try Portfolio.punctual(
      "customers C2,household,EE,et,2020-01-01,,,,", "invoices C2-1,C2,,2026-05-01,2026-05-15,10,EUR",
      "arrears-entries A1,C2,,,bureau,2026-06-20,3,,,")
    let first = try portfolio.rate("C2", on: try date("2026-06-10"))
    #expect(first.content.previous == nil)
    #expect(first.supersedes == nil)
    let second = try portfolio.rate("C2", on: try date("2026-06-25"))
    let rating = try #require(first.content.rating)
    #expect(second.content.previous == PreviousRating(rating: rating, since: try date("2026-06-10")))
    #expect(second.supersedes == first.id)
    #expect(try #require(second.content.rating) > rating)
    #expect(second.content.standing?.downgradedOn == second.content.businessDate)
    // The same day again has the same memory, so the same content.
    let again = try portfolio.rate("C2", on: try date("2026-06-25"))
    #expect(again.content == second.content)
    #expect(again.supersedes == second.id)
    let third = try portfolio.rate("C2", on: try date("2026-06-26"))
    #expect(third.content.previous == second.content.standing)
    for decision in [first, second, again, third] {
      #expect(try Replay(portfolio.store).replay(decision.id).isIdentical)
    }
  }

  @Test func aRatingIsValidForNinetyDays() throws {
    let record = try Portfolio.punctual().rate()
    #expect(record.content.validUntil == (try date("2026-09-28")))
  }
}
