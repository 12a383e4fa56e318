import Access
import AuditLog
import Decisioning
import FactStore
import Facts
import Formats
import HumanReview
import SQLite
import Values

/// Records a batch of jobs in one transaction: one numbered write for each token, one commit for all.
struct IntakeRecorder: Sendable {
  let store: FactStore
  let audit: AuditLog

  /// What came of a batch that was committed.
  struct Outcome: Sendable {
    /// The decisions that were recorded.
    var recorded: [Recorded] = []
    /// Those that could not be made, and why; nothing of them was stored.
    var failed: [(job: DecisionJob, error: RatingError)] = []
  }

  /// A decision as it was recorded.
  final class Recorded: Sendable {
    let job: DecisionJob
    let record: DecisionRecord
    let heldIn: CaseID?

    init(job: DecisionJob, record: DecisionRecord, heldIn: CaseID?) {
      self.job = job
      self.record = record
      self.heldIn = heldIn
    }
  }

  /// A decision that is about to be stored.
  private struct Drafted {
    let job: DecisionJob
    let prepared: PreparedRating
  }

  /// The source that prospects come from.
  static let source = "order-intake"

  /// The jobs of one write.
  private struct Group: Hashable {
    let token: Int
    /// The place of a job whose registers have answered: what they said is in a write of its own, since a decision sees
    /// all of its write, and not what another about the same customer found out at the same time.
    let own: Int?
  }

  /// Stores everything or nothing.
  ///
  /// - Parameter at: the instant of recording.
  func record(_ jobs: [IntakeJob], at: Instant) throws(RatingError) -> Outcome {
    // In the order of their coming, so that of two decisions about one order the later one stands.
    var order: [Group] = []
    var groups: [Group: [IntakeJob]] = [:]
    for (place, job) in jobs.enumerated() {
      let group = Group(token: job.caller.token.id, own: job.hasPulls ? place : nil)
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(job)
    }
    return try store.database.write { transaction throws(RatingError) in
      var outcome = Outcome()
      for group in order {
        let jobs = groups[group] ?? []
        guard let grant = jobs.first?.caller.token else { continue }
        try FactStore.write(
          actor: grant.user, at: at, purpose: grant.grant.purpose, in: transaction
        ) { write throws(RatingError) in try record(jobs, for: grant, in: write, &outcome) }
      }
      try openCases(of: outcome.recorded, at: at, in: transaction)
      return outcome
    }
  }

  /// Opens the cases of what was referred.
  ///
  /// What goes wrong with a case and not with the database is left to the follower, who tells it; the decisions stand.
  private func openCases(
    of recorded: [Recorded], at: Instant, in transaction: WriteTransaction
  ) throws(RatingError) {
    let cases = try RatingError.wrapping { () throws(SQLiteError) in
      var cases = NewCases()
      for referral in recorded where referral.record.content.outcome == .refer {
        guard let policy = referral.job.rules.texts.policy else { continue }
        try cases.add(referral.record, on: referral.job.rules.basis.businessDate, policy, in: transaction)
      }
      return cases
    }
    if cases.isEmpty { return }
    do throws(ReviewError) {
      try transaction.step { () throws(ReviewError) in try cases.open(at: at, audit, in: transaction) }
    } catch {
      if case .storage(let error) = error { throw RatingError(error) }
    }
  }

  private func record(
    _ jobs: [IntakeJob], for token: ServiceToken, in write: StoreTransaction,
    _ outcome: inout Outcome
  ) throws(RatingError) {
    var decisions: [DecisionJob] = []
    var disclosures: [Disclosure] = []
    for job in jobs {
      switch job {
      case .decision(let job): decisions.append(job)
      case .disclosure(let job): disclosures.append(job.disclosure)
      }
    }
    var drafts: [Drafted] = []
    var prospects = ProspectDesk(write)
    for job in decisions {
      do throws(RatingError) {
        let prepared: PreparedRating
        if let ready = job.prepared {
          prepared = ready
        } else {
          // A step of its own: what cannot be entered about one is no fault of the others.
          prepared = try write.step { () throws(RatingError) in try prospects.prepare(job, audit: audit) }
        }
        drafts.append(Drafted(job: job, prepared: prepared))
      } catch {
        if error.isStorage { throw error }
        outcome.failed.append((job, error))
      }
    }
    let batch: AuditedRow?
    do throws(StoreError) { batch = try prospects.finish() } catch { throw .facts(error) }
    try RatingError.wrapping { () throws(SQLiteError) in
      if let batch {
        var about = JSONObject()
        about["act"] = "prospects"
        try audit.append(AuditNote(.ingestion, rows: [batch], about: about), in: write.sql)
      }
      outcome.recorded += try append(drafts, for: token, in: write)
      for note in Disclosure.notes(disclosures) { try audit.append(note, in: write.sql) }
    }
  }

