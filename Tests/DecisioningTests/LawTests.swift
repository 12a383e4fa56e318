import Decisioning
import Facts
import Testing
import Values

/// The law stands above the policy: it turns outcomes into referrals, and only these.
@Suite struct LawTests {
  /// A customer with open arrears of three months and an invoice that was never paid: rating F.
  private static func poor(_ kind: String, _ jurisdiction: String) throws -> Portfolio {
    try Portfolio.punctual(
      ["customers C2,\(kind),\(jurisdiction),lv,2026-05-01,,,,"]
        + (1...5).map { "arrears-entries A\($0),C2,,,bureau,2026-06-0\($0),4,,," }
        + ["invoices C2-1,C2,,2025-08-01,2025-08-15,100,EUR", "debt-notices N1,C2,C2-1,2025-12-01,letter,,"]
    )
  }

  private func order(_ commodity: Contract.Commodity, _ jurisdiction: Jurisdiction) -> Order {
    Order(reference: "O-1", product: "P", commodity: commodity, jurisdiction: jurisdiction)
  }

  private func decide(
    _ portfolio: Portfolio, _ customer: String, _ order: Order?, on day: CivilDate = Portfolio.businessDate
  ) throws -> DecisionRecord {
    try Rater(store: portfolio.store, ruleSet: Portfolio.rules.get(), audit: Portfolio.audit).rate(
      .number(customer), businessDate: day, knownAt: Portfolio.now, order: order, actor: "tester",
      at: Portfolio.now)
  }

