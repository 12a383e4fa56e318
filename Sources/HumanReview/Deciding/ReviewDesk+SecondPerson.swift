import Access
import Decisioning
import FactStore
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// Approves what somebody else decided: only now it is recorded.
  public func approve(
    _ id: CaseID, expecting version: Int, by actor: Actor, on day: CivilDate, at instant: Instant
  ) throws(ReviewError) -> DecisionRecord {
    try Self.require(.approve, actor)
    let prepared = try store.read { reader throws(ReviewError) in
      let found = try stored(id, in: reader)
      let (proposal, basis) = try check(found, expecting: version, by: actor, reader)
      var judgement = proposal.judgement
      judgement.approver = actor.name
      // It is made when it takes effect.
      judgement.on = day
      if judgement.until < day { throw .draft(id, .untilPast(judgement.until, on: day)) }
      let prepared = try prepare(judgement, basis, on: day, at: instant, reader)
      try prepared.check(in: found)
      return prepared
    }
    let recorded = try write(actor: actor.name, at: instant, purpose: "review approve") {
      write throws(ReviewError) in
      let reader = write.transaction.reader
      _ = try check(try stored(id, in: reader), expecting: version, by: actor, reader)
      return try record(prepared, in: write, of: id)
    }
    return try made(recorded)
  }

  /// Sends back what somebody else decided; whoever decided may take it back so, too.
  public func sendBack(
    _ id: CaseID, reason: String, by actor: Actor, at instant: Instant
  ) throws(ReviewError) {
    try Self.require(.review, actor)
    try Self.require(reason, .reason, of: id)
    try write(actor: actor.name, at: instant, purpose: "review return") { write throws(ReviewError) in
      let proposal = try proposal(of: try stored(id, in: write.transaction.reader))
      if !UserName.areSame(proposal.judgement.reviewer, actor.name) { try Self.require(.approve, actor) }
      try write.record(.sentBack, of: id, [ReviewEvent.Key.text: .string(reason)])
    }
  }

  private func proposal(of found: ReviewCase) throws(ReviewError) -> ReviewCase.Proposal {
    if let closing = found.closing { throw .closed(found.id, closing) }
    guard let proposal = found.proposal else { throw .noProposal(found.id) }
    return proposal
  }

  private func check(
    _ found: ReviewCase, expecting version: Int, by actor: Actor, _ reader: FactReader
  ) throws(ReviewError) -> (ReviewCase.Proposal, DecisionRecord) {
    let proposal = try proposal(of: found)
    if UserName.areSame(proposal.judgement.reviewer, actor.name) { throw .ownProposal(found.id) }
    var refusals = CaseRefusals(actor)
    if let refusal = try refusals.refusal(of: found, in: reader.sql) { throw refusal }
    let basis = try basis(of: found, expecting: version, by: actor, reader)
    // Whoever answers for a decision has looked at what was proposed, and at what it rests on (AD-28).
    guard try ReviewStore.hasViewed(found.id, after: proposal.event, actor, in: reader.sql) else {
      throw .notOpened(found.id)
    }
    return (proposal, basis)
  }
}
