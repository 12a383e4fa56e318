import Access
import Decisioning
import Explanation
import FactStore
import Facts
import Formats
import HTTPServer
import HumanReview
import SQLite
import Values

/// Handles the requests of one turn on one snapshot of the database.
struct TurnDesk {
  let core: ServiceCore
  let reader: FactReader
  let now: Instant
  /// What is the same for all decisions of the turn; made when the first asks.
  private var moment: (moment: OnlineRater.Moment, rules: RulesInForce)?

  init(_ core: ServiceCore, _ reader: FactReader, _ now: Instant) {
    self.core = core
    self.reader = reader
    self.now = now
  }

  /// Handles a request whose caller may ask for it: it is answered, or becomes a job, or goes to the slow lane.
  mutating func handle(
    _ item: ServiceHandler.Item, _ caller: Caller, _ jobs: inout [IntakeJob]
  ) throws(Problem) {
    switch item.route {
    case .decide: if let job = try decide(item, caller) { jobs.append(job) }
    case .decision(let id):
      _ = try QueryText.parameters(item.request.query, known: ["language"])
      jobs.append(try decision(id, item, caller))
    case .rating(let customer): jobs.append(try rating(of: customer, item, caller))
    case .sources: core.finish(caller, item.exchange, ServiceReport.sources(core, caller.requestID))
    case .metrics: core.finish(caller, item.exchange, ServiceReport.metrics(core, caller.requestID))
    case .explanation, .contest, .facts: try slowly(item, caller)
    case .health, .readiness, .openAPI: break
    }
  }

  private func slowly(_ item: ServiceHandler.Item, _ caller: Caller) throws(Problem) {
    let desk = SlowDesk(core, caller, item.request)
    let (exchange, core) = (item.exchange, core)
    let isTaken = core.slow.submit {
      do throws(Problem) {
        switch try desk.answer() {
        case .response(let response): core.finish(caller, exchange, response)
        case .disclosure(let disclosure, let response):
          core.submit([
            .disclosure(
              DisclosureJob(caller: caller, disclosure: disclosure, response: response, exchange: exchange))
          ])
        }
      } catch {
        core.finish(caller, exchange, error)
      }
    }
    if !isTaken { throw Problem(.overloaded, "Too many slow requests are waiting already.") }
  }

  // MARK: Deciding

  private mutating func decide(
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
    if let wanted {
      core.pulls?.ask(
        wanted,
        for: DecisionJob(
          caller: caller, request: request, retry: retry, prepared: nil, rules: rules,
          exchange: item.exchange))
      return nil
    }
    return DecisionJob(
      caller: caller, request: request, retry: retry, prepared: prepared, rules: rules,
      exchange: item.exchange)
  }

  /// The key of the customer and the decision about them, as far as there are any.
  private func rate(
    _ request: DecisionRequest, _ moment: OnlineRater.Moment, _ rater: OnlineRater
  ) throws(RatingError) -> (key: Int?, rating: PreparedRating?) {
    var question = OnlineRater.Question(customerKey: 0, order: request.order, purpose: request.purpose)
    if case .number(let number) = request.customer.reference, let hint = core.keys.key(of: number) {
      question.customerKey = hint
      if let kept = try rater.prepareKept(question, ofCustomer: number, moment, reader) {
        return (hint, kept)
      }
    }
    let key = try RatingError.wrapping { () throws(SQLiteError) in
      try reader.key(of: request.customer.reference)
    }
    guard let key else { return (nil, nil) }
    if case .number(let number) = request.customer.reference { core.keys.learn(number, key: key) }
    question.customerKey = key
    return (key, try rater.prepare(question, moment, reader))
  }

  private func wanted(
    by request: DecisionRequest, _ key: Int?, _ pulls: PullDesk
  ) throws(RatingError) -> PullDesk.Wanted? {
    do { return try pulls.wanted(for: request, key: key, at: now, in: reader) } catch { throw .facts(error) }
  }

  /// The moment of this turn and the rules that decide at it.
  private mutating func current() throws(Problem) -> (moment: OnlineRater.Moment, rules: RulesInForce) {
    if let moment { return moment }
    let instant = try core.instant()
    let day = core.businessDate(at: instant)
    let rules = try core.rules.rules(on: day, in: reader.sql)
    do throws(SQLiteError) {
      let made = (moment: try core.moment(on: day, at: instant, in: reader), rules: rules)
      moment = made
      return made
    } catch {
      throw Problem(error)
    }
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
    let answer = DecisionAnswer(
      record: found.record, rules: found.texts, language: entry.language,
      heldIn: entry.held.map { CaseID(.referral, $0) })
    let body = try Self.written { () throws(TextError) in try answer.bytes() }
    return disclosure(
      found.record, .decision, item, caller,
      DecisionAnswer.response(
        body, for: id, status: 201, requestID: caller.requestID, isReplayed: true))
  }

