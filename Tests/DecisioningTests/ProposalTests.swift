import Decisioning
import FactStore
import Facts
import SQLite
import Testing
import Values

/// Decisions that propose a step of debt management: a matter of their own, replayed like all, of no say in the rating.
@Suite struct ProposalTests {
  private func proposal(_ reference: String = "K1/1", certificate: Digest? = SHA256.hash("certificate"))
    -> ServiceProposal
  {
    ServiceProposal(
      reference: reference, step: "disconnection request", contract: "K1", commodity: .electricity,
      deliveryPoint: "43X", amount: Money(Decimal("101.66") ?? 0, .eur), invoices: ["I1", "I2"],
      certificate: certificate, reasons: ["D-DISCONNECT"])
  }

  private func propose(
    _ portfolio: Portfolio, _ proposal: ServiceProposal, needsApproval: Bool = true
  ) throws -> DecisionRecord {
    let rules = try Portfolio.rules.get()
    let draft = try portfolio.store.read { reader throws(RatingError) in
      try Rater.propose(
        proposal, about: .number("C1"), by: rules, needsApproval: needsApproval,
        asOf: AsOf(businessDate: Portfolio.businessDate, knownAt: Portfolio.now), reader)
    }
    return try record(portfolio, draft)
  }

  private func record(_ portfolio: Portfolio, _ draft: DecisionDraft) throws -> DecisionRecord {
    let rules = try Portfolio.rules.get()
    let id = try portfolio.store.write(actor: "tester", at: Portfolio.now, purpose: "debt apply") {
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

  private func judge(
    _ portfolio: Portfolio, _ basis: DecisionRecord, _ restriction: Judgement.Restriction
  ) throws -> DecisionRecord {
    let judgement = Judgement(
      caseName: "A-1", basis: basis.id, resolution: .confirmed, scope: .customer, restriction: restriction,
      on: Portfolio.businessDate, until: Portfolio.businessDate, reasons: ["J-FACTS"], text: "looked",
      reviewer: "janis")
    let rules = try Portfolio.rules.get()
    let draft = try portfolio.store.read { reader throws(RatingError) in
      try Rater.judge(judgement, about: basis, by: rules, seeing: .asSeen, reader)
    }
    return try record(portfolio, draft)
  }

  private func expectIdenticalReplay(_ portfolio: Portfolio) throws {
    var different: [Replay.Verdict] = []
    try Replay(portfolio.store).replayAll { if !$0.isIdentical { different.append($0) } }
    #expect(different.isEmpty, "\(different)")
  }

  @Test func aProposalIsKeptWholeAndReplayed() throws {
    let portfolio = try Portfolio.punctual()
    let rated = try portfolio.rate()
    let proposed = try propose(portfolio, proposal())
    #expect(proposed.kind == .proposed)
    #expect(proposed.purpose == .restriction)
    #expect(proposed.content.proposal == proposal())
    #expect(proposed.legalBasis == ["GDPR-6-1-b"])
    // It rates nobody and stands in the place of no rating.
    #expect(proposed.supersedes == nil)
    #expect(proposed.content.rating == rated.content.rating)
    #expect(proposed.involvement == "proposed")
    try expectIdenticalReplay(portfolio)
  }

  @Test func aPersonsDecisionStandsInThePlaceOfExactlyThisProposal() throws {
    let portfolio = try Portfolio.punctual()
    let rated = try portfolio.rate()
    let first = try propose(portfolio, proposal("K1/1"))
    let other = try propose(portfolio, proposal("K2/1", certificate: nil))
    let approved = try judge(portfolio, first, .approved)
    #expect(approved.supersedes == first.id)
    #expect(approved.content.proposal == first.content.proposal)
    #expect(approved.purpose == .restriction)
    #expect(approved.involvement == "automated+reviewed")
    let newest = try portfolio.store.read { reader throws(SQLiteError) in
      [
        try DecisionStore.newest(inPlaceOf: rated, in: reader.sql),
        try DecisionStore.newest(inPlaceOf: first, in: reader.sql),
        try DecisionStore.newest(inPlaceOf: other, in: reader.sql),
      ]
    }
    #expect(newest == [rated.id, approved.id, other.id])
    let lifted = try judge(portfolio, other, .lifted)
    #expect(lifted.involvement == "manual")
    try expectIdenticalReplay(portfolio)
  }

  @Test func whatIsDecidedAboutARestrictionIsNoRating() throws {
    let portfolio = try Portfolio.punctual()
    let day = try #require(Portfolio.businessDate.adding(days: 10))
    let rated = try portfolio.rate()
    _ = try judge(portfolio, try propose(portfolio, proposal()), .approved)
    let later = try portfolio.rate(on: day)
    #expect(later.content.judgement == nil)
    #expect(later.content.previous?.since == rated.content.businessDate)
    #expect(later.supersedes == rated.id)
    var lines: [DecisionID] = []
    try portfolio.store.read { reader throws(SQLiteError) in
      try DecisionStore.eachLatest(in: reader.sql) { if $0.customer == "C1" { lines.append($0.decision) } }
    }
    #expect(lines == [later.id])
    try expectIdenticalReplay(portfolio)
  }

  @Test func whatNeedsNoApprovalIsAutomated() throws {
    let portfolio = try Portfolio.punctual()
    let taken = try propose(portfolio, proposal(certificate: nil), needsApproval: false)
    #expect(taken.kind == .automated)
    try expectIdenticalReplay(portfolio)
  }

  @Test func theContentSurvivesItsBytes() throws {
    let layout = try Portfolio.rules.get().layout
    let portfolio = try Portfolio.punctual()
    let first = try propose(portfolio, proposal())
    for content in [first.content, try judge(portfolio, first, .lifted).content] {
      let bytes = content.bytes(layout)
      #expect(DecisionContent(bytes: bytes, layout: layout) == content)
      for length in 0..<bytes.count {
        #expect(DecisionContent(bytes: Array(bytes.prefix(length)), layout: layout) == nil)
      }
    }
    // A decision without a proposal has the bytes it always had.
    let plain = try portfolio.rate().content
    #expect(!String(decoding: plain.bytes(layout), as: UTF8.self).hasSuffix("null]"))
    var empty = String(decoding: plain.bytes(layout), as: UTF8.self)
    empty.removeLast()
    #expect(DecisionContent(bytes: Array((empty + ",null]").utf8), layout: layout) == nil)
  }
}
