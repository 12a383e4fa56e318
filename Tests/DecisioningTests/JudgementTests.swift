import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import TestSupport
import Testing
import Values

/// People's decisions: made, standing against the policy, ended by time and by new facts; all of them replayed.
@Suite struct JudgementTests {
  private let day = Portfolio.businessDate

  private func later(_ days: Int) throws -> CivilDate { try #require(day.adding(days: days)) }

  private func judgement(
    _ basis: DecisionRecord, _ resolution: Judgement.Resolution = .changed, rating: String? = nil,
    outcome: Outcome? = nil, scope: Judgement.Scope = .customer, days: Int = 90
  ) throws -> Judgement {
    Judgement(
      caseName: "C-\(basis.id.number)", basis: basis.id, resolution: resolution, scope: scope, rating: rating,
      outcome: outcome, on: day, until: try later(days), reasons: ["J-HARDSHIP"],
      text: "paid in cash \"today\"",
      reviewer: "janis", approver: nil)
  }

  /// Records what a person decides about a decision.
  @discardableResult
  private func decide(
    _ portfolio: Portfolio, _ judgement: Judgement, _ basis: DecisionRecord,
    seeing knowledge: Rater.Knowledge = .asSeen
  ) throws -> DecisionRecord {
    let rules = try Portfolio.rules.get()
    let draft = try portfolio.store.read { reader throws(RatingError) in
      try Rater.judge(judgement, about: basis, by: rules, seeing: knowledge, reader)
    }
    let id = try portfolio.store.write(actor: "janis", at: Portfolio.now, purpose: "review") {
      transaction throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        rules, sequence: transaction.sequence, audit: Portfolio.audit, in: transaction.sql)
      return try DecisionStore.append(
        draft, rules, ruleSetKey: key, sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
    let record = try portfolio.store.read { reader throws(DecisionStoreError) in
      try DecisionStore.decision(id, in: reader.sql)
    }
    return try #require(record)
  }

  private func expectIdenticalReplay(_ portfolio: Portfolio, jobs: Int = 1) throws {
    var different: [Replay.Verdict] = []
    var count = 0
    try Replay(portfolio.store, jobs: jobs).replayAll { verdict in
      count += 1
      if !verdict.isIdentical { different.append(verdict) }
    }
    #expect(count > 0)
    #expect(different.isEmpty, "\(different)")
  }

  @Test func aPersonsRatingIsTheDecisionsRating() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    #expect(basis.content.rating == "A")
    let decided = try decide(portfolio, try judgement(basis, rating: "E"), basis)
    #expect(decided.kind == .human)
    #expect(decided.involvement == "manual")
    #expect(decided.supersedes == basis.id)
    #expect(decided.content.rating == "E")
    #expect(decided.content.policyRating == "A")
    #expect(decided.content.features == basis.content.features)
    // The outcome is what the policy gives a household for an E.
    #expect(decided.content.outcome == rulesTerms(try Portfolio.rules.get(), "E"))
    #expect(decided.content.validUntil == (try later(90)))
    #expect(decided.content.standing?.rating == "E")
    try expectIdenticalReplay(portfolio)
  }

  private func rulesTerms(_ rules: RuleSet, _ rating: String) -> Outcome? {
    rules.terms(for: .household)(rating)
  }

  @Test func theTermsOfEveryRatingAreThoseOfThePolicy() throws {
    let rules = try Portfolio.rules.get()
    #expect(rulesTerms(rules, "A") == .accept)
    #expect(["A", "B", "C", "D", "E", "F"].allSatisfy { rules.knows(rating: $0) })
    #expect(!rules.knows(rating: "Z"))
  }

  @Test func itStandsUntilItsLastDayAndIsThenLookedAtAgain() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    try decide(portfolio, try judgement(basis, rating: "C", days: 10), basis)
    let standing = try portfolio.rate(on: try later(10))
    #expect(standing.kind == .automated)
    #expect(standing.content.judgement?.effect == .stands)
    #expect(standing.content.rating == "C")
    #expect(standing.content.policyRating == "A")
    let after = try portfolio.rate(on: try later(11))
    #expect(after.content.judgement?.effect == .expired)
    #expect(after.content.outcome == .refer)
    #expect(after.content.bars.map(\.provision) == [OrderBar.lookAgain])
    #expect(after.content.rating == after.content.policyRating)
    // A pass that makes up for a day before the judgement was made, but after the decision that it is about.
    var late = try judgement(basis, rating: "D", days: 40)
    late.on = try later(30)
    try decide(portfolio, late, basis)
    #expect(try portfolio.rate(on: try later(5)).content.rating == "D")
    // A decision for a day before that decision does not know of it.
    let before = try portfolio.rate(on: try later(-1))
    #expect(before.content.judgement == nil)
    try expectIdenticalReplay(portfolio)
    try expectIdenticalReplay(portfolio, jobs: 3)
  }

