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
    #expect(verdicts.map(\.id) == [before.id, after.id])
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
    let rating = try #require(forged.values.firstIndex { $0.name == PolicyName.rating })
    forged.values[rating].value = "F"
    forged.outcome = .decline
    let bytes = forged.bytes(try Portfolio.rules.get().layout)
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.run(
        "UPDATE decision SET content = ?, content_hash = ?", bytes, SHA256.hash(bytes).bytes)
    }
    let verdict = try Replay(portfolio.store).replay(record.id)
    #expect(verdict.differences.map(\.field) == ["/outcome", "/rating", "/decisions/\(rating)/value"])
    #expect(verdict.differences.map(\.stored) == ["\"decline\"", "\"F\"", "\"F\""])
    #expect(verdict.differences.map(\.recomputed) == ["\"accept\"", "\"A\"", "\"A\""])
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
    let layout = try Portfolio.rules.get().layout
    let content = try Portfolio.punctual("invoices C1-3,C1,,2026-05-20,2026-05-31,20,EUR").rate().content
    let bytes = content.bytes(layout)
    #expect(DecisionContent(bytes: bytes, layout: layout) == content)
    #expect(DecisionContent(bytes: Array("{}".utf8), layout: layout) == nil)
    for length in 0..<bytes.count {
      #expect(DecisionContent(bytes: Array(bytes.prefix(length)), layout: layout) == nil)
    }
    #expect(RecordLayout(bytes: layout.bytes) == layout)
  }

  /// Any byte of a stored record may be damaged; reading it is refused or gives some content, and never traps.
  @Test func damagedBytesNeverTrap() throws {
    let layout = try Portfolio.rules.get().layout
    let bytes = try Portfolio.punctual().rate().content.bytes(layout)
    var readable = 0
    for place in bytes.indices {
      for byte in [UInt8(ascii: "9"), UInt8(ascii: "["), UInt8(ascii: "\""), 0, 0xFF] {
        var damaged = bytes
        damaged[place] = byte
        if DecisionContent(bytes: damaged, layout: layout) != nil { readable += 1 }
      }
    }
    #expect(readable > 0)
  }
}
