import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Testing
import Values

/// A decision is recomputed to the same bytes whatever became known since, and a changed one is told.
@Suite struct ReplayTests {
  @Test func laterKnowledgeNeverSlipsIn() throws {
    let portfolio = try Portfolio.punctual()
    let before = try portfolio.rate()
    // Known long before by its own account, but stored after the decision.
    try portfolio.load(
      ["invoices C1-0,C1,,2025-12-01,2025-12-15,500,EUR"], known: Instant(microseconds: 1_000_000))
    try portfolio.quarantine("C1")
    let after = try portfolio.rate()
    #expect(after.content.score != before.content.score)
    #expect(try Replay(portfolio.store).replay(before.id).differences == [])
    #expect(try Replay(portfolio.store).replay(after.id).differences == [])
  }

  @Test func aCorrectionSupersedesOnlyForLaterDecisions() throws {
    let portfolio = try Portfolio.punctual("invoices C1-3,C1,,2026-05-20,2026-05-31,20,EUR")
    let before = try portfolio.rate()
    try portfolio.load(["invoices C1-3,C1,,2026-05-20,2026-07-31,20,EUR"])
    let after = try portfolio.rate()
    #expect(before.content.rating != after.content.rating || before.content.score != after.content.score)
    var verdicts: [Replay.Verdict] = []
    try Replay(portfolio.store).replayAll { verdicts.append($0) }
    #expect(verdicts.map(\.decision.id) == [before.id, after.id])
    #expect(verdicts.allSatisfy { $0.isIdentical })
  }

  @Test func theRuleSetThatWasUsedIsUsed() throws {
    let portfolio = try Portfolio.punctual()
    let other = try Portfolio.shipped(replacing: [
      ("credit-rating.dmn", "<text>110</text>", "<text>115</text>")
    ])
    let first = try portfolio.rate()
    let second = try portfolio.rate(with: other)
    #expect(first.content.ruleSet != second.content.ruleSet)
    #expect(first.content.score != second.content.score)
    let replay = Replay(portfolio.store)
    #expect(try replay.replay(first.id).isIdentical)
    #expect(try replay.replay(second.id).isIdentical)
  }

  @Test func aForgedDecisionIsToldFieldByField() throws {
    let portfolio = try Portfolio.punctual()
    let record = try portfolio.rate()
    var forged = record.content
    forged.rating = "F"
    forged.outcome = .decline
    let bytes = forged.bytes
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.run(
        "UPDATE decision SET content = ?, content_hash = ?", bytes, SHA256.hash(bytes).bytes)
    }
    let verdict = try Replay(portfolio.store).replay(record.id)
    #expect(verdict.differences.map(\.field) == ["/outcome", "/rating"])
    #expect(verdict.differences.map(\.stored) == ["\"decline\"", "\"F\""])
    #expect(verdict.differences.map(\.recomputed) == ["\"accept\"", "\"A\""])
  }

  @Test func aChangedByteOfContentOrRulesIsRefused() throws {
    let portfolio = try Portfolio.punctual()
    let record = try portfolio.rate()
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.execute(
        "UPDATE rule_set_file SET content = x'20' WHERE path = 'features.dmn'")
    }
    let rules = #expect(throws: RatingError.self) { try Replay(portfolio.store).replay(record.id) }
    #expect(rules?.code == "decisions.rule-set")
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.execute("UPDATE decision SET content = x'20'")
    }
    let content = #expect(throws: RatingError.self) { try Replay(portfolio.store).replay(record.id) }
    #expect(content?.code == "decisions.unreadable")
    let unknown = #expect(throws: RatingError.self) { try Replay(portfolio.store).replay(DecisionID(99)) }
    #expect(unknown?.sentence == "There is no decision D-99.")
  }

  @Test func theContentSurvivesItsBytes() throws {
    let content = try Portfolio.punctual("invoices C1-3,C1,,2026-05-20,2026-05-31,20,EUR").rate().content
    #expect(DecisionContent(bytes: content.bytes) == content)
    #expect(DecisionContent(bytes: Array("{}".utf8)) == nil)
    #expect(DecisionContent(bytes: Array(content.bytes.dropLast())) == nil)
  }
}
