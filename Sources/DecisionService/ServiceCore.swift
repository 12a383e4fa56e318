import Access
import AuditLog
import Decisioning
import Explanation
import FactStore
import Formats
import HTTPServer
import HumanReview
import Ingestion
import SQLite
import Synchronization
import Values

/// What the event loops of a service share: the store, the rules, the queue of what is to be recorded.
final class ServiceCore: Sendable {
  let store: FactStore
  let audit: AuditLog
  let rules: RuleDesk
  let options: ServiceConfiguration
  let clock: ServiceClock
  let log: RequestLog
  let metrics = ServiceMetrics()
  let retries = IdempotencyTable()
  let keys = CustomerKeyHints()
  let cases = CaseFollower()
  let quietWrites = QuietWrites()
  let admission: Admission
  let slow: SlowLane
  /// Asks registers; nil where none is declared.
  var pulls: PullDesk? { asking.withLock { $0 } }
  private let asking = Mutex<PullDesk?>(nil)
  /// Keeps the log short beside the commits.
  let checkpointer: Checkpointer
  private let recorder: IntakeRecorder
  private let queue: CommitQueue<IntakeJob>
  private let commits: Committer
  private let lastRecording: Mutex<Instant>
  private let lastForgetting: Mutex<Instant>

  init(
    store: FactStore, audit: AuditLog, rules: RuleDesk, options: ServiceConfiguration, clock: ServiceClock,
    log: RequestLog, checkpointer: Checkpointer, registers: RegisterPulls?, lastRecording: Instant
  ) {
    self.checkpointer = checkpointer
    self.store = store
    self.audit = audit
    self.rules = rules
    self.options = options
    self.clock = clock
    self.log = log
    self.lastRecording = Mutex(lastRecording)
    lastForgetting = Mutex(clock.now())
    admission = Admission(store: store, audit: audit)
    slow = SlowLane(limit: options.slowLimit)
    recorder = IntakeRecorder(store: store, audit: audit)
    let commits = Committer()
    self.commits = commits
    queue = CommitQueue(
      limit: options.queueLimit, batchLimit: options.batchLimit, largestBatch: options.largestBatch,
      gathering: options.gathering
    ) { commits.perform($0) }
    commits.core.withLock { $0 = self }
    if let registers {
      let desk = PullDesk(registers) { [weak self] in self?.submit([$0]) }
      asking.withLock { $0 = desk }
    }
  }

  /// Lets the queue, which begins with the core, reach it.
  private final class Committer: Sendable {
    let core = Mutex<ServiceCore?>(nil)

    func perform(_ jobs: [IntakeJob]) { core.withLock { $0 }?.commit(jobs) }
  }

  /// The day that decisions hold for.
  func businessDate(at now: Instant) -> CivilDate { options.businessDate ?? RigaTime.date(at: now) }

  /// The instant at which something is known or recorded: the clock's, and never before the last one.
  ///
  /// - Throws: `.clockBehind` where the clock has gone back further than is borne.
  func instant() throws(Problem) -> Instant {
    let now = clock.now()
    let last = lastRecording.withLock { $0 }
    if now >= last { return now }
    guard last.microseconds - now.microseconds <= options.clockToleranceSeconds * 1_000_000 else {
      throw Problem(
        .clockBehind, "The clock stands before the last decision that was recorded; nothing is decided so.")
    }
    return last
  }

  // MARK: Retries

  /// Reads the keys of the requests that may be sent again, after a start.
  func rememberRetries(at now: Instant) throws(Problem) {
    do throws(SQLiteError) {
      try store.read { reader throws(SQLiteError) in
        guard let first = try IntakeStore.first(since: oldest(at: now), in: reader.sql) else { return }
        try IntakeStore.eachKey(from: first, in: reader.sql) { retries.settle($0, decision: $1) }
      }
    } catch {
      throw Problem(error)
    }
  }

