import FactStore
import Facts
import SQLite
import TestSupport
import Testing

@testable import Decisioning

/// Who may have been judged by a person, as several programs find it that store and delete decisions.
@Suite struct JudgedCustomersTests {
  private struct House {
    let portfolio: Portfolio
    let rules: RuleSet
    let content: DecisionContent

    init() throws {
      portfolio = try Portfolio.punctual()
      rules = try Portfolio.rules.get()
      let read = try Rater(store: portfolio.store, ruleSet: rules, audit: Portfolio.audit)
        .read(.number("C1"), businessDate: Portfolio.businessDate, knownAt: Portfolio.now)
      content = try #require(rules.decide(read.facts, read.situation))
    }

    func store(_ kind: DecisionKind, about customer: Int) throws {
      let draft = DecisionDraft(
        content, rules, customerKey: customer, readSequence: 1, knownAt: Portfolio.now, kind: kind,
        purpose: .rating)
      try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "test") {
        write throws(SQLiteError) in
        let key = try RuleSetStore.keep(
          rules, sequence: write.sequence, audit: Portfolio.audit, in: write.sql)
        _ = try DecisionStore.append(
          draft, rules, ruleSetKey: key, sequence: write.sequence, audit: Portfolio.audit, in: write.sql)
      }
    }

    func mayBeJudged(_ customer: Int, passing: Bool = false) throws -> Bool {
      try portfolio.store.read { reader throws(SQLiteError) in
        if passing { try DecisionStore.passJudgements(in: reader.sql) }
        return try JudgedCustomers.following(reader.sql).mayContain(customer)
      }
    }
  }

  @Test func onlyPeoplesDecisionsCount() throws {
    let house = try House()
    try house.store(.automated, about: 1)
    try house.store(.proposed, about: 1)
    #expect(try !house.mayBeJudged(1))
    try house.store(.human, about: 2)
    #expect(try house.mayBeJudged(2))
    #expect(try !house.mayBeJudged(1))
  }

  /// A number that was given again to a decision about another is no reason to overlook that one.
  @Test func aNumberThatIsGivenAgainIsReadAgain() throws {
    let house = try House()
    try house.store(.human, about: 1)
    #expect(try house.mayBeJudged(1) && !house.mayBeJudged(2))
    try house.portfolio.store.database.write { transaction throws(SQLiteError) in
      try transaction.run("DELETE FROM decision")
    }
    try house.store(.human, about: 2)
    #expect(try house.mayBeJudged(2))
    #expect(try !house.mayBeJudged(1))
  }

  /// However many decisions there are, nobody is overlooked; where there are too many customers, anybody may be one.
  @Test func nobodyIsOverlookedWhereThereAreMany() throws {
    let house = try House()
    for _ in 0..<5 { try house.store(.human, about: 1) }
    let judged = JudgedCustomers(limit: 2)
    func follow() throws {
      try house.portfolio.store.read { reader throws(SQLiteError) in try judged.follow(reader.sql) }
    }
    try follow()
    #expect(judged.mayContain(1) && !judged.mayContain(2))
    try house.store(.human, about: 2)
    try follow()
    #expect((1...9).allSatisfy(judged.mayContain))
  }

  /// Whoever passes people's decisions says that there are none; whoever does not finds them.
  @Test func whatIsPassedIsNotReadAndIsFoundLater() throws {
    let house = try House()
    // Before anything was followed there is nothing to pass from.
    try house.store(.human, about: 1)
    #expect(try house.mayBeJudged(1, passing: true))
    try house.store(.human, about: 2)
    #expect(try !house.mayBeJudged(2, passing: true))
    try house.store(.automated, about: 1)
    #expect(try house.mayBeJudged(2))
  }

  @Test func peoplesDecisionsAreFoundInAnIndexOfTheirOwn() throws {
    let portfolio = try Portfolio.punctual()
    let plan = try portfolio.store.read { reader throws(SQLiteError) in
      try reader.sql.all(
        """
        EXPLAIN QUERY PLAN SELECT id, customer FROM decision INDEXED BY decision_by_person_number
        WHERE kind = 'human' AND id > 7 ORDER BY id
        """
      ) { row throws(SQLiteError) in try row.text(3) }
    }
    #expect(plan == ["SEARCH decision USING INDEX decision_by_person_number (id>?)"])
  }
}
