import Access
import Decisioning
import Explanation
import FactStore
import Facts
import HTTPServer
import HumanReview
import SQLite
import Values

extension TurnDesk {
  /// The job of a decision; nil where a register is asked first.
  mutating func decide(
    _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob? {
    try Self.require("application/json", item.request)
    let request = try DecisionRequest(item.request.body)
    try Self.require(request.jurisdiction, caller)
    let retry = try retry(item.request, caller)
    if let retry, let job = try claim(retry, item, caller) { return job }
    do throws(Problem) {
      if let milliseconds = request.deadlineMilliseconds {
        DeadlineWatch.watch(core, caller, item.exchange, milliseconds: milliseconds)
      }
      return try prepare(request, retry, item, caller).map { .decision($0) }
    } catch {
      if let retry { core.retries.release(retry.key) }
      throw error
    }
  }

  private mutating func prepare(
    _ request: DecisionRequest, _ retry: DecisionJob.Retry?, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> DecisionJob? {
    let (moment, rules) = try current()
    let (prepared, wanted): (PreparedRating?, PullDesk.Wanted?)
    do throws(RatingError) {
      let key: Int?
      (key, prepared) = try rate(request, moment, rules.rater)
      wanted = try core.pulls.flatMap { pulls throws(RatingError) in
        try self.wanted(by: request, key, pulls)
      }
    } catch {
      throw Problem(error)
    }
    // A token for one country is for its customers, whatever country the order names: no register is asked before.
    if let prepared { try Self.require(prepared.jurisdiction, caller) }
    let work: DecisionJob.Work =
      if wanted == nil, let prepared {
        .made(MadeDecision(prepared, rules.texts, request.language))
      } else {
        .asked(request, pulls: [])
      }
    let job = DecisionJob(
      caller: caller, work, language: request.language, retry: retry, rules: rules, exchange: item.exchange)
    guard let wanted else { return job }
    core.pulls?.ask(wanted, milliseconds: request.deadlineMilliseconds, for: job)
    return nil
  }

  /// The key of the customer and the decision about them, as far as there are any.
  private func rate(
    _ request: DecisionRequest, _ moment: OnlineRater.Moment, _ rater: OnlineRater
  ) throws(RatingError) -> (key: Int?, rating: PreparedRating?) {
    var question = OnlineRater.Question(customerKey: 0, order: request.order, purpose: request.purpose)
    var number: String?
    if case .number(let text) = request.customer.reference { number = text }
    let hint = number.flatMap { core.keys.key(of: $0) }
    if let number, let hint {
      question.customerKey = hint
      if let kept = try rater.prepareKept(question, ofCustomer: number, moment, reader) {
        return (hint, kept)
      }
    }
    let key = try RatingError.wrapping { () throws(SQLiteError) in
      try reader.key(of: request.customer.reference)
    }
    guard let key else { return (nil, nil) }
    // Where the hint was right, nothing was kept that holds.
    if key == hint { return (key, try rater.prepareFromFacts(question, moment, reader)) }
    if let number { core.keys.learn(number, key: key) }
    question.customerKey = key
    return (key, try rater.prepare(question, moment, reader))
  }

  private func wanted(
    by request: DecisionRequest, _ key: Int?, _ pulls: PullDesk
  ) throws(RatingError) -> PullDesk.Wanted? {
    do { return try pulls.wanted(for: request, key: key, at: now, in: reader) } catch { throw .facts(error) }
  }

  // MARK: Retries

  private func retry(_ request: HTTPRequest, _ caller: Caller) throws(Problem) -> DecisionJob.Retry? {
    guard let field = request.fields["Idempotency-Key"] else { return nil }
    return DecisionJob.Retry(
      key: try IdempotencyKey(field, of: caller.token.user, for: caller.token.grant.company),
      body: HalfDigest(SHA256.hash(request.body)))
  }

  /// Holds a key for its first request; for a later one gives the answer of the first.
  ///
  /// - Throws: `.inFlight`, `.otherBody`.
  private func claim(
    _ retry: DecisionJob.Retry, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob? {
    var others: Set<Int> = []
    while true {
      switch core.retries.claim(retry.key, body: retry.body, excluding: others) {
      case .claimed: return nil
      case .inFlight(let isSame):
        throw isSame
          ? Problem(.inFlight, "Its decision is being made; ask again in a moment.")
          : Problem(.otherBody, "The key came with other content before, which is being answered.")
      case .candidates(let decisions):
        for decision in decisions {
          if let job = try replay(DecisionID(decision), retry, item, caller) { return job }
          others.insert(decision)
        }
      }
    }
  }

  /// The answer that a decision gave to a key; nil where it answered another one, or too long ago.
  private func replay(
    _ id: DecisionID, _ retry: DecisionJob.Retry, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob? {
    let entry: IntakeStore.Entry?
    do throws(SQLiteError) { entry = try IntakeStore.entry(of: id, in: reader.sql) } catch {
      throw Problem(error)
    }
    guard let entry, let key = entry.key, key.key == retry.key.digest,
      now.microseconds - entry.at.microseconds < core.options.idempotencyHours * 3_600_000_000
    else { return nil }
    guard key.body == retry.body else {
      throw Problem(.otherBody, "The key came with other content before, which was answered by \(id).")
    }
    core.metrics.update { $0.replays += 1 }
    let found = try record(id)
    let body = try Self.written { () throws(TextError) in
      try DecisionAnswer.bytes(
        found.record, found.texts, entry.language, heldIn: entry.held.map { CaseID(.referral, $0) })
    }
    return disclosure(
      found.record, .decision, item, caller,
      DecisionAnswer.response(
        body, for: id, status: 201, requestID: caller.requestID, isReplayed: true))
  }
}