  private func append(
    _ drafts: [Drafted], for token: ServiceToken, in write: StoreTransaction
  ) throws(SQLiteError) -> [Recorded] {
    var recorded: [Recorded] = []
    recorded.reserveCapacity(drafts.count)
    var rest = drafts[...]
    // Nearly always all of them: only where another rule set has just come into force are there two.
    while let rater = rest.first?.job.rules.rater {
      let same = rest.prefix { $0.job.rules.rater.ruleSetKey == rater.ruleSetKey }
      rest = rest.dropFirst(same.count)
      let appended = try DecisionStore.append(
        same.map(\.prepared.draft), rater.ruleSet, ruleSetKey: rater.ruleSetKey, sequence: write.sequence,
        audit: audit, about: Self.recipient(token), in: write.sql)
      for (drafted, decision) in zip(same, appended) {
        recorded.append(try enter(drafted, decision, token, in: write))
      }
    }
    return recorded
  }

  /// To whom decisions are disclosed by being answered (GDPR article 30(1)(d)).
  private static func recipient(_ token: ServiceToken) -> JSONObject {
    var about = JSONObject()
    about["act"] = "disclosed"
    about["company"] = .string(token.grant.company)
    about["purpose"] = .string(token.grant.purpose)
    about["token"] = .number(Decimal(token.id))
    return about
  }

  private func enter(
    _ drafted: Drafted, _ decision: AppendedDecision, _ token: ServiceToken, in write: StoreTransaction
  ) throws(SQLiteError) -> Recorded {
    let job = drafted.job
    let content = decision.draft.content
    let heldIn = content.outcome == .refer ? try openReferral(decision.draft, in: write.sql) : nil
    try IntakeStore.append(
      IntakeStore.Entry(
        decision: decision.id, token: token.id, language: job.request.language, at: write.at,
        held: heldIn?.number, key: job.retry.map { ($0.key.digest, $0.body) }), in: write.sql)
    if let snapshot = drafted.prepared.snapshot {
      try FeatureSnapshotStore.keep(snapshot, ruleSetKey: job.rules.rater.ruleSetKey, in: write.sql)
    }
    return Recorded(job: job, record: decision.record(in: write), heldIn: heldIn)
  }

  /// The open case in which the order of a referral waits already.
  private func openReferral(
    _ draft: DecisionDraft, in reader: Reader
  ) throws(SQLiteError) -> CaseID? {
    try reader.integer(
      """
      SELECT c.number FROM review_case AS c JOIN decision AS d ON d.id = c.decision
      WHERE c.customer = ? AND c.kind = ? AND c.state <> 'closed' AND d.order_reference IS ?
      ORDER BY c.number LIMIT 1
      """, draft.customerKey, CaseKind.referral.letter, draft.content.order?.reference
    ).map { CaseID(.referral, $0) }
  }
}

extension RatingError {
  /// Whether the database failed, so that nothing of the transaction can be kept.
  fileprivate var isStorage: Bool {
    switch self {
    case .decisions(.storage), .facts(.storage): true
    default: false
    }
  }
}

extension IntakeJob {
  /// Whether registers were asked for it.
  fileprivate var hasPulls: Bool {
    if case .decision(let job) = self { !job.pulls.isEmpty } else { false }
  }

  var caller: Caller {
    switch self {
    case .decision(let job): job.caller
    case .disclosure(let job): job.caller
    }
  }
}

extension AppendedDecision {
  /// The decision as it was recorded by a write.
  fileprivate func record(in write: StoreTransaction) -> DecisionRecord {
    DecisionRecord(
      id: id, customerKey: draft.customerKey, sequence: write.sequence, readSequence: draft.readSequence,
      knownAt: draft.knownAt, kind: draft.kind, purpose: draft.purpose,
      legalBasis: legalBasis, supersedes: supersedes,
      content: draft.content, contentHash: contentHash, actor: write.actor, recordedAt: write.at)
  }
}