  /// Reads under which keys the customers are found, and what is kept of their facts for a day, after a start.
  func rememberCustomers(on day: CivilDate, at now: Instant) throws(Problem) {
    do throws(SQLiteError) {
      try store.read { reader throws(SQLiteError) in
        try keys.fill(from: reader)
        let moment = try OnlineRater.Moment(businessDate: day, knownAt: now, in: reader)
        try rules.current?.rater.fillCache(moment, reader)
      }
    } catch {
      throw Problem(error)
    }
  }

  /// Forgets the keys whose time is over, once an hour.
  func forgetRetries(at now: Instant) {
    let isDue = lastForgetting.withLock { last -> Bool in
      guard now.microseconds - last.microseconds > 3_600_000_000 else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let first = try? store.read { reader throws(SQLiteError) in
      try IntakeStore.first(since: oldest(at: now), in: reader.sql)
    }
    if let first { retries.forget(before: first) }
  }

  private func oldest(at now: Instant) -> Instant {
    Instant(microseconds: now.microseconds - options.idempotencyHours * 3_600_000_000)
  }

  // MARK: Recording

  /// Hands jobs over to be recorded; those for which there is no room are told so.
  func submit(_ jobs: [IntakeJob]) {
    for job in queue.submit(jobs) {
      fail(job, Problem(.overloaded, "\(options.queueLimit) requests are waiting already."))
    }
  }

  /// How many jobs wait for their commit, and how many have at most since this was last asked.
  func queueDepth() -> (now: Int, largest: Int) { queue.depth() }

  /// Records what waits, and takes nothing more.
  func stop() {
    queue.stop()
    slow.stop()
    admission.enter(admission.due(at: 0, isEnd: true), at: clock.now())
    commits.core.withLock { $0 = nil }
  }

  private func commit(_ jobs: [IntakeJob]) {
    let began = clock.monotonicNanoseconds()
    do throws(Problem) {
      let at = try instant()
      let outcome: IntakeRecorder.Outcome
      do throws(RatingError) {
        outcome = try recorder.record(jobs, at: at)
      } catch {
        metrics.update { $0.failedCommits += 1 }
        log.event("commit-failed", ["code": error.code, "cause": error.sentence, "jobs": String(jobs.count)])
        throw Problem(error)
      }
      lastRecording.withLock { $0 = max($0, at) }
      cases.note(outcome)
      if let quiet = outcome.quietWrites { quietWrites.note(quiet) }
      for recorded in outcome.recorded {
        if let retry = recorded.job.retry { retries.settle(retry.key, decision: recorded.id.number) }
      }
      count(jobs, outcome, since: began)
      answer(jobs, outcome)
    } catch {
      for job in jobs { fail(job, error) }
    }
  }

  private func count(_ jobs: [IntakeJob], _ outcome: IntakeRecorder.Outcome, since began: UInt64) {
    let microseconds = Int((clock.monotonicNanoseconds() &- began) / 1000)
    metrics.update { figures in
      figures.commits.record(microseconds: microseconds)
      figures.committedJobs += jobs.count
      figures.prospects += outcome.prospects
      figures.largestCommit = max(figures.largestCommit, jobs.count)
      for recorded in outcome.recorded {
        figures.outcomes[recorded.made.entry.outcome, default: 0] += 1
        if case .made(let made) = recorded.job.work, made.snapshot != nil { figures.fromFacts += 1 }
      }
    }
  }

  private func answer(_ jobs: [IntakeJob], _ outcome: IntakeRecorder.Outcome) {
    // Written by the event loops: the next batch is waiting for this thread.
    for recorded in outcome.recorded {
      recorded.job.exchange.respondIfOpen { [self] in response(to: recorded) }
    }
    for (job, error) in outcome.failed { fail(.decision(job), Problem(error)) }
    for case .disclosure(let job) in jobs { finish(job.caller, job.exchange, job.response) }
  }

  /// Answers what was recorded, counts and tells.
  private func response(to recorded: IntakeRecorder.Recorded) -> HTTPResponse {
    let (job, id) = (recorded.job, recorded.id)
    do throws(TextError) {
      let answer = try recorded.made.answer.get()
      let response = DecisionAnswer.response(
        answer.bytes(id, heldIn: recorded.heldIn, recordedAt: recorded.at), for: id, status: 201,
        requestID: job.caller.requestID)
      tell(job.caller, response.status, nil, decision: id)
      return response
    } catch {
      let problem = Problem(.internalFault, error.sentence)
      tell(job.caller, problem.kind.status, problem.kind)
      return problem.response(job.caller.requestID)
    }
  }

  private func fail(_ job: IntakeJob, _ problem: Problem) {
    switch job {
    case .decision(let job):
      if let retry = job.retry { retries.release(retry.key) }
      finish(job.caller, job.exchange, problem)
    case .disclosure(let job): finish(job.caller, job.exchange, problem)
    }
  }

  /// Where contests are entered and referrals become cases.
  func desk(on day: CivilDate) throws(ReviewError) -> ReviewDesk {
    let found = try store.read { reader throws(ReviewError) -> RulesInForce? in
      try? rules.rules(on: day, in: reader.sql)
    }
    guard let found, let policy = found.texts.policy else {
      throw .rating(.ruleSet(.missingModel(path: ReviewPolicy.path)))
    }
    return ReviewDesk(
      store: store, audit: audit, rules: found.texts.files, policy: policy, compiled: found.rater.ruleSet)
  }

  // MARK: Answering

  /// Answers, counts and tells.
  func finish(_ caller: Caller, _ exchange: HTTPExchange, _ response: HTTPResponse) {
    let status = response.status
    // Where the deadline was quicker, that was counted.
    guard exchange.respondIfOpen(response) else { return }
    tell(caller, status, nil)
  }

  /// Answers with a problem.
  func finish(_ caller: Caller, _ exchange: HTTPExchange, _ problem: Problem) {
    guard exchange.respondIfOpen(problem.response(caller.requestID)) else { return }
    tell(caller, problem.kind.status, problem.kind)
  }

  private func tell(_ caller: Caller, _ status: Int, _ problem: ProblemKind?, decision: DecisionID? = nil) {
    tell(
      caller.requestID, caller.route, status, problem, since: caller.receivedAtNanoseconds,
      token: caller.token.id, decision: decision)
  }

  /// Counts and tells an answer.
  func tell(
    _ requestID: String, _ route: Route?, _ status: Int, _ problem: ProblemKind?, since receivedAt: UInt64,
    token: Int? = nil, decision: DecisionID? = nil
  ) {
    let name = route?.name ?? "none"
    let microseconds = Int((clock.monotonicNanoseconds() &- receivedAt) / 1000)
    metrics.update { figures in
      figures.answers[ServiceMetrics.Answer(route: name, status: status), default: 0] += 1
      figures.latencies[name, default: Histogram()].record(microseconds: microseconds)
      if let problem { figures.problems[problem.rawValue, default: 0] += 1 }
    }
    log.request(
      requestID, route: name, status: status, problem: problem, microseconds: microseconds, token: token,
      decision: decision.map { id in { RequestLog.DecisionName(text: id.description) } })
  }
}

extension DecisionAnswer {
  /// The answer as it goes out.
  static func response(
    _ body: [UInt8], for id: DecisionID, status: Int, requestID: String, isReplayed: Bool = false
  ) -> HTTPResponse {
    var fields = HTTPFields()
    fields.append("Content-Type", "application/json")
    fields.append("X-Request-Id", requestID)
    if status == 201 { fields.append("Location", "/v1/decisions/\(id)") }
    if isReplayed { fields.append("Idempotency-Replayed", "true") }
    return HTTPResponse(status: status, fields: fields, body: body)
  }
}