  @Test func materiallyNewFactsAreLookedAt() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    try decide(portfolio, try judgement(basis, rating: "B"), basis)
    #expect(try portfolio.rate(on: try later(1)).content.rating == "B")
    // Insolvency stands outside the scorecard.
    try portfolio.load(["register-entries R1,C1,,,insolvency,insolvency,2026-06-29,"])
    let changed = try portfolio.rate(on: try later(2))
    #expect(changed.content.judgement?.effect == .newFacts)
    #expect(changed.content.outcome == .refer)
    try expectIdenticalReplay(portfolio)
  }

  @Test func whatIsTakenBackLeavesEverythingAsItWas() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    let first = try decide(portfolio, try judgement(basis, rating: "C", days: 50), basis)
    let standing = try portfolio.rate(on: try later(1))
    let withdrawn = try decide(portfolio, try judgement(standing, .withdrawn, days: 90), standing)
    #expect(withdrawn.content.rating == "C")
    #expect(withdrawn.content.outcome == first.content.outcome)
    // It gets no new time by that.
    #expect(withdrawn.content.validUntil == (try later(50)))
    #expect(try portfolio.rate(on: try later(2)).content.rating == "C")
    try expectIdenticalReplay(portfolio)
  }

  @Test func takingBackNeverAcceptsWhatAStopHeld() throws {
    let portfolio = try Portfolio.punctual()
    try portfolio.store.write(actor: "anna", at: Portfolio.now, purpose: "stop") {
      transaction throws(StopError) in
      _ = try StopSwitch.stop(
        nil, reason: "test", sequence: transaction.sequence, audit: Portfolio.audit, in: transaction.sql)
    }
    let held = try portfolio.rate()
    for resolution in [Judgement.Resolution.withdrawn, .confirmed] {
      #expect(try decide(portfolio, try judgement(held, resolution), held).content.outcome == .refer)
    }
    let refused = #expect(throws: RatingError.self) {
      try decide(
        portfolio, try judgement(held, .corrected), held,
        seeing: .current(businessDate: day, knownAt: Portfolio.now))
    }
    #expect(refused?.code == "rating.stopped")
    #expect(try decide(portfolio, try judgement(held, outcome: .accept), held).content.outcome == .accept)
    try expectIdenticalReplay(portfolio)
  }

  @Test func whatIsDecidedInSpiteOfAProvisionIsToldAndStands() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    let decided = try decide(portfolio, try judgement(basis, outcome: .acceptWithDeposit), basis)
    #expect(decided.content.outcome == .acceptWithDeposit)
    #expect(decided.content.bars.map(\.isOverruled) == [true])
    let standing = try portfolio.rate(on: try later(1))
    #expect(standing.content.outcome == .acceptWithDeposit)
    #expect(standing.content.bars.isEmpty)
    try expectIdenticalReplay(portfolio)
  }

  @Test func aJudgementAboutTheCustomerStandsInEveryMatterAlsoIfItWasMadeOnAnOrder() throws {
    let portfolio = try Portfolio.punctual()
    func order(_ reference: String) throws -> Order {
      Order(
        reference: reference, product: "fixed", commodity: .electricity, jurisdiction: .latvia,
        expectedMonthlyAmount: nil, deliveryPoint: nil)
    }
    func rate(_ order: Order?, _ days: Int) throws -> DecisionRecord {
      try Rater(store: portfolio.store, ruleSet: try Portfolio.rules.get(), audit: Portfolio.audit).rate(
        .number("C1"), businessDate: try later(days), knownAt: Portfolio.now, order: order, actor: "tester",
        at: Portfolio.now)
    }
    let first = try rate(try order("O-1"), 0)
    try decide(portfolio, try judgement(first, rating: "D", outcome: .prepayment, scope: .customer), first)
    #expect(try rate(nil, 1).content.rating == "D")
    #expect(try rate(try order("O-2"), 1).content.rating == "D")
    let second = try rate(try order("O-3"), 2)
    try decide(portfolio, try judgement(second, rating: "B", outcome: .accept, scope: .order), second)
    #expect(try rate(try order("O-3"), 3).content.rating == "B")
    #expect(try rate(try order("O-4"), 3).content.rating == "D")
    #expect(try rate(nil, 3).content.rating == "D")
    try expectIdenticalReplay(portfolio)
  }

  @Test func correctedInputsKeepAJudgementThatTheyDoNotTouch() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    try decide(portfolio, try judgement(basis, rating: "D"), basis)
    let standing = try portfolio.rate(on: try later(1))
    try portfolio.load(["payments P-99,C1,2026-06-30,1.00,EUR,"])
    let corrected = try decide(
      portfolio, try judgement(standing, .corrected), standing,
      seeing: .current(businessDate: try later(1), knownAt: Portfolio.now))
    #expect(corrected.content.rating == "D")
    try expectIdenticalReplay(portfolio)
  }

  @Test func theLawStandsAboveWhatAPersonSaidEarlier() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    #expect(try decide(portfolio, try judgement(basis, outcome: .decline), basis).content.outcome == .decline)
    // No household in Latvia is flatly declined by automation, whoever said so before.
    let standing = try portfolio.rate(on: try later(1))
    #expect(standing.content.judgement?.effect == .stands)
    #expect(standing.content.outcome == .refer)
    #expect(standing.content.bars.map(\.provision) == ["LV-E-10"])
    try expectIdenticalReplay(portfolio)
  }

  @Test func aPolicyThatHasComeToSayTheSameEndsIt() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    // The person says what the policy says; on the day after its last there is nothing to look at.
    try decide(portfolio, try judgement(basis, rating: "A", days: 1), basis)
    let after = try portfolio.rate(on: try later(5))
    #expect(after.content.judgement == nil)
    #expect(after.content.outcome == .accept)
    try expectIdenticalReplay(portfolio)
  }

  @Test func aConfirmationOverrulesNothingLater() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    let confirmed = try decide(portfolio, try judgement(basis, .confirmed), basis)
    #expect(confirmed.involvement == "automated+reviewed")
    #expect(confirmed.content.outcome == basis.content.outcome)
    #expect(try portfolio.rate(on: try later(3)).content.judgement == nil)
    try expectIdenticalReplay(portfolio)
  }

  @Test func confirmingADecisionInWhichAJudgementStandsMakesItAgain() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    try decide(portfolio, try judgement(basis, rating: "D"), basis)
    let standing = try portfolio.rate(on: try later(4))
    let confirmed = try decide(portfolio, try judgement(standing, .confirmed), standing)
    #expect(confirmed.content.rating == "D")
    #expect(try portfolio.rate(on: try later(5)).content.rating == "D")
    try expectIdenticalReplay(portfolio)
  }

  @Test func correctedInputsAreSeenByTheDecisionThatWasMadeOfThem() throws {
    let portfolio = try Portfolio.punctual("register-entries R1,C1,,,insolvency,insolvency,2026-06-01,")
    let basis = try portfolio.rate()
    #expect(basis.content.outcome != .accept)
    try portfolio.load(["register-entries R1,C1,,,insolvency,insolvency,2026-06-01,2026-06-02"])
    let corrected = try decide(
      portfolio, try judgement(basis, .corrected), basis,
      seeing: .current(businessDate: day, knownAt: Portfolio.now))
    #expect(corrected.involvement == "automated+reviewed")
    #expect(corrected.content.knockOuts.isEmpty)
    #expect(corrected.content.outcome == .accept)
    try expectIdenticalReplay(portfolio)
  }

  @Test func itIsReadBackAsItWasMade() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    var made = try judgement(basis, rating: "B", outcome: .prepayment)
    made.approver = "liga"
    made.restriction = .lifted
    made.text = "řeḱ \u{1} \"quoted\" \n line"
    let decided = try decide(portfolio, made, basis)
    made.basisOutcome = basis.content.outcome
    #expect(decided.content.judgement == AppliedJudgement(made, .made))
    #expect(decided.content.json["judgement"]?["approver"]?.stringValue == "liga")
  }

  @Test func whatWasRecordedWithoutAJudgementHasItsOldBytes() throws {
    let portfolio = try Portfolio.punctual()
    let basis = try portfolio.rate()
    let places = try portfolio.store.read { reader throws(SQLiteError) in
      try reader.sql.integer("SELECT json_array_length(content) FROM decision WHERE id = ?", basis.id.number)
    }
    #expect(places == 18)
  }
}