  // MARK: Reading

  private func decision(
    _ id: DecisionID, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    let (record, texts) = try visible(id, to: caller)
    return try told(record, texts, .decision, item, caller)
  }

  private func rating(
    of customer: String, _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    _ = try QueryText.parameters(item.request.query, known: ["language"])
    let newest: DecisionRecord?
    do throws(DecisionStoreError) {
      let key = try DecisionStoreError.wrapping { () throws(SQLiteError) in
        try reader.key(of: .number(customer))
      }
      newest = try key.flatMap { key throws(DecisionStoreError) in
        try DecisionStore.latest(customerKey: key, in: reader.sql)
      }
    } catch {
      throw Problem(RatingError.decisions(error))
    }
    do throws(Problem) {
      if let newest {
        let (record, texts) = try visible(newest.id, to: caller)
        return try told(record, texts, .rating, item, caller)
      }
    } catch {
      guard error.kind == .unknownDecision else { throw error }
    }
    throw Problem(.noRating, "There is no decision about this customer that the token may see.")
  }

  /// A decision with what has become of it, to be told once that is recorded.
  private func told(
    _ record: DecisionRecord, _ texts: RuleTexts, _ content: Disclosure.Content,
    _ item: ServiceHandler.Item, _ caller: Caller
  ) throws(Problem) -> IntakeJob {
    let language = try Self.language(item.request)
    let (entry, standing): (IntakeStore.Entry?, DecisionAnswer.Standing)
    do throws(SQLiteError) {
      entry = try IntakeStore.entry(of: record.id, in: reader.sql)
      let newest = try DecisionStore.newest(inPlaceOf: record, in: reader.sql)
      let contests = try OpenContests(of: record.customerKey, in: reader.sql)
      standing = DecisionAnswer.Standing(
        supersededBy: newest == record.id ? nil : newest,
        contested: contests[record.customerKey, order: record.content.order?.reference])
    } catch {
      throw Problem(error)
    }
    let answer = DecisionAnswer(
      record: record, rules: texts, language: language ?? entry?.language ?? .english,
      heldIn: entry?.held.map { CaseID(.referral, $0) })
    let body = try Self.written { () throws(TextError) in try answer.bytes(standing) }
    return disclosure(
      record, content, item, caller,
      DecisionAnswer.response(body, for: record.id, status: 200, requestID: caller.requestID))
  }

  private func disclosure(
    _ record: DecisionRecord, _ content: Disclosure.Content, _ item: ServiceHandler.Item, _ caller: Caller,
    _ response: HTTPResponse
  ) -> IntakeJob {
    .disclosure(
      DisclosureJob(
        caller: caller,
        disclosure: Disclosure(
          content, decision: record.id.description, customer: record.customerKey, to: caller.token),
        response: response, exchange: item.exchange))
  }

  private func visible(
    _ id: DecisionID, to caller: Caller
  ) throws(Problem) -> (record: DecisionRecord, texts: RuleTexts) {
    try VisibleDecision.find(id, for: caller.token, core.rules, reader)
  }

  private func record(_ id: DecisionID) throws(Problem) -> (record: DecisionRecord, texts: RuleTexts) {
    try VisibleDecision.find(id, for: nil, core.rules, reader)
  }

  // MARK: Particulars of requests

  /// Refuses content of another type.
  static func require(_ type: String, _ request: HTTPRequest) throws(Problem) {
    // As nearly everybody writes it; the rest is for who writes it otherwise.
    if request.fields.bytes(of: "Content-Type")?.elementsEqual(type.utf8) ?? false { return }
    let field = request.fields["Content-Type"] ?? ""
    let parts = field.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    let isUTF8 = parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || !$0.hasPrefix("charset=") }
    guard parts.first == type, isUTF8 else {
      throw Problem(.unsupportedMediaType, "The Content-Type has to be \(type), in UTF-8.")
    }
  }

  static func require(_ jurisdiction: Jurisdiction, _ caller: Caller) throws(Problem) {
    do { try caller.token.require(jurisdiction) } catch { throw Problem(error) }
  }

  /// The language that a query names; nil where it names none.
  static func language(_ request: HTTPRequest) throws(Problem) -> Language? {
    guard let text = try QueryText.parameters(request.query, known: ["language", "audience"])["language"]
    else {
      return nil
    }
    guard let language = Language(rawValue: text) else {
      let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.invalidParameter, "The language is one of: \(known).")
    }
    return language
  }

  static func written(_ body: () throws(TextError) -> [UInt8]) throws(Problem) -> [UInt8] {
    do { return try body() } catch { throw Problem(.internalFault, error.sentence) }
  }
}
