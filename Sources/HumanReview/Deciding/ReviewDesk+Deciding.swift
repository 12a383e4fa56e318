import Access
import Decisioning
import FactStore
import Facts
import Formats
import SQLite
import Values

extension ReviewDesk {
  /// What came of a decision.
  public enum Decided: Hashable, Sendable {
    /// It is recorded, and the case closed.
    case recorded(DecisionRecord)
    /// It has no effect before a second person approves it; these are the reasons, by codes of the policy.
    case awaitsSecondPerson([String])
  }

  /// What a draft would come to.
  public struct Preview: Hashable, Sendable {
    /// The decision as it would be recorded.
    public let content: DecisionContent
    /// Why a second person would be needed; nothing where none is.
    public let needs: [String]
  }

  /// Decides a case that the actor holds.
  ///
  /// The decision is computed first and recorded in one write, in which all that it rests on is checked again: that the
  /// claim still holds, that nobody changed the case since, and that no newer decision has come.
  ///
  /// - Parameters:
  ///   - version: the version of the case that the reviewer has seen.
  ///   - day: the business date of deciding.
  public func decide(
    _ id: CaseID, _ draft: JudgementDraft, expecting version: Int, by actor: Actor, on day: CivilDate,
    at instant: Instant
  ) throws(ReviewError) -> Decided {
    try Self.require(.review, actor)
    let (prepared, _) = try prepared(id, draft, expecting: version, by: actor, on: day, at: instant)
    let (recorded, needs) = try write(actor: actor.name, at: instant, purpose: "review decide") {
      write throws(ReviewError) -> (DecisionID?, [String]) in
      let reader = write.transaction.reader
      let found = try stored(id, in: reader)
      _ = try check(found, expecting: version, by: actor, at: instant, reader)
      let needs = try self.needs(of: prepared, in: found, by: actor, reader)
      guard needs.isEmpty else {
        try write.record(
          .proposed, of: id,
          [
            ReviewEvent.Key.judgement: prepared.judgement.json,
            ReviewEvent.Key.secondPerson: .array(needs.map(JSONValue.string)),
          ])
        return (nil, needs)
      }
      return (try record(prepared, in: write, of: id), [])
    }
    guard let recorded else { return .awaitsSecondPerson(needs) }
    return .recorded(try made(recorded))
  }

  /// What `decide` would come to, to be shown before it is done: nothing is written.
  public func preview(
    _ id: CaseID, _ draft: JudgementDraft, expecting version: Int, by actor: Actor, on day: CivilDate,
    at instant: Instant
  ) throws(ReviewError) -> Preview {
    try Self.require(.review, actor)
    let (prepared, needs) = try prepared(
      id, draft, expecting: version, by: actor, on: day, at: instant)
    return Preview(content: prepared.draft.content, needs: needs)
  }

  /// Checks a draft and computes what it comes to, and why that needs a second person.
  private func prepared(
    _ id: CaseID, _ draft: JudgementDraft, expecting version: Int, by actor: Actor, on day: CivilDate,
    at instant: Instant
  ) throws(ReviewError) -> (PreparedDecision, needs: [String]) {
    try store.read { reader throws(ReviewError) in
      let found = try stored(id, in: reader)
      let basis = try check(found, expecting: version, by: actor, at: instant, reader)
      let judgement = try draft.judgement(of: found, about: basis, by: actor.name, on: day, policy)
      let prepared = try prepare(judgement, basis, on: day, at: instant, reader)
      if draft.resolution == .corrected {
        try requireCorrection(in: found, of: basis, on: day, at: instant, reader)
      }
      try prepared.check(in: found)
      return (prepared, try needs(of: prepared, in: found, by: actor, reader))
    }
  }

  /// Why a decision needs a second person, as things stand now: what else the reviewer has decided counts.
  private func needs(
    of prepared: PreparedDecision, in found: ReviewCase, by actor: Actor, _ reader: FactReader
  ) throws(ReviewError) -> [String] {
    let hasOwn = try ReviewStore.hasDecided(actor.name, about: found.customerKey, in: reader.sql)
    return policy.secondPerson(prepared.change(in: found, hasOwnEarlierCase: hasOwn))
  }

  /// Refuses whoever may not decide a case now, and gives the decision under it.
  private func check(
    _ found: ReviewCase, expecting version: Int, by actor: Actor, at instant: Instant, _ reader: FactReader
  ) throws(ReviewError) -> DecisionRecord {
    guard found.id.kind.isDecided else { throw .notDecidable(found.id) }
    try requireClaim(found, by: actor, at: instant)
    var refusals = CaseRefusals(actor)
    if let refusal = try refusals.refusal(of: found, in: reader.sql) { throw refusal }
    return try basis(of: found, expecting: version, by: actor, reader)
  }

