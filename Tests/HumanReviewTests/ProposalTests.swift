import Decisioning
import FactStore
import Facts
import SQLite
import Testing
import Values

@testable import HumanReview

/// A proposed restriction from the proposal over the case and two people to what stands.
@Suite struct ProposalTests {
  private func propose(_ office: Office, _ reference: String) throws -> DecisionRecord {
    let rules = try Office.rules.get()
    let proposal = ServiceProposal(
      reference: reference, step: "disconnection request", contract: "K1", commodity: .electricity,
      amount: Money(100, .eur), certificate: SHA256.hash("certificate"), reasons: ["D-DISCONNECT"])
    let at = office.tick()
    let draft = try office.store.read { reader throws(RatingError) in
      try Rater.propose(
        proposal, about: .number("C1"), by: rules, needsApproval: true,
        asOf: AsOf(businessDate: office.day, knownAt: at), reader)
    }
    let id = try office.store.write(actor: "engine", at: at, purpose: "debt apply") {
      transaction throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        rules, sequence: transaction.sequence, audit: Office.audit, in: transaction.sql)
      return try DecisionStore.append(
        draft, rules, ruleSetKey: key, sequence: transaction.sequence, audit: Office.audit,
        in: transaction.sql)
    }
    let record = try office.store.read { reader throws(DecisionStoreError) in
      try DecisionStore.decision(id, in: reader.sql)
    }
    return try #require(record)
  }

  private func draft(
    _ resolution: Judgement.Resolution = .confirmed, _ restriction: Judgement.Restriction? = .approved
  ) -> JudgementDraft {
    var draft = Office.draft(resolution, scope: .customer)
    draft.restriction = restriction
    return draft
  }

  @Test func twoPeopleApproveAHouseholdsRestriction() throws {
    let office = try Office()
    let proposal = try propose(office, "K1/1")
    #expect(try office.follow()[.opened] == 1)
    let id = CaseID(.approval, proposal.id.number)
    _ = try office.claim(id)
    guard case .awaitsSecondPerson(let needs) = try office.decide(id, draft()) else {
      Issue.record("one person approved it alone")
      return
    }
    #expect(needs == ["household-restriction"])
    try office.look(id, by: Office.liga)
    let approved = try office.approve(id)
    #expect(approved.kind == .human)
    #expect(approved.supersedes == proposal.id)
    #expect(approved.content.proposal == proposal.content.proposal)
    #expect(approved.content.judgement?.judgement.restriction == .approved)
    #expect(approved.content.judgement?.judgement.approver == "liga")
    #expect(try office.find(id).state == .closed)
    // The rating of the customer is nobody's decision by this.
    #expect(try office.rate("C1").content.judgement == nil)
    try office.expectSound()
  }

  @Test func aProposalThatIsMadeAnewTakesTheOldOnesPlace() throws {
    let office = try Office()
    let first = try propose(office, "K1/1")
    try office.follow()
    let second = try propose(office, "K1/1")
    #expect(second.supersedes == first.id)
    try office.follow()
    // One case about one proposal.
    #expect(try office.list().filter { $0.id.kind == .approval }.count == 1)
    try office.expectSound()
  }

  @Test func proposalsAboutTwoContractsAreTwoCases() throws {
    let office = try Office()
    _ = try propose(office, "K1/1")
    _ = try propose(office, "K2/1")
    try office.follow()
    #expect(try office.list().filter { $0.id.kind == .approval }.count == 2)
  }

  @Test func aLiftedRestrictionNeedsOnePerson() throws {
    let office = try Office()
    let proposal = try propose(office, "K1/1")
    try office.follow()
    let id = CaseID(.approval, proposal.id.number)
    _ = try office.claim(id)
    guard case .recorded(let record) = try office.decide(id, draft(.changed, .lifted)) else {
      Issue.record("a lifted restriction needs one person")
      return
    }
    #expect(record.content.judgement?.judgement.restriction == .lifted)
    #expect(record.involvement == "manual")
    try office.expectSound()
  }
}