/// The stop switch: from that moment on automated decisions refer, until a second person lifts it.
@Suite struct StopSwitchTests {
  private func stop(_ portfolio: Portfolio, _ version: Digest? = nil, by actor: String = "anna") throws {
    try portfolio.store.write(actor: actor, at: Portfolio.now, purpose: "stop") {
      transaction throws(StopError) in
      _ = try StopSwitch.stop(
        version, reason: "odd scores", sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
  }

  private func lift(_ portfolio: Portfolio, _ number: Int, by actor: String) throws {
    try portfolio.store.write(actor: actor, at: Portfolio.now, purpose: "stop lift") {
      transaction throws(StopError) in
      try StopSwitch.lift(
        number, reason: "mended", actor: actor, sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
  }

  @Test func stoppedDecisionsReferAndReplay() throws {
    let portfolio = try Portfolio.punctual()
    #expect(try portfolio.rate().content.outcome == .accept)
    try stop(portfolio)
    let stopped = try portfolio.rate()
    #expect(stopped.content.outcome == .refer)
    #expect(
      stopped.content.bars == [OrderBar(provision: OrderBar.stopSwitch, barred: .accept, instead: .refer)])
    #expect(stopped.content.policyOutcome == .accept)
    #expect(throws: StopError.self) { try lift(portfolio, 1, by: "anna") }
    try lift(portfolio, 1, by: "liga")
    #expect(try portfolio.rate().content.outcome == .accept)
    var verdicts: [Replay.Verdict] = []
    try Replay(portfolio.store).replayAll { verdicts.append($0) }
    #expect(verdicts.count == 3)
    #expect(verdicts.allSatisfy { $0.isIdentical }, "\(verdicts)")
  }

  @Test func aStopOfOneRuleSetLeavesOthersAlone() throws {
    let portfolio = try Portfolio.punctual()
    try stop(portfolio, SHA256.hash("another"))
    #expect(try portfolio.rate().content.outcome == .accept)
    try stop(portfolio, try Portfolio.rules.get().version)
    #expect(try portfolio.rate().content.outcome == .refer)
  }

  @Test(arguments: [
    ("they are stopped already, by anna at 2026-07-01T08:00:00.000000Z: odd scores (stop 1)", "stop"),
    ("stop 1 was made by anna, so another person has to lift it", "lift own"),
    ("there is no stop 7; in force: 1", "lift unknown"),
    ("stop 1 was lifted already, by liga at 2026-07-01T08:00:00.000000Z: mended", "lift twice"),
  ])
  func refusals(sentence: String, act: String) throws {
    let portfolio = try Portfolio.punctual()
    try stop(portfolio)
    let refused = #expect(throws: StopError.self) {
      switch act {
      case "stop": try stop(portfolio, by: "liga")
      case "lift own": try lift(portfolio, 1, by: "anna")
      case "lift unknown": try lift(portfolio, 7, by: "liga")
      default:
        try lift(portfolio, 1, by: "liga")
        try lift(portfolio, 1, by: "liga")
      }
    }
    #expect(refused?.sentence == sentence)
  }

  @Test func aStopThatCameWhileADecisionWasMadeIsObeyed() throws {
    let portfolio = try Portfolio.punctual()
    let rules = try Portfolio.rules.get()
    let rater = Rater(store: portfolio.store, ruleSet: rules, audit: Portfolio.audit)
    let read = try rater.read(.number("C1"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now)
    let content = try #require(rules.decide(read.facts, read.situation))
    try stop(portfolio)
    let id = try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "rate") {
      transaction throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        rules, sequence: transaction.sequence, audit: Portfolio.audit, in: transaction.sql)
      return try DecisionStore.append(
        DecisionDraft(
          content, rules, customerKey: read.key, readSequence: read.sequence, knownAt: Portfolio.now,
          purpose: .rating), rules, ruleSetKey: key, sequence: transaction.sequence, audit: Portfolio.audit,
        in: transaction.sql)
    }
    #expect(try Replay(portfolio.store).replay(id).isIdentical)
    let record = try portfolio.store.read { reader throws(DecisionStoreError) in
      try DecisionStore.decision(id, in: reader.sql)
    }
    #expect(record?.content.outcome == .refer)
  }
}