  /// Refuses a correction where nothing is known about the customer that the decision did not see.
  ///
  /// Else "corrected" would be a way to have somebody rated again, on a better day, without a word about why.
  private func requireCorrection(
    in found: ReviewCase, of basis: DecisionRecord, on day: CivilDate, at instant: Instant,
    _ reader: FactReader
  ) throws(ReviewError) {
    let events = try ReviewStore.events(of: found.id, in: reader.sql)
    let opened = events.lastIndex { $0.kind == .opened } ?? 0
    if events[opened...].contains(where: \.hasCorrected) { return }
    let hasNews: Bool
    do throws(StoreError) {
      let last = try StoreError.wrapping { () throws(SQLiteError) in try reader.lastSequence() }
      let before = AsOf(businessDate: day, knownAt: basis.knownAt, sequence: basis.readSequence)
      let now = AsOf(businessDate: day, knownAt: instant, sequence: last)
      let (seen, known) = (
        try reader.facts(of: basis.customerKey, asOf: before),
        try reader.facts(of: basis.customerKey, asOf: now)
      )
      if seen == known, let customer = known.customer?.fact {
        // A record that has left the quarantine without being stored no longer stands in the way.
        hasNews =
          try reader.openQuarantine(of: customer, asOf: before)
          != reader.openQuarantine(of: customer, asOf: now)
      } else {
        hasNews = seen != known
      }
    } catch {
      throw .facts(error)
    }
    if !hasNews { throw .draft(found.id, .nothingCorrected(found.id)) }
  }

  /// The decision under a case: there has to be one, it has to be the newest, and nothing may have changed.
  func basis(
    of found: ReviewCase, expecting version: Int, by actor: Actor, _ reader: FactReader
  ) throws(ReviewError) -> DecisionRecord {
    guard let decision = found.decision else { throw .notDecidable(found.id) }
    if found.version != version,
      let latest = try ReviewStore.latestChange(of: found.id, for: actor, in: reader.sql)
    {
      throw .changed(found.id, expected: version, latest: latest)
    }
    if let chain = try ReviewStore.chain(of: decision, in: reader.sql), chain.newest != decision {
      throw .superseded(found.id, decision, by: chain.newest)
    }
    return try Self.record(decision, in: reader.sql)
  }

  /// Computes the decision that a judgement makes.
  func prepare(
    _ judgement: Judgement, _ basis: DecisionRecord, on day: CivilDate, at instant: Instant,
    _ reader: FactReader
  ) throws(ReviewError) -> PreparedDecision {
    let isCorrected = judgement.resolution == .corrected
    let ruleSet =
      isCorrected
      ? try ruleSets.ruleSet(rules) : try ruleSets.ruleSet(basis.content.ruleSet, reader)
    do {
      let draft = try Rater.judge(
        judgement, about: basis, by: ruleSet,
        seeing: isCorrected ? .current(businessDate: day, knownAt: instant) : .asSeen, reader)
      return PreparedDecision(basis: basis, judgement: judgement, draft: draft, ruleSet: ruleSet)
    } catch {
      throw .rating(error)
    }
  }

  /// Records a decision and that it decides its case; what else is open about the same matter follows.
  func record(
    _ prepared: PreparedDecision, in write: ReviewWrite, of id: CaseID
  ) throws(ReviewError) -> DecisionID {
    let judgement = prepared.judgement
    let decision = try ReviewError.wrapping { () throws(SQLiteError) in
      let key = try RuleSetStore.keep(
        prepared.ruleSet, sequence: write.transaction.sequence, audit: audit, in: write.sql)
      return try DecisionStore.append(
        prepared.draft, prepared.ruleSet, ruleSetKey: key, sequence: write.transaction.sequence,
        audit: audit, in: write.sql)
    }
    try write.record(
      .decided, of: id,
      [
        ReviewEvent.Key.decision: .number(Decimal(decision.number)),
        ReviewEvent.Key.before: .number(Decimal(prepared.basis.id.number)),
        ReviewEvent.Key.resolution: .string(judgement.resolution.rawValue),
        ReviewEvent.Key.reasons: .array(judgement.reasons.map(JSONValue.string)),
        ReviewEvent.Key.reviewer: .string(judgement.reviewer),
        ReviewEvent.Key.approver: judgement.approver.map(JSONValue.string),
      ])
    if let chain = try ReviewStore.chain(of: decision, in: write.sql) {
      try write.follow(chain, (.human, prepared.draft.content.outcome == .refer), nil)
    }
    return decision
  }

  func made(_ id: DecisionID) throws(ReviewError) -> DecisionRecord {
    try store.read { reader throws(ReviewError) in try Self.record(id, in: reader.sql) }
  }
}

extension ReviewStore {
  /// Whether somebody has decided a case about a customer before.
  static func hasDecided(
    _ name: String, about customer: Int?, in reader: Reader
  ) throws(ReviewError) -> Bool {
    try ReviewError.wrapping { () throws(SQLiteError) in
      try reader.integer(
        "SELECT 1 FROM review_case WHERE customer = ? AND decided_by = ? LIMIT 1", customer, name) != nil
    }
  }
}
