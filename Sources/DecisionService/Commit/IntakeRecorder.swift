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
    /// How many customers were entered.
    var prospects = 0
    /// Whether their cases are as they have to be, so that nothing is left to follow.
    fileprivate(set) var isFollowed = true
    /// The numbers of the writes, where nothing but decisions and what belongs to them was stored.
    fileprivate(set) var quietWrites: ClosedRange<Int>?
    /// Those that were referred, each with the rules by which it was.
    fileprivate var referrals: [Referral] = []
  }

  /// A decision as it was recorded.
  final class Recorded: Sendable {
    let job: DecisionJob
    let made: MadeDecision
    let id: DecisionID
    /// The instant of recording as it is told, which is the same for all of a write.
    let at: String
    let heldIn: CaseID?

    init(_ job: DecisionJob, _ made: MadeDecision, _ id: DecisionID, at: String, heldIn: CaseID?) {
      self.job = job
      self.made = made
      self.id = id
      self.at = at
      self.heldIn = heldIn
    }
  }

  fileprivate typealias Referral = (decision: AppendedDecision, summary: DecisionSummary, rules: RulesInForce)

  /// A decision that is about to be stored.
  private typealias Drafted = (job: DecisionJob, made: MadeDecision)

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
  /// What goes wrong with a case and not with the database is left to the follower, who tells it: the decisions are stored
  /// without their cases then, in another try, since to be able to undo cases alone costs copies of pages each time.
  ///
  /// - Parameter at: the instant of recording.
  func record(_ jobs: [IntakeJob], at: Instant) throws(RatingError) -> Outcome {
    let inOrder = Self.groups(jobs)
    if let outcome = try record(inOrder, at: at, withCases: true) { return outcome }
    return try record(inOrder, at: at, withCases: false) ?? Outcome()
  }

  /// The jobs of each write, in the order of their coming, so that of two decisions about one order the later one stands.
  private static func groups(_ jobs: [IntakeJob]) -> [[IntakeJob]] {
    // Nearly always one caller has asked for all of them.
    guard let token = jobs.first?.caller.token.id else { return [] }
    if jobs.allSatisfy({ $0.caller.token.id == token && !$0.hasPulls }) { return [jobs] }
    var order: [Group] = []
    var groups: [Group: [IntakeJob]] = [:]
    for (place, job) in jobs.enumerated() {
      let group = Group(token: job.caller.token.id, own: job.hasPulls ? place : nil)
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(job)
    }
    return order.map { groups[$0] ?? [] }
  }

  /// Stores groups of jobs, each in a numbered write; nil, and nothing is stored, where a case cannot be opened.
  private func record(
    _ groups: [[IntakeJob]], at: Instant, withCases: Bool
  ) throws(RatingError) -> Outcome? {
    try store.database.write { transaction throws(RatingError) in
      var outcome = Outcome()
      var first: Int?
      for jobs in groups {
        guard let grant = jobs.first?.caller.token else { continue }
        try FactStore.write(
          actor: grant.user, at: at, purpose: grant.grant.purpose, in: transaction
        ) { write throws(RatingError) in
          first = first ?? write.sequence
          try record(jobs, for: grant, in: write, &outcome)
        }
      }
      if withCases {
        guard try openCases(at: at, in: transaction, &outcome) else {
          transaction.abandon()
          return nil
        }
      } else if !outcome.referrals.isEmpty {
        outcome.isFollowed = false
      }
      if let first, groups.joined().allSatisfy(\.isQuiet) {
        let last = try RatingError.wrapping { () throws(SQLiteError) in
          try FactReader(transaction).lastSequence()
        }
        // A write that stored nothing has given its number back.
        if first <= last { outcome.quietWrites = first...last }
      }
      return outcome
    }
  }

  /// Opens the cases of what was referred; false where one cannot be opened, so that the transaction is to be given up.
  private func openCases(
    at: Instant, in transaction: WriteTransaction, _ outcome: inout Outcome
  ) throws(RatingError) -> Bool {
    let cases = try RatingError.wrapping { () throws(SQLiteError) in
      var cases = NewCases()
      for (decision, summary, rules) in outcome.referrals {
        guard let policy = rules.texts.policy else {
          outcome.isFollowed = false
          continue
        }
        try cases.add(decision, summary, on: rules.basis.businessDate, policy, in: transaction)
      }
      return cases
    }
    do throws(ReviewError) {
      try cases.open(at: at, audit, in: transaction)
      return true
    } catch {
      if case .storage(let error) = error { throw RatingError(error) }
      return false
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
        switch job.work {
        case .made(let made): drafts.append((job, made))
        case .asked(let request, let pulls):
          // A step of its own: what cannot be entered about one is no fault of the others.
          let prepared = try write.step { () throws(RatingError) in
            try prospects.prepare(request, pulls, job.rules, audit: audit)
          }
          drafts.append((job, MadeDecision(prepared, job.rules.texts, job.language)))
        }
      } catch {
        if error.isStorage { throw error }
        outcome.failed.append((job, error))
      }
    }
    outcome.prospects += prospects.entered
    let batch: AuditedRow?
    do throws(StoreError) { batch = try prospects.finish() } catch { throw .facts(error) }
    try RatingError.wrapping { () throws(SQLiteError) in
      if let batch {
        var about = JSONObject()
        about["act"] = "prospects"
        try audit.append(AuditNote(.ingestion, rows: [batch], about: about), in: write.sql)
      }
      try append(drafts, for: token, in: write, &outcome)
      for note in Disclosure.notes(disclosures) { try audit.append(note, in: write.sql) }
    }
  }

  private func append(
    _ drafts: [Drafted], for token: ServiceToken, in write: StoreTransaction, _ outcome: inout Outcome
  ) throws(SQLiteError) {
    outcome.recorded.reserveCapacity(outcome.recorded.count + drafts.count)
    let at = write.at.description
    let intake = try IntakeStore.Appender(write.sql)
    var rest = drafts[...]
    // Nearly always all of them: only where another rule set has just come into force are there two.
    while let rater = rest.first?.job.rules.rater {
      let same = rest.prefix { $0.job.rules.rater.ruleSetKey == rater.ruleSetKey }
      rest = rest.dropFirst(same.count)
      let appended = try DecisionStore.append(
        same.map(\.made.entry), rater.ruleSet, ruleSetKey: rater.ruleSetKey, sequence: write.sequence,
        audit: audit, about: Self.recipient(token), in: write.sql)
      for (drafted, decision) in zip(same, appended) {
        try enter(drafted, decision, token, at: at, intake, in: write, &outcome)
      }
    }
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
    _ drafted: Drafted, _ decision: AppendedDecision, _ token: ServiceToken, at: String,
    _ intake: IntakeStore.Appender, in write: StoreTransaction, _ outcome: inout Outcome
  ) throws(SQLiteError) {
    let job = drafted.job
    let made = try drafted.made.asRecorded(decision.entry, job.rules, job.language, write.sql)
    let heldIn = made.referral == nil ? nil : try openReferral(decision, in: write.sql)
    try intake.append(
      IntakeStore.Entry(
        decision: decision.id, token: token.id, language: job.language, at: write.at,
        held: heldIn?.number, key: job.retry.map { ($0.key.digest, $0.body) }))
    if let snapshot = made.snapshot {
      try FeatureSnapshotStore.keep(snapshot, ruleSetKey: job.rules.rater.ruleSetKey, in: write.sql)
    }
    outcome.recorded.append(Recorded(job, made, decision.id, at: at, heldIn: heldIn))
    if let summary = made.referral { outcome.referrals.append((decision, summary, job.rules)) }
    // There may be a case about the one before.
    if decision.supersedes != nil { outcome.isFollowed = false }
  }

  /// The open case in which the order of a referral waits already.
  private func openReferral(
    _ decision: AppendedDecision, in reader: Reader
  ) throws(SQLiteError) -> CaseID? {
    // There was no decision about the order before this one, so there is no case about one.
    if decision.supersedes == nil { return nil }
    return try reader.integer(
      """
      SELECT c.number FROM review_case AS c JOIN decision AS d ON d.id = c.decision
      WHERE c.customer = ? AND c.kind = ? AND c.state <> 'closed' AND d.order_reference IS ?
      ORDER BY c.number LIMIT 1
      """, decision.entry.customerKey, CaseKind.referral.letter, decision.entry.matterReference
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
  /// Whether storing it adds nothing to what is known of customers: neither a prospect nor what a register said.
  fileprivate var isQuiet: Bool {
    if case .decision(let job) = self, case .asked = job.work { false } else { true }
  }

  /// Whether registers were asked for it.
  fileprivate var hasPulls: Bool {
    if case .decision(let job) = self, case .asked(_, let pulls) = job.work { !pulls.isEmpty } else { false }
  }

  var caller: Caller {
    switch self {
    case .decision(let job): job.caller
    case .disclosure(let job): job.caller
    }
  }
}