  @Test func aHouseholdsElectricityOrderInLatviaIsNeverDeclined() throws {
    let household = try Self.poor("household", "LV")
    let electricity = try decide(household, "C2", order(.electricity, .latvia))
    #expect(electricity.content.rating == "F")
    #expect(electricity.content.outcome == .refer)
    #expect(
      electricity.content.bars
        == [OrderBar(provision: "LV-E-10", barred: .decline, instead: .refer)])
    #expect(electricity.purpose == .order)
    #expect(electricity.legalBasis == ["GDPR-6-1-b", "GDPR-22-2-a"])
    #expect(try decide(household, "C2", order(.telecom, .latvia)).content.outcome == .decline)
    #expect(try decide(household, "C2", order(.electricity, .estonia)).content.outcome == .decline)
    // Without an order whatever may be ordered is thought of.
    #expect(try decide(household, "C2", nil).content.outcome == .refer)
    let business = try Self.poor("business", "LV")
    #expect(try decide(business, "C2", order(.electricity, .latvia)).content.outcome == .decline)
    let prospect = try Self.poor("prospect", "LV")
    #expect(try decide(prospect, "C2", order(.electricity, .latvia)).content.outcome == .refer)
  }

  @Test func theLawOfTheDayCounts() throws {
    let household = try Self.poor("household", "LV")
    let record = try decide(household, "C2", order(.electricity, .latvia))
    let rules = try Portfolio.rules.get()
    #expect(rules.law.provision("LV-E-10", on: record.content.businessDate)?.confidence == .read)
    let before = try #require(CivilDate("2023-11-09"))
    #expect(rules.law.provision("LV-E-10", on: before) == nil)
    #expect(rules.law.contestAnswerDays(on: record.content.businessDate) == 30)
  }

  @Test func depositsOfHouseholdsNeedAPermission() throws {
    // No history at all: rating D for a household of few days; its policy outcome is a deposit.
    let files = try Portfolio.files(replacing: [
      ("credit-rating.dmn", "<text>\"A\", \"B\", \"C\"</text>", "<text>\"B\", \"C\"</text>"),
      (
        "credit-rating.dmn",
        "<text>\"D\"</text>\n        </inputEntry>\n        <inputEntry id=\"outcome_household_fair_in_2\">",
        "<text>\"A\", \"D\"</text>\n        </inputEntry>\n        <inputEntry id=\"outcome_household_fair_in_2\">"
      ),
    ])
    let rules = try RuleSet(files)
    let portfolio = try Portfolio.punctual()
    func outcome(_ commodity: Contract.Commodity?, _ jurisdiction: Jurisdiction) throws -> DecisionContent {
      try Rater(store: portfolio.store, ruleSet: rules, audit: Portfolio.audit).rate(
        .number("C1"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now,
        order: commodity.map { order($0, jurisdiction) }, actor: "t", at: Portfolio.now
      ).content
    }
    let electricity = try outcome(.electricity, .latvia)
    #expect(electricity.orderOutcome == .acceptWithDeposit)
    #expect(electricity.outcome == .refer)
    #expect(electricity.bars.map(\.provision) == [LawProvision.noPermission])
    #expect(try outcome(.gas, .latvia).outcome == .acceptWithDeposit)
    #expect(try outcome(.gas, .estonia).outcome == .refer)
    #expect(try outcome(nil, .latvia).outcome == .refer)
  }

  @Test func aCompanyInLatviaGivesSecurityOnlyAfterBeingLate() throws {
    // A business without history is a C, for which the policy asks a deposit.
    let fresh = try Portfolio.punctual("customers C2,business,LV,lv,2026-06-01,,,,")
    let barred = try decide(fresh, "C2", order(.electricity, .latvia))
    #expect(barred.content.orderOutcome == .acceptWithDeposit)
    #expect(barred.content.bars.map(\.provision) == ["LV-E-11"])
    #expect(barred.content.outcome == .refer)
    #expect(try decide(fresh, "C2", order(.gas, .latvia)).content.outcome == .acceptWithDeposit)
    let late = try Portfolio.punctual(
      "customers C2,business,LV,lv,2026-06-01,,,,", "invoices C2-1,C2,,2026-05-01,2026-05-15,10,EUR",
      "payments C2-P,C2,2026-06-15,10,EUR,C2-1")
    let allowed = try decide(late, "C2", order(.electricity, .latvia))
    #expect(allowed.content.bars == [])
  }

  @Test func decisionsAboutOneOrderSupersedeOneAnother() throws {
    let portfolio = try Portfolio.punctual()
    let rating = try decide(portfolio, "C1", nil)
    let first = try decide(portfolio, "C1", order(.electricity, .latvia))
    #expect(first.supersedes == nil)
    #expect(try decide(portfolio, "C1", order(.electricity, .latvia)).supersedes == first.id)
    #expect(try decide(portfolio, "C1", nil).supersedes == rating.id)
    #expect(first.content.order?.reference == "O-1")
    #expect(try Replay(portfolio.store).replay(first.id).isIdentical)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let says: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Fault(old: "\"orderBar\"", new: "\"bar\"", says: "/provisions/0/kind: 'bar' is none of"),
    Fault(old: "[\"decline\"]", new: "[\"refuse\"]", says: "/provisions/0/outcomes: '\"refuse\"' is none of"),
    Fault(old: "[\"decline\"]", new: "[]", says: "/provisions/0/outcomes: is an empty list"),
    Fault(old: "\"2023-11-10\"", new: "\"2023-13-10\"", says: "/provisions/0/from: is not a date"),
    Fault(
      old: "\"from\": \"2023-11-10\",", new: "\"from\": \"2023-11-10\", \"until\": \"2023-11-09\",",
      says: "/provisions/0/until: 2023-11-09 is before"),
    Fault(old: "\"note\"", new: "\"remark\"", says: "/provisions/0/remark: is not a member"),
    Fault(old: "\"confidence\": \"read\"", new: "\"confidence\": \"sure\"", says: "'sure' is none of"),
    Fault(old: "\"LV-E-11\"", new: "\"LV-E-10\"", says: "'LV-E-10' stands twice"),
    Fault(old: "{\n  \"jurisdiction\"", new: "[\n  \"jurisdiction\"", says: "law/lv.json, line 2"),
  ])
  func aFaultInTheLawRefusesTheRuleSet(_ fault: Fault) throws {
    let files = try Portfolio.files(replacing: [("law/lv.json", fault.old, fault.new)])
    let error = #expect(throws: RuleSetError.self) { try RuleSet(files) }
    #expect(error?.code == "rules.law")
    #expect(error?.sentence.contains(fault.says) == true, "\(error?.sentence ?? "")")
  }

  @Test func theLawOfDebtsIsPassedOver() throws {
    let provisions = try Portfolio.rules.get().law.provisions
    #expect(provisions.contains { $0.id == "LV-E-10" } && !provisions.contains { $0.id == "LV-E-1" })
    // Whatever it holds; a third list is still refused.
    let emptied = try Portfolio.files(replacing: [
      ("law/lv.json", "\"debt\": [", "\"debt\": [ 1, { \"kind\": \"x\" },")
    ])
    #expect(try RuleSet(emptied).law.provisions == provisions)
    let renamed = try Portfolio.files(replacing: [("law/lv.json", "\"debt\": [", "\"debts\": [")])
    let error = #expect(throws: RuleSetError.self) { try RuleSet(renamed) }
    #expect(error?.sentence.contains("/debts: is not a member") == true, "\(error?.sentence ?? "")")
  }
}
