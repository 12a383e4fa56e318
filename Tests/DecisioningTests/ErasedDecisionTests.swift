import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Testing
import Values

/// A decision outlives the facts that it was made of: it says that they were erased, and what can still be shown.
@Suite struct ErasedDecisionTests {
  private func erase(_ portfolio: Portfolio, _ customer: String = "C1") throws -> Erasure {
    try portfolio.store.write(actor: "eraser", at: Portfolio.now, purpose: "erase") {
      transaction throws(RatingError) in
      do {
        let key = try transaction.reader.key(of: .number(customer)) ?? 0
        let erasure = try transaction.erase(customerKey: key, rule: "LV-RET-5")
        var about = JSONObject()
        about["rule"] = .string(erasure.rule)
        try Portfolio.audit.append(
          AuditNote(.humanAction, customers: [key], about: about), in: transaction.sql)
        return erasure
      } catch let error as StoreError {
        throw .facts(error)
      } catch let error as SQLiteError {
        throw RatingError(error)
      } catch {
        throw .facts(.damaged(table: "\(error)"))
      }
    }
  }

  @Test func saysWhatRemainsProvable() throws {
    let portfolio = try Portfolio.punctual()
    let record = try portfolio.rate()
    let other = try portfolio.rate("X")
    let erasure = try erase(portfolio)
    #expect(erasure.facts == 5)
    var verdicts: [Replay.Verdict] = []
    try Replay(portfolio.store).replayAll { verdicts.append($0) }
    #expect(verdicts.map(\.id) == [record.id, other.id])
    #expect(verdicts.map(\.isIdentical) == [false, true])
    let remains = try #require(verdicts.first?.erased)
    #expect(remains.erasures == [erasure])
    #expect(remains.ruleSet == record.content.ruleSet)
    #expect(remains.contentHash == record.contentHash)
    let entries = try portfolio.store.read { reader throws(AuditError) in
      try AuditLog.entries(.init(limit: 100), in: reader.sql)
    }
    let own = try #require(
      entries.first { $0.payload?.rows.first?.name.key == record.id.number && $0.kind == .decision })
    #expect(remains.auditEntry == own.number)
    #expect(verdicts.first?.differences == [])
    let single = try Replay(portfolio.store).replay(record.id)
    #expect(single.erased?.auditEntry == own.number)
    #expect(
      try portfolio.store.read { reader throws(SQLiteError) in
        try AuditVerifier(DecisionStore.auditedTables).verify(in: reader.sql).finding
      } == nil)
    // The record still tells by itself.
    let kept = try portfolio.store.read { reader throws(DecisionStoreError) in
      try DecisionStore.decision(record.id, in: reader.sql)
    }
    #expect(kept == record)
    let material = try portfolio.store.read { reader throws(RatingError) in
      try Rater.material(of: record, reader)
    }
    #expect(material.facts.customer == nil)
    #expect(material.files.version == record.content.ruleSet)
  }

  @Test func aChangedRecordIsNotVouchedFor() throws {
    let portfolio = try Portfolio.punctual()
    let record = try portfolio.rate()
    _ = try erase(portfolio)
    try portfolio.store.write(actor: "forger", at: Portfolio.now, purpose: "test") {
      transaction throws(SQLiteError) in
      try transaction.sql.execute("UPDATE decision SET outcome = 'decline'")
    }
    let verdict = try Replay(portfolio.store).replay(record.id)
    #expect(verdict.erased != nil)
    #expect(verdict.erased?.auditEntry == nil)
  }

  @Test func aDecisionAfterTheErasureIsRefused() throws {
    let portfolio = try Portfolio.punctual()
    _ = try portfolio.rate()
    let erasure = try erase(portfolio)
    let refused = #expect(throws: RatingError.self) { try portfolio.rate() }
    #expect(refused?.code == "rating.erased")
    #expect(refused?.sentence.contains("under rule 'LV-RET-5' (write \(erasure.sequence))") == true)
    // Facts that come in anew are facts again, and decided by themselves.
    try portfolio.load(["customers C1,household,LV,lv,2026-06-01,,,,"])
    let fresh = try portfolio.rate()
    #expect(try Replay(portfolio.store).replay(fresh.id).isIdentical)
  }

  @Test func decisionsAreFoundByWhenTheyWereRecorded() throws {
    let portfolio = try Portfolio.punctual()
    let first = try portfolio.rate()
    let second = try portfolio.rate("X", at: Instant(microseconds: Portfolio.now.microseconds + 1_000_000))
    func last(_ microseconds: Int) throws -> DecisionID? {
      try portfolio.store.read { reader throws(SQLiteError) in
        try DecisionStore.last(
          before: Instant(microseconds: Portfolio.now.microseconds + microseconds), in: reader.sql)
      }
    }
    #expect(try last(0) == nil)
    #expect(try last(1) == first.id)
    #expect(try last(1_000_000) == first.id)
    #expect(try last(1_000_001) == second.id)
  }
}
